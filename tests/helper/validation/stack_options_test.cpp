// What callers say of stacks beside the stack itself.
#include "helper/validation/stack_options.h"
#include "tests/support/test_registry.h"

using namespace escale;

class StackOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoIsScaledHasTheNameOfAService() {
        QCOMPARE(replicasOf({{QStringLiteral("web"), 3}})->at("web"), 3U);
        QVERIFY(!replicasOf({{QString(), 3}}));
        QVERIFY(!replicasOf({{QString(1000, QLatin1Char('x')), 3}})); // it would come back in the error
        QVERIFY(!replicasOf({{QStringLiteral("web"), 1001}}));
    }

    void aProjectIsNoPath() {
        QCOMPARE(checkProject(QStringLiteral("my_shop-2")).value(), std::string("my_shop-2"));
        for (const char* name : {"", "..", "a/b", "../1000/shop", "Shop"})
            QVERIFY2(!checkProject(QLatin1String(name)), name);
    }
};

ESCALE_TEST(StackOptionsTest)
#include "stack_options_test.moc"
