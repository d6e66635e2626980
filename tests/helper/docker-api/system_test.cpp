// docker events, info, version and system df, with the real command line.
#include "engine/base/json.h"
#include "tests/helper/docker-api/docker_machine.h"

#include <algorithm>
#include <csignal>
#include <sys/mman.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class DockerSystemTest : public DockerTest {
    Q_OBJECT
private:
    QString m_id;
    std::string line(std::vector<std::string> words) {
        const Ran ran = docker(std::move(words));
        return ran.text() + ran.errors;
    }

private Q_SLOTS:
    void tellsWhatHasHappened() {
        m_id = m_machine->run(kUser, {QStringLiteral("/bin/true")},
                              {{QStringLiteral("name"), QStringLiteral("short")}});
        QTRY_COMPARE_WITH_TIMEOUT(m_machine->container(kUser, m_id).state, QStringLiteral("exited"), 20'000);
        const std::vector<std::string> words{"events",   "--since",         "10m",      "--until",    "0s",
                                             "--filter", "container=short", "--format", "{{.Action}}"};
        QTRY_COMPARE_WITH_TIMEOUT(line(words), std::string("create\nstart\ndie"), 20'000);
    }
    void tellsEventsAsJson() {
        const auto event = Json::parse(line({"events", "--since", "10m", "--until", "0s", "--filter",
                                             "event=die", "--format", "{{json .}}"}));
        VERIFY_RESULT(event);
        QCOMPARE(event->at("Type").toString(), std::string("container"));
        QCOMPARE(event->at("id").toString(), m_id.toStdString());
        QCOMPARE(event->at("from").toString(), image());
        QCOMPARE(event->at("Actor").at("Attributes").at("exitCode").toString(), std::string("0"));
    }
    void tellsWhatHappensEachOnceOverTheEnginesRestart() {
        const UniqueFd out(::memfd_create("events", MFD_CLOEXEC));
        auto events = begin({dockerProgram(), "events", "--since", "10m", "--filter", "type=container",
                             "--filter", "event=start", "--format", "{{.Actor.Attributes.name}}"},
                            {{out.get(), 1}});
        VERIFY_RESULT(events);
        const auto told = [&out] {
            std::string text(1 << 16, '\0');
            const ssize_t size = ::pread(out.get(), text.data(), text.size(), 0);
            text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
            return QString::fromStdString(text);
        };
        const auto runOne = [this](const char* name) {
            return m_machine->run(kUser, {QStringLiteral("/bin/true")},
                                  {{QStringLiteral("name"), QString::fromLatin1(name)}});
        };
        QTRY_COMPARE_WITH_TIMEOUT(told(), QStringLiteral("short\n"), 20'000);
        const QString next = runOne("next");
        QTRY_COMPARE_WITH_TIMEOUT(told(), QStringLiteral("short\nnext\n"), 20'000);
        const pid_t helper = m_machine->bus().helperPid();
        QVERIFY(helper > 0);
        QCOMPARE(::kill(helper, SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_machine->bus().helperPid() != helper, 20'000);
        const QString last = runOne("last");
        QTRY_COMPARE_WITH_TIMEOUT(told(), QStringLiteral("short\nnext\nlast\n"), 20'000);
        (void)events->signal(SIGTERM);
        (void)events->wait();
        m_machine->remove(kUser, next);
        m_machine->remove(kUser, last);
        QCOMPARE(told(), QStringLiteral("short\nnext\nlast\n"));
    }
    void refusesTimesThatAreTheWrongWayRound() {
        QVERIFY(curl("GET", "/v1.41/events?since=200&until=100").output.starts_with("HTTP/1.1 400"));
        QVERIFY(curl("GET", "/v1.41/events?since=soon").output.starts_with("HTTP/1.1 400"));
    }

    void tellsWhatItIs() {
        QCOMPARE(line({"info", "--format",
                       "{{.Containers}} {{.ContainersStopped}} {{.Images}} {{.OSType}} {{.DefaultRuntime}} "
                       "{{.LiveRestoreEnabled}} {{.Swarm.LocalNodeState}}"}),
                 std::string("1 1 1 linux escale true inactive"));
        const std::string id = line({"info", "--format", "{{.ID}}"});
        QCOMPARE(id.size(), std::size_t(36));
        QCOMPARE(line({"info", "--format", "{{.ID}}"}), id);
        const Ran ran = docker({"info"});
        QVERIFY2(ran.code == 0 && ran.output.find("Server Version: ") != std::string::npos &&
                     ran.output.find("seccomp") != std::string::npos,
                 (ran.output + ran.errors).c_str());
    }
    void tellsItsVersion() {
        const Ran ran = docker({"version"});
        QVERIFY2(ran.code == 0 && ran.output.find("Server: Escale") != std::string::npos,
                 (ran.output + ran.errors).c_str());
    }

    void tellsWhatTakesRoom() {
        const std::string text = line({"system", "df", "--format", "{{.Type}}|{{.TotalCount}}|{{.Active}}"});
        QCOMPARE(text, std::string("Images|1|1\nContainers|1|0\nLocal Volumes|0|0\nBuild Cache|0|0"));
    }
    void tellsWhatTakesRoomInDetail() {
        const Ran ran = docker({"system", "df", "-v"});
        QVERIFY2(ran.code == 0 && ran.output.find("short") != std::string::npos,
                 (ran.output + ran.errors).c_str());
    }
    void tellsOnePartAlone() {
        const Ran ran = curl("GET", "/v1.42/system/df?type=container");
        QVERIFY2(ran.output.find("\"Containers\":[") != std::string::npos &&
                     ran.output.find("\"Volumes\"") == std::string::npos,
                 ran.output.c_str());
        QVERIFY(curl("GET", "/v1.42/system/df?type=colour").output.starts_with("HTTP/1.1 400"));
    }
};

ESCALE_TEST(DockerSystemTest)
#include "system_test.moc"
