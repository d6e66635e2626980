#include "engine/network/port_reach.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;

namespace {

using Who = PortReach::Who;
using Reason = PortReach::Reason;

Json ruleset(const std::string& objects = {}) {
    return *Json::parse("[" + objects + "]");
}
std::string chain(const std::string& hook, const std::string& policy, const std::string& table = "filter") {
    return R"({"chain": {"family": "ip", "table": ")" + table +
           R"(", "name": "C", "type": "filter", "hook": ")" + hook + R"(", "prio": 0, "policy": ")" + policy +
           R"("}})";
}
std::string rule(const std::string& statements) {
    return R"(, {"rule": {"family": "ip", "table": "filter", "chain": "C", "expr": [)" + statements + "]}}";
}
const std::string kToBridge =
    R"({"match": {"op": "==", "left": {"meta": {"key": "oifname"}}, "right": "escale0"}}, {"accept": null})";
const std::string kTranslated =
    R"({"match": {"op": "in", "left": {"ct": {"key": "status"}}, "right": "dnat"}}, {"accept": null})";
const std::string kAnswers =
    R"({"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, {"accept": null})";
const std::string kJump = R"({"jump": {"target": "THEIRS"}})";
const std::string kReject = R"({"reject": null})";

PublishedPort on(const std::string& words) {
    PublishedPort port = parsePortWords(words)->front();
    port.containerIp = *IpAddress::parse(port.containerIp.isV6 ? "fd30::2" : "172.30.0.2");
    return port;
}

PortReach reach(const std::string& words, const Json& rules = ruleset(),
                const std::string& address = "192.168.1.5") {
    return portReach(on(words), "escale0", "escale", rules,
                     {*IpAddress::parse("127.0.0.1"), *IpAddress::parse(address)});
}

constexpr auto kAll = "0.0.0.0:8080->80/tcp";

} // namespace

class PortReachTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void followsTheAddress() {
        QVERIFY(reach("127.0.0.1:8080->80/tcp").reason == Reason::LoopbackAddress);
        QVERIFY(reach("127.0.0.1:8080->80/tcp").who == Who::ThisMachine);
        QVERIFY(reach("192.168.1.5:8080->80/tcp").reason == Reason::PrivateAddress);
        QVERIFY(reach("192.168.1.5:8080->80/tcp").who == Who::LocalNetwork);
        QVERIFY(reach("8.8.8.8:8080->80/tcp").who == Who::Everybody);
        QVERIFY(reach(kAll).reason == Reason::NoPublicAddress);
        QVERIFY(reach(kAll).who == Who::LocalNetwork);
        QVERIFY(reach(kAll, ruleset(), "8.8.8.8").who == Who::Everybody);
    }
    void looksAtAddressesOfThePortsFamily() {
        QVERIFY(reach("[::]:8080->80/tcp", ruleset(), "8.8.8.8").who == Who::LocalNetwork);
        QVERIFY(reach("[::]:8080->80/tcp", ruleset(), "2a00:1450::1").who == Who::Everybody);
        QVERIFY(reach(kAll, ruleset(), "2a00:1450::1").who == Who::LocalNetwork);
    }
    void stopsAtAForwardChainThatDrops() {
        const auto stopped = reach(kAll, ruleset(chain("forward", "drop")));
        QVERIFY(stopped.who == Who::ThisMachine && stopped.reason == Reason::ForwardDropped &&
                stopped.isCertain);
        QCOMPARE(stopped.chain, std::string("the chain C of table ip filter"));
        // also when it lets answers through, or refuses by its last rule
        QVERIFY(reach(kAll, ruleset(chain("forward", "drop") + rule(kAnswers))).isCertain);
        QVERIFY(reach(kAll, ruleset(chain("forward", "accept") + rule(kReject))).reason ==
                Reason::ForwardDropped);
        // but not one of the other family, nor our own table's
        QVERIFY(reach("[::]:8080->80/tcp", ruleset(chain("forward", "drop"))).reason ==
                Reason::NoPublicAddress);
    }
    void passesAChainThatLetsPublishedPortsThrough() {
        for (const auto& accept : {kToBridge, kTranslated}) {
            const auto open = reach(
                kAll, ruleset(chain("forward", "drop") + rule(kAnswers) + rule(accept) + rule(kReject)));
            QVERIFY(open.who == Who::LocalNetwork && open.isCertain && open.chain.empty());
        }
        QVERIFY(reach(kAll, ruleset(chain("forward", "accept"))).who == Who::LocalNetwork);
    }
    void saysWhenItCannotJudge() {
        // Docker's FORWARD jumps into chains of its own before it drops
        const auto unclear = reach(kAll, ruleset(chain("forward", "drop") + rule(kJump)));
        QVERIFY(unclear.reason == Reason::ForwardDropped && !unclear.isCertain);
    }
    void warnsOfAFirewallThatDoesNotHold() {
        // Somebody's input chain drops by default, and the port is open all the same
        const auto open = reach(kAll, ruleset(chain("input", "drop")));
        QVERIFY(open.who == Who::LocalNetwork);
        QCOMPARE(open.bypassedInput, std::string("the chain C of table ip filter"));
        QCOMPARE(reach(kAll, ruleset(chain("input", "accept"))).bypassedInput, std::string());
    }
};
ESCALE_TEST(PortReachTest)

#include "port_reach_test.moc"
