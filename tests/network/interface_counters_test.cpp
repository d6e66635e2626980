#include "engine/network/interface_counters.h"
#include "tests/support/test_registry.h"

#include <map>

using namespace escale;

static constexpr auto kText = "Inter-|   Receive                                                |  Transmit\n"
                              " face |bytes    packets errs drop fifo frame compressed multicast|bytes    "
                              "packets errs drop fifo colls carrier compressed\n"
                              "    lo:     100       2    0    0    0     0          0         0      100    "
                              "   2    0    0    0     0       0          0\n"
                              "esc0123456789ab:1000 20 3 4 0 0 0 0 2000 30 5 6 0 0 0 0\n"
                              "  cut: 1 2 3\n";

class InterfaceCountersTest : public QObject {
    Q_OBJECT

    static std::map<std::string, InterfaceCounters> parsed() {
        std::map<std::string, InterfaceCounters> all;
        parseInterfaceCounters(kText, [&](std::string_view name, const InterfaceCounters& counters) {
            all.emplace(name, counters);
        });
        return all;
    }

private Q_SLOTS:
    void readsEveryInterface() {
        const auto all = parsed();
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all.at("lo").receivedBytes, std::uint64_t(100));
        const auto& veth = all.at("esc0123456789ab");
        QCOMPARE(veth.receivedBytes, std::uint64_t(1000));
        QCOMPARE(veth.receivedPackets, std::uint64_t(20));
        QCOMPARE(veth.receiveErrors, std::uint64_t(3));
        QCOMPARE(veth.receiveDrops, std::uint64_t(4));
        QCOMPARE(veth.sentBytes, std::uint64_t(2000));
        QCOMPARE(veth.sentPackets, std::uint64_t(30));
        QCOMPARE(veth.sendErrors, std::uint64_t(5));
        QCOMPARE(veth.sendDrops, std::uint64_t(6));
    }
    void theOtherEndCountsTheOtherWayRound() {
        const auto other = parsed().at("esc0123456789ab").reversed();
        QCOMPARE(other.receivedBytes, std::uint64_t(2000));
        QCOMPARE(other.sendDrops, std::uint64_t(4));
    }
    void readsThisMachines() {
        auto file = InterfaceCountersFile::open();
        VERIFY_RESULT(file);
        bool loopback = false;
        for (int round = 0; round < 2; ++round) { // the file is kept
            loopback = false;
            VERIFY_RESULT(file->read(
                [&](std::string_view name, const InterfaceCounters&) { loopback |= name == "lo"; }));
            QVERIFY(loopback);
        }
    }
};

ESCALE_TEST(InterfaceCountersTest)
#include "interface_counters_test.moc"
