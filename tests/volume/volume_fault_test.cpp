// A helper that is killed, or a step that fails, at every step of a change of a volume: the old state or the
// new one.
#include "engine/base/user_namespace.h"
#include "tests/support/failing_step.h"
#include "tests/volume/volume_fixture.h"

using namespace escale;
using namespace escale::test;

class VolumeFaultTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<VolumesMachine> m_machine;

    void rowsOf(const std::vector<std::pair<const char*, bool>>& steps) const {
        QTest::addColumn<QByteArray>("step");
        QTest::addColumn<bool>("isNew");
        for (const auto& [step, isNew] : steps)
            QTest::newRow(step) << QByteArray(step) << isNew;
    }
    /// Another process opens everything and is killed at the step.
    bool killedAt(const QByteArray& step, const std::function<Result<void>()>& work) {
        m_machine->close();
        const bool killed = isKilledAt(step.toStdString(), [&] {
            if (m_machine->open())
                (void)work();
        });
        return killed;
    }
    Result<VolumeRecord> found() { return m_machine->volumes->find(kAlice, "web"); }
    Result<void> lieAround() const {
        m_machine->volumes->waitForRemovals();
        TRY_ASSIGN(const auto names, listDirectory(m_machine->store->folder() + "/volumes"));
        for (const auto& name : names) {
            if (entries(m_machine->store->folder() + "/volumes/" + name) != 1)
                return fail(ErrorCode::Internal, "something lies beside data in " + name);
        }
        if (entries(m_machine->store->folder() + "/staging") != 0)
            return fail(ErrorCode::Internal, "staging is not empty");
        return {};
    }

