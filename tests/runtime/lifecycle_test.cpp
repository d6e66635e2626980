// create, start, state, kill, delete, run: runtime.md#lifecycle.
#include "engine/base/file.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class LifecycleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        // Created containers fall to us when `create` has returned: as for any engine, it is we who reap
        // them.
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    void runReturnsTheExitCodeAndTheOutput() {
        Bundle bundle({"sh", "-c", "echo out; echo err >&2; exit 7"});
        const auto outcome = bundle.run();
        QCOMPARE(outcome.code, 7);
        QCOMPARE(outcome.out, std::string("out\n"));
        QCOMPARE(outcome.err, std::string("err\n"));
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aDetachedRunHasStartedItsProgram() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.runtime({"run", "--detach"}).code, 0);
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
        const auto pid = bundle.state().at("pid").toInteger();
        QVERIFY(commandLine(pid).find("sleep") != std::string::npos);
        QCOMPARE(codeOf(bundle.runtime({"start"})), std::string("WrongState"));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
        ::waitpid(static_cast<pid_t>(pid), nullptr, 0);
    }

    void aRunWhoseProgramTheKernelRefusesLeavesNothing() {
        Bundle bundle({"/broken"});
        std::ofstream(bundle.root() + "/broken") << "no program\n";
        QCOMPARE(::chmod((bundle.root() + "/broken").c_str(), 0755), 0);
        for (const auto& options : {std::vector<std::string>{"run"}, {"run", "--detach"}}) {
            const auto outcome = bundle.runtime(options);
            QVERIFY(outcome.code != 0);
            QVERIFY2(outcome.err.find("/broken") != std::string::npos, outcome.err.c_str());
            QCOMPARE(bundle.leftovers(), std::string());
        }
    }

    void runReturns128AndTheSignal() {
        Bundle bundle({"sh", "-c", "sh -c 'kill -9 $$'; exit $?"});
        QCOMPARE(bundle.run().code, 137);
    }

    void goesThroughTheStates() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.runtime({"create", "--pid-file", bundle.path() + "/pid"}).code, 0);
        QCOMPARE(bundle.state().at("status").toString(), std::string("created"));
        const auto pid = bundle.state().at("pid").toInteger();
        QCOMPARE(readFile(bundle.path() + "/pid").value(), std::to_string(pid));
        QCOMPARE(commandLine(pid).find("sleep"), std::string::npos); // nothing of the image runs yet

        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(bundle.state().at("status").toString(), std::string("running"));
        QVERIFY(commandLine(pid).find("sleep") != std::string::npos);

        QCOMPARE(bundle.runtime({"kill"}, {"KILL"}).code, 0);
        QTRY_COMPARE(bundle.state().at("status").toString(), std::string("stopped"));
        QCOMPARE(bundle.state().at("pid").toInteger(), 0);
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
        ::waitpid(static_cast<pid_t>(pid), nullptr, 0);
    }

    void deliversASignalThatTheProgramCatches() {
        Bundle bundle({"sh", "-c", "trap 'echo caught; exit 3' TERM; while true; do sleep 0.05; done"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QTest::qWait(200);
        QCOMPARE(bundle.runtime({"kill"}, {"TERM"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 3);
        QCOMPARE(bundle.log("stdout"), std::string("caught\n"));
    }

    void refusesWhatTheStateDoesNotAllow() {
        Bundle bundle({"sleep", "1000"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(codeOf(bundle.runtime({"create"})), std::string("AlreadyExists"));
        QCOMPARE(bundle.runtime({"start"}).code, 0);
        QCOMPARE(codeOf(bundle.runtime({"start"})), std::string("WrongState"));
        QCOMPARE(codeOf(bundle.runtime({"delete"})), std::string("WrongState"));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QCOMPARE(codeOf(bundle.runtime({"state"})), std::string("NotFound"));
        QCOMPARE(codeOf(bundle.runtime({"delete"})), std::string("NotFound"));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void deletesAContainerThatWasNeverStarted() {
        Bundle bundle({"true"});
        QCOMPARE(bundle.monitor().code, 0);
        QCOMPARE(bundle.runtime({"delete"}).code, 0);
        QCOMPARE(bundle.waitForExit().at("signal").toInteger(), SIGKILL);
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void saysAtCreateThatTheProgramIsMissing() {
        Bundle bundle({"nosuch", "-x"});
        for (const auto& outcome : {bundle.runtime({"create"}), bundle.monitor()}) {
            QCOMPARE(outcome.code, 1);
            QCOMPARE(codeOf(outcome), std::string("NotFound"));
            const auto message = Json::parse(outcome.err).value().at("msg").toString();
            QCOMPARE(
                message,
                std::string("no program \"nosuch\" in the image: executable file not found in PATH /bin"));
            QCOMPARE(bundle.leftovers(), std::string());
        }
        QCOMPARE(bundle.run().code, 127);
    }

    void saysThatTheProgramIsNotExecutable() {
        Bundle bundle({"/etc/text"});
        std::ofstream(bundle.root() + "/etc/text") << "hello";
        ::chmod((bundle.root() + "/etc/text").c_str(), 0644);
        QCOMPARE(codeOf(bundle.runtime({"create"})), std::string("PermissionDenied"));
        QCOMPARE(bundle.run().code, 126);
    }

    void saysAtStartThatTheKernelRefusesTheProgram() {
        Bundle bundle({"/etc/text"});
        std::ofstream(bundle.root() + "/etc/text") << "#!/no/interpreter\n";
        ::chmod((bundle.root() + "/etc/text").c_str(), 0755);
        QCOMPARE(bundle.monitor().code, 0);
        const auto started = bundle.runtime({"start"});
        QCOMPARE(codeOf(started), std::string("NotFound"));
        QVERIFY(started.err.find("interpreter") != std::string::npos);
        QCOMPARE(bundle.waitForExit().at("exitCode").toInteger(), 127);
    }

    // The bundle's configuration may be gone, or another one, when the container starts.
    void knowsTheContainerAsItWasCreated() {
        Bundle bundle({"/etc/text"});
        std::ofstream(bundle.root() + "/etc/text") << "#!/no/interpreter\n";
        ::chmod((bundle.root() + "/etc/text").c_str(), 0755);
        QCOMPARE(bundle.monitor().code, 0);
        bundle.set("process/args", Json::strings({"another"}));
        const auto started = bundle.runtime({"start"});
        QVERIFY2(started.err.find("/etc/text") != std::string::npos, started.err.c_str());
    }

    void leavesNothingWhenAMountFails() {
        Bundle bundle({"true"});
        bundle.append("mounts",
                      Json::parse(R"({"destination": "/x", "type": "nosuchfs", "source": "x"})").value());
        const auto outcome = bundle.runtime({"create"});
        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.err.find("nosuchfs") != std::string::npos);
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void explainsAMissingBindSource() {
        Bundle bundle({"true"});
        bundle.append(
            "mounts",
            Json::parse(R"({"destination": "/x", "type": "bind", "source": "/no/such/source"})").value());
        const auto outcome = bundle.runtime({"create"});
        QCOMPARE(codeOf(outcome), std::string("NotFound"));
        QVERIFY(outcome.err.find("/no/such/source") != std::string::npos);
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void explainsAMissingBundle() {
        Bundle bundle({"true"});
        std::filesystem::remove(bundle.path() + "/config.json");
        QCOMPARE(codeOf(bundle.runtime({"create"})), std::string("NotFound"));
    }

private:
    static std::string commandLine(std::int64_t pid) {
        return readFile("/proc/" + std::to_string(pid) + "/cmdline").value_or("");
    }
    static std::string codeOf(const test::Outcome& outcome) {
        return Json::parse(outcome.err).value_or(Json()).at("code").toString();
    }
};

ESCALE_TEST(LifecycleTest)
#include "lifecycle_test.moc"
