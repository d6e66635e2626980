// Clients of a session that have not read everything when the program ends: they get the rest, and nobody
// else waits for them.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/runtime/monitor/relay.h"
#include "tests/runtime/bundle.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <chrono>
#include <filesystem>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;
using test::SessionClient;

namespace {

// More than the socket holds, and not more than a program can write without anybody who reads.
constexpr int kMuch = 350'000;
constexpr int kMuchAtATerminal = 230'000; // small pieces take more of a socket's room
std::string write(int bytes) {
    return "head -c " + std::to_string(bytes) + " /dev/zero; ";
}
const std::string kWriteMuch = write(kMuch);

struct Ends {
    SessionClient client;
    UniqueFd theirs;
};

Ends makeClient() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        qFatal("socketpair");
    Ends made{SessionClient{UniqueFd(ends[0])}, UniqueFd(ends[1])};
    made.client.send(FrameType::Hello, std::string(1, kSessionInput | kSessionOutput));
    return made;
}

// Of the monitor's session (setsid(2)): itself, and what it has left behind.
std::vector<pid_t> processesOf(pid_t monitor) {
    std::vector<pid_t> found;
    const auto names = listDirectory("/proc").value();
    for (const auto& name : names) {
        const auto pid = static_cast<pid_t>(std::strtol(name.c_str(), nullptr, 10));
        if (pid > 0 && ::getsid(pid) == monitor && readFile("/proc/" + name + "/cmdline").value_or("") != "")
            found.push_back(pid);
    }
    return found;
}

} // namespace

class SlowClientTest : public QObject {
    Q_OBJECT

    static std::string socketOf(const Bundle& bundle) { return bundle.path() + "/attach.sock"; }

