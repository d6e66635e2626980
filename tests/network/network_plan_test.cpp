// From what people ask for to a network, or to what is wrong with it.
#include "engine/network/network_plan.h"
#include "engine/network/network_record.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

namespace {

std::vector<TakenSubnet> takenHere() {
    return {{*IpSubnet::parse("172.16.0.0/16"), "the network web", false},
            {*IpSubnet::parse("192.168.1.0/24"), "a route of this machine by eth0", true}};
}

NetworkOptions named(const std::string& name) {
    NetworkOptions options;
    options.name = name;
    return options;
}

QString textOf(const NetworkPlan& plan) {
    QStringList lines;
    for (const auto& problem : plan.problems)
        lines.append(QString::fromStdString(problem.option + ": " + problem.error.message));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

class NetworkPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choosesWhatIsNotGiven() {
        const auto plan = planNetwork(named("db"), takenHere());
        QVERIFY2(plan.problems.empty(), qPrintable(textOf(plan)));
        QCOMPARE(plan.network.pools.size(), std::size_t(1));
        QCOMPARE(plan.network.pools.front().subnet.toString(), std::string("172.17.0.0/16"));
        QCOMPARE(plan.network.pools.front().gateway.toString(), std::string("172.17.0.1"));
    }
    void addsUniqueLocalAddressesForIpv6() {
        auto options = named("db");
        options.ipv6 = true;
        const auto plan = planNetwork(options, takenHere());
        QVERIFY2(plan.problems.empty(), qPrintable(textOf(plan)));
        QCOMPARE(plan.network.pools.size(), std::size_t(2));
        QVERIFY(plan.network.pools.back().subnet.toString().starts_with("fd"));
        QCOMPARE(plan.network.pools.back().subnet.prefix, 64u);
    }
    void takesWhatIsGiven() {
        auto options = named("db");
        options.subnets = {"fd00:20::/64", "10.9.0.0/24"};
        options.gateways = {"10.9.0.254", "fd00:20::9"};
        options.ranges = {"10.9.0.128/25"};
        const auto plan = planNetwork(options, takenHere());
        QVERIFY2(plan.problems.empty(), qPrintable(textOf(plan)));
        QCOMPARE(plan.network.pools.front().gateway.toString(), std::string("fd00:20::9"));
        QCOMPARE(plan.network.pools.back().gateway.toString(), std::string("10.9.0.254"));
        QCOMPARE(plan.network.pools.back().ipRange->toString(), std::string("10.9.0.128/25"));
    }
    void sharesTheLinkOfItsParent() {
        auto options = named("lan");
        options.driver = "macvlan";
        options.parent = "eth0";
        options.subnets = {"192.168.1.0/24"};
        options.gateways = {"192.168.1.1"};
        const auto plan = planNetwork(options, takenHere());
        QVERIFY2(plan.problems.empty(), qPrintable(textOf(plan)));
    }

    void anInternalNetworkNeedsNoParent() {
        for (const char* driver : {"macvlan", "ipvlan"}) {
            auto options = named("lab");
            options.driver = driver;
            options.internal = true;
            // Nobody else is on its link: a subnet is chosen, as for a bridge.
            const auto plan = planNetwork(options, takenHere());
            QVERIFY2(plan.problems.empty(), qPrintable(textOf(plan)));
            QCOMPARE(plan.network.pools.front().subnet.toString(), std::string("172.17.0.0/16"));
            options.subnets = {"192.168.1.0/24"};
            QVERIFY(!planNetwork(options, takenHere()).problems.empty());
        }
    }

    void namesEverythingThatIsWrong_data() {
        QTest::addColumn<QString>("key"); // option=value, blank between several
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* change, const char* told) {
            QTest::newRow(name) << QString::fromLatin1(change) << QString::fromLatin1(told);
        };
        row("reserved name", "name=host", "name: the name host has a meaning of its own");
        row("bad name", "name=-x", "name:");
        row("no such driver", "driver=overlay", "driver: there is no network driver \"overlay\"");
        row("a bridge's parent", "parent=eth0", "parent: a bridge has no parent interface");
        row("macvlan without parent", "driver=macvlan subnet=10.9.0.0/24", "parent: macvlan needs");
        row("macvlan without subnet", "driver=macvlan parent=eth0", "subnet: macvlan needs");
        row("no such mode", "driver=ipvlan parent=eth0 subnet=10.9.0.0/24 mode=l4",
            "mode: ipvlan has no mode \"l4\"");
        row("no subnet", "subnet=10.9.0.0", "subnet:");
        row("host bits", "subnet=10.9.0.7/24", "subnet:");
        row("overlaps a network", "subnet=172.16.5.0/24",
            "subnet: the subnet 172.16.5.0/24 overlaps 172.16.0.0/16, the network web");
        row("overlaps a route", "subnet=192.168.0.0/16",
            "subnet: the subnet 192.168.0.0/16 overlaps 192.168.1.0/24, a route of this machine by eth0");
        row("macvlan overlaps a network", "driver=macvlan parent=eth0 subnet=172.16.0.0/16",
            "subnet: the subnet 172.16.0.0/16 overlaps 172.16.0.0/16, the network web");
        row("two of one family", "subnet=10.9.0.0/24 subnet=10.10.0.0/24",
            "subnet: a network has one subnet of each family");
        row("gateway elsewhere", "subnet=10.9.0.0/24 gateway=10.10.0.1",
            "gateway: the gateway 10.10.0.1 is in none of the network's subnets");
        row("gateway is broadcast", "subnet=10.9.0.0/24 gateway=10.9.0.255",
            "gateway: 10.9.0.255 is not an address for the gateway of 10.9.0.0/24");
        row("range elsewhere", "subnet=10.9.0.0/24 range=10.10.0.0/25",
            "ip-range: the range 10.10.0.0/25 is no part of the network's subnets");
        row("small MTU", "mtu=20", "mtu: a network cannot have an MTU of 20 bytes");
        row("two at once", "name=none mtu=20",
            "name: the name none has a meaning of its own\nmtu: a network cannot have an MTU of 20 bytes");
    }
    void namesEverythingThatIsWrong() {
        QFETCH(QString, key);
        QFETCH(QString, told);
        auto options = named("db");
        for (const QString& one : key.split(QLatin1Char(' '))) {
            const std::string name = one.section(QLatin1Char('='), 0, 0).toStdString();
            const std::string value = one.section(QLatin1Char('='), 1).toStdString();
            if (name == "name")
                options.name = value;
            else if (name == "driver")
                options.driver = value;
            else if (name == "parent")
                options.parent = value;
            else if (name == "mode")
                options.mode = value;
            else if (name == "subnet")
                options.subnets.push_back(value);
            else if (name == "gateway")
                options.gateways.push_back(value);
            else if (name == "range")
                options.ranges.push_back(value);
            else
                options.mtu = static_cast<unsigned>(std::stoul(value));
        }
        const auto plan = planNetwork(options, takenHere());
        QVERIFY2(textOf(plan).startsWith(told), qPrintable(textOf(plan)));
    }

