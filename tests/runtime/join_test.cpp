// Namespaces that exist already: a path that is none, or one of another kind.
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <unistd.h>

using namespace escale;
using test::Bundle;

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
        bundle.removeNamespace("network");
        Json joined;
        joined.set("type", "network").set("path", path.toStdString());
        bundle.append("linux/namespaces", joined);
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(QString::fromStdString(outcome.err).contains(says), outcome.err.c_str());
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
