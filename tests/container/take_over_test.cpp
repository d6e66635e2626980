// What a new helper does with what an old one left: the old one is a child process that is killed with
// SIGKILL.
#include "tests/container/container_machine.h"

#include "engine/base/file.h"
#include "engine/container/run_records.h"

#include <csignal>
#include <fcntl.h>
#include <sstream>
#include <sys/wait.h>

using namespace escale;
using namespace escale::test;

class TakeOverTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }

    // Runs `work` in a process of its own that opens store and containers, and is killed when `work` has
    // returned an id.
    Result<std::string> inFormerHelper(const std::function<Result<std::string>(ContainerMachine&)>& work) {
        int ends[2] = {};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return failErrno("cannot make a pipe");
        const pid_t child = ::fork();
        if (child == 0) {
            auto opened = m_machine->open();
            auto id = opened ? work(*m_machine) : Result<std::string>(fail(opened.error()));
            const std::string answer = id ? *id : "!" + id.error().text();
            (void)!::write(ends[1], answer.data(), answer.size());
            ::raise(SIGKILL);
        }
        ::close(ends[1]);
        const UniqueFd reading(ends[0]);
        TRY_ASSIGN(std::string answer, readFd(reading.get()));
        ::waitpid(child, nullptr, 0);
        if (answer.empty() || answer.front() == '!')
            return fail(ErrorCode::Internal, answer);
        return answer;
    }
    static void killMonitor(const ContainerMachine& machine, const std::string& id) {
        const auto process = readProcessRecord(machine.runFolder() + "/containers/" + id + "/processes.json");
        if (process)
            ::kill(process->monitorPid, SIGKILL);
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
    }
    void init() {
        m_machine = std::make_unique<ContainerMachine>();
        // The image is there before; no thread and no open store when the former helper is forked.
        VERIFY_RESULT(m_machine->open());
        m_machine->close();
    }
    void cleanup() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void findsARunningContainerAgain() {
        const auto id = inFormerHelper([](ContainerMachine& machine) {
            return machine.run(kAlice,
                               {"sh", "-c", "i=0; while :; do i=$((i+1)); echo $i; usleep 2000; done"});
        });
        VERIFY_RESULT(id);
        VERIFY_RESULT(m_machine->open());
        const auto container = containers().find(kAlice, *id);
        VERIFY_RESULT(container);
        QCOMPARE(container->state, ContainerState::Running);
        QVERIFY(container->pid > 0);
        QVERIFY(!container->address.empty());
        VERIFY_RESULT(containers().stats(kAlice, *id));
        QVERIFY(m_machine->awaitOutput(kAlice, *id, "\n200\n"));
        VERIFY_RESULT(containers().stop(kAlice, *id, 0, {}));
        // No line is missing.
        std::istringstream lines(m_machine->output(kAlice, *id));
        int expected = 0;
        for (std::string line; std::getline(lines, line);)
            QCOMPARE(line, std::to_string(++expected));
        QVERIFY(expected >= 200);
    }

    void givesNewContainersOtherAddresses() {
        const auto id = inFormerHelper([](ContainerMachine& machine) {
            return machine.run(kAlice, {"sleep", "60"});
        });
        VERIFY_RESULT(id);
        VERIFY_RESULT(m_machine->open());
        const auto other = m_machine->run(kAlice, {"sleep", "60"});
        VERIFY_RESULT(other);
        QVERIFY(containers().find(kAlice, *id)->address != containers().find(kAlice, *other)->address);
    }

    void finishesWhatEndedMeanwhile() {
        const auto before = m_machine->runFolder();
        const auto id = inFormerHelper([](ContainerMachine& machine) {
            return machine.run(kAlice, {"sh", "-c", "usleep 100000; exit 5"});
        });
        VERIFY_RESULT(id);
        QVERIFY(eventually([&] { return exists(before + "/containers/" + *id + "/exit.json"); }));
        VERIFY_RESULT(m_machine->open());
        const auto container = containers().find(kAlice, *id);
        QCOMPARE(container->state, ContainerState::Exited);
        QCOMPARE(container->exitCode, 5);
        QVERIFY(!exists(before + "/containers/" + *id));
    }

    void removesWhatShouldGoWhenStopped() {
        const auto id = inFormerHelper([](ContainerMachine& machine) {
            return machine.run(kAlice, {"true"},
                               [](ContainerOptions& options) { options.removeWhenStopped = true; });
        });
        VERIFY_RESULT(id);
        QVERIFY(eventually([&] {
            m_machine->close();
            return m_machine->open() && containers().list(kAlice)->empty();
        }));
    }

    void endsAContainerWhoseMonitorWasKilled() {
        VERIFY_RESULT(m_machine->open());
        const auto id = m_machine->run(kAlice, {"sleep", "60"});
        VERIFY_RESULT(id);
        const pid_t pid = containers().find(kAlice, *id)->pid;
        killMonitor(*m_machine, *id);
        QVERIFY(m_machine->awaitExit(kAlice, *id));
        const auto container = containers().find(kAlice, *id);
        QCOMPARE(container->exitCode, 137);
        QCOMPARE(container->error, std::string("the monitor was killed"));
        QVERIFY(eventually([&] { return ::kill(pid, 0) != 0; }));
    }

    void endsItWhenNobodyLookedEither() {
        const auto id = inFormerHelper([](ContainerMachine& machine) {
            return machine.run(kAlice, {"sleep", "60"});
        });
        VERIFY_RESULT(id);
        killMonitor(*m_machine, *id);
        VERIFY_RESULT(m_machine->open());
        QVERIFY(m_machine->awaitExit(kAlice, *id));
        QCOMPARE(containers().find(kAlice, *id)->error, std::string("the monitor was killed"));
    }

    void knowsThatTheMachineRestarted() {
        VERIFY_RESULT(m_machine->open());
        const auto id = m_machine->run(kAlice, {"sleep", "60"});
        VERIFY_RESULT(id);
        VERIFY_RESULT(containers().stop(kAlice, *id, 0, {}));
        // As the row is after the power went: the run folder is new.
        m_machine->close();
        VERIFY_RESULT(m_machine->openStore());
        {
            const auto lock = m_machine->store->lock();
            VERIFY_RESULT(m_machine->store->database().execute(
                "UPDATE container SET state = 'running', address = '172.16.0.9'"));
        }
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        const auto container = containers().find(kAlice, *id);
        QCOMPARE(container->state, ContainerState::Exited);
        QCOMPARE(container->exitCode, 255);
        QCOMPARE(container->error, std::string("the machine restarted while it ran"));
        QVERIFY(container->address.empty());
    }

    void undoesAHalfStart() {
        VERIFY_RESULT(m_machine->open());
        auto before = m_machine->picture();
        before["interfaces"].emplace_back("esctest0"); // the bridge comes with the first start
        m_machine->close();
        const auto id = inFormerHelper([](ContainerMachine& machine) -> Result<std::string> {
            TRY_ASSIGN(auto made, machine.run(kAlice, {"sleep", "60"}));
            // As if it died between the runtime's start and the row.
            const auto lock = machine.store->lock();
            TRY(machine.store->database().execute("UPDATE container SET state = 'created', address = ''"));
            return made;
        });
        VERIFY_RESULT(id);
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(containers().find(kAlice, *id)->state, ContainerState::Created);
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
        // The kernel takes its interface away a moment later, with the network namespace.
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void sweepsBundlesWithoutARow() {
        const auto id = inFormerHelper([](ContainerMachine& machine) -> Result<std::string> {
            TRY_ASSIGN(auto made, machine.run(kAlice, {"sleep", "60"}));
            const auto lock = machine.store->lock();
            TRY(machine.store->database().execute("DELETE FROM container"));
            return made;
        });
        VERIFY_RESULT(id);
        VERIFY_RESULT(m_machine->open());
        QVERIFY(!exists(m_machine->runFolder() + "/containers/" + *id));
        QVERIFY(!exists(m_machine->store->containerFolder(*id)));
        QVERIFY(listDirectory(m_machine->runFolder() + "/idmap")->empty());
    }

    void purgesEverything() {
        const auto before = [&] {
            MachinePicture picture = pictureOf("/nowhere", m_machine->runFolder(), m_machine->cgroupParent());
            picture["run"].clear();
            return picture;
        }();
        VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(m_machine->run(kAlice, {"sleep", "60"}));
        VERIFY_RESULT(m_machine->run(kAlice, {"sleep", "60"}));
        VERIFY_RESULT(containers().purge());
        QVERIFY(containers().list(kAlice)->empty());
        QVERIFY(!exists(m_machine->runFolder()));
        QVERIFY(listDirectory(m_machine->store->folder() + "/containers")->empty());
        m_machine->close();
        QVERIFY2(
            eventually([&] {
                return differenceOf(before,
                                    pictureOf("/nowhere", m_machine->runFolder(), m_machine->cgroupParent()))
                    .empty();
            }),
            differenceOf(before, pictureOf("/nowhere", m_machine->runFolder(), m_machine->cgroupParent()))
                .c_str());
    }

    void whoLookedIntoFilesLeavesNoMount() {
        const auto id = inFormerHelper([](ContainerMachine& machine) -> Result<std::string> {
            TRY_ASSIGN(auto made, machine.create(kAlice, {"/bin/true"}));
            TRY_ASSIGN(ContainerRoot root, machine.containers->openRoot(kAlice, made));
            // Kept until the process is killed.
            static std::optional<ContainerRoot> kept;
            kept.emplace(std::move(root));
            return made;
        });
        VERIFY_RESULT(id);
        const std::string files = m_machine->runFolder() + "/files";
        QCOMPARE(listDirectory(files).value(), std::vector<std::string>{*id});
        VERIFY_RESULT(m_machine->open());
        QVERIFY(listDirectory(files).value().empty());
        {
            const auto root = containers().openRoot(kAlice, *id);
            VERIFY_RESULT(root);
            QVERIFY(openFileAt(root->directory(), "bin/busybox", O_RDONLY).has_value());
            QVERIFY(root->userNamespace() >= 0);
        }
        QVERIFY(listDirectory(files).value().empty());
        QCOMPARE(containers().openRoot(kBob, *id).error().code, ErrorCode::NotFound);
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
    }
};

ESCALE_TEST(TakeOverTest)
#include "take_over_test.moc"