    void readsAPlaceInANetwork_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read"); // written anew; empty: refused
        QTest::newRow("a name") << "web"
                                << "name=web";
        QTest::newRow("all of it")
            << "name=web,alias=db,alias=db2,ip=10.9.0.5,ip6=fd00::5,mac-address=02:42:00:00:00:05"
            << "name=web,alias=db,alias=db2,ip=10.9.0.5,ip6=fd00::5,mac-address=02:42:00:00:00:05";
        QTest::newRow("no name") << "alias=db"
                                 << "";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("unknown word") << "name=web,speed=9"
                                      << "";
        QTest::newRow("other family") << "name=web,ip=fd00::5"
                                      << "";
        QTest::newRow("no address") << "name=web,ip=10.9"
                                    << "";
        QTest::newRow("no MAC") << "name=web,mac-address=xx"
                                << "";
        QTest::newRow("no alias") << "name=web,alias=a b"
                                  << "";
        QTest::newRow("alias of dots") << "name=web,alias=a..b"
                                       << "";
    }
    void readsAPlaceInANetwork() {
        QFETCH(QString, text);
        QFETCH(QString, read);
        const auto choice = parseNetworkChoice(text.toStdString());
        QCOMPARE(choice ? QString::fromStdString(toString(*choice)) : QString(), read);
        if (!choice)
            QCOMPARE(choice.error().code, ErrorCode::InvalidArgument);
    }

    void namesInterfacesOfTheHost() {
        EndpointRecord endpoint;
        endpoint.container = "0123456789abcdef";
        QCOMPARE(endpoint.hostInterface(), std::string("esc0123456789ab"));
        endpoint.position = 1;
        QCOMPARE(endpoint.hostInterface(), std::string("es1-0123456789a"));
        endpoint.position = 31;
        QCOMPARE(endpoint.hostInterface(), std::string("es31-0123456789"));
    }
};

ESCALE_TEST(NetworkPlanTest)
#include "network_plan_test.moc"
