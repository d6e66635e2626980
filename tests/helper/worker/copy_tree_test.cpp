// A volume's first content: a folder of the image copied by the real escale-worker, with the container's ids.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/base/user_namespace.h"
#include "helper/worker/files_worker.h"
#include "tests/image/file_attributes.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const std::string kWorker = std::string(ESCALE_BIN) + "/escale-worker";
constexpr std::uint32_t kBase = 1'900'544;

struct stat statOf(const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        info.st_mode = 0;
    return info;
}

UniqueFd folderAt(const std::string& path) {
    return UniqueFd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

} // namespace

class CopyTreeTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_source, m_target;
    UniqueFd m_ids;

    static void own(const std::string& path, uid_t user = 0, gid_t group = 0) {
        QCOMPARE(::lchown(path.c_str(), kBase + user, kBase + group), 0);
    }
    void write(const std::string& name, const std::string& content, mode_t mode = 0644) {
        const std::string path = m_source + "/" + name;
        VERIFY_RESULT(writeFileAtomically(path, content, 0600));
        own(path);
        QCOMPARE(::chmod(path.c_str(), mode), 0);
    }
    void makeFolder(const std::string& name) {
        VERIFY_RESULT(makeDirectories(m_source + "/" + name));
        own(m_source + "/" + name);
    }
    Result<void> copied() {
        const UniqueFd source = folderAt(m_source);
        const UniqueFd target = folderAt(m_target);
        return copyTree(kWorker)(source.get(), target.get(), m_ids.get(), Cancellation());
    }
    std::string shown(const std::string& command) {
        return runProgram({"/bin/sh", "-c", "cd " + m_target + " && " + command}).value_or("failed");
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        auto ids = makeUserNamespace(kBase);
        SKIP_UNLESS(ids.has_value(), "needs user namespaces");
        m_ids = *std::move(ids);
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_source = m_folder->path().toStdString() + "/source";
        m_target = m_folder->path().toStdString() + "/target";
        makeFolder("");
        VERIFY_RESULT(makeDirectories(m_target));
        own(m_target);
    }

    void cleanup() { VERIFY_RESULT(removeTree(m_folder->path().toStdString())); }

    void ownersModesAndTimesOfEverything() {
        write("plain", "content", 0640);
        own(m_source + "/plain", 1000, 100);
        const std::array<timespec, 2> times{{{1'600'000'000, 5}, {1'500'000'000, 123'456'789}}};
        QCOMPARE(::utimensat(AT_FDCWD, (m_source + "/plain").c_str(), times.data(), 0), 0);
        makeFolder("sub");
        write("sub/program", "x", 04755);
        QCOMPARE(::chmod((m_source + "/sub").c_str(), 03711), 0);
        QCOMPARE(::utimensat(AT_FDCWD, (m_source + "/sub").c_str(), times.data(), 0), 0);
        QCOMPARE(::symlink("/etc/passwd", (m_source + "/link").c_str()), 0);
        own(m_source + "/link", 7, 8);
        QCOMPARE(::utimensat(AT_FDCWD, (m_source + "/link").c_str(), times.data(), AT_SYMLINK_NOFOLLOW), 0);
        QCOMPARE(::mkfifo((m_source + "/pipe").c_str(), 0622), 0);
        own(m_source + "/pipe", 9, 9);

        VERIFY_RESULT(copied());

        const struct stat plain = statOf(m_target + "/plain");
        QCOMPARE(plain.st_mode, mode_t(S_IFREG | 0640));
        QCOMPARE(plain.st_uid, kBase + 1000);
        QCOMPARE(plain.st_gid, kBase + 100);
        QCOMPARE(plain.st_mtim.tv_sec, 1'500'000'000);
        QCOMPARE(plain.st_mtim.tv_nsec, 123'456'789);
        QCOMPARE(readFile(m_target + "/plain").value(), std::string("content"));
        QCOMPARE(statOf(m_target + "/sub").st_mode, mode_t(S_IFDIR | 03711));
        QCOMPARE(statOf(m_target + "/sub").st_mtim.tv_nsec, 123'456'789);
        QCOMPARE(statOf(m_target + "/sub/program").st_mode, mode_t(S_IFREG | 04755));
        QCOMPARE(shown("readlink link"), std::string("/etc/passwd\n"));
        QCOMPARE(statOf(m_target + "/link").st_uid, kBase + 7);
        QCOMPARE(statOf(m_target + "/link").st_mtim.tv_sec, 1'500'000'000);
        QVERIFY(S_ISFIFO(statOf(m_target + "/pipe").st_mode));
        QCOMPARE(statOf(m_target + "/pipe").st_uid, kBase + 9);
    }

    void theFolderItselfIsCopiedToo() {
        own(m_source, 999, 998);
        QCOMPARE(::chmod(m_source.c_str(), 02770), 0);
        write("file", "x"); // in a folder whose group is given to what is made in it
        VERIFY_RESULT(copied());
        const struct stat info = statOf(m_target);
        QCOMPARE(info.st_mode, mode_t(S_IFDIR | 02770));
        QCOMPARE(info.st_uid, kBase + 999);
        QCOMPARE(info.st_gid, kBase + 998);
        QCOMPARE(statOf(m_target + "/file").st_gid, kBase);
    }

    void attributesAclsAndCapabilities() {
        makeFolder("sub");
        write("sub/file", "x");
        write("bare", "x");
        const std::string access =
            acl({{1, 6}, {2, 7, kBase + 1}, {4, 4}, {8, 4, kBase + 2}, {16, 7}, {32, 0}});
        const std::string inherited = acl({{1, 7}, {2, 7, kBase + 3}, {4, 5}, {16, 7}, {32, 5}});
        QVERIFY(setAttribute(m_source + "/sub/file", "user.colour", "blue"));
        QVERIFY(setAttribute(m_source + "/sub/file", kAccessAcl, access));
        QVERIFY(setAttribute(m_source + "/sub", kDefaultAcl, inherited));
        // As a container's root sets it: bound to this range.
        std::string capability(
            "\x01\x00\x00\x03\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 20);
        capability += std::string("\x00\x00\x1d\x00", 4); // kBase
        QCOMPARE(::setxattr((m_source + "/bare").c_str(), "security.capability", capability.data(),
                            capability.size(), 0),
                 0);

        VERIFY_RESULT(copied());

        QCOMPARE(attribute(m_target + "/sub/file", "user.colour"), std::string("blue"));
        QCOMPARE(attribute(m_target + "/sub/file", kAccessAcl), access);
        QCOMPARE(attribute(m_target + "/sub", kDefaultAcl), inherited);
        QCOMPARE(attribute(m_target + "/bare", "security.capability"), capability);
    }

    void aDefaultAclIsNotInheritedByWhatIsCopied() {
        makeFolder("sub");
        write("sub/file", "x", 0600);
        QVERIFY(setAttribute(m_source + "/sub", kDefaultAcl,
                             acl({{1, 7}, {2, 7, kBase + 3}, {4, 5}, {16, 7}, {32, 5}})));
        VERIFY_RESULT(copied());
        QCOMPARE(attribute(m_target + "/sub/file", kAccessAcl), std::string("none"));
        QCOMPARE(statOf(m_target + "/sub/file").st_mode, mode_t(S_IFREG | 0600));
    }

    void hardLinksStayLinksAcrossFolders() {
        makeFolder("a");
        makeFolder("b");
        write("a/one", "shared");
        QCOMPARE(::link((m_source + "/a/one").c_str(), (m_source + "/b/two").c_str()), 0);
        QCOMPARE(::link((m_source + "/a/one").c_str(), (m_source + "/three").c_str()), 0);
        VERIFY_RESULT(copied());
        QCOMPARE(statOf(m_target + "/a/one").st_nlink, nlink_t(3));
        QCOMPARE(statOf(m_target + "/a/one").st_ino, statOf(m_target + "/b/two").st_ino);
        QCOMPARE(statOf(m_target + "/a/one").st_ino, statOf(m_target + "/three").st_ino);
    }

    void holesStayHoles() {
        write("sparse", "beginning");
        const UniqueFd file(::open((m_source + "/sparse").c_str(), O_WRONLY | O_CLOEXEC));
        QCOMPARE(::pwrite(file.get(), "middle", 6, 100 << 20), ssize_t(6));
        QCOMPARE(::ftruncate(file.get(), off_t(1) << 30), 0);
        VERIFY_RESULT(copied());
        const struct stat info = statOf(m_target + "/sparse");
        QCOMPARE(info.st_size, off_t(1) << 30);
        QVERIFY(info.st_blocks * 512 < (1 << 20));
        VERIFY_RESULT(runProgram({"/usr/bin/cmp", m_source + "/sparse", m_target + "/sparse"}));
    }

    void anyNameAndManyFilesInManyFolders() {
        for (int i = 0; i < 30; ++i) {
            makeFolder("f" + std::to_string(i));
            for (int j = 0; j < 40; ++j)
                write("f" + std::to_string(i) + "/\xff" + std::to_string(j), std::string(j * 1000, 'x'));
        }
        for (int i = 0; i < 600; ++i)
            write(std::to_string(i), "flat");
        VERIFY_RESULT(copied());
        VERIFY_RESULT(runProgram({"/usr/bin/diff", "-r", m_source, m_target}));
    }

    void aFullDiskIsAnErrorThatSaysSo() {
        const std::string image = m_folder->path().toStdString() + "/disk";
        const std::string disk = m_folder->path().toStdString() + "/mounted";
        VERIFY_RESULT(makeDirectories(disk));
        VERIFY_RESULT(runProgram(
            {"/bin/sh", "-c", "truncate -s 4M " + image + " && mkfs.ext4 -q -O ^has_journal " + image}));
        if (!runProgram({"/bin/mount", "-o", "loop", image, disk}))
            QSKIP("this machine mounts no loop devices");
        VERIFY_RESULT(makeDirectories(disk + "/target"));
        own(disk + "/target");
        m_target = disk + "/target";
        for (int i = 0; i < 8; ++i)
            write(std::to_string(i), std::string(1 << 20, 'x'));
        const auto done = copied();
        VERIFY_RESULT(runProgram({"/bin/umount", disk}));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::NoSpace);
    }

    void aCancelledCopyEnds() {
        write("big", "x");
        QCOMPARE(::truncate((m_source + "/big").c_str(), 1 << 20), 0);
        Cancellation cancellation;
        cancellation.cancel();
        const UniqueFd source = folderAt(m_source);
        const UniqueFd target = folderAt(m_target);
        const auto done = copyTree(kWorker)(source.get(), target.get(), m_ids.get(), cancellation);
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
    }
};

ESCALE_TEST(CopyTreeTest)

#include "copy_tree_test.moc"
