#include "gui/common/log_store.h"
#include "tests/support/test_registry.h"

using namespace escale::gui;

class LogStoreTest : public QObject {
    Q_OBJECT

    static LogLine line(const QString& text, bool isError = false) { return {text, 7, isError}; }

private Q_SLOTS:
    void keepsWhatItIsGiven() {
        LogStore store;
        store.append({QStringLiteral("h\u00fc \U0001F600"), 42, true});
        QCOMPARE(store.plainText(0), QStringLiteral("h\u00fc \U0001F600"));
        QCOMPARE(store.time(0), 42);
        QVERIFY(store.isError(0));
        QCOMPARE(store.cells(0), 5);
    }

    void dropsTheOldestLines() {
        LogStore store({3, 1 << 20});
        for (int i = 0; i < 5; ++i)
            store.append(line(QString::number(i)));
        QCOMPARE(store.begin(), 2);
        QCOMPARE(store.end(), 5);
        QCOMPARE(store.plainText(2), QStringLiteral("2"));
        QVERIFY(store.hasDropped());
    }

    void dropsByBytesAndGivesChunksBack() {
        LogStore store({1'000'000, 4 << 20});
        const QString text(1 << 16, QLatin1Char('x'));
        for (int i = 0; i < 200; ++i)
            store.append(line(text));
        QVERIFY(store.textSize() <= 4 << 20);
        QVERIFY(store.memorySize() <= 6 << 20);
        QCOMPARE(store.plainText(store.begin()), text);
    }

    void aStyleGoesOnInItsStreamsNextLine() {
        LogStore store;
        store.append(line(QStringLiteral("\x1b[31mred")));
        store.append(line(QStringLiteral("error"), true));
        store.append(line(QStringLiteral("still red\x1b[0m")));
        store.append(line(QStringLiteral("plain")));
        QCOMPARE(store.styled(1).first, TextStyle());
        QCOMPARE(store.styled(2).first.foreground, TextStyle::kIndexed | 1);
        QCOMPARE(store.styled(3).first, TextStyle());
        QCOMPARE(store.plainText(2), QStringLiteral("still red"));
    }

    void aCopyStaysAsItIs() {
        LogStore store({2, 1 << 20});
        store.append(line(QStringLiteral("a")));
        const LogStore copy = store;
        store.append(line(QStringLiteral("b")));
        store.append(line(QStringLiteral("c")));
        QCOMPARE(copy.count(), 1);
        QCOMPARE(copy.plainText(0), QStringLiteral("a"));
    }
};

ESCALE_TEST(LogStoreTest)
#include "log_store_test.moc"
