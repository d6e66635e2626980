// docker logs, with the real command line, and with five hundred clients at once.
#include "engine/base/file.h"
#include "tests/helper/docker-api/docker_machine.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

// Reads one follower's answer as it comes; nothing of it is kept but what a test counts.
class Follower {
public:
    static Result<Follower> begin(const std::string& socketPath, const std::string& container) {
        Follower follower;
        follower.m_socket.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(socketPath.begin(), socketPath.end(), &address.sun_path[0]);
        if (::connect(follower.m_socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
            0)
            return failErrno("cannot connect");
        TRY(writeAll(follower.m_socket.get(),
                     "GET /v1.41/containers/" + container +
                         "/logs?follow=1&stdout=1 HTTP/1.1\r\nHost: x\r\n\r\n",
                     "the request"));
        return follower;
    }
    [[nodiscard]] int fd() const { return m_socket.get(); }
    [[nodiscard]] const std::string& text() const { return m_text; }
    // False at the end.
    bool read() {
        std::array<char, 4096> piece{};
        const ssize_t size = ::read(m_socket.get(), piece.data(), piece.size());
        if (size > 0)
            m_text.append(piece.data(), static_cast<std::size_t>(size));
        return size > 0 && !m_text.ends_with("0\r\n\r\n");
    }

private:
    UniqueFd m_socket;
    std::string m_text;
};

std::size_t countOf(const std::string& text, const std::string& word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size()))
        ++count;
    return count;
}

