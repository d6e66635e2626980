#include "gui/common/log_search.h"
#include "gui/common/log_store.h"
#include "tests/support/test_registry.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <algorithm>

using namespace escale::gui;

class LogSearchTest : public QObject {
    Q_OBJECT

    static void fill(LogStore& store, qint64 count) {
        for (qint64 i = 0; i < count; ++i)
            store.append({QStringLiteral("line %1").arg(store.end()), 0, store.end() % 10 == 9});
    }
    static LogPattern pattern(const char* text, bool isRegex = false) {
        return {QString::fromLatin1(text), {false, false, isRegex}};
    }

private Q_SLOTS:
    void goesForwardAndBackwardAndRound() {
        LogStore store;
        store.append({QStringLiteral("a a"), 0, false});
        store.append({QStringLiteral("b"), 0, false});
        store.append({QStringLiteral("A"), 0, false});
        LogSearch search(store, nullptr);
        search.set(pattern("a"), LogStreams::All, false);
        QTRY_VERIFY(search.isDone());
        QCOMPARE(search.count(), 3);
        QCOMPARE(search.next(0, 0)->number, 1);
        QCOMPARE(search.next(0, 1)->number, 2);
        QCOMPARE(search.next(0, 3)->line, 2);
        QCOMPARE(search.next(2, 1)->number, 1); // round
        QCOMPARE(search.previous(2, 0)->match.begin, 2);
        QCOMPARE(search.previous(0, 0)->number, 3); // round
    }

    void goesOnWithWhatIsWritten() {
        LogStore store;
        LogSearch search(store, nullptr);
        search.set(pattern("line"), LogStreams::All, false);
        fill(store, 5);
        search.follow();
        QTRY_COMPARE(search.count(), 5);
        fill(store, 2);
        search.follow();
        QTRY_COMPARE(search.count(), 7);
    }

    void forgetsWhatWasDropped() {
        LogStore store({10, 1 << 20});
        fill(store, 10);
        LogSearch search(store, nullptr);
        search.set(pattern("line"), LogStreams::All, false);
        QTRY_VERIFY(search.isDone());
        fill(store, 4);
        search.follow();
        QTRY_VERIFY(search.isDone());
        QCOMPARE(search.count(), 10);
        QCOMPARE(search.next(0, 0)->line, 4);
        QCOMPARE(search.next(0, 0)->number, 1);
    }

    void choosesByStreamAndPattern() {
        LogStore store;
        fill(store, 30);
        LogSearch search(store, nullptr);
        std::vector<qint64> chosen;
        connect(&search, &LogSearch::chosen, this, [&](const std::vector<qint64>& lines) {
            chosen.insert(chosen.end(), lines.begin(), lines.end());
        });
        search.set({}, LogStreams::Errors, false);
        QTRY_VERIFY(search.isDone());
        QCOMPARE(chosen, std::vector<qint64>({9, 19, 29}));
        chosen.clear();
        search.set(pattern("line 1.", true), LogStreams::Errors, true);
        QTRY_VERIFY(search.isDone());
        QCOMPARE(chosen, std::vector<qint64>({19}));
        QCOMPARE(search.count(), 1);
    }

    void aMillionLinesInShortTurns() {
        LogStore store;
        fill(store, 1'000'000);
        LogSearch search(store, nullptr);
        QElapsedTimer all, turn;
        qint64 longest = 0;
        int turns = 0;
        all.start();
        search.set(pattern("line \\d*99\\b", true), LogStreams::All, false);
        while (!search.isDone()) {
            turn.start();
            QCoreApplication::processEvents();
            longest = std::max(longest, turn.nsecsElapsed());
            ++turns;
        }
        QCOMPARE(search.count(), 10'000);
        QVERIFY(turns > 10);
        qInfo("%lld ms in %d turns, the longest %.1f ms", static_cast<long long>(all.elapsed()), turns,
              static_cast<double>(longest) / 1e6);
    }
};

ESCALE_TEST(LogSearchTest)
#include "log_search_test.moc"
