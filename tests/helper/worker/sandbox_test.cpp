// What a worker can still do once it is confined: tried by a child that confines itself in the same way.
#include "helper/worker/sandbox.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <linux/landlock.h>
#include <sched.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;

class SandboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        const auto version =
            ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
        SKIP_UNLESS(version >= 2, "this kernel has no Landlock, or its first version only");
    }

    void init() {
        m_layer = m_folder.path().toStdString() + "/layer";
        m_outside = m_folder.path().toStdString() + "/outside";
        for (const auto& folder : {m_layer, m_outside})
            QVERIFY(makeDirectories(folder, 0755));
        QVERIFY(writeFileAtomically(m_outside + "/secret", "kept"));
        m_layerFd = UniqueFd(::open(m_layer.c_str(), O_RDONLY | O_DIRECTORY));
        m_outsideFd = UniqueFd(::open(m_outside.c_str(), O_RDONLY | O_DIRECTORY));
    }

    void unpackingStaysInItsFolderEvenWithADescriptorOfAnother() {
        const auto confine = [this] { return worker::confineUnpack(m_layerFd.get()); };
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QCOMPARE(
            inChild(confine, [this] { return ::openat(m_outsideFd.get(), "new", O_WRONLY | O_CREAT, 0600); }),
            EACCES);
        QCOMPARE(inChild(confine, [this] { return ::unlinkat(m_outsideFd.get(), "secret", 0); }), EACCES);
        QCOMPARE(inChild(confine,
                         [this] { return ::linkat(m_outsideFd.get(), "secret", m_layerFd.get(), "s", 0); }),
                 EXDEV);
        QVERIFY(exists(m_outside + "/secret") && !exists(m_outside + "/new") && !exists(m_layer + "/s"));
    }

    void readingLayersReadsThemAloneAndChangesNothing() {
        VERIFY_RESULT(writeFileAtomically(m_layer + "/file", "x"));
        const auto confine = [this] {
            std::vector<UniqueFd> layers;
            layers.emplace_back(::dup(m_layerFd.get()));
            return worker::confineLayers(layers);
        };
        QCOMPARE(inChild(confine, [this] { return ::openat(m_layerFd.get(), "file", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QVERIFY(inChild(confine,
                        [this] { return ::openat(m_layerFd.get(), "new", O_WRONLY | O_CREAT, 0600); }) > 0);
        QCOMPARE(inChild(confine, [this] { return ::unlinkat(m_layerFd.get(), "file", 0); }), EPERM);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
        QVERIFY(exists(m_layer + "/file") && !exists(m_layer + "/new"));
    }

    void buildingWritesToItsEventsAndOpensNothing() {
        const UniqueFd events(::open((m_outside + "/events").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        const auto confine = [] { return worker::confineBuild(); };
        QCOMPARE(inChild(confine, [&events] { return ::write(events.get(), "x", 1) == 1 ? 0 : -1; }), 0);
        QCOMPARE(inChild(confine,
                         [] {
                             std::array<int, 2> ends{};
                             return ::pipe2(ends.data(), O_CLOEXEC);
                         }),
                 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }), EPERM);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
        QCOMPARE(inChild(confine, [] { return ::open("/etc/passwd", O_RDONLY); }), EPERM);
    }

    void packingReadsItsLayerAloneAndWritesToItsOutputAlone() {
        VERIFY_RESULT(writeFileAtomically(m_layer + "/file", "x", 0));
        const UniqueFd output(::open((m_outside + "/output").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        const auto confine = [this] { return worker::confinePack(m_layerFd.get()); };
        QCOMPARE(inChild(confine, [this] { return ::openat(m_layerFd.get(), "file", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [&output] { return ::write(output.get(), "x", 1) == 1 ? 0 : -1; }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QVERIFY(inChild(confine, [this] { return ::openat(m_layerFd.get(), "file", O_WRONLY); }) > 0);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
    }

    void aRelayReadsAndWritesWhatItWasGivenAlone() {
        const UniqueFd output(::open((m_outside + "/output").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        const auto confine = [] { return worker::confineRelay(); };
        QCOMPARE(inChild(confine, [&output] { return ::write(output.get(), "x", 1) == 1 ? 0 : -1; }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }), EPERM);
        QCOMPARE(inChild(confine, [&output] { return ::fchmod(output.get(), 0666); }), EPERM);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
    }

    void anArchiveIsReadFromItsDescriptorAlone() {
        const auto confine = [] { return worker::confineArchive(); };
        VERIFY_RESULT(writeFileAtomically(m_layer + "/archive", "x"));
        const UniqueFd archive(::open((m_layer + "/archive").c_str(), O_RDONLY | O_CLOEXEC));
        const UniqueFd spool(::open(m_layer.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
        QCOMPARE(inChild(confine,
                         [&] {
                             char byte = 0;
                             return ::pread(archive.get(), &byte, 1, 0) == 1 &&
                                            ::write(spool.get(), &byte, 1) == 1
                                        ? 0
                                        : -1;
                         }),
                 0);
        QVERIFY(inChild(confine, [this] { return ::openat(m_layerFd.get(), "archive", O_RDONLY); }) > 0);
        QVERIFY(inChild(confine, [] { return ::open("/etc/passwd", O_RDONLY); }) > 0);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
    }

    void aLayoutsFolderIsReadAsItsOwnerAndNothingElse() {
        constexpr uid_t kUser = 1000;
        const auto confine = [this] { return worker::confineArchiveFolder(m_layerFd.get(), kUser); };
        VERIFY_RESULT(writeFileAtomically(m_layer + "/own", "x"));
        QCOMPARE(::chown((m_layer + "/own").c_str(), kUser, 0), 0);
        VERIFY_RESULT(writeFileAtomically(m_layer + "/roots", "x", 0600));
        QCOMPARE(::chmod(m_folder.path().toUtf8().constData(), 0755), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_layerFd.get(), "own", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_layerFd.get(), "roots", O_RDONLY); }), EACCES);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QVERIFY(inChild(confine, [this] { return ::openat(m_layerFd.get(), "own", O_WRONLY); }) > 0);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
        // And root's reads without root's power over files
        const auto asRoot = [this] { return worker::confineArchiveFolder(m_layerFd.get(), 0); };
        QCOMPARE(::chmod((m_layer + "/own").c_str(), 0600), 0);
        QCOMPARE(inChild(asRoot, [this] { return ::openat(m_layerFd.get(), "roots", O_RDONLY); }), 0);
        QCOMPARE(inChild(asRoot, [this] { return ::openat(m_layerFd.get(), "own", O_RDONLY); }), EACCES);
    }

    void unpackingMayDoWhatLayersNeed() {
        const auto confine = [this] { return worker::confineUnpack(m_layerFd.get()); };
        const auto work = [] {
            if (::mkdirat(AT_FDCWD, "/a", 0755) != 0 || ::mkdirat(AT_FDCWD, "/b", 0755) != 0)
                return -1;
            const int file = ::openat(AT_FDCWD, "/a/file", O_RDWR | O_CREAT, 0644);
            if (file < 0 || ::write(file, "x", 1) != 1 || ::ftruncate(file, 0) != 0)
                return -1;
            if (::linkat(AT_FDCWD, "/a/file", AT_FDCWD, "/b/link", 0) != 0) // hard links lead between folders
                return -1;
            if (::symlinkat("file", AT_FDCWD, "/a/symbolic") != 0 ||
                ::mknodat(AT_FDCWD, "/a/fifo", S_IFIFO | 0600, 0) != 0 ||
                ::mknodat(AT_FDCWD, "/a/whiteout", S_IFCHR, 0) != 0)
                return -1;
            return ::unlinkat(AT_FDCWD, "/b/link", 0);
        };
        QCOMPARE(inChild(confine, work), 0);
    }

    void anImageIsWrittenToItsFileAlone() {
        const auto confine = [] { return worker::confineImage(); };
        const UniqueFd file(::open((m_layer + "/image").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        QCOMPARE(inChild(confine,
                         [&file] {
                             return ::pwrite(file.get(), "image", 5, 4096) == 5 &&
                                            ::ftruncate(file.get(), 8192) == 0
                                        ? 0
                                        : -1;
                         }),
                 0);
        const auto isRefused = [&confine](const std::function<int()>& action) {
            const int error = inChild(confine, action);
            return error == EPERM || error == EACCES;
        };
        QVERIFY(isRefused([this] { return ::openat(m_layerFd.get(), "image", O_RDONLY); }));
        QVERIFY(isRefused([this] { return ::openat(m_layerFd.get(), "new", O_WRONLY | O_CREAT, 0600); }));
        QVERIFY(isRefused([this] { return ::mkdirat(m_layerFd.get(), "new", 0700); }));
        QVERIFY(isRefused([&file] { return ::fchmod(file.get(), 0666); }));
        QVERIFY(isRefused([] { return static_cast<int>(::syscall(SYS_socket, 2, 1, 0)); }));
    }

    void lookingAtFilesChangesNothingAndStaysInside() {
        const auto confine = [this] { return worker::confineFiles({m_layerFd.get(), -1, -1, false}); };
        QVERIFY(writeFileAtomically(m_layer + "/file", "x", 0));
        QCOMPARE(inChild(confine, [] { return ::openat(AT_FDCWD, "/file", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QVERIFY(inChild(confine, [] { return ::openat(AT_FDCWD, "/file", O_WRONLY); }) != 0);
        QVERIFY(inChild(confine, [] { return ::mkdirat(AT_FDCWD, "/new", 0700); }) != 0);
        QVERIFY(!exists(m_layer + "/new"));
    }

    void followingChangesIsReadingAndBeingTold() {
        VERIFY_RESULT(writeFileAtomically(m_layer + "/file", "x", 0));
        const auto watch = [](const char* path) {
            const int inotify = ::inotify_init1(IN_CLOEXEC);
            return inotify < 0 ? -1 : ::inotify_add_watch(inotify, path, IN_CREATE);
        };
        const auto confine = [this] {
            return worker::confineFiles({.root = m_layerFd.get(), .watches = true});
        };
        QCOMPARE(inChild(confine, [&watch] { return watch("/"); }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_layerFd.get(), "file", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [this, &watch] { return watch(m_outside.c_str()); }), ENOENT);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QVERIFY(inChild(confine, [this] { return ::openat(m_layerFd.get(), "file", O_WRONLY); }) > 0);
        QCOMPARE(inChild(confine, [this] { return ::unlinkat(m_layerFd.get(), "file", 0); }), EPERM);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EPERM);
        const auto looking = [this] { return worker::confineFiles({.root = m_layerFd.get()}); };
        QCOMPARE(inChild(looking, [&watch] { return watch("/"); }), EPERM);
    }

    void copyingIntoFilesStaysInsideAndMakesNoDevice() {
        const auto confine = [this] { return worker::confineFiles({m_layerFd.get(), -1, -1, true}); };
        QCOMPARE(inChild(confine, [] { return ::mkdirat(AT_FDCWD, "/new", 0700); }), 0);
        QCOMPARE(
            inChild(confine, [this] { return ::openat(m_outsideFd.get(), "new", O_WRONLY | O_CREAT, 0600); }),
            EACCES);
        QCOMPARE(inChild(confine, [] { return ::mknodat(AT_FDCWD, "/null", S_IFCHR, 0x103); }), EPERM);
        // Which is no device: everybody may make it, and a volume's backup may hold one.
        QCOMPARE(inChild(confine, [] { return ::mknodat(AT_FDCWD, "/white", S_IFCHR, 0); }), 0);
        QCOMPARE(inChild(confine, [] { return ::syscall(SYS_socket, 2, 1, 0); }), EPERM);
    }

    void describingOpensNothing() {
        const auto open = [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); };
        const int refused = inChild([] { return worker::confineDescribe(); }, open);
        QVERIFY2(refused == EPERM || refused == EACCES, std::to_string(refused).c_str());
    }

    void fetchingReadsTheSystemsFilesAlone() {
        QCOMPARE(::chmod(m_folder.path().toLocal8Bit().constData(), 0755), 0); // nobody could read it
        const auto confine = [] { return worker::confineFetch(); };
        QCOMPARE(inChild(confine, [] { return ::openat(AT_FDCWD, "/etc/passwd", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QCOMPARE(inChild(confine, [] { return ::openat(AT_FDCWD, "/proc/self/status", O_RDONLY); }), EACCES);
    }

    void gitWritesInItsFolderAndExecutesNothingFromIt() {
        constexpr uid_t kUser = 0x70000000;
        QCOMPARE(::chown(m_layer.c_str(), kUser, kUser), 0);
        QCOMPARE(::chmod(m_folder.path().toLocal8Bit().constData(), 0755), 0);
        const auto confine = [this] { return worker::confineGit(m_layerFd.get(), kUser); };
        QCOMPARE(inChild(confine, [] { return ::openat(AT_FDCWD, "/etc/passwd", O_RDONLY); }), 0);
        QCOMPARE(inChild(confine, [] { return ::openat(AT_FDCWD, "/dev/null", O_RDWR); }), 0);
        QCOMPARE(
            inChild(confine, [this] { return ::openat(m_layerFd.get(), "made", O_RDWR | O_CREAT, 0755); }),
            0);
        QCOMPARE(inChild(confine,
                         [this] {
                             char* const none[] = {nullptr};
                             return ::execve((m_layer + "/made").c_str(), none, none);
                         }),
                 EACCES);
        QCOMPARE(inChild(confine, [this] { return ::openat(m_outsideFd.get(), "secret", O_RDONLY); }),
                 EACCES);
        QCOMPARE(inChild(confine, [] { return ::openat(AT_FDCWD, "/proc/1/cmdline", O_RDONLY); }), EACCES);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), EAFNOSUPPORT);
        QCOMPARE(inChild(confine, [] { return ::unshare(CLONE_NEWUSER); }), EPERM);
        QVERIFY(inChild([] { return worker::confineGit(-1, 0); }, [] { return 0; }) == 255);
    }

    void anAgentsRelayConnectsAndOpensNothing() {
        const auto confine = [] { return worker::confineAgent(1000); };
        QCOMPARE(inChild(confine, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); }), 0);
        QCOMPARE(inChild(confine, [] { return ::socket(AF_INET, SOCK_STREAM, 0); }), EPERM);
        QVERIFY(inChild(confine, [] { return ::open("/etc/passwd", O_RDONLY); }) > 0);
        QCOMPARE(inChild(confine, [] { return ::setresuid(0, 0, 0); }), EPERM);
    }

private:
    /// errno of `action` in a confined child, 0 when it succeeds; 255 when the child could not be confined.
    static int inChild(const std::function<Result<void>()>& confine, const std::function<int()>& action) {
        const pid_t child = ::fork();
        if (child == 0) {
            if (!confine())
                ::_exit(255);
            ::_exit(action() >= 0 ? 0 : errno);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
    }

    QTemporaryDir m_folder;
    std::string m_layer;
    std::string m_outside;
    UniqueFd m_layerFd;
    UniqueFd m_outsideFd;
};

ESCALE_TEST(SandboxTest)
#include "sandbox_test.moc"
