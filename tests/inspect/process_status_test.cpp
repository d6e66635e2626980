// What /proc/PID/status says, as text.
#include "engine/base/process_folder.h"
#include "engine/inspect/process_facts.h"
#include "tests/support/test_registry.h"

using namespace escale;

class ProcessStatusTest : public QObject {
    Q_OBJECT

    static std::string example() {
        return "Name:\tsh\\nUid: 7\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t31312\nPPid:\t31298\n"
               "Uid:\t100000\t100001\t100002\t100003\nGid:\t200000\t200001\t200002\t200003\n"
               "Groups:\t10 20 30 \nNStgid:\t31312\t5\t1\nNSpid:\t31312\t5\t1\nCapInh:\t0000000000000001\n"
               "CapPrm:\t00000000a80425fb\nCapEff:\t00000000000000ff\nCapBnd:\t000001ffffffffff\n"
               "CapAmb:\t0000000000000002\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t3\n";
    }

private Q_SLOTS:
    void readsEachLine() {
        ProcessFacts facts;
        parseStatus(example(), facts);
        QCOMPARE(facts.parent, pid_t(31298));
        QCOMPARE(facts.uids, (std::array<uid_t, 4>{100000, 100001, 100002, 100003}));
        QCOMPARE(facts.gids, (std::array<gid_t, 4>{200000, 200001, 200002, 200003}));
        QCOMPARE(facts.groups, (std::vector<gid_t>{10, 20, 30}));
        QCOMPARE(facts.pids, (std::vector<pid_t>{31312, 5, 1}));
        QCOMPARE(facts.capabilities,
                 (std::array<std::uint64_t, 5>{0x1, 0xa80425fb, 0xff, 0x1ffffffffff, 0x2}));
        QVERIFY(facts.noNewPrivileges);
        QCOMPARE(facts.seccomp, 2U);
        QCOMPARE(facts.filters, 3U);
    }
    void anOldKernelCountsNoFilters() {
        const std::string text = example();
        ProcessFacts facts;
        parseStatus(std::string_view(text).substr(0, text.find("Seccomp_filters")), facts);
        QCOMPARE(facts.seccomp, 2U);
        QCOMPARE(facts.filters, 0U);
    }
    void takesTextThatEndsAnywhere() {
        const std::string text = example();
        for (std::size_t length = 0; length <= text.size(); ++length) {
            ProcessFacts facts;
            parseStatus(std::string_view(text).substr(0, length), facts);
            QVERIFY(facts.pids.size() <= 3);
        }
    }
    void keepsSixtyFourGroups() {
        std::string text = "Groups:\t";
        for (int group = 0; group < 1000; ++group)
            text += std::to_string(group) + " ";
        ProcessFacts facts;
        parseStatus(text, facts);
        QCOMPARE(facts.groups.size(), std::size_t(64));
        QCOMPARE(facts.groups.back(), gid_t(63));
    }
    void numbersThatAreNoneStayAsTheyWere() {
        ProcessFacts facts;
        parseStatus("PPid:\tx\nUid:\t1\tx\t3\nNSpid:\t\nCapEff:\tzz\n", facts);
        QCOMPARE(facts.parent, 0);
        QCOMPARE(facts.uids, (std::array<uid_t, 4>{1, 0, 0, 0}));
        QVERIFY(facts.pids.empty());
        QCOMPARE(facts.capabilities[2], std::uint64_t(0));
    }

    void readsStat() {
        // A name may hold brackets, blanks and line breaks.
        const auto stat =
            parseProcessStat("77 (a) b\n(c) S 5 77 77 34817 77 4194560 1 2 3 4 11 22 5 6 20 0 1 0 "
                             "12345 999 321 18446744073709551615 1 1\n");
        VERIFY_RESULT(stat);
        QCOMPARE(stat->name, std::string("a) b\n(c"));
        QCOMPARE(stat->state, 'S');
        QCOMPARE(stat->parent, pid_t(5));
        QCOMPARE(stat->terminal, 34817U);
        QCOMPARE(stat->userTicks, std::uint64_t(11));
        QCOMPARE(stat->systemTicks, std::uint64_t(22));
        QCOMPARE(stat->startTicks, std::uint64_t(12345));
        QCOMPARE(stat->residentPages, std::int64_t(321));
    }
    void statThatEndsAnywhere() {
        const std::string text =
            "77 (a) S 5 77 77 34817 77 4194560 1 2 3 4 11 22 5 6 20 0 1 0 12345 999 321 1\n";
        for (std::size_t length = 0; length < text.rfind(" 321"); ++length)
            QVERIFY(!parseProcessStat(std::string_view(text).substr(0, length)));
        VERIFY_RESULT(parseProcessStat(text));
    }
    void makesControlCharactersHarmless() {
        QCOMPARE(plainText("a\033[2J\nb\tc\x7f é"), std::string("a?[2J b c? é"));
    }
};

ESCALE_TEST(ProcessStatusTest)
#include "process_status_test.moc"
