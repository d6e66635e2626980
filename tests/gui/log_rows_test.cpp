#include "gui/common/log_rows.h"
#include "gui/common/log_store.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

class LogRowsTest : public QObject {
    Q_OBJECT

    // Widths 0, 1, … 24, 0, 1, …
    static void fill(LogStore& store, int count) {
        for (int i = 0; i < count; ++i)
            store.append({QString(store.end() % 25, QLatin1Char('x')), 0, false});
    }
    static int height(qint64 line, int columns) {
        return static_cast<int>(std::max<qint64>(1, (line % 25 + columns - 1) / columns));
    }
    // Every row is found where counting finds it.
    static void check(const LogRows& rows, int columns) {
        qint64 row = 0;
        for (qint64 place = rows.begin(); place < rows.end(); ++place) {
            QCOMPARE(rows.rowOf(place), row);
            const int high = columns == 0 ? 1 : height(rows.lineAt(place), columns);
            QCOMPARE(rows.rowsOf(place), high);
            const LogRows::Row last = rows.at(row + high - 1);
            QCOMPARE(last.place, place);
            QCOMPARE(last.within, high - 1);
            row += high;
        }
        QCOMPARE(rows.rowCount(), row);
    }

private Q_SLOTS:
    void rowsAreFound_data() {
        QTest::addColumn<int>("columns");
        QTest::newRow("not wrapped") << 0;
        QTest::newRow("wrapped") << 10;
        QTest::newRow("all fit") << 80;
    }
    void rowsAreFound() {
        QFETCH(const int, columns);
        LogStore store({3000, 1 << 20});
        LogRows rows(store);
        rows.setColumns(columns);
        fill(store, 2500);
        QCOMPARE(rows.follow(), 0);
        check(rows, columns);
        // Also when lines have gone at the beginning: their rows are told.
        const qint64 before = rows.rowOf(1700);
        fill(store, 2200);
        QCOMPARE(rows.follow(), before);
        check(rows, columns);
        // When all have.
        fill(store, 9000);
        rows.follow();
        check(rows, columns);
    }

    void chosenLinesOnly() {
        LogStore store({3000, 1 << 20});
        LogRows rows(store);
        rows.setColumns(10);
        fill(store, 3000);
        rows.showChosen();
        QVERIFY(rows.isEmpty());
        std::vector<qint64> odd;
        for (qint64 line = 1; line < 3000; line += 2)
            odd.push_back(line);
        rows.choose(odd);
        check(rows, 10);
        QCOMPARE(rows.lineAt(rows.placeOf(4)), 5);
        fill(store, 100);
        rows.follow();
        QCOMPARE(rows.lineAt(rows.begin()), 101);
        check(rows, 10);
        rows.showAll();
        check(rows, 10);
    }
};

ESCALE_TEST(LogRowsTest)
#include "log_rows_test.moc"
