#include "helper/service/changes.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace escale;

class ChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsManyChangesOnce() {
        Changes changes;
        QSignalSpy told(&changes, &Changes::changed);
        for (int i = 0; i < 100; ++i)
            changes.note(1000, QStringLiteral("containers"),
                         i % 2 == 0 ? QStringLiteral("b") : QStringLiteral("a"));
        QVERIFY(told.wait());
        QTest::qWait(100);
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.first().at(2).toStringList(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    }
    void keepsOwnersAndKindsApart() {
        Changes changes;
        QSignalSpy told(&changes, &Changes::changed);
        changes.note(1000, QStringLiteral("containers"), QStringLiteral("a"));
        changes.note(1000, QStringLiteral("images"), QStringLiteral("b"));
        changes.note(1001, QStringLiteral("containers"), QStringLiteral("c"));
        QTRY_COMPARE(told.count(), 3);
        for (const auto& signal : told) {
            QCOMPARE(signal.at(2).toStringList().size(), 1);
            QCOMPARE(signal.at(0).value<uid_t>() == 1001U,
                     signal.at(2).toStringList().contains(QStringLiteral("c")));
        }
    }
    void isNotPutOffByASteadyStream() {
        Changes changes(50);
        const QSignalSpy told(&changes, &Changes::changed);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 500) {
            changes.note(1000, QStringLiteral("containers"), QStringLiteral("a"));
            QTest::qWait(5);
        }
        QVERIFY2(told.count() >= 2 && told.count() <= 10, qPrintable(QString::number(told.count())));
    }
};
ESCALE_TEST(ChangesTest)

#include "changes_test.moc"
