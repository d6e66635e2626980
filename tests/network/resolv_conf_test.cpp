#include "engine/network/resolv_conf.h"

#include "tests/support/test_registry.h"

using namespace escale;

class ResolvConfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void asksTheGatewaysWithTheHostsSearchList() {
        QCOMPARE(networkResolvConf("nameserver 127.0.0.53\nsearch lan example.org\noptions edns0 trust-ad\n",
                                   {"10.89.1.1", "fd00::1"}, {}),
                 std::string("nameserver 10.89.1.1\nnameserver fd00::1\nsearch lan example.org\n"
                             "options edns0 trust-ad ndots:0\n"));
    }
    void asksThreeAtMost() {
        QCOMPARE(
            networkResolvConf("", {"10.0.0.1", "10.0.1.1", "10.0.2.1", "10.0.3.1"}, {}),
            std::string("nameserver 10.0.0.1\nnameserver 10.0.1.1\nnameserver 10.0.2.1\noptions ndots:0\n"));
    }
    void prefersTheContainersOwn() {
        QCOMPARE(networkResolvConf("search lan\noptions edns0\n", {"10.0.0.1"},
                                   {{"corp.example"}, {"ndots:2", "timeout:1"}}),
                 std::string("nameserver 10.0.0.1\nsearch corp.example\noptions ndots:2 timeout:1\n"));
    }
    void leavesOutWhatADotReplaces() {
        QCOMPARE(networkResolvConf("search lan\noptions edns0\n", {"10.0.0.1"}, {{"."}, {"."}}),
                 std::string("nameserver 10.0.0.1\n"));
    }
    void takesTheLastSearchListOrDomain() {
        QCOMPARE(resolverOptionsOf("# search no\nsearch a b\ndomain c\noptions x\noptions y\n").search,
                 std::vector<std::string>{"c"});
    }
    void readsTheHostsServers() {
        const auto servers = nameServersOf("# nameserver 192.0.2.9\nnameserver 127.0.0.53\nnameserver no\n"
                                           "nameserver fe80::1%lo\nnameserver fe80::1%nosuch\noptions x\n"
                                           "nameserver 2001:db8::1\nnameserver 192.0.2.1\n");
        const std::vector<dns::Upstream> wanted{{*IpAddress::parse("127.0.0.53")},
                                                {*IpAddress::parse("fe80::1"), 1},
                                                {*IpAddress::parse("2001:db8::1")}};
        QVERIFY(servers == wanted);
    }
};

ESCALE_TEST(ResolvConfTest)
#include "resolv_conf_test.moc"
