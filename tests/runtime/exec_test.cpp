// `exec`: one more process in a container that lives.
#include "engine/base/file.h"
#include "engine/cgroup/layout.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QProcess>

#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class ExecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        // Detached processes fall to us, as they fall to an engine's shim: we reap them.
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    void entersEveryNamespaceOfTheContainer_data() {
        QTest::addColumn<bool>("userNamespace");
        QTest::addRow("with a user namespace") << true;
        QTest::addRow("with the host's ids") << false;
    }
    void entersEveryNamespaceOfTheContainer() {
        QFETCH(bool, userNamespace);
        Bundle bundle({"sleep", "1000"});
        if (!userNamespace)
            bundle.useHostIds();
        start(bundle);
        const auto first = "/proc/" + std::to_string(pidOf(bundle)) + "/ns/";
        for (const std::string name : {"pid", "net", "ipc", "uts", "mnt", "cgroup", "user"}) {
            const auto outcome = exec(bundle, {}, {"readlink", "/proc/self/ns/" + name});
            QCOMPARE(outcome.err, std::string());
            QCOMPARE(outcome.out, std::filesystem::read_symlink(first + name).string() + "\n");
        }
    }

    // What systemd does inside: the container's own cgroup holds no process any more, only cgroups below.
    void goesWhereTheFirstProcessWentInADividedCgroup() {
        const auto layout = CgroupLayout::detect();
        VERIFY_RESULT(layout);
        SKIP_UNLESS(layout->hierarchies().size() == 1 && layout->unified() != nullptr,
                    "this machine's controllers are not on cgroup v2");
        // Given a container that may write to its cgroup and divides it
        Bundle bundle({"/bin/sh", "-c",
                       "cd /sys/fs/cgroup && mkdir init && echo 1 >init/cgroup.procs && "
                       "echo +pids >cgroup.subtree_control && touch /tmp/divided && sleep 1000"});
        bundle.useHostIds();
        Json mounts{Json::Array{}};
        for (const auto& one : bundle.config().at("mounts").items()) {
            Json changed = one;
            if (one.at("destination").toString() == "/sys/fs/cgroup")
                changed.set("options", Json::strings({"nosuid", "noexec", "nodev"}));
            mounts.append(changed);
        }
        bundle.set("mounts", mounts);
        start(bundle);
        QTRY_VERIFY(exists(bundle.root() + "/tmp/divided"));
        // When another process joins
        const auto outcome = exec(bundle, {}, {"cat", "/proc/self/cgroup"});
        // Then it is beside the first one
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("0::/init\n"));
    }

    void joinsANamespaceThatBelongsToTheHost() {
        Bundle bundle({"sleep", "1000"});
        bundle.removeNamespace("network");
        bundle.append("linux/namespaces",
                      Json::parse(R"({"type": "network", "path": "/proc/self/ns/net"})").value());
        start(bundle);
        QCOMPARE(exec(bundle, {}, {"readlink", "/proc/self/ns/net"}).out,
                 std::filesystem::read_symlink("/proc/self/ns/net").string() + "\n");
    }

    void countsInTheContainersCgroupAndSession() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const auto outcome = exec(bundle, {},
                                  {"sh", "-c",
                                   "grep -v systemd /proc/self/cgroup | grep -v ':/$' | wc -l;"
                                   "read a b c d pgrp session rest </proc/$$/stat; echo $$ $pgrp $session"});
        QVERIFY2(outcome.out.starts_with("0\n"), outcome.out.c_str());
        const auto ids = QString::fromStdString(outcome.out).split('\n').at(1).split(' ');
        QCOMPARE(ids.at(1), ids.at(0)); // leads a process group and a session of its own
        QCOMPARE(ids.at(2), ids.at(0));
    }

    void givesOutputAndExitStatusOn() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const auto outcome = exec(bundle, {}, {"sh", "-c", "echo out; echo err >&2; exit 7"});
        QCOMPARE(outcome.code, 7);
        QCOMPARE(outcome.out, std::string("out\n"));
        QCOMPARE(outcome.err, std::string("err\n"));
        QCOMPARE(exec(bundle, {}, {"sh", "-c", "kill -9 $$"}).code, 137);
    }

    void saysWhatCannotBeRunAndLeavesNobodyBehind() {
        Bundle bundle({"sleep", "1000"});
        std::ofstream(bundle.root() + "/etc/text") << "hello";
        std::ofstream(bundle.root() + "/etc/script") << "#!/no/interpreter\n";
        ::chmod((bundle.root() + "/etc/script").c_str(), 0755);
        start(bundle);
        for (const std::vector<std::string>& options : {std::vector<std::string>{}, {"--detach"}}) {
            QCOMPARE(exec(bundle, options, {"nosuch"}).code, 127);
            QCOMPARE(exec(bundle, options, {"/etc/text"}).code, 126);
            const auto outcome = exec(bundle, options, {"/etc/script"});
            QCOMPARE(outcome.code, 127);
            QVERIFY2(outcome.err.find("interpreter") != std::string::npos, outcome.err.c_str());
        }
        QCOMPARE(exec(bundle, {"--cwd", "/no/such"}, {"true"}).code, 127);
        QCOMPARE(processes(bundle), 1);
    }

    void optionsChangeTheContainersProcess() {
        Bundle bundle({"sleep", "1000"});
        bundle.set("process/env", Json::strings({"PATH=/bin", "COLOUR=red", "KEPT=yes"}));
        bundle.set("process/noNewPrivileges", false);
        start(bundle);
        const auto outcome =
            exec(bundle,
                 {"--user", "3:4", "-g", "5", "--cwd", "/tmp", "--env", "COLOUR=blue", "-e", "NEW=a=b",
                  "--no-new-privs"},
                 {"sh", "-c", "id; pwd; echo $COLOUR $KEPT $NEW; grep NoNewPrivs /proc/self/status"});
        QCOMPARE(outcome.out, std::string("uid=3 gid=4 groups=5\n/tmp\nblue yes a=b\nNoNewPrivs:\t1\n"));
    }

    void addsACapability() {
        Bundle bundle({"sleep", "1000"});
        bundle.set("process/capabilities", Json());
        start(bundle);
        const auto outcome = exec(bundle, {"--cap", "CAP_KILL"}, {"grep", "^Cap", "/proc/self/status"});
        QCOMPARE(outcome.out, std::string("CapInh:\t0000000000000000\nCapPrm:\t0000000000000020\n"
                                          "CapEff:\t0000000000000020\nCapBnd:\t0000000000000020\n"
                                          "CapAmb:\t0000000000000000\n"));
        QVERIFY(exec(bundle, {"--cap", "CAP_EVERYTHING"}, {"true"}).code != 0);
    }

    void runsTheProcessOfAFile() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const std::string file = bundle.path() + "/process.json";
        VERIFY_RESULT(
            writeFileAtomically(file, R"({"args": ["sh", "-c", "id; pwd; echo $A; ulimit -n"], "cwd": "/tmp",
                      "env": ["PATH=/bin", "A=b"], "user": {"uid": 1, "gid": 2, "additionalGids": [432]},
                      "rlimits": [{"type": "RLIMIT_NOFILE", "soft": 33, "hard": 44}]})"));
        const auto outcome = exec(bundle, {"--process", file}, {});
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("uid=1 gid=2 groups=432\n/tmp\nb\n33\n"));
    }

    void refusesAUserThatTheContainerDoesNotMap() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        QCOMPARE(codeOf(exec(bundle, {"--user", "70000"}, {"true"})), std::string("InvalidArgument"));
        QCOMPARE(codeOf(exec(bundle, {"--user", "root"}, {"true"})), std::string("InvalidArgument"));
    }

    void loadsTheContainersSeccompFilter_data() {
        QTest::addColumn<bool>("noNewPrivileges");
        QTest::addRow("as its last act") << true;
        QTest::addRow("before it gives up its privileges") << false;
    }
    void loadsTheContainersSeccompFilter() {
        QFETCH(bool, noNewPrivileges);
        Bundle bundle({"sleep", "1000"});
        bundle.set("linux/seccomp", Json::parse(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
                       {"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 95}]})")
                                        .value());
        start(bundle);
        const auto outcome = exec(
            bundle, noNewPrivileges ? std::vector<std::string>{"--no-new-privs"} : std::vector<std::string>{},
            {"mkdir", "/tmp/x"});
        QVERIFY2(outcome.err.find("not supported") != std::string::npos, outcome.err.c_str());
    }

    // The bundle may have been changed for the next container: this one is as it was created.
    void knowsTheContainerAsItWasCreated() {
        Bundle bundle({"sleep", "1000"});
        bundle.set("process/user", Json::parse(R"({"uid": 3, "gid": 4})").value());
        start(bundle);
        bundle.set("process/user", Json::parse(R"({"uid": 0, "gid": 0})").value());
        bundle.removeNamespace("pid");
        QCOMPARE(exec(bundle, {}, {"sh", "-c", "id; [ $$ -lt 100 ] && echo inside"}).out,
                 std::string("uid=3 gid=4\ninside\n"));
    }

    void findsTheUsersHome() {
        Bundle bundle({"sleep", "1000"});
        std::ofstream(bundle.root() + "/etc/passwd") << "root:x:0:0:root:/root:/bin/sh\n"
                                                     << "web:x:33:33::/var/www:/bin/sh";
        start(bundle);
        const auto home = [&](const std::vector<std::string>& options) {
            return exec(bundle, options, {"sh", "-c", "echo $HOME"}).out;
        };
        QCOMPARE(home({}), std::string("/root\n"));
        QCOMPARE(home({"--user", "33"}), std::string("/var/www\n"));
        QCOMPARE(home({"--user", "34"}), std::string("/\n"));
        QCOMPARE(home({"--env", "HOME=/tmp"}), std::string("/tmp\n"));
    }

    void leavesADetachedProcessAloneAndNamesIt() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const std::string pidFile = bundle.path() + "/pid";
        QCOMPARE(exec(bundle, {"--detach", "--pid-file", pidFile}, {"sleep", "1234"}).code, 0);
        const auto pid = readFile(pidFile).value();
        const std::jthread reaper(&::waitpid, std::stoi(pid), nullptr, 0);
        QVERIFY(readFile("/proc/" + pid + "/cmdline").value().find("1234") != std::string::npos);
        QCOMPARE(std::filesystem::read_symlink("/proc/" + pid + "/ns/pid"),
                 std::filesystem::read_symlink("/proc/" + std::to_string(pidOf(bundle)) + "/ns/pid"));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0); // before the reaper is waited for
    }

    void passesSignalsOn() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        QProcess process;
        process.start(ESCALE_BIN "/escale-runtime",
                      {"--root", QString::fromStdString(bundle.path() + "/state"), "exec",
                       QString::fromStdString(bundle.id()), "sh", "-c",
                       "trap 'echo caught; exit 3' TERM; echo ready; while true; do sleep 0.05; done"});
        QTRY_VERIFY(process.bytesAvailable() >= 6);
        ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(10000));
        QCOMPARE(process.readAllStandardOutput(), QByteArray("ready\ncaught\n"));
        QCOMPARE(process.exitCode(), 3);
    }

    void passesDescriptorsThatAreToBePreserved() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        // Given a caller with a file open on 3, and another one on 4
        const int file = ::open((bundle.root() + "/etc/given").c_str(), O_RDWR | O_CREAT, 0644);
        QVERIFY(::write(file, "given\n", 6) == 6 && ::lseek(file, 0, SEEK_SET) == 0);
        const std::string command = std::string(ESCALE_BIN "/escale-runtime --root ") + bundle.path() +
                                    "/state exec --preserve-fds 1 " + bundle.id() +
                                    " sh -c 'cat <&3; [ -e /proc/self/fd/4 ] && echo more' 3<&" +
                                    std::to_string(file) + " 4</";
        QProcess shell;
        ::fcntl(file, F_SETFD, 0);
        shell.start("/bin/sh", {"-c", QString::fromStdString(command)});
        QVERIFY(shell.waitForFinished(10000));
        ::close(file);
        QCOMPARE(shell.readAllStandardOutput(), QByteArray("given\n"));
    }

    void aPausedContainerIsRefused() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const auto paused = bundle.runtime({"pause"});
        SKIP_UNLESS(paused.code == 0, "this machine has no freezer");
        const auto outcome = exec(bundle, {}, {"true"});
        QCOMPARE(codeOf(outcome), std::string("WrongState"));
        QVERIFY2(outcome.err.find("paused") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.runtime({"resume"}).code, 0);
        QCOMPARE(exec(bundle, {}, {"true"}).code, 0);
    }

    void joinsOnlyAContainerThatLives() {
        Bundle bundle({"true"});
        QCOMPARE(codeOf(exec(bundle, {}, {"true"})), std::string("NotFound"));
        start(bundle);
        QVERIFY(!bundle.waitForExit().isNull());
        QCOMPARE(codeOf(exec(bundle, {}, {"true"})), std::string("WrongState"));
    }

    void makesASubCgroupThatGoesWithTheContainer() {
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const auto outcome = exec(bundle, {"--cgroup", "jobs/one"},
                                  {"sh", "-c", "grep -v systemd /proc/self/cgroup | grep -v ':/jobs/one$'"});
        QCOMPARE(outcome.out, std::string());
        const auto layout = CgroupLayout::detect();
        for (const auto& hierarchy : layout->hierarchies())
            QVERIFY(exists(hierarchy.mountPoint + bundle.cgroup() + "/jobs/one"));
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aSubCgroupStaysBelowTheContainers_data() {
        QTest::addColumn<QString>("path");
        for (const char* path : {"../outside", "foo/..", "./foo/../foo", "/../outside"})
            QTest::addRow("%s", path) << path;
    }
    void aSubCgroupStaysBelowTheContainers() {
        QFETCH(QString, path);
        Bundle bundle({"sleep", "1000"});
        start(bundle);
        const auto outcome = exec(bundle, {"--cgroup", path.toStdString()}, {"true"});
        QCOMPARE(codeOf(outcome), std::string("InvalidArgument"));
        QVERIFY(outcome.err.find(path.toStdString()) != std::string::npos);
    }

    void endsWithTheContainer_data() {
        QTest::addColumn<bool>("pidNamespace");
        QTest::addColumn<QString>("cgroup");
        QTest::addRow("in its pid namespace") << true << "";
        QTest::addRow("without one") << false << "";
        QTest::addRow("without one, in a sub-cgroup") << false << "jobs";
    }
    void endsWithTheContainer() {
        QFETCH(bool, pidNamespace);
        QFETCH(QString, cgroup);
        Bundle bundle({"sleep", "1000"});
        if (!pidNamespace) {
            bundle.removeNamespace("pid");
            bundle.useHostIds(); // else the kernel refuses proc
        }
        start(bundle);
        const std::string pidFile = bundle.path() + "/pid";
        QCOMPARE(exec(bundle, {"--detach", "--pid-file", pidFile, "--cgroup", cgroup.toStdString()},
                      {"sleep", "1234"})
                     .code,
                 0);
        int status = 0;
        std::jthread reaper(&::waitpid, std::stoi(readFile(pidFile).value()), &status, 0);
        QCOMPARE(bundle.runtime({"delete", "--force"}).code, 0);
        reaper.join();
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        QCOMPARE(bundle.leftovers(), std::string());
    }

private:
    static std::int64_t pidOf(Bundle& bundle) { return bundle.state().at("pid").toInteger(); }
    static qsizetype processes(Bundle& bundle) {
        const auto layout = CgroupLayout::detect();
        const auto text =
            readFile(layout->hierarchies().front().mountPoint + bundle.cgroup() + "/cgroup.procs");
        return QByteArray::fromStdString(text.value_or("")).count('\n');
    }
    static std::string codeOf(const test::Outcome& outcome) {
        return Json::parse(outcome.err).value_or(Json()).at("code").toString();
    }
};

ESCALE_TEST(ExecTest)
#include "exec_test.moc"
