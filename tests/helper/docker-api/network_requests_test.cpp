// What clients ask of networks, in the engine's words; and what is refused, so that nobody believes to have
// what they asked for.
#include "helper/dbus/types.h"
#include "helper/docker-api/networks/network_requests.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::docker_api;

namespace {

Json parsed(const char* text) {
    return Json::parse(text).value_or(Json());
}

} // namespace

class NetworkRequestsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBareNetworkIsABridge() {
        const auto request =
            networkRequest(parsed(R"({"Name": "web", "CheckDuplicate": true, "Attachable": true})"));
        VERIFY_RESULT(request);
        QCOMPARE(request->name, std::string("web"));
        QCOMPARE(request->options, (QVariantMap{{QStringLiteral("driver"), QStringLiteral("bridge")},
                                                {QStringLiteral("internal"), false},
                                                {QStringLiteral("ipv6"), false}}));
    }

    void poolsAndOptionsBecomeTheEngines() {
        const auto request = networkRequest(parsed(
            R"({"Name": "web", "Driver": "bridge", "Internal": true, "EnableIPv6": true, "Labels": {"a": "b"},)"
            R"( "IPAM": {"Driver": "default", "Config": [{"Subnet": "10.7.0.0/24", "IPRange": "10.7.0.128/25",)"
            R"( "Gateway": "10.7.0.9"}, {"Subnet": "fd00:7::/64"}]}, "Options": {)"
            R"("com.docker.network.bridge.enable_icc": "false", "com.docker.network.bridge.enable_ip_masquerade": "1",)"
            R"( "com.docker.network.bridge.host_binding_ipv4": "0.0.0.0", "com.docker.network.driver.mtu": "1400"}})"));
        VERIFY_RESULT(request);
        const auto value = [&](const char* key) { return request->options.value(QLatin1String(key)); };
        QVERIFY(value("internal").toBool() && value("ipv6").toBool() && value("masquerade").toBool());
        QVERIFY(!value("icc").toBool());
        QCOMPARE(value("subnet").toStringList(),
                 (QStringList{QStringLiteral("10.7.0.0/24"), QStringLiteral("fd00:7::/64")}));
        QCOMPARE(value("ip-range").toStringList(), QStringList{QStringLiteral("10.7.0.128/25")});
        QCOMPARE(value("gateway").toStringList(), QStringList{QStringLiteral("10.7.0.9")});
        QCOMPARE(value("mtu").toUInt(), 1400U);
        QCOMPARE(qdbus_cast<dbus::TextMap>(value("labels")).value(QStringLiteral("a")), QStringLiteral("b"));
    }

    void macvlanHasItsParentAndMode() {
        const auto request = networkRequest(parsed(
            R"({"Name": "lan", "Driver": "macvlan", "Options": {"parent": "eth0.7", "macvlan_mode": "private"}})"));
        VERIFY_RESULT(request);
        QCOMPARE(request->options.value(QStringLiteral("parent")).toString(), QStringLiteral("eth0.7"));
        QCOMPARE(request->options.value(QStringLiteral("mode")).toString(), QStringLiteral("private"));
    }

    void withoutIpv6ItsPoolsAreLeftOut() {
        const auto request =
            networkRequest(parsed(R"({"Name": "web", "IPAM": {"Config": [{"Subnet": "fd00:7::/64"}]}})"));
        VERIFY_RESULT(request);
        QVERIFY(!request->options.contains(QStringLiteral("subnet")));
    }

    void refusesWhatItWouldNotDo_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const char* more, const char* says) {
            QTest::newRow(name) << QByteArray(R"({"Name": "web", )") + more + "}" << QByteArray(says);
        };
        row("overlay", R"("Driver": "overlay")", "overlay");
        row("host", R"("Driver": "host")", "only one instance");
        row("swarm", R"("Scope": "swarm")", "no swarm");
        row("ingress", R"("Ingress": true)", "no swarm");
        row("settings only", R"("ConfigOnly": true)", "settings of others");
        row("settings of another", R"("ConfigFrom": {"Network": "x"})", "settings of others");
        row("no IPv4", R"("EnableIPv4": false)", "without IPv4");
        row("IPAM driver", R"("IPAM": {"Driver": "dhcp"})", "IPAM driver");
        row("kept back", R"("IPAM": {"Config": [{"AuxiliaryAddresses": {"a": "10.0.0.9"}}]})",
            "AuxiliaryAddresses");
        row("bridge's name", R"("Options": {"com.docker.network.bridge.name": "br7"})", "br7");
        row("binding", R"("Options": {"com.docker.network.bridge.host_binding_ipv4": "127.0.0.1"})",
            "-p 127.0.0.1");
        row("another driver's mode", R"("Options": {"ipvlan_mode": "l3"})", "another driver");
        row("unknown option", R"("Options": {"speed": "9"})", "\"speed\"");
        row("no truth", R"("Options": {"com.docker.network.bridge.enable_icc": "maybe"})",
            "neither true nor false");
        row("no number", R"("Options": {"com.docker.network.driver.mtu": "x"})", "no number");
        row("type of a flag", R"("Internal": "yes")", "\"Internal\"");
        row("type of options", R"("Options": ["a"])", "\"Options\"");
        row("type of an option", R"("Options": {"a": 1})", "\"Options.a\"");
    }
    void refusesWhatItWouldNotDo() {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, says);
        const auto request = networkRequest(parsed(body.constData()));
        QVERIFY(!request);
        QVERIFY2(QByteArray::fromStdString(request.error().text()).contains(says),
                 request.error().text().c_str());
    }

    void aNetworkNeedsAName() {
        QVERIFY(!networkRequest(parsed("{}")));
        QVERIFY(!networkRequest(parsed("[]")));
        QVERIFY(!networkRequest(Json()));
    }

    void aPlaceInANetwork() {
        const auto options = endpointOptions(
            parsed(R"({"Aliases": ["db"], "MacAddress": "02:42:0a:07:00:05", "NetworkID": "", "Links": null,)"
                   R"( "IPAMConfig": {"IPv4Address": "10.7.0.5", "IPv6Address": "fd00:7::5"}})"));
        VERIFY_RESULT(options);
        QCOMPARE(*options,
                 (QVariantMap{{QStringLiteral("aliases"), QStringList{QStringLiteral("db")}},
                              {QStringLiteral("ip"), QStringLiteral("10.7.0.5")},
                              {QStringLiteral("ip6"), QStringLiteral("fd00:7::5")},
                              {QStringLiteral("mac-address"), QStringLiteral("02:42:0a:07:00:05")}}));
        QVERIFY(endpointOptions(Json()));
        for (const char* refused :
             {R"({"Links": ["a:b"]})", R"({"DriverOpts": {"a": "b"}})", R"({"GwPriority": 1})",
              R"({"IPAMConfig": {"LinkLocalIPs": ["169.254.1.1"]}})", R"({"Aliases": "db"})"})
            QVERIFY2(!endpointOptions(parsed(refused)), refused);
    }
};

ESCALE_TEST(NetworkRequestsTest)
#include "network_requests_test.moc"
