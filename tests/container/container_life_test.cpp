// What is done to containers between their start and their end, and what they do by themselves.
#include "engine/base/file.h"
#include "engine/container/containers.h"
#include "tests/container/container_machine.h"
#include "tests/support/session_client.h"

#include <QThread>

#include <atomic>
#include <csignal>
#include <map>
#include <net/if.h>

using namespace escale;
using namespace escale::test;

class ContainerLifeTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    Container find(const std::string& id) {
        auto found = containers().find(kAlice, id);
        return found ? *found : Container();
    }
    std::string run(const Texts& command, const ContainerMachine::Change& change = {}) {
        const auto id = m_machine->run(kAlice, command, change);
        if (!id)
            qWarning("%s", id.error().text().c_str());
        return id.value_or("");
    }
    bool await(const std::string& id, ContainerState state) {
        return eventually([&] { return find(id).state == state; });
    }
    static void onTheBridge(ContainerOptions& options) { options.network = "bridge"; }
    static bool isOnTheBridge(const std::string& id) {
        return ::if_nametoindex(("esc" + id.substr(0, 12)).c_str()) != 0;
    }
    Texts actions(const std::string& id) {
        Texts found;
        for (const auto& event : containers().events().list(kAlice, {0, 0, {"container=" + id}}))
            found.push_back(event.action);
        return found;
    }
    static std::string attributeOf(const Event& event, const std::string& name) {
        const auto found = event.attributes.find(name);
        return found != event.attributes.end() ? found->second : "";
    }
    // Of each event with this action.
    Texts attribute(const std::string& id, const std::string& action, const std::string& name) {
        Texts found;
        for (const auto& event :
             containers().events().list(kAlice, {0, 0, {"container=" + id, "event=" + action}}))
            found.push_back(attributeOf(event, name));
        return found;
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(m_machine->runToEnd(kAlice, {"true"}));
    }
    void cleanup() {
        if (!m_machine)
            return;
        if (!m_machine->containers)
            VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void killSendsASignal() {
        const auto id = run({"sh", "-c", "trap 'echo usr1' USR1; echo ready; while :; do sleep 0.05; done"});
        QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
        VERIFY_RESULT(containers().kill(kAlice, id, SIGUSR1));
        QVERIFY(m_machine->awaitOutput(kAlice, id, "usr1"));
        VERIFY_RESULT(containers().kill(kAlice, id, SIGKILL));
        QVERIFY(await(id, ContainerState::Exited));
        QCOMPARE(find(id).exitCode, 137);
        const auto again = containers().kill(kAlice, id, SIGKILL);
        QCOMPARE(again.error().code, ErrorCode::WrongState);
    }

    void pauseStopsTheTime() {
        const auto id = run({"sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; usleep 1000; done"});
        QVERIFY(m_machine->awaitOutput(kAlice, id, "\n20\n"));
        VERIFY_RESULT(containers().pause(kAlice, id));
        QCOMPARE(find(id).state, ContainerState::Paused);
        QVERIFY(find(id).pid > 0);
        const auto seen = m_machine->output(kAlice, id);
        QTest::qWait(100);
        QCOMPARE(m_machine->output(kAlice, id), seen);
        QCOMPARE(containers().pause(kAlice, id).error().code, ErrorCode::WrongState);
        QCOMPARE(containers().exec(kAlice, id, {.command = {"true"}}).error().code, ErrorCode::WrongState);
        VERIFY_RESULT(containers().unpause(kAlice, id));
        QCOMPARE(find(id).state, ContainerState::Running);
        QVERIFY(eventually([&] { return m_machine->output(kAlice, id) != seen; }));
        QCOMPARE(containers().unpause(kAlice, id).error().code, ErrorCode::WrongState);
    }

    void aPausedOneStopsDiesAndGoes() {
        for (int way = 0; way < 3; ++way) {
            const auto id = run({"sh", "-c", "trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done"});
            QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
            VERIFY_RESULT(containers().pause(kAlice, id));
            if (way == 0)
                VERIFY_RESULT(containers().stop(kAlice, id, 10, {}));
            else if (way == 1)
                VERIFY_RESULT(containers().kill(kAlice, id, SIGKILL));
            else
                VERIFY_RESULT(containers().remove(kAlice, id, true));
            if (way < 2) {
                QVERIFY(await(id, ContainerState::Exited));
                QCOMPARE(find(id).exitCode, way == 0 ? 3 : 137);
            }
        }
    }

    void restartsAndRenames() {
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) { o.name = "before"; });
        const auto first = find(id);
        VERIFY_RESULT(containers().restart(kAlice, "before", 0, {}));
        QCOMPARE(find(id).state, ContainerState::Running);
        QVERIFY(find(id).startedAt > first.startedAt);
        QVERIFY(find(id).pid != first.pid);
        VERIFY_RESULT(m_machine->create(kAlice, {"true"}, [](ContainerOptions& o) { o.name = "taken"; }));
        QCOMPARE(containers().rename(kAlice, id, "taken").error().code, ErrorCode::AlreadyExists);
        QCOMPARE(containers().rename(kAlice, id, "-bad").error().code, ErrorCode::InvalidArgument);
        VERIFY_RESULT(containers().rename(kAlice, id, "after"));
        QCOMPARE(find("after").id, id);
        QCOMPARE(containers().find(kAlice, "before").error().code, ErrorCode::NotFound);
        QCOMPARE(find("after").state, ContainerState::Running);
    }

    void limitsChangeWhileItRuns() {
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) { o.memoryBytes = 64u << 20; });
        VERIFY_RESULT(containers().update(kAlice, id, [](ContainerOptions& o) -> Result<void> {
            o.memoryBytes = 128u << 20;
            o.pidsLimit = 33;
            o.cpus = 0.5;
            o.restart = "on-failure";
            return {};
        }));
        QTRY_COMPARE(containers().stats(kAlice, id)->cgroup.memoryLimit, std::uint64_t(128u << 20));
        QCOMPARE(containers().stats(kAlice, id)->cgroup.pidsLimit, std::uint64_t(33));
        QCOMPARE(m_machine->cpuQuota(id), std::string("50000 100000"));
        QCOMPARE(find(id).options.restart, std::string("on-failure"));
        // and back to none
        VERIFY_RESULT(containers().update(kAlice, id, [](ContainerOptions& o) -> Result<void> {
            o.cpus = 0;
            o.pidsLimit = 0;
            return {};
        }));
        QVERIFY(m_machine->cpuQuota(id).starts_with("-1 ") || m_machine->cpuQuota(id).starts_with("max "));
        // a limit that is refused changes nothing
        const auto refused = containers().update(kAlice, id, [](ContainerOptions& o) -> Result<void> {
            o.memoryBytes = 4096;
            return {};
        });
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(find(id).options.memoryBytes, std::uint64_t(128u << 20));
    }

    void waitTellsTheExitCode() {
        const auto id = run({"sh", "-c", "read -t 0.2 x < /dev/zero; exit 7"});
        std::atomic<int> code = -1;
        VERIFY_RESULT(containers().wait(kAlice, id, WaitFor::End, [&code](int ended) { code = ended; }));
        QVERIFY(eventually([&] { return code == 7; }));
        code = -1;
        VERIFY_RESULT(containers().wait(kAlice, id, WaitFor::End, [&code](int ended) { code = ended; }));
        QCOMPARE(code.load(), 7); // it has ended already
        const auto temporary =
            run({"sh", "-c", "exit 4"}, [](ContainerOptions& o) { o.removeWhenStopped = true; });
        if (containers().wait(kAlice, temporary, WaitFor::End, [&code](int ended) { code = ended; }))
            QVERIFY(eventually([&] { return code == 4; }));
    }

    void waitForTheRemovalGoesOnOverTheEnd() {
        const auto id = run({"sh", "-c", "read x < /dev/zero"});
        std::atomic<int> ended = -1;
        std::atomic<int> removed = -1;
        VERIFY_RESULT(containers().wait(kAlice, id, WaitFor::End, [&ended](int code) { ended = code; }));
        VERIFY_RESULT(
            containers().wait(kAlice, id, WaitFor::Removal, [&removed](int code) { removed = code; }));
        VERIFY_RESULT(containers().kill(kAlice, id, SIGKILL));
        QVERIFY(eventually([&] { return ended == 137; }));
        QCOMPARE(removed.load(), -1);
        VERIFY_RESULT(containers().remove(kAlice, id, false));
        QCOMPARE(removed.load(), 137);
    }

    void leavesTheNetworkWithItsEnd() {
        const auto id = run({"sleep", "1000"}, onTheBridge);
        QVERIFY(isOnTheBridge(id));
        VERIFY_RESULT(containers().stop(kAlice, id, 0, Cancellation()));
        QVERIFY(eventually([&] { return !isOnTheBridge(id); }));
    }

    void leavesTheNetworkThoughAnotherKeepsItsNamespace() {
        const auto id = run({"sleep", "1000"}, onTheBridge);
        const auto guest =
            run({"sleep", "1000"}, [&id](ContainerOptions& o) { o.network = "container:" + id; });
        VERIFY_RESULT(containers().stop(kAlice, id, 0, Cancellation()));
        QVERIFY(eventually([&] { return !isOnTheBridge(id); }));
        QCOMPARE(find(guest).state, ContainerState::Running);
    }

    void startsAgainWhileItsLastNetworkGoes() {
        const auto id = run({"sleep", "1000"}, onTheBridge);
        for (int round = 0; round < 3; ++round) {
            VERIFY_RESULT(containers().restart(kAlice, id, 0, Cancellation()));
            QVERIFY(isOnTheBridge(id));
        }
        QThread::msleep(1500); // when the last run's place would be ended
        QVERIFY(isOnTheBridge(id));
    }

    void executesACommand() {
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) { o.environment = {"A=1", "B=2"}; });
        const auto started = containers().exec(kAlice, id,
                                               {.command = {"sh", "-c", "echo $A $B; id -u; pwd; exit 5"},
                                                .user = "7",
                                                .workingDirectory = "/etc",
                                                .environment = {"B=3"}});
        VERIFY_RESULT(started);
        SessionClient client(UniqueFd(::dup(started->session.get())));
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.output, std::string("1 3\n7\n/etc\n"));
        QCOMPARE(client.exitCode, 5);
        QVERIFY(eventually([&] {
            const auto state = containers().inspectExec(kAlice, started->id);
            return state && !state->running && state->exitCode == 5;
        }));
        QCOMPARE(containers().inspectExec(kBob, started->id).error().code, ErrorCode::NotFound);
    }

    void executesAtATerminalAndDetached() {
        const auto id = run({"sleep", "1000"});
        auto shell =
            containers().exec(kAlice, id, {.command = {"sh"}, .terminal = true, .rows = 11, .columns = 55});
        VERIFY_RESULT(shell);
        SessionClient client(std::move(shell->session));
        client.type("stty size; exit 2\n");
        QVERIFY(client.awaitEnd());
        QVERIFY2(client.output.find("11 55") != std::string::npos, client.output.c_str());
        QCOMPARE(client.exitCode, 2);
        const auto quiet =
            containers().exec(kAlice, id, {.command = {"touch", "/tmp/mark"}, .detached = true});
        VERIFY_RESULT(quiet);
        QVERIFY(!quiet->session);
        QVERIFY(eventually(
            [&] { return exists(m_machine->runFolder() + "/containers/" + id + "/rootfs/tmp/mark"); }));
    }

    void refusesToExecute_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("user");
        QTest::addColumn<int>("code");
        QTest::newRow("no such program") << "/no/such"
                                         << "" << int(ErrorCode::NotFound);
        QTest::newRow("nothing") << ""
                                 << "" << int(ErrorCode::InvalidArgument);
        QTest::newRow("no such user") << "true"
                                      << "nobody-here" << int(ErrorCode::NotFound);
    }
    void refusesToExecute() {
        QFETCH(const QString, program);
        QFETCH(const QString, user);
        QFETCH(const int, code);
        const auto id = run({"sleep", "1000"});
        ExecOptions options;
        if (!program.isEmpty())
            options.command = {program.toStdString()};
        options.user = user.toStdString();
        const auto started = containers().exec(kAlice, id, options);
        QVERIFY(!started);
        QCOMPARE(int(started.error().code), code);
        QCOMPARE(find(id).state, ContainerState::Running);
    }

    void attaches() {
        const auto id = run({"sh", "-c", "while read line; do echo got $line; done; exit 6"},
                            [](ContainerOptions& o) { o.openInput = true; });
        auto session = containers().attach(kAlice, id, {});
        VERIFY_RESULT(session);
        SessionClient client(*std::move(session));
        client.type("one\n");
        QVERIFY(client.awaitOutput("got one\n"));
        client.send(FrameType::InputEnds);
        QVERIFY(client.awaitEnd());
        QCOMPARE(client.exitCode, 6);
        QVERIFY(await(id, ContainerState::Exited));
        QCOMPARE(containers().attach(kAlice, id, {}).error().code, ErrorCode::WrongState);
    }

    void detachesFromATerminal() {
        const auto id = run({"sh"}, [](ContainerOptions& o) { o.openInput = o.terminal = true; });
        auto session = containers().attach(kAlice, id, {});
        VERIFY_RESULT(session);
        SessionClient client(*std::move(session));
        client.type("echo th''ere\n");
        QVERIFY(client.awaitOutput("there"));
        client.type("\x10\x11"); // ctrl-p, ctrl-q
        QVERIFY(client.awaitEnd());
        QVERIFY(client.detached);
        QCOMPARE(find(id).state, ContainerState::Running);
    }

    void listsProcesses() {
        const auto id =
            run({"sh", "-c", "sleep 999 & echo ready; wait"}, [](ContainerOptions& o) { o.user = "9"; });
        QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
        // The child is a copy of the shell until it has become sleep.
        QVERIFY(eventually([&] {
            const auto now = containers().processes(kAlice, id);
            return now && now->size() == 2 && now->at(1).command == "sleep 999";
        }));
        const auto processes = containers().processes(kAlice, id);
        QCOMPARE(processes->at(0).insidePid, 1);
        QCOMPARE(processes->at(0).pid, find(id).pid);
        QCOMPARE(processes->at(0).uid, uid_t(9));
        QCOMPARE(processes->at(1).parentPid, find(id).pid);
        QVERIFY(processes->at(1).memoryBytes > 0);
    }

    void restartPolicies_data() {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<uint>("maximum");
        QTest::addColumn<int>("code");
        QTest::addColumn<uint>("restarts"); // at least
        QTest::newRow("no") << "no" << 0U << 1 << 0U;
        QTest::newRow("always") << "always" << 0U << 0 << 2U;
        QTest::newRow("unless stopped") << "unless-stopped" << 0U << 0 << 2U;
        QTest::newRow("on failure, failed") << "on-failure" << 0U << 3 << 2U;
        QTest::newRow("on failure, well") << "on-failure" << 0U << 0 << 0U;
        QTest::newRow("on failure, twice") << "on-failure" << 2U << 3 << 2U;
    }
    void restartPolicies() {
        QFETCH(const QString, policy);
        QFETCH(const uint, maximum);
        QFETCH(const int, code);
        QFETCH(const uint, restarts);
        const auto id = run({"sh", "-c", "echo run; exit " + std::to_string(code)}, [&](ContainerOptions& o) {
            o.restart = policy.toStdString();
            o.restartMaximum = maximum;
        });
        QVERIFY(eventually([&] { return find(id).restartCount >= restarts; }));
        if (restarts == 0 || maximum != 0) {
            QVERIFY(await(id, ContainerState::Exited));
            QCOMPARE(find(id).restartCount, restarts);
            QCOMPARE(find(id).exitCode, code);
        } else {
            // stopping ends it for good, whatever it does just now
            VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
            QCOMPARE(find(id).state, ContainerState::Exited);
            const auto count = find(id).restartCount;
            QTest::qWait(300);
            QCOMPARE(find(id).state, ContainerState::Exited);
            QCOMPARE(find(id).restartCount, count);
        }
        QVERIFY(m_machine->output(kAlice, id).starts_with(restarts > 0 ? "run\nrun\n" : "run\n"));
    }

    void aKilledOneStaysDead() {
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) { o.restart = "always"; });
        VERIFY_RESULT(containers().kill(kAlice, id, SIGKILL));
        QVERIFY(await(id, ContainerState::Exited));
        QVERIFY(find(id).stoppedByUser);
    }

    void policiesHoldOverTheMachinesRestart() {
        const auto policy = [](const char* name) {
            return [name](ContainerOptions& o) { o.restart = name; };
        };
        const auto always = run({"sleep", "1000"}, policy("always"));
        const auto unless = run({"sleep", "1000"}, policy("unless-stopped"));
        const auto stopped = run({"sleep", "1000"}, policy("unless-stopped"));
        const auto never = run({"sleep", "1000"});
        for (const auto& id : {always, stopped, never})
            VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        // As after a restart of the machine: nothing runs, the run folder is empty.
        const pid_t pid = find(unless).pid;
        m_machine->close();
        ::kill(pid, SIGKILL);
        QVERIFY(eventually(
            [&] { return exists(m_machine->runFolder() + "/containers/" + unless + "/exit.json"); }));
        ::unlink((m_machine->runFolder() + "/containers/" + unless + "/exit.json").c_str());
        ::unlink((m_machine->runFolder() + "/started").c_str());
        VERIFY_RESULT(m_machine->open());
        QVERIFY(await(always, ContainerState::Running));
        QVERIFY(await(unless, ContainerState::Running));
        QTest::qWait(200);
        QCOMPARE(find(stopped).state, ContainerState::Exited);
        QCOMPARE(find(never).state, ContainerState::Exited);
        // The next helper on the same machine does not start what was stopped since.
        VERIFY_RESULT(containers().stop(kAlice, always, 0, {}));
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QTest::qWait(200);
        QCOMPARE(find(always).state, ContainerState::Exited);
    }

    void endsWithTheMachineAndStartsWithIt() {
        // Given containers of each policy that say good-bye, a paused one, and one that does not hear,
        const Texts polite{"sh", "-c",
                           "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 0.05; done"};
        const auto with = [&](const char* policy) {
            const auto id = run(polite, [policy](ContainerOptions& o) { o.restart = policy; });
            return m_machine->awaitOutput(kAlice, id, "ready") ? id : std::string();
        };
        const auto always = with("always");
        const auto unless = with("unless-stopped");
        const auto onFailure = with("on-failure");
        const auto never = with("no");
        const auto paused = with("no");
        VERIFY_RESULT(containers().pause(kAlice, paused));
        const auto deaf = run({"sleep", "1000"}, [](ContainerOptions& o) { o.stopTimeoutSeconds = 1; });
        // when the machine ends, then each is asked, those that do not hear are killed, and none starts
        // again,
        containers().endWithMachine(std::chrono::seconds(10));
        for (const auto& id : {always, unless, onFailure, never, paused}) {
            QCOMPARE(find(id).state, ContainerState::Exited);
            QCOMPARE(find(id).exitCode, 7);
            QVERIFY(!find(id).stoppedByUser);
            QVERIFY(m_machine->output(kAlice, id).ends_with("bye\n"));
        }
        QCOMPARE(find(deaf).exitCode, 137);
        // and at its next start those run whose policy says so.
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QVERIFY(await(always, ContainerState::Running));
        QVERIFY(await(unless, ContainerState::Running));
        for (const auto& id : {onFailure, never, paused, deaf})
            QCOMPARE(find(id).state, ContainerState::Exited);
    }

    void healthFollowsTheProbes() {
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) {
            o.healthCommand = {"CMD-SHELL", "echo looked; test -e /tmp/well"};
            o.healthInterval = 60;
            o.healthRetries = 2;
        });
        QCOMPARE(find(id).health, std::string("starting"));
        QVERIFY(eventually([&] { return find(id).health == "unhealthy"; }));
        auto started = containers().exec(kAlice, id, {.command = {"touch", "/tmp/well"}, .detached = true});
        VERIFY_RESULT(started);
        QVERIFY(eventually([&] { return find(id).health == "healthy"; }));
        const auto probes = containers().health(kAlice, id);
        VERIFY_RESULT(probes);
        QVERIFY(!probes->empty() && probes->size() <= 5);
        QCOMPARE(probes->back().exitCode, 0);
        QCOMPARE(probes->back().output, std::string("looked\n"));
        QVERIFY(probes->back().endedAt >= probes->back().startedAt);
        // A new helper goes on from there.
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(find(id).health, std::string("healthy"));
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        QCOMPARE(find(id).health, std::string());
        const auto seen = actions(id);
        QVERIFY(std::find(seen.begin(), seen.end(), "health_status: unhealthy") != seen.end());
        QVERIFY(std::find(seen.begin(), seen.end(), "health_status: healthy") != seen.end());
    }

    void aProbeThatHangsIsEnded() {
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) {
            o.healthCommand = {"CMD", "sleep", "777"};
            o.healthInterval = 50;
            o.healthTimeout = 100;
            o.healthRetries = 1;
        });
        QVERIFY(eventually([&] { return find(id).health == "unhealthy"; }));
        QVERIFY(containers().health(kAlice, id)->back().output.find("longer than 100 ms") !=
                std::string::npos);
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
    }

    void eventsTellTheStory() {
        const auto id = run({"sh", "-c", "exit 3"}, [](ContainerOptions& o) {
            o.name = "story";
            o.labels = {{"chapter", "one"}};
        });
        QVERIFY(await(id, ContainerState::Exited));
        VERIFY_RESULT(containers().rename(kAlice, id, "tale"));
        VERIFY_RESULT(containers().remove(kAlice, id, false));
        QCOMPARE(actions(id), (Texts{"create", "start", "die", "rename", "destroy"}));
        const auto ends = containers().events().list(kAlice, {0, 0, {"event=die", "label=chapter=one"}});
        QCOMPARE(ends.size(), std::size_t(1));
        QCOMPARE(ends[0].attributes.at("exitCode"), std::string("3"));
        QCOMPARE(ends[0].attributes.at("name"), std::string("story"));
        QVERIFY(containers().events().list(kBob, {}).empty());
        // and the next helper still knows it, in the same order
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(actions(id), (Texts{"create", "start", "die", "rename", "destroy"}));
    }

    void anOomKillIsSaid() {
        const auto id = run({"sh", "-c", "head -c 200m /dev/zero | tail"},
                            [](ContainerOptions& o) { o.memoryBytes = o.memorySwap = 16u << 20; });
        QVERIFY(await(id, ContainerState::Exited));
        QVERIFY(find(id).oomKilled);
        QVERIFY(eventually([&] { return actions(id).size() == 4; }));
        QCOMPARE(actions(id), (Texts{"create", "start", "oom", "die"}));
    }

    void aStopThatIsObeyedTellsItsSteps() {
        // Given a program that ends at SIGTERM,
        const auto id = run({"sh", "-c", "trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done"});
        QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
        // when it is stopped
        VERIFY_RESULT(containers().stop(kAlice, id, 20, {}));
        // then the history has the signal with the time it was given, its end, and the stop.
        QCOMPARE(actions(id), (Texts{"create", "start", "kill", "die", "stop"}));
        QCOMPARE(attribute(id, "kill", "signal"), (Texts{"15"}));
        QCOMPARE(attribute(id, "kill", "grace"), (Texts{"20"}));
        QCOMPARE(attribute(id, "die", "exitCode"), (Texts{"3"}));
    }

    void aStopThatIsIgnoredTellsOfBothSignals() {
        const auto id = run({"sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"});
        QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
        VERIFY_RESULT(containers().stop(kAlice, id, 1, {}));
        QCOMPARE(actions(id), (Texts{"create", "start", "kill", "kill", "die", "stop"}));
        QCOMPARE(attribute(id, "kill", "signal"), (Texts{"15", "9"}));
        QCOMPARE(attribute(id, "kill", "grace"), (Texts{"1", ""})); // after SIGKILL nothing is waited for
        QCOMPARE(attribute(id, "die", "exitCode"), (Texts{"137"}));
        QVERIFY(std::stoi(attribute(id, "die", "execDuration").at(0)) >= 1);
        // and the times are those of what happened.
        std::map<std::string, std::int64_t> last;
        for (const auto& event : containers().events().list(kAlice, {0, 0, {"container=" + id}}))
            last[event.action + event.attributes.at("name") + attributeOf(event, "signal")] = event.time;
        const std::string name = find(id).options.name;
        QVERIFY(last["kill" + name + "9"] - last["kill" + name + "15"] >= 1000);
    }

    void aStopWithoutTimeKillsAtOnce() {
        const auto id = run({"sleep", "1000"});
        VERIFY_RESULT(containers().stop(kAlice, id, 0, {}));
        QCOMPARE(actions(id), (Texts{"create", "start", "kill", "die", "stop"}));
        QCOMPARE(attribute(id, "kill", "signal"), (Texts{"9"}));
    }

    void aStopOfAPausedOneLetsItGoOnFirst() {
        const auto id = run({"sh", "-c", "trap 'exit 3' TERM; echo ready; while :; do sleep 0.05; done"});
        QVERIFY(m_machine->awaitOutput(kAlice, id, "ready"));
        VERIFY_RESULT(containers().pause(kAlice, id));
        VERIFY_RESULT(containers().stop(kAlice, id, 20, {}));
        QCOMPARE(actions(id), (Texts{"create", "start", "pause", "unpause", "kill", "die", "stop"}));
    }

    void aKillAndARemovalByForceTellTheirSignals() {
        const auto killed = run({"sleep", "1000"});
        VERIFY_RESULT(containers().kill(kAlice, killed, SIGKILL));
        QVERIFY(await(killed, ContainerState::Exited));
        QVERIFY(eventually([&] { return actions(killed).size() == 4; }));
        QCOMPARE(actions(killed), (Texts{"create", "start", "kill", "die"}));
        QCOMPARE(attribute(killed, "kill", "grace"), (Texts{""}));
        const auto removed = run({"sleep", "1000"});
        VERIFY_RESULT(containers().remove(kAlice, removed, true));
        QCOMPARE(actions(removed), (Texts{"create", "start", "kill", "die", "destroy"}));
    }

    void aRestartIsSaidAfterItsStart() {
        const auto id = run({"sleep", "1000"});
        VERIFY_RESULT(containers().restart(kAlice, id, 0, {}));
        QCOMPARE(actions(id), (Texts{"create", "start", "kill", "die", "stop", "start", "restart"}));
    }

    void theRestartPolicySaysDieAndStart() {
        const auto id = run({"sh", "-c", "exit 3"}, [](ContainerOptions& o) {
            o.restart = "on-failure";
            o.restartMaximum = 2;
        });
        QVERIFY(await(id, ContainerState::Exited));
        QVERIFY(eventually([&] { return actions(id).size() == 7; }));
        QCOMPARE(actions(id), (Texts{"create", "start", "die", "start", "die", "start", "die"}));
        QCOMPARE(attribute(id, "die", "exitCode"), (Texts{"3", "3", "3"}));
    }

    void prunesWhatDoesNotRun() {
        const auto runs = run({"sleep", "1000"}, [](ContainerOptions& o) { o.labels = {{"keep", "no"}}; });
        const auto ended = run({"true"}, [](ContainerOptions& o) { o.labels = {{"keep", "no"}}; });
        const auto other = run({"true"});
        QVERIFY(await(ended, ContainerState::Exited));
        QVERIFY(await(other, ContainerState::Exited));
        const auto removed = containers().prune(kAlice, 0, {"keep=no"});
        VERIFY_RESULT(removed);
        QCOMPARE(*removed, Texts{ended});
        QVERIFY(find(runs).state == ContainerState::Running);
        QCOMPARE(containers().prune(kAlice, 1, {})->size(), std::size_t(0)); // none is that old
        QCOMPARE(*containers().prune(kAlice, 0, {}), Texts{other});
    }

    void leavesNothingBehind() {
        const auto before = m_machine->picture();
        const auto id = run({"sleep", "1000"}, [](ContainerOptions& o) {
            o.healthCommand = {"CMD", "true"};
            o.healthInterval = 20;
        });
        auto started = containers().exec(kAlice, id, {.command = {"cat"}, .openInput = true});
        VERIFY_RESULT(started);
        auto attached = containers().attach(kAlice, id, {});
        VERIFY_RESULT(attached);
        QVERIFY(eventually([&] { return find(id).health == "healthy"; }));
        VERIFY_RESULT(containers().remove(kAlice, id, true));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
};

ESCALE_TEST(ContainerLifeTest)
#include "container_life_test.moc"
