// One test for each class of known container escapes.
#include "engine/base/file.h"
#include "engine/base/syscalls.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
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
        QVERIFY(::mount(path.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) != 0);
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
};

ESCALE_TEST(EscapeTest)
#include "escape_test.moc"