std::uint64_t residentBytes(pid_t pid) {
    const std::string statm = readFile("/proc/" + std::to_string(pid) + "/statm").value_or("");
    return QString::fromStdString(statm).section(u' ', 1, 1).toULongLong() *
           static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

class DockerContainerLogsTest : public DockerTest {
    Q_OBJECT
private:
    QString m_lines;
    QString start(const char* script, QVariantMap options = {}) {
        return m_machine->run(
            kUser, {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromLatin1(script)}, options);
    }
    void waitForTheEnd(const QString& id) {
        QTRY_COMPARE_WITH_TIMEOUT(m_machine->container(kUser, id).state, QStringLiteral("exited"), 60'000);
    }

private Q_SLOTS:
    void keepsBothStreamsApart() {
        m_lines =
            start("echo one; echo two >&2; echo three", {{QStringLiteral("name"), QStringLiteral("lines")}});
        waitForTheEnd(m_lines);
        const Ran ran = docker({"logs", "lines"});
        QCOMPARE(ran.output, std::string("one\nthree\n"));
        QCOMPARE(ran.errors, std::string("two\n"));
    }
    void showsTheLastLines() {
        const QString id =
            start("echo 1; echo 2; echo 3", {{QStringLiteral("name"), QStringLiteral("numbers")}});
        waitForTheEnd(id);
        QCOMPARE(docker({"logs", "--tail", "2", "numbers"}).output, std::string("2\n3\n"));
        QCOMPARE(docker({"logs", "--tail", "0", "numbers"}).output, std::string());
    }
    void putsTimesBefore() {
        const Ran ran = docker({"logs", "--timestamps", "--tail", "1", "numbers"});
        const QString text = QString::fromStdString(ran.text());
        QVERIFY2(QDateTime::fromString(text.section(u'.', 0, 0), Qt::ISODate).isValid() &&
                     text.endsWith(QLatin1String("Z 3")),
                 qPrintable(text));
    }
    void beginsAndEndsAtATime() {
        QCOMPARE(docker({"logs", "--since", "1h", "lines"}).output, std::string("one\nthree\n"));
        QCOMPARE(docker({"logs", "--since", "2100-01-01T00:00:00Z", "lines"}).output, std::string());
        QCOMPARE(docker({"logs", "--until", "2020-01-01T00:00:00Z", "lines"}).output, std::string());
    }
    void showsATerminalsOutputAsItIs() {
        const QString id = start("echo one; echo two >&2", {{QStringLiteral("tty"), true}});
        waitForTheEnd(id);
        const Ran ran = docker({"logs", id.toStdString()});
        QCOMPARE(ran.output, std::string("one\r\ntwo\r\n"));
        QCOMPARE(ran.errors, std::string());
    }
    void followsToTheEnd() {
        const QString id =
            start("for i in 0 1 2 3 4 5 6 7 8 9; do echo line $i; sleep 0.1; done; echo last >&2");
        const Ran ran = docker({"logs", "-f", id.toStdString()});
        QCOMPARE(ran.code, 0);
        QVERIFY2(ran.output.starts_with("line 0\n") && ran.output.ends_with("line 9\n"), ran.output.c_str());
        QCOMPARE(ran.errors, std::string("last\n"));
    }
    void followsOverFilesThatArePutAside() {
        const QString id =
            start("i=0; while [ $i -lt 12000 ]; do echo line $i; i=$((i+1)); done; echo last",
                  {{QStringLiteral("log-options"),
                    QVariant::fromValue(dbus::TextMap{{QStringLiteral("max-size"), QStringLiteral("256k")},
                                                      {QStringLiteral("max-file"), QStringLiteral("12")}})}});
        const Ran ran = docker({"logs", "-f", id.toStdString()});
        QVERIFY2(ran.output.ends_with("line 11999\nlast\n"), ran.errors.c_str());
        QCOMPARE(countOf(ran.output, "line "), std::size_t(12000));
    }
    void endsAtOnceForOneThatHasEnded() {
        QCOMPARE(docker({"logs", "-f", "lines"}).output, std::string("one\nthree\n"));
    }
    void saysWhatTheStreamIs() {
        QVERIFY(curl("GET", "/v1.42/containers/lines/logs?stdout=1")
                    .output.find("application/vnd.docker.multiplexed-stream") != std::string::npos);
        QVERIFY(curl("GET", "/v1.41/containers/lines/logs?stdout=1")
                    .output.find("application/vnd.docker.raw-stream") != std::string::npos);
    }
    void wantsAStream() {
        QVERIFY(curl("GET", "/v1.41/containers/lines/logs").output.starts_with("HTTP/1.1 400"));
    }
    void missesAContainerThatThereIsNot() {
        const Ran ran = docker({"logs", "nobody"});
        QVERIFY(ran.code != 0);
        QVERIFY2(ran.errors.find("No such container: nobody") != std::string::npos, ran.errors.c_str());
    }

    void hasFiveHundredFollowersAtOnce() {
        rlimit files{4096, 4096};
        ::setrlimit(RLIMIT_NOFILE, &files);
        const QString id = start("while [ ! -e /go ]; do sleep 0.2; done; i=0; while [ $i -lt 50 ]; do echo "
                                 "line $i; i=$((i+1)); done; sleep 1");
        const std::uint64_t before = residentBytes(apiPid());
        std::vector<Follower> followers;
        for (int i = 0; i < 500; ++i) {
            auto follower = Follower::begin(socket(), id.toStdString());
            VERIFY_RESULT(follower);
            followers.push_back(*std::move(follower));
        }
        // All have their answer's head: all follow, or will read what they have missed.
        for (auto& follower : followers) {
            while (follower.text().find("\r\n\r\n") == std::string::npos)
                QVERIFY2(follower.read(), follower.text().c_str());
        }
        const std::uint64_t during = residentBytes(apiPid());
        const auto go = m_machine->ask(
            kUser, "ExecDetached",
            {id, QStringList{QStringLiteral("/bin/touch"), QStringLiteral("/go")}, QVariantMap()});
        QVERIFY2(go.type() == QDBusMessage::ReplyMessage, qPrintable(go.errorMessage()));
        for (auto& follower : followers) {
            while (follower.read()) {
            }
            QCOMPARE(countOf(follower.text(), "line "), std::size_t(50));
        }
        qInfo("500 followers: %.1f KiB each", double(during - before) / 500 / 1024);
        QVERIFY2(during < before + (std::uint64_t(200) << 20), "a follower takes more than 400 KiB");
    }
};

ESCALE_TEST(DockerContainerLogsTest)
#include "container_logs_test.moc"
