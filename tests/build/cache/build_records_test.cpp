#include "engine/base/json.h"
#include "engine/build/cache/build_records.h"
#include "tests/store/store_fixture.h"

#include <QTest>

using namespace escale;
using namespace escale::test;

class BuildRecordsTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<BuildRecords> m_records;

    Result<void> open() {
        m_records.reset();
        m_store.reset();
        TRY_ASSIGN(m_store, Store::open(m_folder->path().toStdString() + "/state"));
        TRY_ASSIGN(m_records, BuildRecords::open(*m_store));
        return {};
    }
    Result<BuildRecord> begin(const std::string& id, std::int64_t started, const std::string& name = "app") {
        BuildRecord record;
        record.id = id;
        record.owner = kAlice;
        record.options = Json(Json::Object{{"name", name}}).dump();
        record.startedAt = started;
        TRY(m_records->begin(record));
        return record;
    }
    Result<void> end(BuildRecord record, const std::string& state) {
        record.state = state;
        record.endedAt = record.startedAt + 1;
        return m_records->end(record);
    }
    Result<void> fail(const std::string& id, std::int64_t started, const std::string& name = "app") {
        TRY_ASSIGN(const BuildRecord record, begin(id, started, name));
        TRY(makeDirectories(m_records->failedOf(id) + "/upper"));
        TRY(writeFileAtomically(m_records->failedOf(id) + "/step.json", "{}"));
        return end(record, "failed");
    }

private Q_SLOTS:
    void init() {
        m_records.reset();
        m_store.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        VERIFY_RESULT(open());
    }
    void cleanup() {
        m_records.reset();
        m_store.reset();
    }

    void theNewestComesFirst() {
        VERIFY_RESULT(begin("a", 1));
        VERIFY_RESULT(begin("b", 2));
        const auto found = m_records->list(kAlice);
        QCOMPARE(found->size(), std::size_t{2});
        QCOMPARE(found->front().id, std::string("b"));
        QVERIFY(m_records->list(kBob)->empty());
        QCOMPARE(m_records->find(kBob, "a").error().code, ErrorCode::NotFound);
    }
    void whatRanWhenTheEngineEndedHasFailed() {
        VERIFY_RESULT(begin("a", 1));
        VERIFY_RESULT(open());
        const auto found = m_records->find(kAlice, "a");
        QCOMPARE(found->state, std::string("failed"));
        QCOMPARE(found->error, std::string("the engine ended"));
        QVERIFY(found->endedAt > 0);
        QCOMPARE(m_records->takeInterrupted(), std::vector<std::string>{"a"});
    }
    void whatRunsIsNotRemoved() {
        const auto running = begin("a", 1);
        const auto ended = begin("b", 2);
        VERIFY_RESULT(end(*ended, "done"));
        QCOMPARE(m_records->remove(kAlice, {"b", "a"}).error().code, ErrorCode::InUse);
        QCOMPARE(m_records->list(kAlice)->size(), std::size_t{2});
        VERIFY_RESULT(m_records->remove(kAlice, {"b"}));
        QVERIFY(!exists(m_records->folderOf("b")));
        QCOMPARE(m_records->list(kAlice)->size(), std::size_t{1});
    }
    void theOldestGoAboveTheMost() {
        for (unsigned i = 0; i <= BuildRecords::kMost + 1; ++i) {
            const auto record = begin("id" + std::to_string(i), i);
            VERIFY_RESULT(end(*record, "done"));
        }
        const auto found = m_records->list(kAlice);
        QCOMPARE(found->size(), std::size_t{BuildRecords::kMost});
        QVERIFY(!exists(m_records->folderOf("id0")));
    }
    void aFailedStepGoesWhenTheSameContextIsBuiltWell() {
        VERIFY_RESULT(fail("a", 1));
        VERIFY_RESULT(fail("b", 2, "other"));
        QVERIFY(m_records->keepsFailed("a") && m_records->keepsFailed("b"));
        const auto good = begin("c", 3);
        VERIFY_RESULT(end(*good, "done"));
        QVERIFY(!m_records->keepsFailed("a"));
        QVERIFY(m_records->keepsFailed("b"));
    }
    void theLastFewFailedStepsAreKept() {
        for (int i = 0; i < 7; ++i) {
            VERIFY_RESULT(fail("id" + std::to_string(i), i));
            VERIFY_RESULT(m_records->limitFailed(kAlice));
        }
        QVERIFY(!m_records->keepsFailed("id0") && !m_records->keepsFailed("id1"));
        QVERIFY(m_records->keepsFailed("id2") && m_records->keepsFailed("id6"));
    }
};

ESCALE_TEST(BuildRecordsTest)
#include "build_records_test.moc"
