// A container's files through the real escale-worker: with the container's ids, and never a byte from
// outside of its root. How archives are made and read: tests/image/tree_archive_test.cpp.
#include "engine/base/file.h"
#include "engine/base/user_namespace.h"
#include "helper/worker/files_worker.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <atomic>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const std::string kWorker = std::string(ESCALE_BIN) + "/escale-worker";
constexpr std::uint32_t kBase = 1'900'544;

UniqueFd memory(const std::string& content = {}) {
    UniqueFd fd(::memfd_create("archive", MFD_CLOEXEC));
    (void)writeAll(fd.get(), content, "memory");
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

struct stat statOf(const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        info.st_uid = 12345678;
    return info;
}

} // namespace

class ArchiveTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_root;
    std::string m_outside;
    UniqueFd m_rootFd;
    UniqueFd m_ids;
    const FilesWorker m_files{kWorker};

    FilesRoot root() { return {m_rootFd.get(), m_ids.get()}; }
    void write(const std::string& name, const std::string& content, uid_t user = 0) {
        VERIFY_RESULT(writeFileAtomically(m_root + "/" + name, content, 0600));
        QCOMPARE(::lchown((m_root + "/" + name).c_str(), kBase + user, kBase + user), 0);
    }
    void makeFolder(const std::string& name) {
        VERIFY_RESULT(makeDirectories(m_root + "/" + name));
        QCOMPARE(::lchown((m_root + "/" + name).c_str(), kBase, kBase), 0);
    }
    Result<std::string> copiedOut(const std::string& path, const FilesWorker::OutOptions& options = {}) {
        const UniqueFd output = memory();
        const Cancellation never;
        TRY_ASSIGN(auto out, m_files.copyOut(root(), path, options, output.get(), never));
        TRY(out.finish({}, never));
        ::lseek(output.get(), 0, SEEK_SET);
        return readFd(output.get(), 64u << 20);
    }
    Result<worker::FilesTotals> copyIn(const std::string& archive, const std::string& path,
                                       const ExtractOptions& options = {}) {
        return m_files.copyIn(root(), path, options, memory(archive).get(), {}, Cancellation());
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
        m_root = m_folder->path().toStdString() + "/root";
        m_outside = m_folder->path().toStdString() + "/outside";
        VERIFY_RESULT(makeDirectories(m_outside));
        VERIFY_RESULT(writeFileAtomically(m_outside + "/data", "secret", 0644));
        makeFolder("");
        m_rootFd = UniqueFd(::open(m_root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }

    void idsAreThoseOfTheContainer() {
        write("file", "content", 1000);
        const auto entry = m_files.stat(root(), "/file", false);
        VERIFY_RESULT(entry);
        QCOMPARE(entry->owner, 1000U);
        QCOMPARE(entry->size, 7U);
        const auto archive = copiedOut("/file");
        VERIFY_RESULT(archive);
        makeFolder("to");
        VERIFY_RESULT(copyIn(*archive, "/to"));
        QCOMPARE(statOf(m_root + "/to/file").st_uid, kBase + 1000);
        QCOMPARE(readFile(m_root + "/to/file").value(), std::string("content"));
        VERIFY_RESULT(copyIn(*archive, "/to", {false, std::pair<uid_t, gid_t>(5, 6)}));
        QCOMPARE(statOf(m_root + "/to/file").st_uid, kBase + 5);
        QCOMPARE(statOf(m_root + "/to/file").st_gid, kBase + 6);
    }

    void aFileCapabilityHoldsInTheContainerAlone() {
        // vfs_cap_data, version 2: CAP_NET_BIND_SERVICE, permitted and effective.
        const std::string capability(
            "\x01\x00\x00\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 20);
        const std::string archive = TarBuilder()
                                        .add({.name = "server",
                                              .content = "x",
                                              .owner = 0,
                                              .group = 0,
                                              .pax = {{"SCHILY.xattr.security.capability", capability}}})
                                        .finish();
        VERIFY_RESULT(copyIn(archive, "/"));
        char raw[64] = {};
        QCOMPARE(::getxattr((m_root + "/server").c_str(), "security.capability", raw, sizeof raw),
                 ssize_t(24));
        std::uint32_t rootId = 0;
        std::memcpy(&rootId, raw + 20, sizeof rootId);
        QCOMPARE(rootId, kBase);
        const auto out = copiedOut("/server");
        VERIFY_RESULT(out);
        QVERIFY(out->find(capability) != std::string::npos); // and leaves as it came
    }

    void whatTheContainerCannotOwnIsRefused() {
        const auto done = copyIn(TarBuilder().add({.name = "f", .owner = 70'000, .group = 0}).finish(), "/");
        QVERIFY(!done);
    }

    void filesNobodyButRootMayReadAreCopied() {
        write("shadow", "hidden", 33);
        QCOMPARE(::chmod((m_root + "/shadow").c_str(), 0), 0);
        QVERIFY(copiedOut("/shadow").value_or("").find("hidden") != std::string::npos);
    }

    void listsAFolder() {
        makeFolder("folder");
        write("folder/b", "1", 7);
        QCOMPARE(::symlink("b", (m_root + "/folder/a").c_str()), 0);
        const auto list = m_files.list(root(), "/folder");
        VERIFY_RESULT(list);
        QCOMPARE(list->entries.size(), 2U);
        QCOMPARE(list->entries[0].linkTarget, std::string("b"));
        QCOMPARE(list->entries[1].owner, 7U);
        QCOMPARE(m_files.list(root(), "/none").error().code, ErrorCode::NotFound);
    }

    void theReaderMayGo() {
        write("large", std::string(4 << 20, 'x'));
        int ends[2] = {};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        UniqueFd reader(ends[0]);
        UniqueFd writer(ends[1]);
        const Cancellation never;
        auto out = m_files.copyOut(root(), "/large", {}, writer.get(), never);
        VERIFY_RESULT(out);
        QCOMPARE(out->file().size, std::uint64_t(4 << 20));
        reader.reset();
        const auto done = out->finish({}, never);
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Unreachable);
    }

    void aCopyMayBeCancelled() {
        int ends[2] = {};
        QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
        const UniqueFd reader(ends[0]);
        const UniqueFd writer(ends[1]); // says nothing
        Cancellation soon;
        std::thread canceller([&] {
            QTest::qSleep(50);
            soon.cancel();
        });
        const auto done = m_files.copyIn(root(), "/", {}, reader.get(), {}, soon);
        canceller.join();
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
    }

    void comparesWithLayers() {
        for (const char* name : {"layers/1/etc", "layers/2", "upper/etc"})
            makeFolder(name);
        write("layers/1/etc/conf", "old");
        write("upper/etc/conf", "new");
        write("upper/added", "x");
        QCOMPARE(::mknod((m_root + "/layers/2/etc-gone").c_str(), S_IFCHR, 0), 0);
        const UniqueFd upper(::open((m_root + "/upper").c_str(), O_RDONLY | O_DIRECTORY));
        const UniqueFd layers(::open((m_root + "/layers").c_str(), O_RDONLY | O_DIRECTORY));
        const auto changes = m_files.changes(upper.get(), layers.get(), {"2", "1"}, Cancellation());
        VERIFY_RESULT(changes);
        const std::vector<FileChange> expected{{"/added", ChangeKind::Added},
                                               {"/etc", ChangeKind::Modified},
                                               {"/etc/conf", ChangeKind::Modified}};
        QVERIFY(*changes == expected);
    }

    // The container exchanges a folder for a link to the host's while its files are copied.
    void aRaceOfLinksLeadsNowhereOutside() {
        makeFolder("swap");
        write("swap/data", "inside");
        QCOMPARE(::symlink(m_outside.c_str(), (m_root + "/link").c_str()), 0);
        std::atomic<bool> stop = false;
        std::atomic<int> swaps = 0;
        std::thread racer([&] {
            while (!stop) {
                ::syscall(SYS_renameat2, m_rootFd.get(), "swap", m_rootFd.get(), "link", 2);
                ++swaps;
            }
        });
        const std::string archive = TarBuilder().add({.name = "new", .owner = 0, .group = 0}).finish();
        bool leaked = false;
        int copied = 0;
        for (int i = 0; i < 100 || swaps < 2000; ++i) {
            const auto out = copiedOut("/swap/data");
            leaked = leaked || (out && out->find("secret") != std::string::npos);
            copied += out ? 1 : 0;
            copied += copyIn(archive, "/swap") ? 1 : 0;
        }
        stop = true;
        racer.join();
        QVERIFY(!leaked);
        QVERIFY(copied > 10);
        QCOMPARE(listDirectory(m_outside).value(), std::vector<std::string>{"data"});
    }
};
ESCALE_TEST(ArchiveTest)

#include "archive_test.moc"
