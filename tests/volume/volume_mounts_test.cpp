// What is mounted for a volume, and when; by a mounter of the test's own that waits, fails and dies at will.
#include "engine/base/user_namespace.h"
#include "tests/volume/volume_fixture.h"

#include <atomic>
#include <sys/mount.h>
#include <thread>

using namespace escale;
using namespace escale::test;

class VolumeMountsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VolumesMachine> m_machine;
    std::atomic<int> m_mounts = 0, m_unmounts = 0;
    std::atomic<bool> m_isDead = false;
    VolumeRecord m_record;
    const Cancellation m_never;

    /// A tmpfs in the place of whatever is asked for. A dead one answers when it is cancelled, or after a
    /// while.
    Result<MountAnswer> answer(const MountRequest& request, const Cancellation& cancellation) {
        if (request.action == MountRequest::Action::Unmount) {
            ++m_unmounts;
            if (::umount2(request.target.c_str(), MNT_DETACH) != 0)
                return failErrno("cannot unmount");
            return MountAnswer();
        }
        ++m_mounts;
        for (int i = 0; m_isDead && i < 50; ++i) {
            TRY(cancellation.check());
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        if (m_isDead)
            return fail(ErrorCode::Unreachable, "it does not answer");
        if (::mount("tmpfs", request.target.c_str(), "tmpfs", 0, request.options.c_str()) != 0)
            return failErrno("cannot mount");
        return MountAnswer();
    }
    Result<void> open() {
        return m_machine->open([this](const MountRequest& request, const Cancellation& cancellation) {
            return answer(request, cancellation);
        });
    }
    std::string state() { return m_machine->volumes->stateOf(m_record).state; }

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(::geteuid() == 0, "mounting needs root");
        m_mounts = m_unmounts = 0;
        m_isDead = false;
        m_folder = std::make_unique<QTemporaryDir>();
        m_machine = std::make_unique<VolumesMachine>(m_folder->path().toStdString());
        VERIFY_RESULT(open());
        const auto record = m_machine->volumes->create(
            kAlice, {"memory", {{"type", "tmpfs"}, {"o", "size=1m,uid=5,mode=0750"}}, {}});
        VERIFY_RESULT(record);
        m_record = *record;
    }
    void cleanup() {
        if (m_machine && m_machine->volumes) {
            for (const char* const user : {"one", "two"})
                (void)m_machine->volumes->release(m_record, user);
        }
        m_machine.reset();
    }

    void isMountedForTheFirstAndUnmountedAfterTheLast() {
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "two", m_never));
        QCOMPARE(m_mounts.load(), 1);
        QCOMPARE(state(), std::string("mounted"));
        VERIFY_RESULT(m_machine->volumes->release(m_record, "one"));
        QCOMPARE(m_unmounts.load(), 0);
        VERIFY_RESULT(m_machine->volumes->release(m_record, "two"));
        QCOMPARE(m_unmounts.load(), 1);
        QCOMPARE(state(), std::string());
        // Whoever was never in changes nothing.
        VERIFY_RESULT(m_machine->volumes->release(m_record, "two"));
        QCOMPARE(m_unmounts.load(), 1);
    }
    void itsFilesAreOfTheOwnersRange() {
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        const auto content = m_machine->volumes->openContent(m_record, m_machine->base);
        VERIFY_RESULT(content);
        struct stat info {};
        QCOMPARE(::fstatat(content->get(), "", &info, AT_EMPTY_PATH), 0);
        QCOMPARE(info.st_uid, m_machine->base + 5);
        QCOMPARE(info.st_gid, m_machine->base);
        QCOMPARE(info.st_mode & 07777, 0750U);
    }
    void isFilledWhereItIsMounted() {
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        VERIFY_RESULT(m_machine->fill(m_record));
        const auto content = m_machine->volumes->openContent(m_record, m_machine->base);
        VERIFY_RESULT(content);
        struct stat info {};
        QCOMPARE(::fstatat(content->get(), "app/one", &info, 0), 0);
        QCOMPARE(info.st_uid, m_machine->base + 5);
        QVERIFY(::fstatat(content->get(), ".escale-filled", &info, 0) != 0);
    }
    void twoAtOnceMountItOnce() {
        std::vector<Result<void>> done(2);
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < done.size(); ++i)
                threads.emplace_back([&, i] {
                    done[i] = m_machine->volumes->acquire(m_record, i == 0 ? "one" : "two", m_never);
                });
        }
        VERIFY_RESULT(done[0]);
        VERIFY_RESULT(done[1]);
        QCOMPARE(m_mounts.load(), 1);
    }
    void aServerThatDoesNotAnswerIsSaidToBeUnreachable() {
        m_isDead = true;
        const auto acquired = m_machine->volumes->acquire(m_record, "one", m_never);
        QVERIFY(!acquired);
        QCOMPARE(acquired.error().code, ErrorCode::Unreachable);
        QCOMPARE(state(), std::string("unreachable"));
        QVERIFY(!m_machine->volumes->stateOf(m_record).problem.message.empty());
        // Nobody is in, so it may be removed; and when the server is back, it is used.
        m_isDead = false;
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        QCOMPARE(state(), std::string("mounted"));
    }
    void nobodyElseWaitsMeanwhile() {
        m_isDead = true;
        Cancellation cancellation;
        Result<void> done;
        {
            const std::jthread waiting(
                [&] { done = m_machine->volumes->acquire(m_record, "one", cancellation); });
            QTRY_COMPARE(state(), std::string("mounting"));
            VERIFY_RESULT(m_machine->volumes->list(kAlice));
            VERIFY_RESULT(m_machine->volumes->create(kAlice, {"other", {}, {}}));
            cancellation.cancel();
        }
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Cancelled);
        QCOMPARE(state(), std::string());
    }
    void aNewHelperTakesOverWhatIsMounted() {
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        m_machine->close();
        VERIFY_RESULT(open());
        QCOMPARE(state(), std::string("mounted"));
        m_machine->volumes->adopt(m_record, "one");
        VERIFY_RESULT(m_machine->volumes->removeUnusedMounts());
        QCOMPARE(m_unmounts.load(), 0);
        VERIFY_RESULT(m_machine->volumes->release(m_record, "one"));
        QCOMPARE(m_unmounts.load(), 1);
    }
    void whatNobodyUsesAnyMoreIsUnmountedByTheNewHelper() {
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        m_machine->close();
        VERIFY_RESULT(open());
        VERIFY_RESULT(m_machine->volumes->removeUnusedMounts());
        QCOMPARE(m_unmounts.load(), 1);
        QCOMPARE(entries(m_folder->path().toStdString() + "/run/volumes"), std::size_t{0});
    }
    void aRemovalWaitsForALookAtItsFiles() {
        const std::string look = std::string(kLookPrefix) + "1";
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, look, m_never));
        std::thread reader([&] {
            std::this_thread::sleep_for(
                std::chrono::milliseconds(100)); // the removal is refused before, or waits
            (void)m_machine->volumes->release(m_record, look);
        });
        const auto removed = m_machine->volumes->remove(m_record);
        reader.join();
        VERIFY_RESULT(removed);
    }
    void itIsNotRemovedWhileItIsMounted() {
        VERIFY_RESULT(m_machine->volumes->acquire(m_record, "one", m_never));
        QCOMPARE(m_machine->volumes->remove(m_record).error().code, ErrorCode::InUse);
        VERIFY_RESULT(m_machine->volumes->release(m_record, "one"));
        VERIFY_RESULT(m_machine->volumes->remove(m_record));
    }
};

ESCALE_TEST(VolumeMountsTest)
#include "volume_mounts_test.moc"
