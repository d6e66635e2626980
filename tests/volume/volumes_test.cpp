#include "engine/base/fail_point.h"
#include "engine/base/identifier.h"
#include "engine/base/user_namespace.h"
#include "tests/volume/volume_fixture.h"

#include <sys/mount.h>
#include <thread>

using namespace escale;
using namespace escale::test;

class VolumesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VolumesMachine> m_machine;

    VolumeRecord made(const std::string& name = "web") {
        const auto record = m_machine->volumes->create(kAlice, {name, {}, {}});
        return record.value_or(VolumeRecord());
    }

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(::geteuid() == 0, "idmapped mounts need root");
        m_folder = std::make_unique<QTemporaryDir>();
        m_machine = std::make_unique<VolumesMachine>(m_folder->path().toStdString());
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() { m_machine.reset(); }

    void aNewVolumeIsAnEmptyFolderOfRoots() {
        const VolumeRecord record = made();
        const struct stat info = statOf(m_machine->dataOf(record));
        QVERIFY(S_ISDIR(info.st_mode));
        QCOMPARE(info.st_mode & 07777, 0755U);
        QCOMPARE(info.st_uid, 0U);
        QCOMPARE(statOf(m_machine->folderOf(record)).st_mode & 07777, 0700U);
        QCOMPARE(m_machine->volumes->list(kAlice)->size(), std::size_t{1});
        QVERIFY(m_machine->volumes->list(kBob)->empty());
    }
    void withoutANameItIsAnonymous() {
        const VolumeRecord record = made("");
        QVERIFY(record.isAnonymous);
        QVERIFY(isId(record.name));
    }
    void twoCreatesOfOneNameEndInOneVolume() {
        std::vector<Result<VolumeRecord>> records(2);
        {
            std::vector<std::jthread> threads;
            for (auto& record : records)
                threads.emplace_back([&] { record = m_machine->volumes->create(kAlice, {"web", {}, {}}); });
        }
        VERIFY_RESULT(records[0]);
        VERIFY_RESULT(records[1]);
        QCOMPARE(records[0]->number, records[1]->number);
        const auto other = m_machine->volumes->create(kAlice, {"web", {{"type", "tmpfs"}}, {}});
        QCOMPARE(other.error().code, ErrorCode::AlreadyExists);
    }
    void aRemovedVolumeLeavesNothing() {
        const VolumeRecord record = made();
        VERIFY_RESULT(m_machine->writeTo(record, "file", "text"));
        VERIFY_RESULT(m_machine->volumes->remove(record));
        QVERIFY(!exists(m_machine->folderOf(record)));
        m_machine->volumes->waitForRemovals();
        QCOMPARE(entries(m_machine->store->folder() + "/staging"), std::size_t{0});
        QCOMPARE(m_machine->volumes->find(kAlice, "web").error().code, ErrorCode::NotFound);
        // The next one of that name is another.
        QVERIFY(made().number > record.number);
    }
    void aRemovalAnswersBeforeItsFilesAreGone() {
        // A folder that is not gone before somebody lets it: it has a mount in it.
        const VolumeRecord record = made();
        const std::string held = m_machine->dataOf(record) + "/held";
        VERIFY_RESULT(makeDirectories(held));
        QCOMPARE(::mount("none", held.c_str(), "tmpfs", 0, nullptr), 0);
        VERIFY_RESULT(m_machine->volumes->remove(record));
        QVERIFY(!exists(m_machine->folderOf(record)));
        m_machine->volumes->waitForRemovals(); // it is refused, and nobody was
        const std::string aside =
            m_machine->store->folder() + "/staging/volume-" + std::to_string(record.number);
        QCOMPARE(::umount((aside + "/data/held").c_str()), 0);
    }
    void whoUsesItKeepsItFromRemovalAndReplacement() {
        const VolumeRecord record = made();
        const Cancellation never;
        VERIFY_RESULT(m_machine->volumes->acquire(record, "container", never));
        QCOMPARE(m_machine->volumes->remove(record).error().code, ErrorCode::InUse);
        QCOMPARE(m_machine->replaceBy(record, "file", "new").error().code, ErrorCode::InUse);
        VERIFY_RESULT(m_machine->volumes->release(record, "container"));
        VERIFY_RESULT(m_machine->volumes->remove(record));
    }

    void itsContentIsShownInTheOwnersRange() {
        const VolumeRecord record = made();
        VERIFY_RESULT(m_machine->writeTo(record, "file", "text"));
        QCOMPARE(::chown((m_machine->dataOf(record) + "/file").c_str(), 33, 34), 0);
        const auto content = m_machine->volumes->openContent(record, m_machine->base);
        VERIFY_RESULT(content);
        struct stat info {};
        QCOMPARE(::fstatat(content->get(), "file", &info, 0), 0);
        QCOMPARE(info.st_uid, m_machine->base + 33);
        QCOMPARE(info.st_gid, m_machine->base + 34);
        // With this machine's ids for a container that has them.
        const auto plain = m_machine->volumes->openContent(record, 0);
        VERIFY_RESULT(plain);
        QCOMPARE(::fstatat(plain->get(), "file", &info, 0), 0);
        QCOMPARE(info.st_uid, 33U);
    }

    void anEmptyVolumeIsFilled() {
        const VolumeRecord record = made();
        const ino_t before = statOf(m_machine->dataOf(record)).st_ino;
        VERIFY_RESULT(m_machine->fill(record));
        const std::string data = m_machine->dataOf(record);
        QCOMPARE(textOf(data + "/app/one"), std::string("1"));
        QCOMPARE(statOf(data + "/app/one").st_uid, 5U);
        QCOMPARE(statOf(data + "/two").st_uid, 0U);
        // The folder is the one that it was, with the owner and the mode of the image's.
        QCOMPARE(statOf(data).st_ino, before);
        QCOMPARE(statOf(data).st_uid, 7U);
        QCOMPARE(statOf(data).st_mode & 07777, 0751U);
        QCOMPARE(entries(m_machine->folderOf(record)), std::size_t{1});
    }
    void aVolumeThatHoldsSomethingIsNotFilled() {
        const VolumeRecord record = made();
        VERIFY_RESULT(m_machine->writeTo(record, "mine", "text"));
        VERIFY_RESULT(m_machine->fill(record));
        QCOMPARE(entries(m_machine->dataOf(record)), std::size_t{1});
    }
    void aFileMayHaveAnyName() {
        const VolumeRecord record = made();
        VERIFY_RESULT(m_machine->writeTo(record, "filled", "text"));
        VERIFY_RESULT(m_machine->fill(record));
        QCOMPARE(entries(m_machine->dataOf(record)), std::size_t{1});
    }
    void whatIsMadeMeanwhileIsNotReplaced() {
        const VolumeRecord record = made();
        onFailPoint = [&](const char* step) -> Result<void> {
            return std::string(step) == "volume filled" ? m_machine->writeTo(record, "two", "mine")
                                                        : Result<void>();
        };
        const auto filled = m_machine->fill(record);
        onFailPoint = nullptr;
        VERIFY_RESULT(filled);
        QCOMPARE(textOf(m_machine->dataOf(record) + "/two"), std::string("mine"));
        QCOMPARE(textOf(m_machine->dataOf(record) + "/app/one"), std::string("1"));
    }
    void twoFillsAtOnceAreOne() {
        const VolumeRecord record = made();
        const auto source = m_machine->source();
        VERIFY_RESULT(source);
        std::vector<Result<void>> done(2);
        {
            std::vector<std::jthread> threads;
            for (auto& one : done)
                threads.emplace_back([&] { one = m_machine->fillFrom(record, source->get()); });
        }
        VERIFY_RESULT(done[0]);
        VERIFY_RESULT(done[1]);
        QCOMPARE(entries(m_machine->dataOf(record)), std::size_t{2});
    }

    void itsContentIsReplacedAsAWhole() {
        const VolumeRecord record = made();
        VERIFY_RESULT(m_machine->writeTo(record, "old", "old"));
        VERIFY_RESULT(m_machine->replaceBy(record, "new", "new"));
        QVERIFY(!exists(m_machine->dataOf(record) + "/old"));
        QCOMPARE(textOf(m_machine->dataOf(record) + "/new"), std::string("new"));
        QCOMPARE(statOf(m_machine->dataOf(record) + "/new").st_uid, 0U);
        QCOMPARE(entries(m_machine->folderOf(record)), std::size_t{1});
    }

    void aFolderOfTheMachinesIsOpenedWithItsOwnersRights() {
        const std::string folder = m_folder->path().toStdString() + "/mine";
        VERIFY_RESULT(makeDirectories(folder, 0700));
        QCOMPARE(::chmod(m_folder->path().toStdString().c_str(), 0711), 0);
        const VolumeRequest request{"mine", {{"type", "none"}, {"device", folder}, {"o", "bind"}}, {}};
        // The folder is root's …
        QCOMPARE(m_machine->volumes->create(kAlice, request).error().code, ErrorCode::PermissionDenied);
        // … and now it is Alice's, who is root in her containers.
        QCOMPARE(::chown(folder.c_str(), kAlice, kAlice), 0);
        const auto record = m_machine->volumes->create(kAlice, request);
        VERIFY_RESULT(record);
        const auto content = m_machine->volumes->openContent(*record, m_machine->base);
        VERIFY_RESULT(content);
        struct stat info {};
        QCOMPARE(::fstatat(content->get(), "", &info, AT_EMPTY_PATH), 0);
        QCOMPARE(info.st_uid, m_machine->base);
        // Nothing is done in it by root, as filling it would be.
        VERIFY_RESULT(m_machine->fill(*record));
        QCOMPARE(entries(folder), std::size_t{0});
        // What she removes is the volume, not the folder.
        VERIFY_RESULT(m_machine->volumes->remove(*record));
        QVERIFY(exists(folder));
    }

    void aFolderOfTheMachinesIsReadOnlyWhenItIsSoWritten() {
        const std::string folder = m_folder->path().toStdString() + "/mine";
        VERIFY_RESULT(makeDirectories(folder, 0755));
        QCOMPARE(::chmod(m_folder->path().toStdString().c_str(), 0711), 0);
        const auto record = m_machine->volumes->create(
            kAlice, {"mine", {{"type", "none"}, {"device", folder}, {"o", "bind,ro"}}, {}});
        VERIFY_RESULT(record);
        const auto content = m_machine->volumes->openContent(*record, 0);
        VERIFY_RESULT(content);
        const auto file = openFileAt(content->get(), "file", O_WRONLY | O_CREAT, 0644);
        QVERIFY(!file);
    }

    void everyVolumeGoesWithAPurge() {
        (void)made("one");
        (void)made("two");
        VERIFY_RESULT(m_machine->volumes->create(kBob, {"one", {}, {}}));
        VERIFY_RESULT(m_machine->volumes->purge());
        QCOMPARE(entries(m_machine->store->folder() + "/volumes"), std::size_t{0});
    }

    void filesOfALostDatabaseAreKept() {
        const VolumeRecord record = made();
        VERIFY_RESULT(m_machine->writeTo(record, "file", "text"));
        m_machine->close();
        for (const char* const name : {"escale.db", "escale.db-wal", "escale.db-shm"})
            ::unlink((m_folder->path().toStdString() + "/state/" + name).c_str());
        const auto opened = m_machine->open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::WrongState);
        QCOMPARE(textOf(m_machine->dataOf(record) + "/file"), std::string("text"));
    }
    void filesThatAnOlderDatabaseDoesNotKnowAreKept() {
        const std::string stray = m_folder->path().toStdString() + "/state/volumes/40";
        VERIFY_RESULT(makeDirectories(stray + "/data"));
        VERIFY_RESULT(writeFileAtomically(stray + "/data/file", "text"));
        m_machine->close();
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(textOf(stray + "/data/file"), std::string("text"));
        QVERIFY(made().number > 40);
    }
};

ESCALE_TEST(VolumesTest)
#include "volumes_test.moc"
