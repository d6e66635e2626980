// Sessions with the monitor: attach and exec, with and without a terminal, clients that are slow, rude or
// gone.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/runtime/bundle.h"
#include "tests/support/session_client.h"
#include "tests/support/test_registry.h"

#include <chrono>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;
using test::SessionClient;

class SessionTest : public QObject {
    Q_OBJECT

    static std::string socketOf(const Bundle& bundle) { return bundle.path() + "/attach.sock"; }

    static void startWith(Bundle& bundle, const std::vector<std::string>& more) {
        std::vector<std::string> words{"monitor",
                                       "--log-path",
                                       bundle.path() + "/log",
                                       "--exit-file",
                                       bundle.path() + "/exit.json",
                                       "--attach-socket",
                                       socketOf(bundle)};
        words.insert(words.end(), more.begin(), more.end());
        const auto started = bundle.runtime(words);
        QVERIFY2(started.code == 0, started.err.c_str());
    }
    // With clients that are there before it; as the engine passes them on.
    static std::vector<SessionClient> startWithClients(const Bundle& bundle, std::size_t count,
                                                       const std::string& inputOption) {
        std::vector<SessionClient> clients;
        std::vector<UniqueFd> theirs;
        for (std::size_t i = 0; i < count; ++i) {
            int ends[2];
            if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
                qFatal("socketpair");
            clients.emplace_back(UniqueFd(ends[0]));
            clients.back().send(FrameType::Hello, std::string(1, kSessionInput | kSessionOutput));
            theirs.emplace_back(UniqueFd(ends[1]));
        }
        Subprocess::Options options{
            .arguments = {test::runtimeProgram(), "--root", bundle.path() + "/state", "monitor",
                          "--preserve-fds", std::to_string(count), "--sessions", "--bundle", bundle.path(),
                          "--log-path", bundle.path() + "/log", "--exit-file", bundle.path() + "/exit.json",
                          "--attach-socket", socketOf(bundle), "--stdin", inputOption, bundle.id()}};
        std::erase(options.arguments, std::string());
        for (std::size_t i = 0; i < count; ++i)
            options.fds.emplace_back(theirs[i].get(), 3 + int(i));
        auto child = Subprocess::start(options);
        const auto status =
            child ? child->waitFor(std::chrono::seconds(20)) : Result<ExitStatus>(fail(child.error()));
        if (!status || !status->success())
            clients.clear();
        return clients;
    }
    static SessionClient attach(const Bundle& bundle, const std::string& keys = {}) {
        return SessionClient::attach(socketOf(bundle), kSessionInput | kSessionOutput, keys);
    }
    static Json process(const std::vector<std::string>& arguments, bool terminal) {
        Json json;
        json.set("args", Json::strings(arguments)).set("cwd", "/").set("terminal", terminal);
        return json;
    }
    // A session with a new process in the container.
    static SessionClient exec(Bundle& bundle, const Json& process, const std::string& name = "one",
                              const std::string& keys = {}) {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("socketpair");
        SessionClient ours{UniqueFd(ends[0])};
        ours.send(FrameType::Hello, std::string(1, kSessionInput | kSessionOutput) + keys);
        const UniqueFd theirs(ends[1]);
        const std::string file = bundle.path() + "/process-" + name;
        const auto written = writeFileAtomically(file, process.dump());
        const pid_t child = ::fork();
        if (child == 0) {
            ::dup2(theirs.get(), 3);
            const std::string state = bundle.path() + "/state";
            const std::string exit = bundle.path() + "/exec-" + name;
            const std::string program = test::runtimeProgram();
            const int null = ::open("/dev/null", O_RDWR);
            for (int fd = 0; fd < 3; ++fd)
                ::dup2(null, fd);
            ::execl(program.c_str(), program.c_str(), "--root", state.c_str(), "exec-monitor",
                    "--preserve-fds", "1", "--stdin", "--process", file.c_str(), "--exit-file", exit.c_str(),
                    bundle.id().c_str(), nullptr);
            ::_exit(127);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        if (!written || status != 0)
            return SessionClient(UniqueFd());
        return ours;
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void attachesToPipes() {
        Bundle bundle({"sh", "-c", "echo ready; cat; echo over >&2; exit 7"});
        startWith(bundle, {"--stdin"});
        SessionClient client = attach(bundle);
        QVERIFY(client.isOpen());
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        client.type("hello\n");
        QVERIFY(client.awaitOutput("hello"));
        client.send(FrameType::InputEnds);
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output, std::string("ready\nhello\n"));
        QCOMPARE(client.errors, std::string("over\n"));
        QCOMPARE(client.exitCode, 7);
        QCOMPARE(bundle.log("stdout"), std::string("ready\nhello\n"));
    }

    void hasNoInputUnlessAskedTo() {
        Bundle bundle({"sh", "-c", "cat; echo over"});
        startWith(bundle, {});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(-1), 0);
    }

