#include "engine/store/schema.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace escale;

class DatabaseTest : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;

    std::int64_t count() {
        auto statement = m_database->prepare("SELECT count(*) FROM t");
        return statement && statement->step() ? statement->number(0) : -1;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        auto database = Database::open(m_folder->filePath("x.db").toStdString());
        VERIFY_RESULT(database);
        m_database = std::move(*database);
        VERIFY_RESULT(m_database->execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c REAL)"));
    }
    void cleanup() { m_database.reset(); }

    void bringsValuesBackAsTheyWere() {
        const std::string text("a\0'é", 5);
        VERIFY_RESULT(m_database->run("INSERT INTO t VALUES (?1, ?2, ?3)", std::int64_t{-5}, text, 0.5));
        VERIFY_RESULT(
            m_database->run("INSERT INTO t VALUES (?1, ?2, ?3)", 7U, std::optional<std::string>(), 1));
        auto rows = m_database->prepare("SELECT a, b, c FROM t ORDER BY a");
        VERIFY_RESULT(rows);
        QVERIFY(*rows->step());
        QCOMPARE(rows->number(0), std::int64_t{-5});
        QCOMPARE(rows->text(1), text);
        QCOMPARE(rows->real(2), 0.5);
        QVERIFY(*rows->step());
        QVERIFY(rows->isNull(1));
        QVERIFY(!*rows->step());
    }
    void namesTheStatementThatFailed() {
        const auto statement = m_database->prepare("SELEKT 1");
        QVERIFY(!statement);
        QVERIFY(statement.error().message.find("SELEKT 1") != std::string::npos);
    }
    void saysThatAParameterIsTooMany() {
        const auto done = m_database->run("INSERT INTO t(a) VALUES (?1)", 1, 2);
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Internal);
    }
    void saysThatAKeyIsTaken() {
        VERIFY_RESULT(m_database->run("INSERT INTO t(b) VALUES ('x')"));
        QCOMPARE(m_database->run("INSERT INTO t(b) VALUES ('x')").error().code, ErrorCode::AlreadyExists);
    }
    void enforcesForeignKeys() {
        VERIFY_RESULT(m_database->execute("CREATE TABLE u(t INTEGER REFERENCES t(a))"));
        QCOMPARE(m_database->run("INSERT INTO u VALUES (1)").error().code, ErrorCode::WrongState);
    }
    void saysThatTheDiskIsFull() {
        VERIFY_RESULT(m_database->execute("PRAGMA max_page_count=4"));
        const auto done = m_database->run("INSERT INTO t(b) VALUES (?1)", std::string(100000, 'x'));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::NoSpace);
    }
    void rollsBackATransactionThatIsNotCommitted() {
        {
            const auto transaction = Transaction::begin(*m_database);
            VERIFY_RESULT(transaction);
            VERIFY_RESULT(m_database->run("INSERT INTO t(a) VALUES (1)"));
        }
        QCOMPARE(count(), std::int64_t{0});
    }
    void rollsBackAnInnerTransactionAlone() {
        auto outer = Transaction::begin(*m_database);
        VERIFY_RESULT(outer);
        VERIFY_RESULT(m_database->run("INSERT INTO t(a) VALUES (1)"));
        {
            const auto inner = Transaction::begin(*m_database);
            VERIFY_RESULT(inner);
            VERIFY_RESULT(m_database->run("INSERT INTO t(a) VALUES (2)"));
        }
        VERIFY_RESULT(outer->commit());
        QCOMPARE(count(), std::int64_t{1});
    }
    void worksOnAfterSqliteRolledBackByItself() {
        VERIFY_RESULT(m_database->execute("PRAGMA max_page_count=4"));
        {
            const auto transaction = Transaction::begin(*m_database);
            VERIFY_RESULT(transaction);
            QVERIFY(!m_database->run("INSERT INTO t(b) VALUES (?1)", std::string(100000, 'x')));
        }
        auto transaction = Transaction::begin(*m_database);
        VERIFY_RESULT(transaction);
        VERIFY_RESULT(m_database->run("INSERT INTO t(a) VALUES (1)"));
        VERIFY_RESULT(transaction->commit());
        QCOMPARE(count(), std::int64_t{1});
    }
    void leavesAWholeVersionWhenAStepFails() {
        // A table in the way makes the first step fail after it has made others.
        VERIFY_RESULT(m_database->execute("CREATE TABLE network(x)"));
        QVERIFY(!migrate(*m_database));
        auto version = m_database->prepare("PRAGMA user_version");
        QVERIFY(*version->step());
        QCOMPARE(version->number(0), std::int64_t{0});
        auto tables = m_database->prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'image'");
        QVERIFY(*tables->step());
        QCOMPARE(tables->number(0), std::int64_t{0});
    }
};
ESCALE_TEST(DatabaseTest)

#include "database_test.moc"
