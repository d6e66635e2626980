#include "engine/volume/volume_records.h"
#include "tests/store/store_fixture.h"

using namespace escale;
using namespace escale::test;

class VolumeRecordsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<VolumeRecords> m_records;

    static VolumeRecord record(std::int64_t number, uid_t owner, const std::string& name) {
        VolumeRecord record;
        record.number = number;
        record.owner = owner;
        record.name = name;
        record.options = {{"type", "tmpfs"}, {"o", "size=1m"}};
        record.labels = {{"app", "web"}, {"empty", ""}};
        record.createdAt = 1234;
        return record;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto store = Store::open(m_folder->path().toStdString() + "/state");
        VERIFY_RESULT(store);
        m_store = std::move(*store);
        m_records = std::make_unique<VolumeRecords>(*m_store);
    }

    void aRecordComesBackAsItWas() {
        VERIFY_RESULT(m_records->insert(record(7, kAlice, "web")));
        const auto found = m_records->find(kAlice, "web");
        VERIFY_RESULT(found);
        QCOMPARE(found->number, std::int64_t{7});
        QVERIFY(found->options == record(7, kAlice, "web").options);
        QVERIFY(found->labels == record(7, kAlice, "web").labels);
        QCOMPARE(found->createdAt, std::int64_t{1234});
        QCOMPARE(found->measuredAt, std::int64_t{0});
        QVERIFY(!found->isAnonymous);
    }
    void namesAreEachOwnersOwn() {
        VERIFY_RESULT(m_records->insert(record(1, kAlice, "web")));
        VERIFY_RESULT(m_records->insert(record(2, kBob, "web")));
        const auto again = m_records->insert(record(3, kAlice, "web"));
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        const auto alices = m_records->of(kAlice);
        VERIFY_RESULT(alices);
        QCOMPARE(alices->size(), std::size_t{1});
        QCOMPARE(m_records->find(kBob, "other").error().code, ErrorCode::NotFound);
    }
    void oneOwnerHasNoMoreThanAListCanHold() {
        for (std::int64_t number = 1; number <= kMostVolumes; ++number)
            VERIFY_RESULT(m_records->insert(record(number, kAlice, "v" + std::to_string(number))));
        QCOMPARE(m_records->insert(record(kMostVolumes + 1, kAlice, "web")).error().code,
                 ErrorCode::WrongState);
        VERIFY_RESULT(m_records->insert(record(kMostVolumes + 1, kBob, "web")));
    }
    void aVolumeWithUsesStays() {
        VERIFY_RESULT(commit(*m_store, kAlice, "latest", {"base"}));
        const auto image = m_store->findImage(kAlice, kRepository + ":latest");
        VERIFY_RESULT(image);
        VERIFY_RESULT(addContainer(*m_store, kAlice, "one", image->digest));
        VERIFY_RESULT(m_records->insert(record(1, kAlice, "web")));
        VERIFY_RESULT(m_records->insertUse({"one", "/data", 1, true}));
        QCOMPARE(m_records->remove(1).error().code, ErrorCode::InUse);
        const auto uses = m_records->usesOfOwner(kAlice);
        VERIFY_RESULT(uses);
        QCOMPARE(uses->size(), std::size_t{1});
        QCOMPARE(uses->front().target, std::string("/data"));
        QVERIFY(uses->front().readOnly);
        // When the container has gone, so have its uses.
        VERIFY_RESULT(m_store->database().run("DELETE FROM container WHERE id = 'one'"));
        QVERIFY(m_records->usesOf("one")->empty());
        VERIFY_RESULT(m_records->remove(1));
        QCOMPARE(m_records->remove(1).error().code, ErrorCode::NotFound);
    }
    void aNumberIsNotGivenAgain() {
        VERIFY_RESULT(m_records->insert(record(5, kAlice, "web")));
        VERIFY_RESULT(m_records->remove(5));
        const auto last = m_records->lastNumber();
        VERIFY_RESULT(last);
        QCOMPARE(*last, std::int64_t{5});
    }
    void aMeasureIsKept() {
        VERIFY_RESULT(m_records->insert(record(1, kAlice, "web")));
        VERIFY_RESULT(m_records->saveMeasure(1, 4096, 3, 99));
        VERIFY_RESULT(m_records->saveUsed(1, 77));
        const auto found = m_records->find(kAlice, "web");
        VERIFY_RESULT(found);
        QCOMPARE(found->size, std::uint64_t{4096});
        QCOMPARE(found->files, std::uint64_t{3});
        QCOMPARE(found->measuredAt, std::int64_t{99});
        QCOMPARE(found->usedAt, std::int64_t{77});
    }
};

ESCALE_TEST(VolumeRecordsTest)
#include "volume_records_test.moc"
