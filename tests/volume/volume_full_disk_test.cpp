// Volumes on a disk that is full: a small ext4 on a loop device.
#include "engine/base/user_namespace.h"
#include "tests/support/loop_disk.h"
#include "tests/volume/volume_fixture.h"

#include <sys/statvfs.h>

using namespace escale;
using namespace escale::test;

class VolumeFullDiskTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<LoopDisk> m_disk;
    std::unique_ptr<VolumesMachine> m_machine;
    VolumeRecord m_record;
    std::string m_root;

    /// Takes all but `left` bytes.
    Result<void> fillDisk(std::uint64_t left) const {
        TRY_ASSIGN(const UniqueFd file, openFile(m_root + "/ballast", O_WRONLY | O_CREAT, 0600));
        struct statvfs status {};
        if (::statvfs(m_root.c_str(), &status) != 0)
            return failErrno("cannot look at the disk");
        const std::uint64_t all = std::uint64_t{status.f_bavail} * status.f_bsize;
        if (all <= left)
            return {};
        // The file system needs some blocks for itself: what does not fit at once fits in parts, or not at
        // all.
        auto size = static_cast<off_t>(all - left);
        while (size > 0 && ::fallocate(file.get(), 0, 0, size) != 0)
            size -= 4096;
        const std::string block(4096, 'x');
        while (left == 0 && ::pwrite(file.get(), block.data(), block.size(), size) > 0)
            size += 4096;
        return {};
    }

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(::geteuid() == 0, "mounting needs root");
        m_folder = std::make_unique<QTemporaryDir>();
        const std::string folder = m_folder->path().toStdString();
        auto disk = LoopDisk::make(folder + "/disk", "24M");
        if (!disk)
            QSKIP(disk.error().text().c_str());
        m_disk = std::make_unique<LoopDisk>(*std::move(disk));
        m_root = folder + "/root";
        VERIFY_RESULT(makeDirectories(m_root));
        VERIFY_RESULT(m_disk->mountAt(m_root));
        m_machine = std::make_unique<VolumesMachine>(m_root);
        VERIFY_RESULT(m_machine->open());
        const auto record = m_machine->volumes->create(kAlice, {"web", {}, {}});
        VERIFY_RESULT(record);
        m_record = *record;
    }
    void cleanup() {
        m_machine.reset();
        m_disk.reset();
    }

    void aFillThatFindsNoRoomLeavesTheVolumeEmpty() {
        // The image's folder is on another disk, and larger than what is left on this one.
        const std::string source = m_folder->path().toStdString() + "/image";
        VERIFY_RESULT(makeDirectories(source));
        VERIFY_RESULT(writeFileAtomically(source + "/large", std::string(4 << 20, 'x')));
        QCOMPARE(::chown((source + "/large").c_str(), m_machine->base, m_machine->base), 0);
        QCOMPARE(::chown(source.c_str(), m_machine->base, m_machine->base), 0);
        VERIFY_RESULT(fillDisk(1 << 20));
        const auto space = makeUserNamespace(m_machine->base);
        VERIFY_RESULT(space);
        const auto from = openFile(source, O_RDONLY | O_DIRECTORY);
        VERIFY_RESULT(from);
        const Cancellation never;
        const auto filled =
            m_machine->volumes->fill(m_record, from->get(), m_machine->base, space->get(), never);
        QVERIFY(!filled);
        QCOMPARE(filled.error().code, ErrorCode::NoSpace);
        QCOMPARE(entries(m_machine->dataOf(m_record)), std::size_t{0});
        QCOMPARE(entries(m_machine->folderOf(m_record)), std::size_t{1});
        QCOMPARE(::unlink((m_root + "/ballast").c_str()), 0);
        VERIFY_RESULT(m_machine->volumes->fill(m_record, from->get(), m_machine->base, space->get(), never));
        QVERIFY(exists(m_machine->dataOf(m_record) + "/large"));
    }
    void aReplacementThatFindsNoRoomLeavesTheOld() {
        VERIFY_RESULT(m_machine->writeTo(m_record, "old", "old"));
        VERIFY_RESULT(fillDisk(512 << 10));
        QVERIFY(!m_machine->replaceBy(m_record, "new", std::string(4 << 20, 'x')));
        QCOMPARE(textOf(m_machine->dataOf(m_record) + "/old"), std::string("old"));
        QCOMPARE(entries(m_machine->folderOf(m_record)), std::size_t{1});
    }
    void whatAFullDiskHoldsCanBeRemoved() {
        VERIFY_RESULT(m_machine->writeTo(m_record, "large", std::string(4 << 20, 'x')));
        VERIFY_RESULT(fillDisk(0));
        VERIFY_RESULT(m_machine->volumes->remove(m_record));
        QVERIFY(!exists(m_machine->folderOf(m_record)));
    }
    void aCreateThatFindsNoRoomLeavesNothing() {
        VERIFY_RESULT(m_machine->store->database().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
        VERIFY_RESULT(fillDisk(0));
        // A record too large for what the database has left.
        VolumeRequest request{"large", {}, {{"note", std::string(160 << 10, 'x')}}};
        const auto made = m_machine->volumes->create(kAlice, request);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::NoSpace);
        QCOMPARE(entries(m_machine->store->folder() + "/volumes"), std::size_t{1});
        QCOMPARE(m_machine->volumes->list(kAlice)->size(), std::size_t{1});
    }
};

ESCALE_TEST(VolumeFullDiskTest)
#include "volume_full_disk_test.moc"
