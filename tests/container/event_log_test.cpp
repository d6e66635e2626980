#include "engine/container/event_log.h"

#include "engine/base/file.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

using namespace escale;

class EventLogTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string path() const { return m_folder.filePath("events").toStdString(); }

private Q_SLOTS:
    void cleanup() { QFile::remove(m_folder.filePath("events")); }

    void filters_data() {
        QTest::addColumn<QString>("terms");
        QTest::addColumn<bool>("fits");
        QTest::newRow("none") << "" << true;
        QTest::newRow("type") << "type=container" << true;
        QTest::newRow("other type") << "type=image" << false;
        QTest::newRow("any of one key") << "event=start event=die" << true;
        QTest::newRow("all keys") << "event=die container=db" << false;
        QTest::newRow("name") << "container=web" << true;
        QTest::newRow("beginning of the id") << "container=abc" << true;
        QTest::newRow("image") << "image=nginx" << true;
        QTest::newRow("label") << "label=tier" << true;
        QTest::newRow("label's value") << "label=tier=front" << true;
        QTest::newRow("label's other value") << "label=tier=back" << false;
        QTest::newRow("no such label") << "label=zone" << false;
    }
    void filters() {
        QFETCH(const QString, terms);
        QFETCH(const bool, fits);
        const Event event{1,
                          1000,
                          0,
                          "container",
                          "die",
                          "abcdef",
                          {{"name", "web"}, {"image", "nginx"}, {"tier", "front"}}};
        EventFilter filter;
        for (const QString& term : terms.split(' ', Qt::SkipEmptyParts))
            filter.terms.push_back(term.toStdString());
        VERIFY_RESULT(checkEventFilter(filter));
        QCOMPARE(matches(event, filter), fits);
    }
    void familiesOfActionsAreFound() {
        const Event event{1, 1000, 0, "container", "health_status: healthy", "abc", {}};
        QVERIFY(matches(event, {0, 0, {"event=health_status"}}));
        QVERIFY(!matches(event, {0, 0, {"event=health"}}));
    }
    void timesBoundIt() {
        const Event event{1, 1000, 0, "container", "die", "abc", {}};
        QVERIFY(matches(event, {1000, 1000, {}}));
        QVERIFY(!matches(event, {1001, 0, {}}));
        QVERIFY(!matches(event, {0, 999, {}}));
    }
    void refusesAnUnknownKey() {
        for (const char* term : {"colour=red", "container", ""})
            QCOMPARE(checkEventFilter({0, 0, {term}}).error().code, ErrorCode::InvalidArgument);
    }
    void keepsTheOrderAndTheOwner() {
        const auto log = EventLog::open(path());
        VERIFY_RESULT(log);
        std::vector<std::uint64_t> told;
        (*log)->onEvent([&told](const Event& event) { told.push_back(event.sequence); });
        (*log)->add(1, "container", "create", "a", {});
        (*log)->add(2, "container", "create", "b", {});
        (*log)->add(1, "container", "start", "a", {});
        QCOMPARE(told, (std::vector<std::uint64_t>{1, 2, 3}));
        const auto mine = (*log)->list(1, {});
        QCOMPARE(mine.size(), std::size_t(2));
        QCOMPARE(mine[1].action, std::string("start"));
    }
    void survivesItsProcess() {
        {
            const auto log = EventLog::open(path());
            (*log)->add(1, "container", "die", "a", {{"exitCode", "3"}});
        }
        QFile file(m_folder.filePath("events"));
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"sequence\":9,\"half a li"); // the machine stopped here
        file.close();
        const auto log = EventLog::open(path());
        VERIFY_RESULT(log);
        QCOMPARE((*log)->list(1, {}).size(), std::size_t(1));
        QCOMPARE((*log)->list(1, {})[0].attributes.at("exitCode"), std::string("3"));
        (*log)->add(1, "container", "destroy", "a", {});
        QCOMPARE((*log)->list(1, {})[1].sequence, std::uint64_t(2));
    }
    void keepsABoundedNumber() {
        {
            const auto log = EventLog::open(path());
            for (std::size_t i = 0; i < 2 * EventLog::kKept + 10; ++i)
                (*log)->add(1, "container", "start", "a", {});
            QCOMPARE((*log)->list(1, {}).size(), EventLog::kKept);
        }
        const auto before = QFileInfo(m_folder.filePath("events")).size();
        const auto log = EventLog::open(path());
        QCOMPARE((*log)->list(1, {}).size(), EventLog::kKept);
        QCOMPARE((*log)->list(1, {}).back().sequence, std::uint64_t(2 * EventLog::kKept + 10));
        QVERIFY(QFileInfo(m_folder.filePath("events")).size() < before * 2 / 3);
    }
};

ESCALE_TEST(EventLogTest)
#include "event_log_test.moc"
