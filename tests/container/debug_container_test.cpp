// A container beside another one, with tools that the other lacks: what the desktop's debug terminal starts.
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/subprocess.h"
#include "tests/container/container_machine.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::test;

class DebugContainerTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ContainerMachine> m_machine;

    Containers& containers() { return *m_machine->containers; }

    Result<std::string> runBare(const ContainerMachine::Change& change = {}) {
        TRY_ASSIGN(auto id, m_machine->create(kAlice, {}, [&](ContainerOptions& o) {
            o.image = kImageBare;
            o.name = "bare";
            if (change)
                change(o);
        }));
        TRY(containers().start(kAlice, id, {}));
        return id;
    }
    // The options that gui/containers/debug_terminal.cpp sends.
    static void beside(ContainerOptions& o, const std::string& target) {
        o.pid = o.network = "container:" + target;
        o.capAdd = {"SYS_PTRACE"};
        o.labels = {{"org.escale.debug-of", target}};
    }
    Result<ContainerMachine::Ran> debug(const std::string& script, const std::string& target = "bare",
                                        const ContainerMachine::Change& change = {}, uid_t owner = kAlice) {
        return m_machine->runToEnd(owner, {"sh", "-c", script}, [&](ContainerOptions& o) {
            beside(o, target);
            if (change)
                change(o);
        });
    }

    // Everything below a folder: names, kinds, sizes, times and owners.
    static std::string pictureOfFiles(const std::string& folder) {
        return runProgram({"/usr/bin/find", folder, "-printf", "%P %y %s %U:%G %m %T@ %C@\\n"})
            .value_or("cannot be read");
    }