private Q_SLOTS:
    void init() {
        SKIP_UNLESS(::geteuid() == 0, "idmapped mounts need root");
        m_folder = std::make_unique<QTemporaryDir>();
        m_machine = std::make_unique<VolumesMachine>(m_folder->path().toStdString());
        VERIFY_RESULT(m_machine->open());
    }
    void cleanup() { m_machine.reset(); }

    void createIsAllOrNothing_data() { rowsOf({{"volume folder made", false}, {"volume recorded", true}}); }
    void createIsAllOrNothing() {
        QFETCH(QByteArray, step);
        QFETCH(bool, isNew);
        QVERIFY(killedAt(step, [&]() -> Result<void> {
            TRY(m_machine->volumes->create(kAlice, {"web", {}, {}}));
            return {};
        }));
        VERIFY_RESULT(m_machine->open());
        QCOMPARE(found().has_value(), isNew);
        VERIFY_RESULT(lieAround());
        QCOMPARE(entries(m_machine->store->folder() + "/volumes"), std::size_t{isNew ? 1U : 0U});
    }
    void aCreateThatFailsLeavesNothing() {
        const FailingStep failing("volume folder made");
        QVERIFY(!m_machine->volumes->create(kAlice, {"web", {}, {}}));
        QVERIFY(failing.reached());
        QCOMPARE(entries(m_machine->store->folder() + "/volumes"), std::size_t{0});
    }

    void fillIsAllOrNothing_data() {
        rowsOf({{"volume filling made", false},
                {"volume copied", false},
                {"volume filled", true},
                {"volume entry moved", true},
                {"volume entries moved", true}});
    }
    void fillIsAllOrNothing() {
        QFETCH(QByteArray, step);
        QFETCH(bool, isNew);
        VERIFY_RESULT(m_machine->volumes->create(kAlice, {"web", {}, {}}));
        QVERIFY(killedAt(step, [&]() -> Result<void> {
            TRY_ASSIGN(const auto record, found());
            return m_machine->fill(record);
        }));
        VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(lieAround());
        const auto record = found();
        VERIFY_RESULT(record);
        const std::string data = m_machine->dataOf(*record);
        QCOMPARE(entries(data), std::size_t{isNew ? 2U : 0U});
        QCOMPARE(statOf(data).st_uid, isNew ? 7U : 0U);
        if (isNew)
            QCOMPARE(textOf(data + "/app/one"), std::string("1"));
        // Whatever was left, a fill after it makes it whole.
        VERIFY_RESULT(m_machine->fill(*record));
        QCOMPARE(entries(data), std::size_t{2});
    }
    void aFillThatFailsIsDoneAgain_data() { fillIsAllOrNothing_data(); }
    void aFillThatFailsIsDoneAgain() {
        QFETCH(QByteArray, step);
        const auto record = m_machine->volumes->create(kAlice, {"web", {}, {}});
        VERIFY_RESULT(record);
        {
            const FailingStep failing(step.toStdString());
            QVERIFY(!m_machine->fill(*record));
            QVERIFY(failing.reached());
        }
        // Who uses it next sees nothing or all of it.
        const Cancellation never;
        VERIFY_RESULT(m_machine->volumes->acquire(*record, "next", never));
        const std::size_t count = entries(m_machine->dataOf(*record));
        QVERIFY(count == 0 || count == 2);
        VERIFY_RESULT(m_machine->fill(*record));
        QCOMPARE(entries(m_machine->dataOf(*record)), std::size_t{2});
        VERIFY_RESULT(lieAround());
    }

    void replaceIsAllOrNothing_data() {
        rowsOf({{"volume restoring made", false}, {"volume written", false}, {"volume exchanged", true}});
    }
    void replaceIsAllOrNothing() {
        QFETCH(QByteArray, step);
        QFETCH(bool, isNew);
        const auto made = m_machine->volumes->create(kAlice, {"web", {}, {}});
        VERIFY_RESULT(made);
        VERIFY_RESULT(m_machine->writeTo(*made, "old", "old"));
        QVERIFY(killedAt(step, [&]() -> Result<void> {
            TRY_ASSIGN(const auto record, found());
            return m_machine->replaceBy(record, "new", "new");
        }));
        VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(lieAround());
        const auto content = listDirectory(m_machine->dataOf(*made));
        VERIFY_RESULT(content);
        QCOMPARE(content->size(), std::size_t{1});
        QCOMPARE(content->front(), std::string(isNew ? "new" : "old"));
    }
    void aReplacementThatFailsLeavesTheOld() {
        const auto made = m_machine->volumes->create(kAlice, {"web", {}, {}});
        VERIFY_RESULT(made);
        VERIFY_RESULT(m_machine->writeTo(*made, "old", "old"));
        const FailingStep failing("volume written");
        QVERIFY(!m_machine->replaceBy(*made, "new", "new"));
        QCOMPARE(textOf(m_machine->dataOf(*made) + "/old"), std::string("old"));
        VERIFY_RESULT(lieAround());
    }

    void aNewOneOfABackupIsAllOrNothing_data() {
        rowsOf({{"volume restoring made", false},
                {"volume written", false},
                {"volume exchanged", false},
                {"volume recorded", true}});
    }
    void aNewOneOfABackupIsAllOrNothing() {
        QFETCH(QByteArray, step);
        QFETCH(bool, isNew);
        QVERIFY(killedAt(step, [&]() -> Result<void> {
            TRY(m_machine->createFilledBy("web", "new", "new"));
            return {};
        }));
        VERIFY_RESULT(m_machine->open());
        VERIFY_RESULT(lieAround());
        QCOMPARE(entries(m_machine->store->folder() + "/volumes"), std::size_t{isNew ? 1U : 0U});
        const auto record = found();
        QCOMPARE(record.has_value(), isNew);
        if (isNew)
            QCOMPARE(textOf(m_machine->dataOf(*record) + "/new"), std::string("new"));
    }
    void aNewOneThatFailsLeavesNothing_data() {
        rowsOf({{"volume restoring made", false}, {"volume written", false}, {"volume exchanged", false}});
    }
    void aNewOneThatFailsLeavesNothing() {
        QFETCH(QByteArray, step);
        {
            const FailingStep failing(step.toStdString());
            QVERIFY(!m_machine->createFilledBy("web", "new", "new"));
            QVERIFY(failing.reached());
        }
        QVERIFY(!found());
        QCOMPARE(entries(m_machine->store->folder() + "/volumes"), std::size_t{0});
        VERIFY_RESULT(m_machine->createFilledBy("web", "new", "new"));
    }

    void removeIsAllOrNothing_data() { rowsOf({{"volume row removed", true}, {"volume set aside", true}}); }
    void removeIsAllOrNothing() {
        QFETCH(QByteArray, step);
        const auto made = m_machine->volumes->create(kAlice, {"web", {}, {}});
        VERIFY_RESULT(made);
        VERIFY_RESULT(m_machine->writeTo(*made, "file", "text"));
        QVERIFY(killedAt(step, [&]() -> Result<void> { return m_machine->volumes->remove(*made); }));
        VERIFY_RESULT(m_machine->open());
        QVERIFY(!found());
        QVERIFY(!exists(m_machine->folderOf(*made)));
        m_machine->volumes->waitForRemovals();
        QCOMPARE(entries(m_machine->store->folder() + "/staging"), std::size_t{0});
    }
};

ESCALE_TEST(VolumeFaultTest)
#include "volume_fault_test.moc"
