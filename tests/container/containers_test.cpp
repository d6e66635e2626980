// The life of a container from create to remove, on this kernel, with the real runtime and monitor.
#include "engine/container/containers.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/container/container_machine.h"

#include <csignal>
#include <set>
#include <sys/stat.h>
#include <thread>

using namespace escale;
using namespace escale::test;

class ContainersTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }
    Store& store() { return *m_machine->store; }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
        // The bridge comes with the first container and stays, as Docker's: not counted as left behind.
        VERIFY_RESULT(m_machine->runToEnd(kAlice, {"true"}));
    }
    void cleanup() {
        if (!m_machine)
            return;
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
    }
    void cleanupTestCase() {
        if (m_machine && m_machine->containers)
            VERIFY_RESULT(containers().purge());
    }

    void printsIntoItsLog() {
        const auto ran = m_machine->runToEnd(kAlice, {"sh", "-c", "echo hello; echo oops >&2"});
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("hello\n"));
        QCOMPARE(ran->errors, std::string("oops\n"));
        QCOMPARE(ran->container.exitCode, 0);
        QCOMPARE(ran->container.state, ContainerState::Exited);
        QVERIFY(ran->container.finishedAt >= ran->container.startedAt);
        QVERIFY(ran->container.startedAt >= ran->container.createdAt);
    }

    void keepsTheLogReadableForAll() {
        const auto ran = m_machine->runToEnd(kAlice, {"true"});
        VERIFY_RESULT(ran);
        const auto log = containers().openLog(kAlice, ran->container.id);
        VERIFY_RESULT(log);
        QCOMPARE(log->size(), std::size_t(1));
        struct stat info {};
        QCOMPARE(::fstat(log->back().get(), &info), 0);
        QCOMPARE(info.st_mode & 07777u, 0644u);
        QCOMPARE(::write(log->back().get(), "x", 1), ssize_t(-1));
    }

    void recordsTheExitCode() {
        const auto ran = m_machine->runToEnd(kAlice, {"sh", "-c", "exit 3"});
        VERIFY_RESULT(ran);
        QCOMPARE(ran->container.exitCode, 3);
    }

    void stopsWithTheImagesSignal() {
        const auto id = m_machine->run(
            kAlice, {"sh", "-c", "trap 'echo caught; exit 7' USR1; echo ready; while :; do sleep 0.05; done"},
            [](ContainerOptions& options) { options.image = kImageUsr1; });
        VERIFY_RESULT(id);
        QVERIFY(m_machine->awaitOutput(kAlice, *id, "ready\n"));
        VERIFY_RESULT(containers().stop(kAlice, *id, 10, {}));
        const auto container = containers().find(kAlice, *id);
        QCOMPARE(container->state, ContainerState::Exited);
        QCOMPARE(container->exitCode, 7);
        QCOMPARE(m_machine->output(kAlice, *id), std::string("ready\ncaught\n"));
    }

    void killsAfterTheGracePeriod() {
        const auto id =
            m_machine->run(kAlice, {"sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"});
        VERIFY_RESULT(id);
        QVERIFY(m_machine->awaitOutput(kAlice, *id, "ready\n"));
        const auto before = std::chrono::steady_clock::now();
        VERIFY_RESULT(containers().stop(kAlice, *id, 1, {}));
        const auto took = std::chrono::steady_clock::now() - before;
        QVERIFY(took >= std::chrono::seconds(1));
        QCOMPARE(containers().find(kAlice, *id)->exitCode, 137);
    }

    void stopsOneThatHasStopped() {
        const auto ran = m_machine->runToEnd(kAlice, {"true"});
        VERIFY_RESULT(ran);
        VERIFY_RESULT(containers().stop(kAlice, ran->container.id, {}, {}));
    }

    void startsAgainWithItsFiles() {
        const auto ran = m_machine->runToEnd(kAlice, {"sh", "-c", "cat /root/kept; echo kept > /root/kept"});
        VERIFY_RESULT(ran);
        VERIFY_RESULT(containers().start(kAlice, ran->container.id, {}));
        QVERIFY(m_machine->awaitExit(kAlice, ran->container.id));
        QCOMPARE(m_machine->output(kAlice, ran->container.id), std::string("kept\n"));
    }

    void refusesToStartTwice() {
        const auto id = m_machine->run(kAlice, {"sleep", "60"});
        VERIFY_RESULT(id);
        const auto again = containers().start(kAlice, *id, {});
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::WrongState);
    }

    void hasAnAddressAndARoute() {
        const auto ran = m_machine->runToEnd(
            kAlice, {"sh", "-c",
                     "ip -4 -o addr show eth0; ip route; ping -c 1 -w 5 $(ip route | grep default | "
                     "while read a b gateway rest; do echo $gateway; done) >/dev/null && echo pong"});
        VERIFY_RESULT(ran);
        const auto& out = ran->output;
        QVERIFY2(out.find("default via 172.16.0.1") != std::string::npos, (out + ran->errors).c_str());
        QVERIFY2(out.find("inet 172.16.0.") != std::string::npos, out.c_str());
        QVERIFY2(out.ends_with("pong\n"), (out + ran->errors).c_str());
        QVERIFY(ran->container.address.empty());
    }

    void tellsItsAddressWhileItRuns() {
        const auto id = m_machine->run(kAlice, {"sh", "-c", "cat /etc/hosts; echo ready; sleep 60"});
        VERIFY_RESULT(id);
        QVERIFY(m_machine->awaitOutput(kAlice, *id, "ready\n"));
        const auto container = containers().find(kAlice, *id);
        QVERIFY(container->address.starts_with("172.16.0."));
        const auto out = m_machine->output(kAlice, *id);
        QVERIFY2(out.find(container->address + "\t" + id->substr(0, 12)) != std::string::npos, out.c_str());
    }

    void hasOnlyLoopbackOnTheNetworkNone() {
        const auto ran = m_machine->runToEnd(kAlice, {"ls", "/sys/class/net"},
                                             [](ContainerOptions& options) { options.network = "none"; });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("lo\n"));
    }

    void limitsMemoryCpusAndProcesses() {
        const auto id = m_machine->run(kAlice, {"sleep", "60"}, [](ContainerOptions& options) {
            options.memoryBytes = 64u << 20;
            options.cpus = 0.5;
            options.pidsLimit = 20;
        });
        VERIFY_RESULT(id);
        const auto stats = containers().stats(kAlice, *id);
        VERIFY_RESULT(stats);
        QCOMPARE(stats->cgroup.memoryLimit, std::uint64_t(64u << 20));
        QCOMPARE(stats->cgroup.pidsLimit, std::uint64_t(20));
        QVERIFY(stats->cgroup.pids >= 1);
        QVERIFY(stats->cgroup.memoryBytes > 0);
        QCOMPARE(m_machine->cpuQuota(*id), std::string("50000 100000"));
    }

    void endsAtItsMemoryLimit() {
        const auto ran =
            m_machine->runToEnd(kAlice, {"dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1"},
                                [](ContainerOptions& options) { options.memoryBytes = 32u << 20; });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->container.exitCode, 137);
        QVERIFY(ran->container.oomKilled);
    }

    void runsAsNobodyOnTheHost() {
        const auto id = m_machine->run(kAlice, {"sh", "-c", "touch /root/mine; id -u; echo ready; sleep 60"});
        VERIFY_RESULT(id);
        QVERIFY(m_machine->awaitOutput(kAlice, *id, "0\nready\n"));
        const auto base = store().idRangeOf(kAlice);
        VERIFY_RESULT(base);
        struct stat process {};
        QCOMPARE(::stat(("/proc/" + std::to_string(containers().find(kAlice, *id)->pid)).c_str(), &process),
                 0);
        QCOMPARE(process.st_uid, *base);
        QVERIFY(process.st_uid >= 1'879'048'192u);
        struct stat file {};
        QCOMPARE(::stat((store().containerFolder(*id) + "/upper/root/mine").c_str(), &file), 0);
        QCOMPARE(file.st_uid, *base);
    }

    void runsAsTheImagesUserInItsFolder() {
        const auto ran = m_machine->runToEnd(
            kAlice, {"sh", "-c", "id; pwd; echo $HOME $FROM $X; touch /etc/x || echo refused"},
            [](ContainerOptions& options) {
                options.image = kImageUser;
                options.environment = {"X=1"};
            });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output,
                 std::string("uid=1000(app) gid=1000(app) groups=50(extra),1000(app)\n/srv/app\n/home/app "
                             "image 1\nrefused\n"));
    }

    void confinesItsProcess() {
        const auto ran = m_machine->runToEnd(
            kAlice,
            {"sh", "-c",
             "grep -E '^(NoNewPrivs|Seccomp|CapBnd|CapAmb|CapInh):' /proc/self/status; echo $$; hostname; "
             "touch /sys/x || echo sys; cat /proc/kcore | wc -c; ls /proc/1/fd | wc -l"});
        VERIFY_RESULT(ran);
        const auto& out = ran->output;
        for (const char* line :
             {"NoNewPrivs:\t1", "Seccomp:\t2", "CapBnd:\t00000000a80425fb", "CapAmb:\t0000000000000000",
              "CapInh:\t0000000000000000", "\n1\n", "\nsys\n", "\n0\n"})
            QVERIFY2(out.find(line) != std::string::npos, out.c_str());
        QVERIFY2(out.find(ran->container.id.substr(0, 12)) != std::string::npos, out.c_str());
    }

    // Deeper than a helper with 1024 descriptors can walk with one open for each folder.
    void removesVeryDeepTrees() {
        const auto ran = m_machine->runToEnd(
            kAlice,
            {"sh", "-c", "i=0; p=d; while [ $i -lt 1500 ]; do p=$p/d; i=$((i+1)); done; mkdir -p $p"});
        VERIFY_RESULT(ran);
        QCOMPARE(ran->container.exitCode, 0);
        VERIFY_RESULT(containers().remove(kAlice, ran->container.id, false));
        QVERIFY(!exists(store().containerFolder(ran->container.id)));
    }

    void leavesNothingBehind() {
        const auto before = m_machine->picture();
        for (const auto& [command, network] :
             {std::pair("echo x > /tmp/y", "bridge"), std::pair("mkdir /a; sleep 0.1", "none")}) {
            const auto ran = m_machine->runToEnd(
                kAlice, {"sh", "-c", command},
                [network = network](ContainerOptions& options) { options.network = network; });
            VERIFY_RESULT(ran);
            VERIFY_RESULT(containers().remove(kAlice, ran->container.id, false));
        }
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void leavesNothingBehindWhenForced() {
        const auto before = m_machine->picture();
        const auto id = m_machine->run(kAlice, {"sh", "-c", "sleep 60 & sleep 61"});
        VERIFY_RESULT(id);
        const auto refused = containers().remove(kAlice, *id, false);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WrongState);
        VERIFY_RESULT(containers().remove(kAlice, *id, true));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void removesItselfWhenAsked() {
        const auto before = m_machine->picture();
        const auto id = m_machine->run(kAlice, {"true"},
                                       [](ContainerOptions& options) { options.removeWhenStopped = true; });
        VERIFY_RESULT(id);
        QVERIFY(eventually([&] { return containers().list(kAlice)->empty(); }));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void saysWhyAStartFailed() {
        const auto id = m_machine->create(kAlice, {"no-such-command"});
        VERIFY_RESULT(id);
        auto before = m_machine->picture();
        const auto started = containers().start(kAlice, *id, {});
        QVERIFY(!started);
        const std::string said = started.error().text();
        QVERIFY2(said.find("no-such-command") != std::string::npos, said.c_str());
        QCOMPARE(started.error().code, ErrorCode::NotFound);
        const auto container = containers().find(kAlice, *id);
        QCOMPARE(container->state, ContainerState::Created);
        QCOMPARE(container->error, started.error().message);
        QVERIFY(container->address.empty());
        // Its own folder may hold a log and what making its root file system left; nothing else may be new.
        auto after = m_machine->picture();
        std::erase_if(after["state"],
                      [&](const std::string& path) { return path.find(*id) != std::string::npos; });
        std::erase_if(before["state"],
                      [&](const std::string& path) { return path.find(*id) != std::string::npos; });
        QCOMPARE(differenceOf(before, after), std::string());
    }

    void givesTheirAddressesBackAfterFailedStarts() {
        const auto id = m_machine->create(kAlice, {"no-such-command"});
        VERIFY_RESULT(id);
        for (int i = 0; i < 3; ++i)
            QVERIFY(!containers().start(kAlice, *id, {}));
        const auto ran = m_machine->runToEnd(kAlice, {"true"});
        VERIFY_RESULT(ran);
    }

    void canBeCancelledWhileItStops() {
        const auto id =
            m_machine->run(kAlice, {"sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done"});
        VERIFY_RESULT(id);
        QVERIFY(m_machine->awaitOutput(kAlice, *id, "ready\n"));
        Cancellation cancellation;
        std::thread canceller([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            cancellation.cancel();
        });
        const auto stopped = containers().stop(kAlice, *id, 60, cancellation);
        canceller.join();
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(containers().find(kAlice, *id)->state, ContainerState::Running);
    }

    void startsNothingWhenCancelled() {
        const auto id = m_machine->create(kAlice, {"true"});
        VERIFY_RESULT(id);
        Cancellation cancellation;
        cancellation.cancel();
        const auto started = containers().start(kAlice, *id, cancellation);
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::Cancelled);
    }

    void runsSeveralAtOnce() {
        const auto before = m_machine->picture();
        std::vector<std::thread> threads;
        std::vector<std::string> addresses(6);
        std::vector<std::string> failures(6);
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            threads.emplace_back([&, i] {
                const auto id = m_machine->run(kAlice, {"sleep", "60"});
                if (!id) {
                    failures[i] = id.error().text();
                    return;
                }
                addresses[i] = containers().find(kAlice, *id)->address;
                if (const auto removed = containers().remove(kAlice, *id, true); !removed)
                    failures[i] = removed.error().text();
            });
        }
        for (auto& thread : threads)
            thread.join();
        for (const auto& failure : failures)
            QCOMPARE(failure, std::string());
        QCOMPARE(std::set<std::string>(addresses.begin(), addresses.end()).size(), addresses.size());
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }

    void hidesThemFromOthers() {
        const auto id = m_machine->run(kAlice, {"sleep", "60"});
        VERIFY_RESULT(id);
        QVERIFY(containers().list(kBob)->empty());
        QCOMPARE(containers().find(kBob, *id).error().code, ErrorCode::NotFound);
        QCOMPARE(containers().start(kBob, *id, {}).error().code, ErrorCode::NotFound);
        QCOMPARE(containers().stop(kBob, *id, {}, {}).error().code, ErrorCode::NotFound);
        QCOMPARE(containers().remove(kBob, *id, true).error().code, ErrorCode::NotFound);
        QCOMPARE(containers().openLog(kBob, *id).error().code, ErrorCode::NotFound);
        QCOMPARE(containers().stats(kBob, *id).error().code, ErrorCode::NotFound);
        QCOMPARE(containers().find(kAlice, *id)->state, ContainerState::Running);
    }

    void givesOwnersIdsOfTheirOwn() {
        VERIFY_RESULT(commitBusybox(store(), kBob));
        const auto alice = m_machine->run(kAlice, {"sleep", "60"});
        const auto bob = m_machine->run(kBob, {"sleep", "60"});
        VERIFY_RESULT(alice);
        VERIFY_RESULT(bob);
        struct stat one {};
        struct stat two {};
        ::stat(("/proc/" + std::to_string(containers().find(kAlice, *alice)->pid)).c_str(), &one);
        ::stat(("/proc/" + std::to_string(containers().find(kBob, *bob)->pid)).c_str(), &two);
        VERIFY_RESULT(containers().remove(kBob, *bob, true));
        QVERIFY(one.st_uid > 0 && two.st_uid > 0 && one.st_uid != two.st_uid);
    }

    void keepsTheImageThatAContainerUses() {
        const auto id = m_machine->create(kAlice, {"true"});
        VERIFY_RESULT(id);
        const auto removed = store().removeImageName(kAlice, "docker.io/library/busybox", "latest");
        QVERIFY(!removed);
        QCOMPARE(removed.error().code, ErrorCode::InUse);
    }

    void tellsOfChanges() {
        std::mutex mutex;
        std::multiset<std::string> told;
        containers().onChanged([&](uid_t owner, const std::string& id) {
            const std::lock_guard lock(mutex);
            if (owner == kAlice)
                told.insert(id);
        });
        const auto id = m_machine->run(kAlice, {"true"});
        VERIFY_RESULT(id);
        QVERIFY(eventually([&] {
            const std::lock_guard lock(mutex);
            return told.count(*id) == 3; // created, started, exited
        }));
        VERIFY_RESULT(containers().remove(kAlice, *id, false));
        containers().onChanged({});
        const std::lock_guard lock(mutex);
        QCOMPARE(told.count(*id), std::size_t(4));
    }

    void refusesWhatItDoesNotHave() {
        ContainerOptions options;
        options.image = "docker.io/library/none:latest";
        QCOMPARE(containers().create(kAlice, options).error().code, ErrorCode::NotFound);
        options.image = kImage;
        options.network = "moon";
        QCOMPARE(containers().create(kAlice, options).error().code, ErrorCode::NotFound);
        QVERIFY(containers().list(kAlice)->empty());
    }
};

ESCALE_TEST(ContainersTest)
#include "containers_test.moc"
