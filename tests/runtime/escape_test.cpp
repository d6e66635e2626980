// One test for each class of known container escapes.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/base/syscalls.h"
#include "engine/cgroup/layout.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <QProcess>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using test::Bundle;

class EscapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    // CVE-2024-21626: a descriptor of the host, left open, is a way out.
    void noDescriptorLeaksIntoTheContainer() {
        Bundle bundle({"sh", "-c", "echo /proc/self/fd/*"});
        // Ours must not get through either, not even one that is not close-on-exec.
        const int leak = ::open("/", O_RDONLY | O_DIRECTORY);
        QVERIFY(::dup2(leak, 77) == 77);
        const auto outcome = bundle.run();
        ::close(leak);
        ::close(77);
        // 3 is the shell's own, reading the folder.
        QCOMPARE(outcome.out,
                 std::string("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n"));
    }

    // Of a caller that was socket-activated itself: neither an error nor a leak.
    void aListenVariableThatIsLeftOverPassesNothing() {
        // What started the tests may have left descriptors open to us; they are nobody's to pass on.
        QCOMPARE(::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC), 0);
        ::setenv("LISTEN_FDS", "5", 1);
        Bundle bundle({"sh", "-c", "echo /proc/self/fd/*"});
        const auto outcome = bundle.run();
        ::unsetenv("LISTEN_FDS");
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out,
                 std::string("/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3\n"));
    }

    // Standard files are handed to the container's user; one that it was given to read must not be among
    // them.
    void aFileGivenForReadingStaysItsOwners() {
        Bundle bundle({"sh", "-c", "cat; echo changed >/proc/self/fd/0"});
        const std::string file = bundle.path() + "/secret";
        QVERIFY(writeFileAtomically(file, "kept", 0600));
        QProcess process;
        process.setStandardInputFile(QString::fromStdString(file));
        process.start(QString::fromStdString(test::runtimeProgram()),
                      {"--root", QString::fromStdString(bundle.path() + "/state"), "run", "--bundle",
                       QString::fromStdString(bundle.path()), QString::fromStdString(bundle.id())});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), QByteArray("kept"));
        QCOMPARE(readFile(file).value(), std::string("kept"));
        struct stat info {};
        QCOMPARE(::stat(file.c_str(), &info), 0);
        QCOMPARE(info.st_uid, 0U);
    }

    void nothingOfTheHostIsOpenBetweenCreateAndStart() {
        Bundle bundle({"sleep", "1000"});
        const auto answer = Json::parse(bundle.monitor().out).value();
        const std::string folder = "/proc/" + std::to_string(answer.at("pid").toInteger()) + "/fd";
        const auto names = listDirectory(folder);
        VERIFY_RESULT(names);
        for (const auto& name : *names) {
            const auto target = std::filesystem::read_symlink(folder + "/" + name).string();
            QVERIFY2(target == "/dev/null" || target.starts_with("pipe:") || target.starts_with("socket:"),
                     target.c_str());
        }
    }

    // CVE-2024-21626 again: a working directory reached through a descriptor.
    void aWorkingDirectoryOutsideIsRefused_data() {
        QTest::addColumn<QString>("cwd");
        for (int fd = 3; fd < 40; fd += 4)
            QTest::addRow("%d", fd) << QString("/proc/self/fd/%1").arg(fd);
        QTest::addRow("parent") << QString("/proc/self/fd/7/../..");
    }
    void aWorkingDirectoryOutsideIsRefused() {
        QFETCH(QString, cwd);
        Bundle bundle({"sh", "-c", "ls"});
        bundle.set("process/cwd", cwd.toStdString());
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QCOMPARE(outcome.out, std::string());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    // CVE-2019-5736: the runtime's own file is reached through /proc/self/exe as the container's program.
    void theRuntimesFileCannotBeOverwritten() {
        const std::string file = test::runtimeProgram();
        const auto before = readFile(file, 1U << 28).value(); // with sanitizers it is large
        Bundle bundle({"/proc/self/exe", "--version"});
        bundle.useHostIds(); // with the host's root, the worst case
        bundle.run();
        // A script whose interpreter is the runtime, and a writer that waits for it.
        Bundle script(
            {"sh", "-c",
             "exec 9</proc/self/exe; for p in /proc/[0-9]*; do echo x 2>/dev/null >>$p/exe; done; true"});
        script.useHostIds();
        script.run();
        QVERIFY(readFile(file, 1U << 28).value() == before);
    }

    // The same, by a descriptor that is kept until nothing runs from the file any more (a running program's
    // file cannot be written to anyway): what it leads to stays read-only for the host's own root.
    void whatRunsBeforeExecCannotBeWrittenAfterwards() {
        const auto before = readFile(ESCALE_BIN "/escale-runtime").value();
        const auto program = programOfACreatedContainer();
        const std::string path = "/proc/self/fd/" + std::to_string(program.get());
        const UniqueFd writing(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC));
        QVERIFY(!writing || ::write(writing.get(), "x", 1) < 0);
        QVERIFY(readFile(ESCALE_BIN "/escale-runtime").value() == before);
    }

    void theMountThatProtectsTheRuntimesFileCannotBeMadeWritable() {
        const auto program = programOfACreatedContainer();
        const std::string path = "/proc/self/fd/" + std::to_string(program.get());
        mount_attr writable{};
        writable.attr_clr = MOUNT_ATTR_RDONLY;
        QVERIFY(sys::setMountAttributes(program.get(), 0, writable) < 0);
        QVERIFY(::mount(nullptr, path.c_str(), nullptr, MS_REMOUNT | MS_BIND, nullptr) != 0);
        const bool bound = ::mount(path.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) == 0;
        if (bound)
            ::umount2(path.c_str(), MNT_DETACH); // the test fails, but leaves no mount
        QVERIFY(!bound);
        const UniqueFd copy(
            sys::openTree(program.get(), "", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH));
        QVERIFY(!copy || sys::setMountAttributes(copy.get(), 0, writable) < 0);
    }

    // CVE-2021-30465 and its like: the image's own links are resolved inside it.
    void mountTargetsThatAreLinksStayInside() {
        Bundle bundle({"sh", "-c", "cat /inside/mark"});
        const std::string outside = bundle.path() + "/outside";
        std::filesystem::create_directory(outside);
        std::filesystem::create_directory(bundle.path() + "/source");
        std::ofstream(bundle.path() + "/source/mark") << "mounted\n";
        std::filesystem::create_directory(bundle.root() + "/inside");
        ::chmod((bundle.path() + "/source").c_str(), 0755);
        std::filesystem::create_symlink("../../../../../../inside", bundle.root() + "/link");
        std::filesystem::create_symlink(outside, bundle.root() + "/away");
        bundle.append("mounts",
                      Json::parse(R"({"destination": "/link", "type": "bind", "source": "source"})").value());
        QCOMPARE(bundle.run().out, std::string("mounted\n"));
        bundle.append(
            "mounts",
            Json::parse(R"({"destination": "/away/x", "type": "bind", "source": "source"})").value());
        bundle.run();
        QVERIFY(std::filesystem::is_empty(outside));
    }

    // CVE-2019-16884, CVE-2019-19921: /proc as a link to somewhere else would leave the masks on nothing.
    void procThatIsALinkIsRefused() {
        Bundle bundle({"true"});
        std::filesystem::remove(bundle.root() + "/proc");
        std::filesystem::create_directory(bundle.root() + "/evil");
        std::filesystem::create_symlink("/evil", bundle.root() + "/proc");
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY(outcome.err.find("/proc") != std::string::npos);
    }

    void sysThatIsALinkIsRefused() {
        Bundle bundle({"true"});
        std::filesystem::remove(bundle.root() + "/sys");
        std::filesystem::create_directory(bundle.root() + "/evil");
        std::filesystem::create_symlink("/evil", bundle.root() + "/sys");
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY(outcome.err.find("/sys") != std::string::npos);
    }

    // CVE-2019-19921, CVE-2025-52881: with a file of its own over /proc/self/attr or /proc/sys a container
    // chooses what its labels and sysctls are written to.
    void nothingIsMountedInsideProc_data() {
        QTest::addColumn<QString>("destination");
        for (const char* path : {"/proc/self/attr", "/proc/1/attr", "/proc/sys", "/proc/sys/kernel",
                                 "/proc/self/attr/exec", "/proc/../proc/sys", "/attributes"})
            QTest::newRow(path) << QString(path);
    }
    void nothingIsMountedInsideProc() {
        QFETCH(QString, destination);
        Bundle bundle({"sh", "-c", "echo ran"});
        const bool isFile = destination.endsWith("exec");
        std::filesystem::create_directory(bundle.path() + "/folder");
        std::ofstream(bundle.path() + "/file") << "mine";
        std::filesystem::create_symlink("/proc/self/attr", bundle.root() + "/attributes");
        bundle.append("mounts", bind(destination.toStdString(), isFile ? "file" : "folder"));
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QCOMPARE(outcome.out, std::string());
        QVERIFY2(outcome.err.find("inside /proc") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    // On one processor the first process has often failed and gone before its parent looks at it.
    void saysWhatWasRefusedHoweverSoonItEnds() {
        cpu_set_t all;
        QCOMPARE(::sched_getaffinity(0, sizeof all, &all), 0);
        cpu_set_t one;
        CPU_ZERO(&one);
        for (int i = 0; CPU_COUNT(&one) == 0; ++i) {
            if (CPU_ISSET(i, &all))
                CPU_SET(i, &one);
        }
        QCOMPARE(::sched_setaffinity(0, sizeof one, &one), 0);
        for (int i = 0; i < 30 && !QTest::currentTestFailed(); ++i) {
            Bundle bundle({"true"});
            std::filesystem::create_directory(bundle.path() + "/folder");
            bundle.append("mounts", bind("/proc/sys/kernel", "folder"));
            const auto outcome = bundle.run();
            [&] { QVERIFY2(outcome.err.find("inside /proc") != std::string::npos, outcome.err.c_str()); }();
        }
        QCOMPARE(::sched_setaffinity(0, sizeof all, &all), 0);
    }

    void figuresOfProcMayBeTheContainersOwn() {
        Bundle bundle({"cat", "/proc/meminfo"});
        std::ofstream(bundle.path() + "/file") << "MemTotal: 1 kB\n";
        bundle.append("mounts", bind("/proc/meminfo", "file"));
        QCOMPARE(bundle.run().out, std::string("MemTotal: 1 kB\n"));
    }

    // CVE-2025-52881 once more: what the image has at /proc/sys is not where sysctls are written.
    void sysctlsAreNotWrittenThroughTheImage() {
        Bundle bundle({"cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start", "/etc/victim"});
        std::ofstream(bundle.root() + "/etc/victim") << "kept\n";
        std::filesystem::create_directories(bundle.root() + "/proc/sys/net/ipv4");
        std::filesystem::create_symlink("/etc/victim",
                                        bundle.root() + "/proc/sys/net/ipv4/ip_unprivileged_port_start");
        bundle.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "80"})").value());
        QCOMPARE(bundle.run().out, std::string("80\nkept\n"));
    }

    // CVE-2025-52881: the runtime sees a /proc in which somebody has covered the file that it is to write to.
    void aCoveredFileOfProcTakesNoWrite() {
        Bundle bundle({"cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"});
        bundle.useHostIds();
        bundle.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "80"})").value());
        const std::string cover = bundle.path() + "/cover";
        std::ofstream(cover) << "kept\n";
        const std::string script = "mount --bind " + cover +
                                   " /proc/sys/net/ipv4/ip_unprivileged_port_start && exec " +
                                   test::runtimeProgram() + " --root " + bundle.path() +
                                   "/state run --bundle " + bundle.path() + " " + bundle.id();
        const auto outcome = runProgram({"/usr/bin/unshare", "--mount", "/bin/sh", "-c", script});
        VERIFY_RESULT(outcome);
        QCOMPARE(*outcome, std::string("80\n"));
        QCOMPARE(readFile(cover).value(), std::string("kept\n"));
    }

    void aProcThatIsNoneIsNotWrittenTo() {
        Bundle bundle({"true"});
        const std::string script = "mount -t tmpfs none /proc && exec " + test::runtimeProgram() +
                                   " --root " + bundle.path() + "/state run --bundle " + bundle.path() + " " +
                                   bundle.id();
        const auto outcome = runProgram({"/usr/bin/unshare", "--mount", "/bin/sh", "-c", script});
        QVERIFY(!outcome);
    }

    void dotsInADestinationEndAtTheContainersRoot() {
        Bundle bundle({"cat", "/landed/mark"});
        std::filesystem::create_directory(bundle.path() + "/source");
        std::ofstream(bundle.path() + "/source/mark") << "mounted\n";
        ::chmod((bundle.path() + "/source").c_str(), 0755);
        const std::string up = "/bin/../../../../../../../../..";
        bundle.append("mounts", bind(up + "/landed", "source"));
        bundle.append("mounts", bind(up + bundle.path() + "/outside", "source"));
        QCOMPARE(bundle.run().out, std::string("mounted\n"));
        QVERIFY(!exists(bundle.path() + "/outside"));
        QVERIFY(exists(bundle.root() + bundle.path() + "/outside")); // made, but inside
    }

    // A container with the host's ids that may make device nodes still cannot open them: the disk is
    // everything.
    void nodesOfTheHostsDevicesCannotBeOpened() {
        const auto layout = CgroupLayout::detect();
        VERIFY_RESULT(layout);
        SKIP_UNLESS(layout->find("devices") != nullptr || layout->unified() != nullptr,
                    "this machine has neither cgroup v2 nor the devices controller of v1");
        Bundle bundle({"sh", "-c",
                       "mknod /tmp/kmsg c 1 11 && mknod /tmp/null c 1 3 && echo made;"
                       "while read major minor blocks name; do"
                       "  [ -n \"$name\" ] && [ $major -gt 0 ] && mknod /tmp/disk-$name b $major $minor;"
                       "done </proc/partitions 2>/dev/null;"
                       "for node in /tmp/kmsg /tmp/disk-*; do"
                       "  [ -e $node ] || continue;"
                       "  (exec 9<$node) 2>/dev/null && echo read $node;"
                       "  (exec 9>>$node) 2>/dev/null && echo wrote $node;"
                       "done; echo x >/tmp/null && echo null"});
        bundle.useHostIds();
        QCOMPARE(bundle.run().out, std::string("made\nnull\n"));
    }

    // Not even with the host's ids: whoever leaves the cgroup leaves its limits and device rules.
    void theCgroupCannotBeLeft_data() {
        QTest::addColumn<bool>("hostIds");
        QTest::newRow("user namespace") << false;
        QTest::newRow("host's ids") << true;
    }
    void theCgroupCannotBeLeft() {
        QFETCH(bool, hostIds);
        Bundle bundle(
            {"sh", "-c",
             "cat /proc/self/cgroup >/tmp/before;"
             "for f in $(find /sys/fs/cgroup/ -name tasks -o -name cgroup.procs); do"
             "  echo $$ >$f && echo wrote $f; mkdir ${f%/*}/sub && echo made $f; done 2>/dev/null;"
             "for v in $(find /sys/fs/cgroup/ -name 'release_agent' -o -name 'memory.limit_in_bytes'"
             "  -o -name devices.allow -o -name memory.max -o -name pids.max); do"
             "  echo 1 >$v && echo wrote $v; done 2>/dev/null;"
             "mount -o remount,rw /sys/fs/cgroup 2>/dev/null && echo remounted;"
             "cat /proc/self/cgroup >/tmp/after; cmp /tmp/before /tmp/after && echo same;"
             "find /sys/fs/cgroup/ -name cgroup.procs | head -n 1 | wc -l"});
        for (const char* name : {"find", "cmp"})
            std::filesystem::create_symlink("busybox", bundle.root() + "/bin/" + name);
        if (hostIds)
            bundle.useHostIds();
        QCOMPARE(bundle.run().out, std::string("same\n1\n")); // it does see its cgroup
    }

    // CVE-2025-31133: masks must not use what the image put at /dev/null.
    void masksDoNotTrustTheImagesDevices() {
        Bundle bundle({"sh", "-c", "cat /proc/keys | wc -c; echo x >/proc/keys; cat /etc/secret"});
        std::ofstream(bundle.root() + "/etc/secret") << "kept\n";
        std::filesystem::create_symlink("/etc/secret", bundle.root() + "/dev/null");
        QCOMPARE(bundle.run().out, std::string("0\nkept\n"));
    }

    void aRootThatIsALinkIsRefused() {
        Bundle bundle({"true"});
        std::filesystem::rename(bundle.root(), bundle.path() + "/real");
        std::filesystem::create_directory_symlink("/", bundle.root());
        QVERIFY(bundle.run().code != 0);
    }

    void theContainersRootCannotEnterItsBundleOrSeeTheHost() {
        Bundle bundle({"sh", "-c", "ls -d /boot /lost+found /.. 2>/dev/null; ls /.. | head -n 1"});
        const auto outcome = bundle.run();
        QCOMPARE(outcome.out, std::string("/..\nbin\n"));
    }

private:
    // The file that the container's first process executes while it waits for `start`, kept open until the
    // container is gone.
    static UniqueFd programOfACreatedContainer() {
        Bundle bundle({"sleep", "1000"});
        bundle.runtime(
            {"create"}); // no monitor: it runs from the file itself, and would keep it from being written
        const auto pid = bundle.state().at("pid").toInteger();
        return UniqueFd(::open(("/proc/" + std::to_string(pid) + "/exe").c_str(), O_RDONLY | O_CLOEXEC));
    }

    static Json bind(const std::string& destination, const std::string& source) {
        Json mount;
        mount.set("destination", destination).set("type", "bind").set("source", source);
        return mount.set("options", Json::strings({"bind"}));
    }
};

ESCALE_TEST(EscapeTest)
#include "escape_test.moc"