    // Created; the monitor's number.
    static pid_t create(Bundle& bundle) {
        const auto made = bundle.runtime({"monitor", "--log-path", bundle.path() + "/log", "--exit-file",
                                          bundle.path() + "/exit.json", "--attach-socket", socketOf(bundle)});
        const auto answer = Json::parse(made.out);
        return answer ? static_cast<pid_t>(answer->at("monitorPid").toInteger()) : -1;
    }
    static SessionClient attach(const Bundle& bundle) { return SessionClient::attach(socketOf(bundle)); }
    static bool hasEnded(pid_t monitor) {
        return QTest::qWaitFor([monitor] { return ::kill(monitor, 0) != 0; }, 10'000);
    }
    // Not a byte has been read of what the program wrote.
    static void expectTheEnd(SessionClient& client, int bytes, int exitCode) {
        QVERIFY(client.awaitEnd());
        QCOMPARE(int(client.output.size()), bytes);
        QCOMPARE(client.exitCode, exitCode);
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void getsEverythingLongAfterTheEnd_data() {
        QTest::addColumn<bool>("terminal");
        QTest::addColumn<int>("bytes");
        QTest::newRow("pipes") << false << kMuch;
        QTest::newRow("terminal") << true << kMuchAtATerminal;
    }
    void getsEverythingLongAfterTheEnd() {
        QFETCH(const bool, terminal);
        QFETCH(const int, bytes);
        // Given a client that reads nothing before the program has ended
        Bundle bundle({"sh", "-c", write(bytes) + "exit 7"});
        bundle.set("process/terminal", terminal);
        const pid_t monitor = create(bundle);
        SessionClient client = attach(bundle);
        QVERIFY(client.isOpen());
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        // Then record and log are complete without it, the monitor ends, and the container can be removed
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 7);
        QCOMPARE(int(bundle.log("stdout").size()), bytes);
        QVERIFY(hasEnded(monitor));
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
        QVERIFY(!attach(bundle).isOpen());
        // And it gets every byte, whenever it comes
        QTest::qWait(3000);
        expectTheEnd(client, bytes, 7);
        QTRY_COMPARE(processesOf(monitor).size(), std::size_t(0));
    }

    void getsWhatTheProgramsPipesHold() {
        // Given both streams full: what the socket and the monitor have no room for
        Bundle bundle({"sh", "-c", "head -c 330000 /dev/zero; head -c 60000 /dev/zero >&2; exit 3"});
        create(bundle);
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 3);
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output.size(), std::size_t(330'000));
        QCOMPARE(client.errors.size(), std::size_t(60'000));
        QCOMPARE(client.exitCode, 3);
    }

    void holdsTheSocketAndNothingElse() {
        Bundle bundle({"sh", "-c", kWriteMuch});
        const pid_t monitor = create(bundle);
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QVERIFY(hasEnded(monitor));
        const auto left = processesOf(monitor);
        QCOMPARE(left.size(), std::size_t(1));
        const std::string process = "/proc/" + std::to_string(left[0]);
        QCOMPARE(listDirectory(process + "/fd").value().size(), std::size_t(4)); // 0 to 2 and the socket
        QVERIFY(readFile(process + "/cgroup").value().find(bundle.id()) == std::string::npos);
        for (const char* link : {"/ns/mnt", "/ns/pid", "/ns/net", "/ns/user", "/cwd", "/root"}) {
            QCOMPARE(std::filesystem::read_symlink(process + link).string(),
                     std::string(link) == "/cwd"
                         ? "/"
                         : std::filesystem::read_symlink("/proc/self" + std::string(link)).string());
        }
        // And it ends with its client
        client.close();
        QTRY_COMPARE(processesOf(monitor).size(), std::size_t(0));
    }

    void holdsUpNoOtherClient() {
        Bundle bundle({"sh", "-c", kWriteMuch + "exit 2"});
        const pid_t monitor = create(bundle);
        SessionClient sleeper = attach(bundle);
        SessionClient reader = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        expectTheEnd(reader, kMuch, 2);
        QVERIFY(hasEnded(monitor));
        expectTheEnd(sleeper, kMuch, 2);
    }

    void hearsAClientThatOnlyTalks() {
        // Given one that writes much more than sockets hold, and only then reads
        Bundle bundle({"sh", "-c", kWriteMuch + "exit 2"});
        const pid_t monitor = create(bundle);
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QVERIFY(hasEnded(monitor));
        for (int i = 0; i < 20; ++i)
            client.type(std::string(kLongestPayload, 'y'));
        expectTheEnd(client, kMuch, 2);
    }

    void anExecsClientGetsEverythingToo() {
        Bundle bundle({"sleep", "1000"});
        create(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        Ends ends = makeClient();
        const std::string process = bundle.path() + "/process", record = bundle.path() + "/exec-exit";
        Json json;
        json.set("args", Json::strings({"sh", "-c", kWriteMuch + "exit 5"})).set("cwd", "/");
        VERIFY_RESULT(writeFileAtomically(process, json.dump()));
        auto started =
            Subprocess::start({.arguments = {test::runtimeProgram(), "--root", bundle.path() + "/state",
                                             "exec-monitor", "--preserve-fds", "1", "--stdin", "--process",
                                             process, "--exit-file", record, bundle.id()},
                               .fds = {{ends.theirs.get(), 3}}});
        ends.theirs.reset();
        VERIFY_RESULT(started);
        QVERIFY(started->waitFor(std::chrono::seconds(20))->success());
        // Then its record is there, and the container's end is not held up
        QTRY_VERIFY(exists(record));
        QCOMPARE(bundle.runtime({"kill"}, {"KILL"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 137);
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
        QTest::qWait(3000);
        expectTheEnd(ends.client, kMuch, 5);
    }

    void isNotWaitedForForEver() {
        // Given a patience of a moment, and a client that never reads
        const QTemporaryDir folder;
        const std::string record = folder.path().toStdString() + "/exit.json";
        Ends ends = makeClient();
        const pid_t monitor = ::fork();
        if (monitor == 0) {
            int pipe[2];
            if (::pipe(pipe) != 0)
                ::_exit(1);
            const pid_t program = ::fork();
            if (program == 0) {
                const std::string bytes(kMuch, 'x');
                ::_exit(::write(pipe[1], bytes.data(), bytes.size()) == ssize_t(bytes.size()) ? 7 : 1);
            }
            ::close(pipe[1]);
            RelayRequest request;
            request.output.reset(pipe[0]);
            request.clients[0] = std::move(ends.theirs);
            request.patience = 300;
            request.pid = program;
            request.exitFile = record;
            ::_exit(relay(std::move(request)) ? 0 : 1);
        }
        ends.theirs.reset();
        int status = -1;
        QCOMPARE(::waitpid(monitor, &status, 0), monitor);
        QCOMPARE(status, 0);
        QVERIFY(readFile(record).value_or("").find("\"exitCode\":7") != std::string::npos);
        // Then its socket is closed, without the end that it did not come for
        pollfd closed{ends.client.fd(), 0, 0};
        QCOMPARE(::poll(&closed, 1, 20'000), 1);
        QVERIFY(ends.client.awaitEnd());
        QVERIFY(int(ends.client.output.size()) < kMuch);
        QCOMPARE(ends.client.exitCode, -1);
    }
};

ESCALE_TEST(SlowClientTest)
#include "slow_client_test.moc"
