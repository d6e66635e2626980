#include "engine/network/dns_names.h"

#include "tests/support/test_registry.h"

using namespace escale;

namespace {

using Texts = std::vector<std::string>;
const std::string kId = "0123456789abcdef";

DnsNetwork network(DnsEndpoint endpoint) {
    return {"front", {"10.89.1.1", "fd00::1"}, false, {std::move(endpoint)}, "Front"};
}

dns::NameTable tableOf(const std::vector<DnsNetwork>& networks,
                       const std::vector<dns::Upstream>& hostServers = {}) {
    const auto written = dnsTable(networks, hostServers);
    auto table = written ? dns::NameTable::read(written->bytes) : fail(written.error());
    if (!table)
        qWarning("%s", table.error().text().c_str());
    return table ? std::move(*table) : dns::NameTable();
}

IpAddress ip(const char* text) {
    return *IpAddress::parse(text);
}

std::string find(const dns::NameTable& table, const std::string& name,
                 const std::vector<dns::NameTable::Index>& networks) {
    const auto found = table.find(name, networks);
    if (!found)
        return "unknown";
    std::string text;
    for (const auto& address : *found)
        text += address.toString() + " ";
    return text;
}

std::string namesOf(const dns::NameTable& table, const char* address) {
    std::string text;
    if (const auto found = table.namesOf(ip(address))) {
        for (const auto name : found->names)
            text += std::string(name) + " ";
    }
    return text;
}

} // namespace

class DnsNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatWasWritten() {
        const auto table = tableOf({network({kId, {"10.89.1.2", "FD00:0::2"}, {"web", "app"}, {}})});
        for (const char* name : {"web", "app", "0123456789ab"})
            QCOMPARE(find(table, name, {0}), std::string("10.89.1.2 fd00::2 "));
        QCOMPARE(find(table, "we", {0}), std::string("unknown"));
        QCOMPARE(namesOf(table, "fd00::2"), std::string("web app 0123456789ab "));
        QCOMPARE(table.networkOfGateway(ip("fd00::1")), std::optional(0U));
    }
    void findsInTheNamedNetworksOnly() {
        const DnsNetwork back{"2", {"10.89.2.1"}, true, {{kId, {"10.89.2.2"}, {"web"}, {}}}, "back.lan"};
        const auto table = tableOf({network({kId, {"10.89.1.2"}, {"web"}, {}}), back});
        QCOMPARE(find(table, "web", {1}), std::string("10.89.2.2 "));
        QCOMPARE(find(table, "web", {0, 1}), std::string("10.89.1.2 10.89.2.2 "));
        // Also by the network's name
        QCOMPARE(find(table, "web.front", {0, 1}), std::string("10.89.1.2 "));
        QCOMPARE(find(table, "web.back.lan", {0, 1}), std::string("10.89.2.2 "));
        QCOMPARE(find(table, "web.front", {1}), std::string("unknown"));
        // And one container in both
        QCOMPARE(table.containerAt(ip("10.89.1.2")), table.containerAt(ip("10.89.2.2")));
        QCOMPARE(table.containerAt(ip("10.89.1.2"))->networks, (std::vector<dns::NameTable::Index>{0, 1}));
        QVERIFY(table.containerAt(ip("10.89.1.2"))->mayAskOutside);
    }
    void hasNoNetworkWithoutContainers() {
        QVERIFY(dnsTable({{"front", {"10.89.1.1"}, false, {}}}, {})->gateways.empty());
        QVERIFY(dnsTable({network({kId, {}, {"web"}, {}})}, {})->gateways.empty());
        QCOMPARE(dnsTable({network({kId, {"10.89.1.2"}, {}, {}})}, {})->gateways.size(), 2U);
    }
    void asksTheContainersOwnServersButNoLoopback() {
        const auto table =
            tableOf({network({kId,
                              {"10.89.1.2"},
                              {},
                              {"127.0.0.53", "::1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "192.0.2.4"}})});
        const std::vector<dns::Upstream> wanted{{ip("192.0.2.1")}, {ip("192.0.2.2")}, {ip("2001:db8::1")}};
        QVERIFY(table.containerAt(ip("10.89.1.2"))->servers == wanted);
    }
    void asksNoGatewayOfOurs() {
        // It would take the question for the host's, and tell another network's names
        const DnsNetwork back{"back", {"10.89.2.1"}, false, {{"fe", {"10.89.2.2"}, {"db"}, {}}}};
        const auto table = tableOf({network({kId, {"10.89.1.2"}, {}, {"10.89.2.1", "192.0.2.1"}}), back},
                                   {{ip("10.89.1.1")}, {ip("192.0.2.9")}});
        QVERIFY(table.containerAt(ip("10.89.1.2"))->servers == std::vector<dns::Upstream>{{ip("192.0.2.1")}});
        QVERIFY(table.hostServers() == std::vector<dns::Upstream>{{ip("192.0.2.9")}});
    }
    void asksNobodyForAnInternalNetwork() {
        auto internal = network({kId, {"10.89.1.2"}, {}, {"192.0.2.1"}});
        internal.internal = true;
        QVERIFY(!tableOf({internal}).containerAt(ip("10.89.1.2"))->mayAskOutside);
    }
    void readsNoOtherBytes() {
        const auto written = dnsTable({network({kId, {"10.89.1.2"}, {"web"}, {"192.0.2.1"}})}, {});
        const std::string& bytes = written->bytes;
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            // Cut within a record it is refused; at its end it is a shorter table
            const auto table = dns::NameTable::read(bytes.substr(0, size));
            QVERIFY(!table || !table->containerAt(ip("10.89.1.2")));
        }
        QVERIFY(!dns::NameTable::read(bytes + "x"));
        QVERIFY(!dns::NameTable::read(std::string(64, '\xff')));
    }

    void namesAContainerOnceByEachName() {
        QCOMPARE(dnsNamesOf("Web", kId, "web", {"app", "APP", "db.local"}),
                 (Texts{"web", "0123456789ab", "app", "db.local"}));
        // A name of a container may be longer than DNS knows
        QCOMPARE(dnsNamesOf(std::string(64, 'a'), kId, "", {}), Texts{"0123456789ab"});
    }

    void letsNothingHostileIn_data() {
        QTest::addColumn<std::string>("name");
        for (const char* name : {"a b", "a,b", "a\nb 10.0.0.9  evil", "a\rb", "a\tb", "", ".", "a..b", ".a",
                                 "a.", "é", "*", "a/b"})
            QTest::newRow(name) << std::string(name);
        QTest::newRow("NUL") << std::string("a\0b", 3);
        QTest::newRow("long label") << std::string(64, 'x');
        QTest::newRow("long name") << std::string(300, 'x');
    }
    void letsNothingHostileIn() {
        QFETCH(std::string, name);
        QVERIFY(!isDnsName(name));
        QVERIFY(!validateDnsAlias(name));
        // Given such an alias, the container has it not
        QCOMPARE(namesOf(tableOf({network({kId, {"10.89.1.2"}, {"web", name}, {}})}), "10.89.1.2"),
                 std::string("web 0123456789ab "));
        // And as anything else it is refused
        QVERIFY(!dnsTable({network({name, {"10.89.1.2"}, {}, {}})}, {}));
        QVERIFY(!dnsTable({network({kId, {name}, {}, {}})}, {}));
        QVERIFY(!dnsTable({network({kId, {"10.89.1.2"}, {}, {name}})}, {}));
    }
    void refusesAnAddressWithAZone() { QVERIFY(!dnsTable({network({kId, {"fe80::1%eth0"}, {}, {}})}, {})); }
};

ESCALE_TEST(DnsNamesTest)
#include "dns_names_test.moc"
