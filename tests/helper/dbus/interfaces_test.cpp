#include "helper/dbus/interfaces.h"
#include "tests/support/test_registry.h"

using namespace escale;

class InterfacesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheMethodsAndTheirSignatures() {
        const auto methods = dbus::describedMethods(dbus::engineXml());
        const auto run = std::find_if(methods.begin(), methods.end(),
                                      [](const auto& each) { return each.name == QLatin1String("Run"); });
        QVERIFY(run != methods.end());
        QCOMPARE(run->interface, QStringLiteral("org.escale.Engine1.Containers"));
        QCOMPARE(run->in, QStringLiteral("sasa{sv}"));
        QCOMPARE(run->out, QStringLiteral("so"));
    }
    void readsTheJobsInterface() { QCOMPARE(dbus::describedMethods(dbus::jobXml()).size(), 2); }
    void givesTheInterfacesWithoutTheNode() {
        const QString elements = dbus::interfaceElements(dbus::engineXml());
        QVERIFY(elements.startsWith(QLatin1String("<interface")));
        QVERIFY(!elements.contains(QLatin1String("node>")));
        QCOMPARE(elements.count(QLatin1String("</interface>")), 8);
    }
    void findsNothingInWhatIsNoXml() {
        QVERIFY(dbus::describedMethods(QStringLiteral("<node><interface")).isEmpty());
    }
};
ESCALE_TEST(InterfacesTest)

#include "interfaces_test.moc"
