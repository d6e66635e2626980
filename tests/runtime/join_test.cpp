// Namespaces that exist already: a path that is none, or one of another kind.
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

void joinNetwork(Bundle& bundle, const std::string& path) {
    bundle.removeNamespace("network");
    Json joined;
    joined.set("type", "network").set("path", path);
    bundle.append("linux/namespaces", joined);
}

} // namespace

class JoinTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void refusesAPathOfAnotherKind_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        QTest::newRow("another kind") << "/proc/self/ns/uts"
                                      << "is no network namespace";
        QTest::newRow("no namespace") << "/etc/passwd"
                                      << "is no namespace";
    }
    void refusesAPathOfAnotherKind() {
        QFETCH(const QString, path);
        QFETCH(const QString, says);
        Bundle bundle({"true"});
        bundle.useHostIds();
        joinNetwork(bundle, path.toStdString());
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void aSysctlIsWrittenInTheNamespaceThatIsJoined() {
        Bundle owner({"sleep", "1000"});
        owner.useHostIds();
        QCOMPARE(owner.runtime({"run", "--detach"}).err, std::string());
        Bundle guest({"cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"});
        guest.useHostIds();
        joinNetwork(guest, "/proc/" + std::to_string(owner.state().at("pid").toInteger()) + "/ns/net");
        guest.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "77"})").value());
        const auto outcome = guest.run();
        QCOMPARE(outcome.err, std::string());
        QCOMPARE(outcome.out, std::string("77\n"));
    }

    void aSysctlIsNotWrittenInTheHostsNamespaceByItsPath() {
        Bundle bundle({"true"});
        bundle.useHostIds();
        joinNetwork(bundle, "/proc/self/ns/net");
        bundle.set("linux/sysctl", Json::parse(R"({"net.ipv4.ip_unprivileged_port_start": "77"})").value());
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("the host would change") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void refusesADomainNameThatASysctlContradicts() {
        Bundle bundle({"true"});
        bundle.set("domainname", "one.example");
        Json sysctl;
        sysctl.set("kernel.domainname", "two.example");
        bundle.set("linux/sysctl", sysctl);
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("another name") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }
};

ESCALE_TEST(JoinTest)
#include "join_test.moc"
