// docker run, attach and start -a with the real command line: streams, terminals, signals and exit statuses.
#include "tests/helper/docker-api/docker_machine.h"
#include "tests/helper/docker-api/docker_terminal.h"

#include "engine/base/file.h"

#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <thread>

using namespace escale;
using namespace escale::test;

class DockerRunTest : public DockerTest {
    Q_OBJECT

    DockerTerminal terminal(std::vector<std::string> words) {
        words.insert(words.begin(), dockerProgram());
        auto opened = DockerTerminal::open(std::move(words), 30, 100, [this](auto all, auto fds) {
            return begin(std::move(all), std::move(fds));
        });
        if (!opened)
            qFatal("%s", opened.error().text().c_str());
        return std::move(*opened);
    }
    std::string stateOf(const std::string& name) {
        return docker({"inspect", "--format", "{{.State.Status}}", name}).text();
    }

private Q_SLOTS:
    void givesTheStreamsApartAndTheStatus() {
        const Ran ran = docker({"run", "--rm", image(), "sh", "-c", "echo out; echo err >&2; exit 7"});
        QCOMPARE(ran.output, std::string("out\n"));
        QCOMPARE(ran.errors, std::string("err\n"));
        QCOMPARE(ran.code, 7);
    }
    void leavesWith127And126And125() {
        QCOMPARE(docker({"run", "--rm", image(), "nosuch"}).code, 127);
        QCOMPARE(docker({"run", "--rm", image(), "/etc"}).code, 126);
        QCOMPARE(docker({"run", "--no-such-option", image()}).code, 125);
    }
    void passesAPipeToItsEnd() {
        const Ran ran = docker({"run", "--rm", "-i", image(), "cat"}, "x\n");
        QCOMPARE(ran.output, std::string("x\n"));
        QCOMPARE(ran.code, 0);
    }
    void endsWithTheCommandThoughTheInputGoesOn() {
        const Ran ran =
            run({"/bin/sh", "-c",
                 "/bin/busybox yes | " + dockerProgram() + " run --rm -i " + image() + " true; echo $?"});
        QCOMPARE(ran.text(), std::string("0"));
        QCOMPARE(ran.errors, std::string());
    }
    void carriesGigabytesBothWaysWithoutLoss() {
        const std::string megabytes =
            qEnvironmentVariable("ESCALE_STREAM_MEGABYTES", QStringLiteral("2048")).toStdString();
        // Bytes that do not repeat; checksum and length of what was sent, then of what came back.
        const UniqueFd out(::memfd_create("output", MFD_CLOEXEC));
        auto shell = begin(
            {"/bin/bash", "-c",
             "set -o pipefail; openssl enc -aes-128-ctr -K 0 -iv 0 -in /dev/zero 2>/dev/null | head -c " +
                 megabytes + "M | tee >(cksum > sent) | " + dockerProgram() +
                 " run --rm -i --log-driver none " + image() + " cat | cksum > got; sleep 1; cat sent got"},
            {{out.get(), 1}});
        VERIFY_RESULT(shell);
        VERIFY_RESULT(shell->waitFor(std::chrono::minutes(10)));
        const auto sums =
            QString::fromStdString(readFile("/proc/self/fd/" + std::to_string(out.get())).value_or(""))
                .split(u'\n');
        QVERIFY(sums.size() >= 2);
        QCOMPARE(sums.at(1), sums.at(0));
        QCOMPARE(sums.at(1).section(u' ', 1).toULongLong(), std::stoull(megabytes) << 20U);
    }
    void losesNothingToAReaderThatComesLate_data() {
        QTest::addColumn<int>("bytes");
        // What the buffers on the way hold, so that the program ends before anybody reads; and much more.
        for (const int bytes : {550'000, 600'000, 650'000, 700'000, 5 << 20})
            QTest::addRow("%d", bytes) << bytes;
    }
    void losesNothingToAReaderThatComesLate() {
        QFETCH(const int, bytes);
        const std::string size = std::to_string(bytes);
        const Ran ran = run({"/bin/bash", "-c",
                             dockerProgram() + " run --rm " + image() + " sh -c '/bin/busybox head -c " +
                                 size + " /dev/zero; exit 3' | (sleep 8; wc -c); echo ${PIPESTATUS[0]}"});
        QCOMPARE(ran.text(), size + "\n3");
        QCOMPARE(ran.errors, std::string());
    }
    void hasATerminalOfTheWindowsSize() {
        DockerTerminal window = terminal({"run", "--rm", "-it", image(), "sh"});
        QVERIFY2(window.awaitText("#"), window.seen().c_str());
        std::this_thread::sleep_for(
            std::chrono::milliseconds(500)); // the client tells the size behind the start
        window.type("stty size\n");
        QVERIFY2(window.awaitText("30 100"), window.seen().c_str());
        window.resize(41, 123);
        window.type("sleep 1; stty size\n");
        QVERIFY2(window.awaitText("41 123"), window.seen().c_str());
        window.type("exit 5\n");
        QCOMPARE(window.awaitEnd(), 5);
    }
    void endsByCtrlC() {
        DockerTerminal window = terminal({"run", "--rm", "-it", image(), "sh", "-c",
                                          "trap 'exit 130' INT; echo ready; while true; do sleep 1; done"});
        QVERIFY2(window.awaitText("ready"), window.seen().c_str());
        window.type("\x03");
        QCOMPARE(window.awaitEnd(), 130);
    }
    void goesOnWhenSomebodyDetachesAndComesBack() {
        DockerTerminal window = terminal({"run", "-it", "--name", "left", image(), "sh"});
        QVERIFY2(window.awaitText("#"), window.seen().c_str());
        window.type("WORD=kept; echo s''et\n");
        QVERIFY2(window.awaitText("set"), window.seen().c_str());
        window.type("\x10"); // the client knows them by one at a time, as they are typed
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
        window.type("\x11");
        QCOMPARE(window.awaitEnd(), 0); // without a word: so does `docker run`
        QCOMPARE(stateOf("left"), std::string("running"));
        DockerTerminal back = terminal({"attach", "left"});
        back.type("echo $WORD; exit 3\n");
        QVERIFY2(back.awaitText("kept"), back.seen().c_str());
        QCOMPARE(back.awaitEnd(), 3);
        QCOMPARE(docker({"rm", "left"}).code, 0);
    }
    void forwardsSignals() {
        const UniqueFd out(::memfd_create("output", MFD_CLOEXEC));
        auto client = begin({dockerProgram(), "run", "--rm", image(), "sh", "-c",
                             "trap 'exit 43' TERM; echo ready; while true; do sleep 1; done"},
                            {{out.get(), 1}});
        VERIFY_RESULT(client);
        QTRY_VERIFY_WITH_TIMEOUT(
            readFile("/proc/self/fd/" + std::to_string(out.get())).value_or("") == "ready\n", 60'000);
        VERIFY_RESULT(client->signal(SIGTERM));
        const auto status = client->waitFor(std::chrono::seconds(60));
        VERIFY_RESULT(status);
        QCOMPARE(status->code, 43);
    }
    void startsAgainAttached() {
        const Ran made = docker({"create", "-i", "--name", "again", image(), "cat"});
        QCOMPARE(made.code, 0);
        for (const char* text : {"first\n", "second\n"}) {
            const Ran ran = docker({"start", "-a", "-i", "again"}, text);
            QCOMPARE(ran.output, std::string(text));
            QCOMPARE(ran.code, 0);
        }
        QCOMPARE(docker({"rm", "again"}).code, 0);
    }
    void attachesToOneThatRuns() {
        QCOMPARE(docker({"run", "-d", "--name", "talks", image(), "sh", "-c",
                         "while true; do echo tick; sleep 1; done"})
                     .code,
                 0);
        const UniqueFd out(::memfd_create("output", MFD_CLOEXEC));
        auto client =
            begin({dockerProgram(), "attach", "--no-stdin", "--sig-proxy=false", "talks"}, {{out.get(), 1}});
        VERIFY_RESULT(client);
        QTRY_VERIFY_WITH_TIMEOUT(
            readFile("/proc/self/fd/" + std::to_string(out.get())).value_or("").starts_with("tick\n"),
            60'000);
        VERIFY_RESULT(client->signal(SIGKILL));
        QCOMPARE(stateOf("talks"), std::string("running"));
        QCOMPARE(docker({"rm", "-f", "talks"}).code, 0);
    }
    void givesTheLogFirstWhenItIsAskedFor() {
        QCOMPARE(
            docker({"run", "-d", "--name", "logged", image(), "sh", "-c", "echo early; sleep 1000"}).code, 0);
        Ran ran;
        QTRY_VERIFY(
            (ran = curl("POST", "/containers/logged/attach?logs=1&stdout=1")).output.find("early\n") !=
            std::string::npos);
        QVERIFY(ran.output.starts_with("HTTP/1.1 200"));
        QCOMPARE(docker({"rm", "-f", "logged"}).code, 0);
    }
    void refusesOneThatIsPaused() {
        QCOMPARE(docker({"run", "-d", "--name", "still", image(), "sleep", "1000"}).code, 0);
        QCOMPARE(docker({"pause", "still"}).code, 0);
        const Ran ran = curl("POST", "/containers/still/attach?stream=1&stdout=1");
        QVERIFY(ran.output.starts_with("HTTP/1.1 409"));
        QVERIFY(ran.output.find("is paused, unpause the container before attach") != std::string::npos);
        QCOMPARE(docker({"rm", "-f", "still"}).code, 0);
    }
    void refusesOneThatIsNotThere() {
        const Ran ran = curl("POST", "/containers/nosuch/attach?stream=1&stdout=1");
        QVERIFY(ran.output.starts_with("HTTP/1.1 404"));
        QVERIFY(ran.output.find("No such container: nosuch") != std::string::npos);
    }
};

ESCALE_TEST(DockerRunTest)
#include "run_test.moc"
