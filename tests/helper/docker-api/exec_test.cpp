// docker exec, with the real command line: status, streams, terminals, and what its requests answer.
#include "tests/helper/docker-api/docker_machine.h"
#include "tests/helper/docker-api/docker_terminal.h"

#include "engine/base/json.h"

#include <thread>

using namespace escale;
using namespace escale::test;

class DockerExecTest : public DockerTest {
    Q_OBJECT
    std::string m_id;

    DockerTerminal terminal(std::vector<std::string> words) {
        words.insert(words.begin(), dockerProgram());
        auto opened = DockerTerminal::open(std::move(words), 30, 100, [this](auto all, auto fds) {
            return begin(std::move(all), std::move(fds));
        });
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        return std::move(*opened);
    }
    // The JSON behind a head.
    static Json bodyOf(const Ran& answer) {
        return Json::parse(answer.output.substr(answer.output.find("\r\n\r\n") + 4)).value_or(Json());
    }
    std::string create(const std::string& body) {
        return bodyOf(curl("POST", "/v1.41/containers/" + m_id + "/exec", body)).at("Id").toString();
    }
    Json inspect(const std::string& exec) { return bodyOf(curl("GET", "/exec/" + exec + "/json")); }

private Q_SLOTS:
    void init() {
        if (m_machine && m_id.empty())
            m_id = m_machine->run(kUser, kSleep).toStdString();
    }
    void givesTheStreamsApartAndTheStatus() {
        const Ran ran = docker({"exec", m_id, "sh", "-c", "echo out; echo err >&2; exit 7"});
        QCOMPARE(ran.output, std::string("out\n"));
        QCOMPARE(ran.errors, std::string("err\n"));
        QCOMPARE(ran.code, 7);
    }
    void takesEnvironmentFolderAndUser() {
        const Ran ran = docker({"exec", "-e", "GREETING=hello you", "-w", "/tmp", "-u", "12:34", m_id, "sh",
                                "-c", "echo $GREETING; /bin/busybox pwd; id -u; id -g"});
        QCOMPARE(ran.output, std::string("hello you\n/tmp\n12\n34\n"));
        QCOMPARE(ran.code, 0);
    }
    void passesInputToItsEnd() {
        const Ran ran = docker({"exec", "-i", m_id, "cat"}, "one\ntwo\n");
        QCOMPARE(ran.output, std::string("one\ntwo\n"));
        QCOMPARE(ran.code, 0);
    }
    void leavesWith127WhenTheCommandIsNotThere() {
        const Ran ran = docker({"exec", m_id, "nosuch"});
        QVERIFY2(ran.output.find("exec: \"nosuch\": executable file not found in $PATH") != std::string::npos,
                 ran.output.c_str());
        QCOMPARE(ran.code, 127);
        QCOMPARE(docker({"exec", m_id, "/no/such"}).code, 127);
    }
    void leavesWith126WhenItCannotBeExecuted() {
        const Ran made = docker({"exec", m_id, "touch", "/tmp/plain"});
        QCOMPARE(made.code, 0);
        const Ran ran = docker({"exec", m_id, "/tmp/plain"});
        QVERIFY2(ran.output.find("permission denied") != std::string::npos, ran.output.c_str());
        QCOMPARE(ran.code, 126);
    }
    void saysWhyAUserOrAFolderCannotBeHad() {
        const Ran user = docker({"exec", "-u", "nosuchuser", m_id, "true"});
        QVERIFY2(user.output.find("nosuchuser") != std::string::npos, (user.output + user.errors).c_str());
        QCOMPARE(user.code, 126);
        const Ran apart = docker({"exec", "-d", "-u", "nosuchuser", m_id, "true"});
        QVERIFY2(apart.errors.find("nosuchuser") != std::string::npos, apart.errors.c_str());
        QCOMPARE(apart.code, 1);
    }
    void runsInTheBackground() {
        QCOMPARE(docker({"exec", "-d", m_id, "sh", "-c", "echo there > /tmp/made; sleep 1000"}).code, 0);
        Ran seen;
        QTRY_COMPARE((seen = docker({"exec", m_id, "cat", "/tmp/made"})).output, std::string("there\n"));
    }
    void carriesMegabytesBothWays() {
        const std::string sent(24u << 20, 'x');
        const Ran ran = docker({"exec", "-i", m_id, "cat"}, sent);
        QCOMPARE(ran.code, 0);
        QVERIFY(ran.output == sent);
    }
    void hasATerminalOfTheWindowsSize() {
        DockerTerminal window = terminal({"exec", "-it", m_id, "sh"});
        window.type("stty size\n");
        QVERIFY2(window.awaitText("30 100"), window.seen().c_str());
        window.resize(41, 123);
        window.type("sleep 1; stty size\n");
        QVERIFY2(window.awaitText("41 123"), window.seen().c_str());
        window.type("exit 5\n");
        QCOMPARE(window.awaitEnd(), 5);
    }
    void passesCtrlC() {
        DockerTerminal window = terminal({"exec", "-it", m_id, "sleep", "1000"});
        QTRY_VERIFY(docker({"exec", m_id, "/bin/busybox", "ps"}).output.find("sleep 1000") !=
                    std::string::npos);
        std::this_thread::sleep_for(std::chrono::milliseconds(500)); // until the terminal is raw
        window.type("\x03");
        QCOMPARE(window.awaitEnd(), 130);
    }
    void goesOnWhenSomebodyDetaches() {
        DockerTerminal window = terminal({"exec", "-it", m_id, "sh", "-c", "echo re''ady; sleep 1234"});
        QVERIFY2(window.awaitText("ready"), window.seen().c_str());
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        window.type("\x10");
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        window.type("\x11");
        QVERIFY2(window.awaitText("read escape sequence"), window.seen().c_str());
        (void)window.awaitEnd();
        std::this_thread::sleep_for(std::chrono::milliseconds(500)); // what a hang-up would need
        QVERIFY(docker({"exec", m_id, "/bin/busybox", "ps"}).output.find("sleep 1234") != std::string::npos);
    }
    void refusesAContainerThatIsNotThere() {
        const Ran ran = curl("POST", "/v1.41/containers/nosuch/exec", "{\"Cmd\":[\"true\"]}");
        QVERIFY(ran.output.starts_with("HTTP/1.1 404"));
        QVERIFY(ran.output.find("No such container: nosuch") != std::string::npos);
    }
    void refusesOneThatDoesNotRun() {
        const auto made = m_machine->ask(kUser, "Create", {m_machine->image(), kSleep, QVariantMap()});
        const std::string id = made.arguments().value(0).toString().toStdString();
        const Ran ran = curl("POST", "/v1.41/containers/" + id + "/exec", "{\"Cmd\":[\"true\"]}");
        QVERIFY(ran.output.starts_with("HTTP/1.1 409"));
        QVERIFY(ran.output.find("is not running") != std::string::npos);
    }
    void refusesAnEmptyCommand() {
        const Ran ran = curl("POST", "/v1.41/containers/" + m_id + "/exec", "{\"Cmd\":[]}");
        QVERIFY(ran.output.starts_with("HTTP/1.1 400"));
        QVERIFY(ran.output.find("No exec command specified") != std::string::npos);
    }
    void tellsAnExecFromItsMakingToItsEnd() {
        const std::string exec = create("{\"Cmd\":[\"sh\",\"-c\",\"exit 9\"],\"AttachStdout\":true}");
        const Json made = inspect(exec);
        QVERIFY(!made.at("Running").toBool(true));
        QVERIFY(made.at("ExitCode").isNull());
        QCOMPARE(made.at("ContainerID").toString(), m_id);
        QCOMPARE(made.at("ProcessConfig").at("entrypoint").toString(), std::string("sh"));
        QVERIFY(
            curl("POST", "/exec/" + exec + "/start", "{\"Detach\":true}").output.starts_with("HTTP/1.1 200"));
        QTRY_COMPARE(inspect(exec).at("ExitCode").toInteger(-1), std::int64_t(9));
        QVERIFY(curl("POST", "/exec/" + exec + "/start", "{}").output.starts_with("HTTP/1.1 409"));
    }
    void forgetsItWithItsContainer() {
        const QString id = m_machine->run(kUser, kSleep);
        const Ran made =
            curl("POST", "/v1.41/containers/" + id.toStdString() + "/exec", "{\"Cmd\":[\"true\"]}");
        m_machine->remove(kUser, id);
        const Ran asked = curl("GET", "/exec/" + bodyOf(made).at("Id").toString() + "/json");
        QVERIFY(asked.output.starts_with("HTTP/1.1 404"));
        QVERIFY(asked.output.find("No such exec instance") != std::string::npos);
    }
    void refusesASizeThatIsNone() {
        const std::string exec = create("{\"Cmd\":[\"true\"],\"Tty\":true}");
        QVERIFY(curl("POST", "/exec/" + exec + "/resize?h=24").output.starts_with("HTTP/1.1 400"));
        QVERIFY(curl("POST", "/exec/" + exec + "/resize?h=-1&w=80").output.starts_with("HTTP/1.1 400"));
        QVERIFY(curl("POST", "/exec/nosuch/resize?h=24&w=80").output.starts_with("HTTP/1.1 404"));
    }
    void beginsWithTheSizeThatWasAskedForBefore() {
        const std::string exec = create("{\"Cmd\":[\"stty\",\"size\"],\"Tty\":true,\"AttachStdout\":true}");
        QVERIFY(curl("POST", "/exec/" + exec + "/resize?h=17&w=71").output.starts_with("HTTP/1.1 200"));
        const Ran ran = curl("POST", "/exec/" + exec + "/start", "{\"Tty\":true}");
        QVERIFY2(ran.output.find("17 71") != std::string::npos, ran.output.c_str());
    }
};

ESCALE_TEST(DockerExecTest)
#include "exec_test.moc"