    void attachesToATerminal() {
        Bundle bundle({"sh", "-c", "stty -echo; tty; read line; stty size; exit 3"});
        bundle.set("process/terminal", true);
        startWith(bundle, {"--stdin"});
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QVERIFY(client.awaitOutput("/dev/"));
        client.resize(33, 101);
        client.type("\n");
        QVERIFY(client.awaitEnd());
        QVERIFY2(client.output.find("33 101\r\n") != std::string::npos, client.output.c_str());
        QCOMPARE(client.exitCode, 3);
        QVERIFY(bundle.log("stdout").find("33 101") != std::string::npos);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 3);
    }

    void controlCIsASignalInATerminal() {
        Bundle bundle(
            {"sh", "-c", "trap 'echo caught; exit 9' INT; echo ready; while :; do sleep 0.05; done"});
        bundle.set("process/terminal", true);
        startWith(bundle, {"--stdin"});
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QVERIFY(client.awaitOutput("ready"));
        client.type("\x03");
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.exitCode, 9);
    }

    void outputWaitsForTheOneClient() {
        Bundle bundle({"sh", "-c", "echo ready; echo > /reached; read line; echo got $line; exit 3"});
        bundle.set("process/terminal", true);
        startWith(bundle, {"--stdin", "--stdin-once", "--await-client"});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTRY_VERIFY(exists(bundle.root() + "/reached"));
        SessionClient client = attach(bundle);
        QVERIFY(client.awaitOutput("ready\r\n"));
        client.type("it\n");
        QVERIFY(client.awaitEnd());
        QVERIFY2(client.output.ends_with("got it\r\n"), client.output.c_str());
        QCOMPARE(client.exitCode, 3);
    }

    void theTerminalHangsUpWithItsOneClient() {
        Bundle bundle({"sh", "-c", "trap 'exit 9' HUP; echo ready; while :; do sleep 0.05; done"});
        bundle.set("process/terminal", true);
        startWith(bundle, {"--stdin", "--stdin-once", "--await-client"});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        SessionClient client = attach(bundle);
        QVERIFY(client.awaitOutput("ready"));
        client.close();
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 9);
    }

    void inputEndsWithItsOneClient() {
        Bundle bundle({"sh", "-c", "cat; echo over; exit 4"});
        startWith(bundle, {"--stdin", "--stdin-once", "--await-client"});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        SessionClient client = attach(bundle);
        client.type("hello\n");
        QVERIFY(client.awaitOutput("hello"));
        client.close();
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 4);
        QCOMPARE(bundle.log("stdout"), std::string("hello\nover\n"));
    }

    void whatNobodyCameForIsLoggedAtTheEnd() {
        for (const bool terminal : {false, true}) {
            Bundle bundle({"sh", "-c", "echo unseen; exit 2"});
            bundle.set("process/terminal", terminal);
            startWith(bundle, {"--stdin", "--stdin-once", "--await-client"});
            QCOMPARE(bundle.runtime({"start"}).code, 0);
            QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 2);
            QCOMPARE(bundle.log("stdout"), std::string(terminal ? "unseen\r\n" : "unseen\n"));
        }
    }

    void outputWaitsForNobodyUnlessAskedTo() {
        // Given more output than a pipe holds, and nobody who attaches
        Bundle bundle({"sh", "-c", "seq 100000; exit 3"});
        startWith(bundle, {"--stdin", "--stdin-once"});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 3);
    }

    void inputEndsWithAClientThatNobodyWaitedFor() {
        Bundle bundle({"sh", "-c", "echo ready; cat; exit 4"});
        startWith(bundle, {"--stdin", "--stdin-once"});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTRY_COMPARE(bundle.log("stdout"), std::string("ready\n"));
        SessionClient watching = SessionClient::attach(socketOf(bundle), kSessionOutput);
        watching.close(); // gives no input: its end is nobody's
        SessionClient client = attach(bundle);
        client.type("hello\n");
        QVERIFY(client.awaitOutput("hello"));
        client.close();
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 4);
    }

    void aTerminalStaysWhenAClientGoesThatNobodyWaitedFor() {
        Bundle bundle({"sh", "-c", "trap 'exit 9' HUP; echo ready; read line; echo got $line; exit 3"});
        bundle.set("process/terminal", true);
        startWith(bundle, {"--stdin", "--stdin-once"});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        SessionClient goes = attach(bundle);
        QVERIFY(goes.isOpen());
        goes.close();
        SessionClient client = attach(bundle);
        client.type("it\n");
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.exitCode, 3);
    }

    void clientsThatWereThereBeforeMissNothing() {
        for (int round = 0; round < 5; ++round) { // the quickest programs are over before anybody looks
            Bundle bundle({"sh", "-c", "echo out; echo bad >&2; exit 7"});
            auto clients = startWithClients(bundle, 16, {});
            QCOMPARE(clients.size(), std::size_t(16));
            QCOMPARE(bundle.runtime({"start"}).code, 0);
            for (auto& client : clients) {
                QVERIFY(client.awaitEnd());
                QCOMPARE(client.output, std::string("out\n"));
                QCOMPARE(client.errors, std::string("bad\n"));
                QCOMPARE(client.exitCode, 7);
            }
        }
    }

    void whatWasTypedBeforeTheStartArrives() {
        Bundle bundle({"sh", "-c", "wc -c; exit 2"});
        auto clients = startWithClients(bundle, 2, "--stdin-once");
        QCOMPARE(clients.size(), std::size_t(2));
        clients[0].type(std::string(50'000, 'x'));
        clients[0].send(FrameType::InputEnds);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        for (auto& client : clients) {
            QVERIFY(client.awaitEnd());
            QCOMPARE(client.output, std::string("50000\n"));
            QCOMPARE(client.exitCode, 2);
        }
    }

    void aClientThatHasGoneBeforeHarmsNobody() {
        Bundle bundle({"sh", "-c", "echo out"});
        auto clients = startWithClients(bundle, 3, {});
        QCOMPARE(clients.size(), std::size_t(3));
        clients[1].close();
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        for (const std::size_t i : {0u, 2u}) {
            QVERIFY(clients[i].awaitEnd());
            QCOMPARE(clients[i].output, std::string("out\n"));
        }
        QVERIFY(startWithClients(bundle, 17, {}).empty()); // more than there are places
    }

    void everyClientSeesTheSame() {
        Bundle bundle({"sh", "-c", "read go; seq 1000; exit 1"});
        startWith(bundle, {"--stdin"});
        SessionClient first = attach(bundle);
        SessionClient second = attach(bundle);
        SessionClient watching = SessionClient::attach(socketOf(bundle), kSessionOutput);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        watching.type("go\n"); // has no say
        second.type("go\n");
        for (auto* client : {&first, &second, &watching}) {
            QVERIFY(client->awaitEnd());
            QVERIFY(client->output.ends_with("\n999\n1000\n"));
            QCOMPARE(client->exitCode, 1);
        }
    }

    void keysDetach() {
        Bundle bundle({"cat"});
        startWith(bundle, {"--stdin"});
        SessionClient client = attach(bundle, "\x10\x11");
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        client.type("one\n\x10");
        client.type("two\n\x10"); // the first key alone was meant for the program
        QVERIFY(client.awaitOutput("two\n"));
        client.type("\x11");
        QVERIFY(client.awaitEnd());
        QVERIFY(client.detached);
        QCOMPARE(client.output, std::string("one\n\x10two\n"));
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
        SessionClient again = attach(bundle);
        again.type("still here\n");
        QVERIFY(again.awaitOutput("still here"));
    }

    void aClientThatGoesHarmsNobody() {
        Bundle bundle({"cat"});
        startWith(bundle, {"--stdin"});
        SessionClient stays = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        for (int i = 0; i < 40; ++i) { // more than there are places
            SessionClient goes = attach(bundle);
            QVERIFY(goes.isOpen());
            goes.type("x\n");
            goes.close();
        }
        SessionClient rude = attach(bundle);
        QCOMPARE(::send(rude.fd(), "GET / HTTP/1.1\r\n\r\n", 18, MSG_NOSIGNAL), ssize_t(18));
        QVERIFY(rude.awaitEnd());
        stays.type("end\n");
        QVERIFY(stays.awaitOutput("end\n"));
    }

    void tooManyAreRefused() {
        Bundle bundle({"sleep", "1000"});
        startWith(bundle, {});
        std::vector<SessionClient> clients;
        for (int i = 0; i < 16; ++i)
            clients.push_back(attach(bundle));
        QVERIFY(clients.back().isOpen());
        QVERIFY(!attach(bundle).isOpen());
        clients.erase(clients.begin());
        QTRY_VERIFY(attach(bundle).isOpen());
    }

    // What one cannot take holds the container back for ten seconds at most; then the others go on.
    void aClientThatDoesNotReadIsDropped() {
        Bundle bundle({"sh", "-c", "read go; seq 300000; echo done"});
        startWith(bundle, {"--stdin"});
        SessionClient sleeper = attach(bundle);
        SessionClient reader = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        reader.type("go\n");
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(40);
        while (!reader.ended && std::chrono::steady_clock::now() < end)
            (void)reader.awaitEnd();
        QCOMPARE(reader.exitCode, 0);
        QVERIFY(reader.output.ends_with("300000\ndone\n"));
        QVERIFY(sleeper.awaitEnd());
        QCOMPARE(sleeper.exitCode, -1);
    }

    void losesNothingToASlowClient() {
        Bundle bundle({"sh", "-c", "read go; seq 400000"});
        startWith(bundle, {"--stdin"});
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        client.type("go\n");
        while (!client.ended) {
            (void)client.readUntil(
                [&, seen = client.output.size()] { return client.output.size() > seen + 300000; });
            QTest::qWait(10);
        }
        QCOMPARE(QByteArray::fromStdString(client.output).count('\n'), 400000);
    }

    void carriesMuchInput() {
        Bundle bundle({"wc", "-c"});
        startWith(bundle, {"--stdin"});
        SessionClient client = attach(bundle);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        for (int i = 0; i < 320; ++i)
            client.type(std::string(kLongestPayload, 'x'));
        client.send(FrameType::InputEnds);
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output, std::to_string(320 * kLongestPayload) + "\n");
    }

    void executesInASession() {
        Bundle bundle({"sleep", "1000"});
        startWith(bundle, {});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        SessionClient client =
            exec(bundle, process({"sh", "-c", "read a; echo got $a; echo bad >&2; exit 4"}, false));
        QVERIFY(client.isOpen());
        client.type("it\n");
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output, std::string("got it\n"));
        QCOMPARE(client.errors, std::string("bad\n"));
        QCOMPARE(client.exitCode, 4);
        QTRY_VERIFY(exists(bundle.path() + "/exec-one"));
        QVERIFY(readFile(bundle.path() + "/exec-one").value().find("\"exitCode\":4") != std::string::npos);
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
    }

    void executesAtATerminal() {
        Bundle bundle({"sleep", "1000"});
        startWith(bundle, {});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        Json shell = process({"sh"}, true);
        shell.set("consoleSize", Json::Object{{"height", 20}, {"width", 70}});
        SessionClient client = exec(bundle, shell);
        QVERIFY(client.isOpen());
        client.type("stty size; exit 5\n");
        QVERIFY(client.awaitEnd());
        QVERIFY2(client.output.find("20 70") != std::string::npos, client.output.c_str());
        QCOMPARE(client.exitCode, 5);
    }

    void aTerminalThatIsClosedHangsUp() {
        Bundle bundle({"sleep", "1000"});
        startWith(bundle, {});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        SessionClient client = exec(bundle, process({"sh", "-c", "echo ready; exec sleep 1000"}, true));
        QVERIFY(client.awaitOutput("ready"));
        client.close();
        QTRY_VERIFY(exists(bundle.path() + "/exec-one"));
        QVERIFY(readFile(bundle.path() + "/exec-one").value().find("\"signal\":1") != std::string::npos);
    }

    void aTerminalThatIsDetachedGoesOn() {
        Bundle bundle({"sleep", "1000"});
        startWith(bundle, {});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        SessionClient client =
            exec(bundle, process({"sh", "-c", "echo ready; sleep 0.3; echo > /tmp/mark; exit 6"}, true),
                 "one", "\x01");
        QVERIFY(client.awaitOutput("ready"));
        client.type("\x01");
        QVERIFY(client.awaitEnd());
        QVERIFY(client.detached);
        QTRY_VERIFY(exists(bundle.path() + "/exec-one"));
        QVERIFY(readFile(bundle.path() + "/exec-one").value().find("\"exitCode\":6") != std::string::npos);
    }

    void severalExecuteAtOnce() {
        Bundle bundle({"sleep", "1000"});
        startWith(bundle, {});
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        std::vector<SessionClient> clients;
        for (int i = 0; i < 8; ++i)
            clients.push_back(exec(bundle, process({"cat"}, false), std::to_string(i)));
        for (int i = 0; i < 8; ++i)
            clients[std::size_t(i)].type("number " + std::to_string(i) + "\n");
        for (int i = 0; i < 8; ++i)
            QVERIFY(clients[std::size_t(i)].awaitOutput("number " + std::to_string(i) + "\n"));
        QCOMPARE(bundle.runtime({"kill"}, {"KILL"}).code, 0);
        for (auto& client : clients) {
            QVERIFY(client.awaitEnd()); // the pid namespace takes them along
            QCOMPARE(client.exitCode, 137);
        }
    }
};

ESCALE_TEST(SessionTest)
#include "session_test.moc"
