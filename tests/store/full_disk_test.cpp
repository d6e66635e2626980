// The store on a disk that fills up: a small tmpfs.
#include "tests/store/store_fixture.h"

#include <QTest>

#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class FullDiskTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_disk;
    std::unique_ptr<Store> m_store;

    std::uint64_t freeBytes() const {
        struct statvfs status {};
        return ::statvfs(m_disk.c_str(), &status) == 0 ? std::uint64_t{status.f_bavail} * status.f_bsize : 0;
    }
    /// Takes all but `left` bytes.
    Result<void> fill(std::uint64_t left) const {
        TRY_ASSIGN(const UniqueFd file, openFile(m_disk + "/ballast", O_WRONLY | O_CREAT, 0600));
        const std::uint64_t all = freeBytes();
        if (all > left && ::fallocate(file.get(), 0, 0, static_cast<off_t>(all - left)) != 0)
            return failErrno("cannot fill the disk");
        return {};
    }

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(::geteuid() == 0, "mounting needs root");
        m_folder = std::make_unique<QTemporaryDir>();
        m_disk = m_folder->path().toStdString();
        if (::mount("tmpfs", m_disk.c_str(), "tmpfs", 0, "size=4m,mode=700") != 0)
            QSKIP("this machine lets nobody mount a tmpfs");
        auto store = Store::open(m_disk + "/state");
        VERIFY_RESULT(store);
        m_store = std::move(*store);
        VERIFY_RESULT(commit(*m_store, kAlice, "old", {"base"}));
    }
    void cleanup() {
        m_store.reset();
        if (!m_disk.empty())
            QCOMPARE(::umount2(m_disk.c_str(), MNT_DETACH), 0);
        m_disk.clear();
    }

    void failsACommitWhereverItStopsAndStaysUsable_data() {
        QTest::addColumn<int>("pagesLeft");
        // From the first blob that does not fit to the database's log that does not.
        for (int pages = 0; pages < 40; pages += pages < 4 ? 1 : 4)
            QTest::newRow(std::to_string(pages).c_str()) << pages;
    }
    void failsACommitWhereverItStopsAndStaysUsable() {
        QFETCH(int, pagesLeft);
        {
            auto image = newImage(*m_store, kAlice, "new", {"base", "one", "two"});
            VERIFY_RESULT(image);
            // A record too large for what is left, so that each row of the table fails.
            image->settings.labels.emplace_back("large", std::string(160 * 1024, 'x'));
            VERIFY_RESULT(fill(static_cast<std::uint64_t>(pagesLeft) * 4096));
            const auto done = m_store->commitImage(std::move(*image));
            QVERIFY(!done);
            QCOMPARE(done.error().code, ErrorCode::NoSpace);
            QVERIFY(!done.error().hint.empty());
        }
        VERIFY_RESULT(m_store->findImage(kAlice, kRepository + ":old"));
        QVERIFY(!m_store->findImage(kAlice, kRepository + ":new"));
        VERIFY_RESULT(checkInvariants(*m_store));
        QCOMPARE(::unlink((m_disk + "/ballast").c_str()), 0);
        VERIFY_RESULT(commit(*m_store, kAlice, "new", {"base", "one", "two"}));
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void removesAnImageFromAFullDisk() {
        VERIFY_RESULT(
            m_store->database().execute("PRAGMA wal_checkpoint(TRUNCATE)")); // no room in the log either
        VERIFY_RESULT(fill(0));
        VERIFY_RESULT(m_store->removeImageName(kAlice, kRepository, "old"));
        QVERIFY(m_store->images(kAlice)->empty());
        VERIFY_RESULT(checkInvariants(*m_store));
    }
    void opensOnAFullDiskAndRemovesThere() {
        m_store.reset();
        VERIFY_RESULT(fill(0));
        auto store = Store::open(m_disk + "/state");
        VERIFY_RESULT(store);
        VERIFY_RESULT((*store)->findImage(kAlice, kRepository + ":old"));
        VERIFY_RESULT((*store)->removeImageName(kAlice, kRepository, "old"));
        VERIFY_RESULT(checkInvariants(**store));
    }
};
ESCALE_TEST(FullDiskTest)

#include "full_disk_test.moc"
