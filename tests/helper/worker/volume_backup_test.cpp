// A volume's backup and its return, by the real escale-worker with the owner's ids, and beside GNU tar.
#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "engine/base/user_namespace.h"
#include "helper/worker/files_worker.h"
#include "tests/image/file_attributes.h"
#include "tests/image/layer_builder.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <csignal>
#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

const std::string kWorker = std::string(ESCALE_BIN) + "/escale-worker";
constexpr std::uint32_t kBase = 1'900'544;
constexpr std::array<timespec, 2> kTimes{{{1'600'000'000, 0}, {1'500'000'000, 123'456'789}}};

// With the host's ids, as the archive has them, and in the owner's range.
const std::string kAcl = acl({{1, 6}, {2, 7, 41000}, {4, 4}, {8, 5, 41001}, {16, 7}, {32, 0}});
const std::string kOwnersAcl =
    acl({{1, 6}, {2, 7, kBase + 41000}, {4, 4}, {8, 5, kBase + 41001}, {16, 7}, {32, 0}});
const std::string kInherited = acl({{1, 7}, {2, 7, 41000}, {4, 5}, {16, 7}, {32, 5}});
const std::string kOwnersInherited = acl({{1, 7}, {2, 7, kBase + 41000}, {4, 5}, {16, 7}, {32, 5}});
// vfs_cap_data of CAP_NET_BIND_SERVICE: version 2, and version 3 for the owner's range.
const std::string
    kCapability("\x01\x00\x00\x02\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 20);
const std::string
    kOwnersCapability("\x01\x00\x00\x03\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
                      "\x00\x00\x1d\x00",
                      24);

struct stat statOf(const std::string& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        info.st_mode = 0;
    return info;
}

UniqueFd folderAt(const std::string& path) {
    return UniqueFd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

UniqueFd fileWith(const std::string& content) {
    UniqueFd fd(::memfd_create("archive", MFD_CLOEXEC));
    (void)writeAll(fd.get(), content, "memory");
    ::lseek(fd.get(), 0, SEEK_SET);
    return fd;
}

std::string hex(const std::string& bytes) {
    return QByteArray::fromStdString(bytes).toHex(' ').toStdString();
}

std::string shell(const std::string& command) {
    return runProgram({"/bin/sh", "-c", command}).value_or("failed");
}

} // namespace

class VolumeBackupTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_source, m_target;
    UniqueFd m_ids;
    const FilesWorker m_worker{kWorker};

    // Everything that a file can be, as the owner's containers have made it (`base`), or the host's tar.
    void fill(std::uint32_t base, const std::string& access, const std::string& inherited,
              const std::string& capability) {
        VERIFY_RESULT(makeDirectories(m_source + "/sub/empty"));
        const auto make = [this](const std::string& name, const std::string& content) {
            return writeFileAtomically(m_source + "/" + name, content, 0600).has_value();
        };
        QVERIFY(make("plain", "content") && make("sub/program", "x") && make("server", "x"));
        QVERIFY(make("sub/\xff\xfe", "no utf-8") && make("one", "shared") && make("sparse", "start"));
        QVERIFY(make("ACL", "x"));
        QCOMPARE(::link((m_source + "/one").c_str(), (m_source + "/sub/two").c_str()), 0);
        QCOMPARE(::symlink("/etc/passwd", (m_source + "/link").c_str()), 0);
        QCOMPARE(::mkfifo((m_source + "/pipe").c_str(), 0620), 0);
        QCOMPARE(::truncate((m_source + "/sparse").c_str(), 200 << 20), 0);
        VERIFY_RESULT(
            runProgram({"/bin/chown", "-hR", std::to_string(base) + ":" + std::to_string(base), m_source}));
        QCOMPARE(::chown((m_source + "/plain").c_str(), base + 1000, base + 65533), 0);
        QCOMPARE(::chmod((m_source + "/plain").c_str(), 0640), 0);
        QCOMPARE(::chmod((m_source + "/sub/program").c_str(), 06755), 0);
        QVERIFY(setAttribute(m_source + "/server", "security.capability", capability));
        QVERIFY(setAttribute(m_source + "/ACL", kAccessAcl, access));
        QVERIFY(setAttribute(m_source + "/sub", kDefaultAcl, inherited));
        QVERIFY(setAttribute(m_source + "/plain", "user.colour", std::string("bl\0ue", 5)));
        QVERIFY(setAttribute(m_source, "user.folder", "itself"));
        QCOMPARE(::chown(m_source.c_str(), base + 999, base + 998), 0);
        QCOMPARE(::chmod(m_source.c_str(), 01770), 0);
        for (const char* each : {"plain", "sub", "."})
            QCOMPARE(::utimensat(AT_FDCWD, (m_source + "/" + each).c_str(), kTimes.data(), 0), 0);
    }
    void check(std::uint32_t base, const std::string& access, const std::string& inherited,
               const std::string& capability) {
        const struct stat own = statOf(m_target);
        QCOMPARE(own.st_mode, mode_t(S_IFDIR | 01770));
        QCOMPARE(own.st_uid, base + 999);
        QCOMPARE(own.st_gid, base + 998);
        QCOMPARE(own.st_mtim.tv_nsec, 123'456'789);
        QCOMPARE(attribute(m_target, "user.folder"), std::string("itself"));
        const struct stat plain = statOf(m_target + "/plain");
        QCOMPARE(plain.st_mode, mode_t(S_IFREG | 0640));
        QCOMPARE(plain.st_uid, base + 1000);
        QCOMPARE(plain.st_gid, base + 65533);
        QCOMPARE(plain.st_mtim.tv_sec, 1'500'000'000);
        QCOMPARE(plain.st_mtim.tv_nsec, 123'456'789);
        QCOMPARE(readFile(m_target + "/plain").value_or(""), std::string("content"));
        QCOMPARE(attribute(m_target + "/plain", "user.colour"), std::string("bl\0ue", 5));
        QCOMPARE(statOf(m_target + "/sub/program").st_mode, mode_t(S_IFREG | 06755));
        QCOMPARE(attribute(m_target + "/server", "security.capability"), capability);
        QCOMPARE(hex(attribute(m_target + "/ACL", kAccessAcl)), hex(access));
        QCOMPARE(hex(attribute(m_target + "/sub", kDefaultAcl)), hex(inherited));
        QCOMPARE(attribute(m_target + "/sub/program", kAccessAcl), std::string("none"));
        QCOMPARE(statOf(m_target + "/sub").st_mtim.tv_sec, 1'500'000'000);
        QVERIFY(S_ISDIR(statOf(m_target + "/sub/empty").st_mode));
        QCOMPARE(readFile(m_target + "/sub/\xff\xfe").value_or(""), std::string("no utf-8"));
        QCOMPARE(statOf(m_target + "/one").st_ino, statOf(m_target + "/sub/two").st_ino);
        QCOMPARE(shell("readlink " + m_target + "/link"), std::string("/etc/passwd\n"));
        QCOMPARE(statOf(m_target + "/pipe").st_mode, mode_t(S_IFIFO | 0620));
        QCOMPARE(statOf(m_target + "/sparse").st_size, off_t(200) << 20);
        QVERIFY(statOf(m_target + "/sparse").st_blocks * 512 < (1 << 20));
    }

    void write(const std::string& name, const std::string& content) {
        VERIFY_RESULT(writeFileAtomically(m_source + "/" + name, content));
        QCOMPARE(::chown((m_source + "/" + name).c_str(), kBase, kBase), 0);
    }
    Result<std::string> backup(LayerCompression compression = LayerCompression::None) {
        const UniqueFd source = folderAt(m_source);
        const UniqueFd output = fileWith({});
        TRY_ASSIGN(auto out,
                   m_worker.copyOut({source.get(), m_ids.get()}, "/", FilesWorker::backupOptions(compression),
                                    output.get(), Cancellation()));
        TRY(out.finish({}, Cancellation()));
        ::lseek(output.get(), 0, SEEK_SET);
        return readFd(output.get(), 256u << 20);
    }
    Result<worker::FilesTotals> restore(const std::string& archive) {
        const UniqueFd target = folderAt(m_target);
        return m_worker.copyIn({target.get(), m_ids.get()}, "/", FilesWorker::restoreOptions(),
                               fileWith(archive).get(), {}, Cancellation());
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        ::umask(0);
        auto ids = makeUserNamespace(kBase);
        SKIP_UNLESS(ids.has_value(), "needs user namespaces");
        m_ids = *std::move(ids);
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_source = m_folder->path().toStdString() + "/source";
        m_target = m_folder->path().toStdString() + "/target";
        for (const auto& each : {m_source, m_target}) {
            VERIFY_RESULT(makeDirectories(each));
            QCOMPARE(::chown(each.c_str(), kBase, kBase), 0);
        }
    }
    void cleanup() { VERIFY_RESULT(removeTree(m_folder->path().toStdString())); }

    void everythingComesBack_data() {
        QTest::addColumn<int>("compression");
        QTest::newRow("none") << int(LayerCompression::None);
        QTest::newRow("gzip") << int(LayerCompression::Gzip);
        QTest::newRow("zstd") << int(LayerCompression::Zstd);
    }
    void everythingComesBack() {
        QFETCH(int, compression);
        fill(kBase, kOwnersAcl, kOwnersInherited, kOwnersCapability);
        const auto archive = backup(static_cast<LayerCompression>(compression));
        VERIFY_RESULT(archive);
        VERIFY_RESULT(restore(*archive));
        check(kBase, kOwnersAcl, kOwnersInherited, kOwnersCapability);
    }

    void gnuTarReadsIt() {
        fill(kBase, kOwnersAcl, kOwnersInherited, kOwnersCapability);
        const auto archive = backup();
        VERIFY_RESULT(archive);
        const std::string file = m_folder->path().toStdString() + "/backup.tar";
        VERIFY_RESULT(writeFileAtomically(file, *archive));
        VERIFY_RESULT(runProgram({"/bin/tar", "--acls", "--xattrs", "--xattrs-include=*", "--numeric-owner",
                                  "-xpf", file, "-C", m_target}));
        check(0, kAcl, kInherited, kCapability);
    }

    void itReadsGnuTars_data() {
        QTest::addColumn<QByteArray>("attributes");
        QTest::newRow("ACLs in words") << QByteArrayLiteral("--xattrs-exclude=system.*");
        QTest::newRow("ACLs twice") << QByteArrayLiteral("--xattrs-include=*");
    }
    // Users and groups that have no name here: GNU tar writes names, which mean nothing elsewhere.
    void itReadsGnuTars() {
        QFETCH(QByteArray, attributes);
        fill(0, kAcl, kInherited, kCapability);
        const std::string file = m_folder->path().toStdString() + "/backup.tar";
        VERIFY_RESULT(runProgram({"/bin/tar", "--acls", "--xattrs", attributes.toStdString(),
                                  "--numeric-owner", "--sparse", "-cf", file, "-C", m_source, "."}));
        VERIFY_RESULT(restore(readFile(file, 256u << 20).value()));
        check(kBase, kOwnersAcl, kOwnersInherited, kOwnersCapability);
    }

    void theFirstEntryIsTheFolderItself() {
        write("file", "x");
        const auto archive = backup();
        VERIFY_RESULT(archive);
        const std::string file = m_folder->path().toStdString() + "/backup.tar";
        VERIFY_RESULT(writeFileAtomically(file, *archive));
        QCOMPARE(shell("tar -tf " + file), std::string("./\n./file\n"));
    }

    void whatAnOverlayInTheVolumeHidComesBack() {
        QCOMPARE(::mknod((m_source + "/whiteout").c_str(), S_IFCHR, 0), 0);
        QCOMPARE(::mknod((m_source + "/null").c_str(), S_IFCHR | 0666, ::makedev(1, 3)), 0);
        const auto archive = backup();
        VERIFY_RESULT(archive);
        VERIFY_RESULT(restore(*archive));
        QVERIFY(S_ISCHR(statOf(m_target + "/whiteout").st_mode));
        QCOMPARE(statOf(m_target + "/null").st_mode, mode_t(0)); // devices are none of a volume's
    }

    void archivesThatMeanHarm_data() {
        QTest::addColumn<QByteArray>("archive");
        const auto row = [](const char* name, const TarBuilder& builder) {
            QTest::newRow(name) << QByteArray::fromStdString(builder.finish());
        };
        row("a disk", TarBuilder().add({.name = "sda", .type = '4'}));
        row("upwards", TarBuilder().add({.name = "../escaped", .content = "x"}));
        row("upwards in the middle", TarBuilder().add({.name = "a/../../escaped", .content = "x"}));
        row("absolute", TarBuilder().add({.name = "/escaped", .content = "x"}));
        row("through a link", TarBuilder()
                                  .add({.name = "out", .type = '2', .link = "../outside"})
                                  .add({.name = "out/escaped", .content = "x"}));
        row("a hard link to elsewhere",
            TarBuilder().add({.name = "x", .type = '1', .link = "../outside/secret"}));
    }
    void archivesThatMeanHarm() {
        QFETCH(QByteArray, archive);
        const std::string outside = m_folder->path().toStdString() + "/outside";
        VERIFY_RESULT(makeDirectories(outside));
        VERIFY_RESULT(writeFileAtomically(outside + "/secret", "secret"));
        const auto done = restore(archive.toStdString());
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Untrusted);
        QCOMPARE(listDirectory(outside).value(), std::vector<std::string>{"secret"});
        QCOMPARE(statOf(outside + "/secret").st_nlink, nlink_t(1));
        QCOMPARE(statOf(m_folder->path().toStdString() + "/escaped").st_mode, mode_t(0));
        QCOMPARE(statOf("/escaped").st_mode, mode_t(0));
    }

    void whatIsWrittenMeanwhileDoesNotBreakIt() {
        write("grows", std::string(1 << 20, 'x'));
        std::atomic<bool> ends = false;
        std::thread writer([&] {
            ::setfsgid(kBase); // of this thread: as the container's root
            ::setfsuid(kBase);
            for (int i = 0; !ends; ++i) {
                const std::string name = m_source + "/" + std::to_string(i % 100);
                (void)writeFileAtomically(name, std::string(static_cast<std::size_t>(i % 5000), 'x'));
                (void)::truncate((m_source + "/grows").c_str(), (i % 3) << 20);
                (void)::unlink((m_source + "/" + std::to_string((i + 50) % 100)).c_str());
            }
        });
        std::vector<Result<std::string>> archives;
        for (int i = 0; i < 10; ++i)
            archives.push_back(backup(LayerCompression::Zstd));
        ends = true;
        writer.join();
        for (const auto& archive : archives) {
            VERIFY_RESULT(archive);
            VERIFY_RESULT(restore(*archive));
        }
    }

    void oneThatNobodyReadsEnds() {
        write("big", std::string(8 << 20, 'x'));
        std::array<int, 2> ends{};
        QCOMPARE(::pipe2(ends.data(), O_CLOEXEC), 0);
        UniqueFd writing(ends[1]);
        const UniqueFd source = folderAt(m_source);
        auto out = m_worker.copyOut({source.get(), m_ids.get()}, "/",
                                    FilesWorker::backupOptions(LayerCompression::None), writing.get(),
                                    Cancellation());
        VERIFY_RESULT(out);
        writing.reset();
        ::close(ends[0]);
        const auto done = out->finish({}, Cancellation());
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Unreachable);
    }

    void aBrokenOneIsAnError() {
        fill(kBase, kOwnersAcl, kOwnersInherited, kOwnersCapability);
        const auto archive = backup(LayerCompression::Zstd);
        VERIFY_RESULT(archive);
        const auto cut = restore(archive->substr(0, archive->size() / 2));
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, ErrorCode::Untrusted);
        // At the end of an entry, where a tar could end but for its mark.
        const std::string plain = TarBuilder().add({.name = "whole", .content = "x"}).bytes();
        const auto unmarked = restore(plain);
        QVERIFY(!unmarked);
        QCOMPARE(unmarked.error().code, ErrorCode::Untrusted);
        QVERIFY(!restore(""));
        const auto none = restore("this is no archive at all, but long enough to be looked at as one");
        QVERIFY(!none);
        QCOMPARE(none.error().code, ErrorCode::Untrusted);
    }
};
ESCALE_TEST(VolumeBackupTest)

#include "volume_backup_test.moc"