private Q_SLOTS:
    void initTestCase() {
        const std::string why = enterOwnMachine();
        SKIP_UNLESS(why.empty(), why.c_str());
        m_machine = std::make_unique<ContainerMachine>();
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() {
        if (!m_machine)
            return;
        VERIFY_RESULT(m_machine->removeContainers(kAlice));
    }
    void cleanupTestCase() {
        if (m_machine)
            VERIFY_RESULT(containers().purge());
        m_machine.reset();
    }

    void theImageItselfHasNoShell() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        ExecOptions options;
        options.command = {"/bin/sh"};
        const auto started = containers().exec(kAlice, *target, options);
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::NotFound);
    }

    void seesTheTargetsProcessesAndItsHostName() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        const auto ran = debug("tr '\\0' ' ' < /proc/1/cmdline; echo; hostname");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->errors, std::string());
        QCOMPARE(ran->output, "/app/busybox httpd -f -p 127.0.0.1:8080 \n" + shortId(*target) + "\n");
    }

    void reachesWhatListensOnTheTargetsLoopback() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        const auto found = containers().find(kAlice, *target);
        VERIFY_RESULT(found);
        const auto ran = debug("until wget -q -O - http://127.0.0.1:8080/etc/secret; do usleep 20000; done; "
                               "ip -o -4 addr show eth0 | grep -o 'inet [0-9./]*'");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output,
                 "of the bare image\ninet " + found->address.substr(0, found->address.find('/')) + "/16\n");
    }

    void readsTheTargetsFilesWhoeverItRunsAs_data() {
        QTest::addColumn<QString>("user");
        QTest::newRow("root") << "";
        QTest::newRow("another user") << "1000:1000";
    }
    void readsTheTargetsFilesWhoeverItRunsAs() {
        QFETCH(const QString, user);
        VERIFY_RESULT(runBare([&](ContainerOptions& o) { o.user = user.toStdString(); }));
        const auto ran = debug("cd /proc/1/root && ls && cat etc/secret && readlink /proc/1/exe");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->errors, std::string());
        QCOMPARE(ran->output, std::string("app\ndev\netc\nproc\nsys\nof the bare image\n/app/busybox\n"));
    }

    // Then the debug container must, too, and whoever starts it needs the right to.
    void followsATargetThatSharesWithThisMachine_data() {
        QTest::addColumn<bool>("privileged");
        QTest::addColumn<QString>("network");
        QTest::newRow("privileged") << true << "bridge";
        QTest::newRow("its network") << false << "host";
    }
    void followsATargetThatSharesWithThisMachine() {
        QFETCH(const bool, privileged);
        QFETCH(const QString, network);
        VERIFY_RESULT(runBare([&](ContainerOptions& o) {
            o.command = {"/app/busybox", "sleep", "600"};
            o.privileged = privileged;
            o.network = network.toStdString();
        }));
        const auto ran = debug("cat /proc/1/root/etc/secret", "bare", [&](ContainerOptions& o) {
            if (privileged)
                o.userns = "host";
            if (network == QLatin1String("host"))
                o.network = "host";
        });
        VERIFY_RESULT(ran);
        QCOMPARE(ran->errors, std::string());
        QCOMPARE(ran->output, std::string("of the bare image\n"));
    }

    void needsOneCapabilityForProcessesOfOthers() {
        VERIFY_RESULT(runBare([](ContainerOptions& o) { o.user = "1000:1000"; }));
        const auto ran =
            debug("cat /proc/1/root/etc/secret", "bare", [](ContainerOptions& o) { o.capAdd.clear(); });
        VERIFY_RESULT(ran);
        QVERIFY2(ran->errors.find("Permission denied") != std::string::npos, ran->errors.c_str());
    }

    // As gui/containers/debug_terminal.cpp does it: by the id in the cgroup's name.
    void findsTheTargetAmongProcessesThatItShares() {
        const auto first = m_machine->run(kAlice, {"sleep", "600"});
        VERIFY_RESULT(first);
        const auto target = runBare([&](ContainerOptions& o) { o.pid = "container:" + *first; });
        VERIFY_RESULT(target);
        const auto ran = debug("for p in /proc/[0-9]*; do case $(cat $p/cgroup 2>/dev/null) in *" + *target +
                               "*) cat $p/root/etc/secret; break;; esac; done");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("of the bare image\n"));
    }

    void aToolImageWithoutAShellIsSaid() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        const auto ran = m_machine->runToEnd(kAlice, {"-c", "true"}, [&](ContainerOptions& o) {
            beside(o, *target);
            o.image = kImageBare;
            o.entrypoint = Texts{"/bin/sh"};
        });
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::NotFound);
        QVERIFY2(ran.error().message.find("/bin/sh") != std::string::npos, ran.error().message.c_str());
    }

    void changesNothingInTheTarget() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        const std::string upper = m_machine->stateFolder() + "/containers/" + *target;
        const std::string before = pictureOfFiles(upper);
        QVERIFY(before.find("upper") != std::string::npos);
        const auto ran = debug("cat /proc/1/root/etc/secret; ls -lR /proc/1/root/app; ps; ip addr");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->container.exitCode, 0);
        QCOMPARE(pictureOfFiles(upper), before);
    }

    // What the debug container may do more than others it may do to its owner's containers only.
    void tracesNobodyOutsideOfTheTarget() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        const auto alone =
            m_machine->runToEnd(kAlice, {"sh", "-c", "ls -d /proc/[0-9]* | wc -l; readlink /proc/1/exe"},
                                [](ContainerOptions& o) { o.capAdd = {"SYS_PTRACE"}; });
        VERIFY_RESULT(alone);
        QVERIFY2(alone->output.ends_with("/bin/busybox\n"), alone->output.c_str());
        const auto ran = debug("for p in /proc/[0-9]*; do readlink $p/root/proc/1/exe; done | sort -u");
        VERIFY_RESULT(ran);
        QCOMPARE(ran->output, std::string("/app/busybox\n"));
    }

    void nobodyElseMayDebugIt() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        VERIFY_RESULT(commitBusybox(*m_machine->store, kBob));
        const auto ran = debug("true", *target, {}, kBob);
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::NotFound);
        const auto left = containers().list(kBob);
        VERIFY_RESULT(left);
        for (const auto& container : *left)
            VERIFY_RESULT(containers().remove(kBob, container.id, true));
    }

    void aTargetThatDoesNotRunIsSaid() {
        const auto target = runBare();
        VERIFY_RESULT(target);
        VERIFY_RESULT(containers().stop(kAlice, *target, 0, {}));
        const auto ran = debug("true", *target);
        QVERIFY(!ran);
        QCOMPARE(ran.error().code, ErrorCode::WrongState);
        QCOMPARE(ran.error().message,
                 std::string("the container bare, whose namespaces are to be joined, does not run"));
    }

    void endsWithTheTargetAndLeavesNothing() {
        const MachinePicture before = m_machine->picture();
        const auto target = runBare();
        VERIFY_RESULT(target);
        const auto id =
            m_machine->run(kAlice, {"sh", "-c", "trap '' TERM; sleep 600"}, [&](ContainerOptions& o) {
                beside(o, *target);
                o.removeWhenStopped = true;
            });
        VERIFY_RESULT(id);
        VERIFY_RESULT(containers().stop(kAlice, *target, 0, {}));
        QVERIFY(eventually([&] { return !containers().find(kAlice, *id); }));
        VERIFY_RESULT(containers().remove(kAlice, *target, false));
        QCOMPARE(m_machine->differenceSoon(before), std::string());
    }
};

ESCALE_TEST(DebugContainerTest)
#include "debug_container_test.moc"
