// Other file systems through the real escale-worker: a tmpfs, a block device, what is not there. NFS:
// volume_nfs_test.cpp.
#include "engine/base/file.h"
#include "engine/base/mount.h"
#include "helper/worker/mount_worker.h"
#include "tests/support/loop_disk.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/statvfs.h>

using namespace escale;
using namespace escale::test;

class MountTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_target;
    const Cancellation m_never;
    const Mounter m_mount = mountBy(ESCALE_BIN "/escale-worker");

    MountRequest request(MountRequest::Action action, const std::string& type, const std::string& device,
                         const std::string& options = {}) {
        MountRequest request;
        request.action = action;
        request.type = type;
        request.device = device;
        request.options = options;
        request.target = m_target;
        request.root = 0x70000000;
        return request;
    }
    Result<MountAnswer> run(MountRequest::Action action, const std::string& type, const std::string& device,
                            const std::string& options = {}) {
        return m_mount(request(action, type, device, options), m_never);
    }
    using Action = MountRequest::Action;

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(::geteuid() == 0, "mounting needs root");
        m_folder = std::make_unique<QTemporaryDir>();
        m_target = m_folder->path().toStdString() + "/target";
        VERIFY_RESULT(makeDirectories(m_target));
    }
    void cleanup() { ::umount2(m_target.c_str(), MNT_DETACH); }

    void aTmpfsIsMountedAndUnmounted() {
        VERIFY_RESULT(run(Action::Mount, "tmpfs", "tmpfs", "size=1m,uid=5,noatime"));
        QCOMPARE(isMountPoint(m_target).value_or(false), true);
        struct statvfs info {};
        QCOMPARE(::statvfs(m_target.c_str(), &info), 0);
        QCOMPARE(std::uint64_t{info.f_blocks} * info.f_frsize, std::uint64_t{1 << 20});
        QVERIFY((info.f_flag & ST_NOSUID) != 0);
        QVERIFY((info.f_flag & ST_NODEV) != 0);
        QVERIFY((info.f_flag & ST_NOATIME) != 0);
        VERIFY_RESULT(run(Action::Unmount, "", ""));
        QCOMPARE(isMountPoint(m_target).value_or(true), false);
        VERIFY_RESULT(run(Action::Unmount, "", "")); // no error when it has gone already
    }
    void whatIsInUseIsUnmountedAllTheSame() {
        VERIFY_RESULT(run(Action::Mount, "tmpfs", "tmpfs"));
        const auto held = openFile(m_target + "/file", O_WRONLY | O_CREAT, 0600);
        VERIFY_RESULT(held);
        VERIFY_RESULT(run(Action::Unmount, "", ""));
        QCOMPARE(isMountPoint(m_target).value_or(true), false);
    }
    void aBlockDeviceIsMounted() {
        auto disk = LoopDisk::make(m_folder->path().toStdString() + "/disk", "8M");
        if (!disk)
            QSKIP(disk.error().text().c_str());
        VERIFY_RESULT(run(Action::Mount, "ext4", disk->device()));
        QVERIFY(exists(m_target + "/lost+found"));
        // One more of it, for a container.
        const auto opened = run(Action::Open, "", "");
        VERIFY_RESULT(opened);
        QVERIFY(::faccessat(opened->mount.get(), "lost+found", F_OK, 0) == 0);
        VERIFY_RESULT(run(Action::Unmount, "", ""));
    }
    void aTestLooksAndLeavesNothing() {
        auto disk = LoopDisk::make(m_folder->path().toStdString() + "/disk", "8M");
        if (!disk)
            QSKIP(disk.error().text().c_str());
        const auto tested = run(Action::Test, "ext4", disk->device());
        VERIFY_RESULT(tested);
        QVERIFY(tested->total > 4 << 20);
        QVERIFY(tested->free > 0 && tested->free <= tested->total);
        QCOMPARE(tested->uid, 0U);
        QCOMPARE(tested->mode & 07777, 0755U);
        QVERIFY(tested->isWritable); // it can be shifted, so root of the container is its root
        QCOMPARE(isMountPoint(m_target).value_or(true), false);
        const auto readOnly = run(Action::Test, "ext4", disk->device(), "ro");
        VERIFY_RESULT(readOnly);
        QVERIFY(!readOnly->isWritable);
    }
    void whatIsNotThereIsSaid_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("device");
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* type, const char* device, const char* options,
                            ErrorCode code) {
            QTest::newRow(name) << QByteArray(type) << QByteArray(device) << QByteArray(options)
                                << static_cast<int>(code);
        };
        row("no such file system", "nosuchfs", "/dev/null", "", ErrorCode::Unsupported);
        row("no such device", "ext4", "/dev/nosuchdevice", "", ErrorCode::NotFound);
        row("no block device", "ext4", "/dev/null", "", ErrorCode::InvalidArgument);
        row("no such option", "tmpfs", "tmpfs", "nosuchoption=1", ErrorCode::InvalidArgument);
    }
    void whatIsNotThereIsSaid() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, device);
        QFETCH(QByteArray, options);
        QFETCH(int, code);
        const auto mounted =
            run(Action::Mount, type.toStdString(), device.toStdString(), options.toStdString());
        QVERIFY(!mounted);
        if (static_cast<int>(mounted.error().code) != code)
            QFAIL(mounted.error().text().c_str());
    }
    void whatTakesTooLongIsKilled() {
        // In the place of a worker that waits for a server.
        const std::string program = m_folder->path().toStdString() + "/waits";
        VERIFY_RESULT(writeFileAtomically(program, "#!/bin/sh\nexec sleep 1000\n", 0755));
        const Mounter mount = mountBy(program, std::chrono::milliseconds(300));
        const auto mounted = mount(request(Action::Mount, "nfs", "192.0.2.1:/export"), m_never);
        QVERIFY(!mounted);
        QCOMPARE(mounted.error().code, ErrorCode::Unreachable);
        Cancellation cancellation;
        cancellation.cancel();
        QCOMPARE(mount(request(Action::Mount, "nfs", "192.0.2.1:/export"), cancellation).error().code,
                 ErrorCode::Cancelled);
    }
};

ESCALE_TEST(MountTest)
#include "mount_test.moc"
