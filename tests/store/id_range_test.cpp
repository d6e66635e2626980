#include "engine/store/id_range.h"
#include "tests/store/store_fixture.h"

#include <QTest>

using namespace escale;
using namespace escale::test;

class IdRangeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void givesEachOwnerARangeOfItsOwnAndKeepsIt() {
        const QTemporaryDir folder;
        const std::string state = folder.path().toStdString() + "/state";
        std::uint32_t alices = 0;
        {
            const auto store = Store::open(state);
            VERIFY_RESULT(store);
            const auto first = (*store)->idRangeOf(kAlice);
            const auto second = (*store)->idRangeOf(kBob);
            VERIFY_RESULT(first);
            VERIFY_RESULT(second);
            alices = *first;
            QVERIFY(*second >= *first + kIdRangeSize);
        }
        const auto store = Store::open(state);
        QCOMPARE(*(*store)->idRangeOf(kAlice), alices);
        QVERIFY(alices >= kFirstIdRange);
    }
    void readsSubordinateIds() {
        const auto intervals =
            parseSubordinateIds("alice:100000:65536\n\n# no comment exists\nbad:x:1\nbad:1\n:\n"
                                "odd:name:5:6\nbob:18446744073709551616:1\n1001:200000:1");
        QCOMPARE(intervals.size(), std::size_t{3});
        QCOMPARE(intervals[0].first, std::uint64_t{100000});
        QCOMPARE(intervals[0].count, std::uint64_t{65536});
        QCOMPARE(intervals[1].first, std::uint64_t{5});
        QCOMPARE(intervals[2].first, std::uint64_t{200000});
    }
    void goesAroundWhatIsTaken_data() {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("count");
        QTest::addColumn<quint64>("steps");
        const quint64 base = kFirstIdRange;
        QTest::newRow("below") << base - 10 << quint64{10} << quint64{0};
        QTest::newRow("reaches in") << base - 10 << quint64{11} << quint64{1};
        QTest::newRow("inside") << base + 5 << quint64{1} << quint64{1};
        QTest::newRow("empty") << base + 5 << quint64{0} << quint64{0};
        QTest::newRow("two ranges") << base + 65535 << quint64{2} << quint64{2};
        QTest::newRow("above") << base + 65536 << quint64{65536} << quint64{0};
        QTest::newRow("wraps around") << base + 5 << ~quint64{0} << quint64{99};
    }
    void goesAroundWhatIsTaken() {
        QFETCH(quint64, first);
        QFETCH(quint64, count);
        QFETCH(quint64, steps);
        const auto range = chooseIdRange({}, {{first, count}});
        if (steps == 99) {
            QVERIFY(!range);
            QCOMPARE(range.error().code, ErrorCode::NoSpace);
            return;
        }
        VERIFY_RESULT(range);
        QCOMPARE(quint64{*range}, kFirstIdRange + steps * kIdRangeSize);
    }
    void saysThatAllAreGiven() {
        std::set<std::uint32_t> given;
        for (;;) {
            const auto range = chooseIdRange(given, {});
            if (!range) {
                QCOMPARE(range.error().code, ErrorCode::NoSpace);
                break;
            }
            QVERIFY(*range <= kLastIdRange);
            given.insert(*range);
        }
        QVERIFY(given.size() > 4000);
    }
};
ESCALE_TEST(IdRangeTest)

#include "id_range_test.moc"
