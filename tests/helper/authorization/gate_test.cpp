#include "helper/authorization/gate.h"
#include "helper/dbus/interfaces.h"
#include "tests/support/test_registry.h"

#include <algorithm>

using namespace escale;

namespace {

const QString kImages = QStringLiteral("org.escale.Engine1.Images");
const QString kContainers = QStringLiteral("org.escale.Engine1.Containers");

const MethodRule* ruleOf(const QString& interface, const QString& name) {
    const auto rules = methodRules();
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const MethodRule& each) {
        return interface == QLatin1String(each.interface) && name == QLatin1String(each.member);
    });
    return rule == rules.end() ? nullptr : &*rule;
}

} // namespace

class GateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMethodOfTheXmlHasARule() {
        for (const QString& xml : {dbus::engineXml(), dbus::jobXml()}) {
            QVERIFY(!dbus::describedMethods(xml).isEmpty());
            for (const auto& method : dbus::describedMethods(xml))
                QVERIFY2(ruleOf(method.interface, method.name) != nullptr,
                         qPrintable(method.interface + '.' + method.name));
        }
    }
    void everyRuleIsAMethodOfTheXml() {
        QStringList described;
        for (const QString& xml : {dbus::engineXml(), dbus::jobXml()}) {
            for (const auto& method : dbus::describedMethods(xml))
                described.append(method.interface + '.' + method.name);
        }
        for (const MethodRule& rule : methodRules()) {
            const QString name =
                QLatin1String(rule.interface) + QLatin1Char('.') + QLatin1String(rule.member);
            QVERIFY2(name.startsWith(QLatin1String("org.freedesktop.")) || described.contains(name),
                     qPrintable(name));
        }
    }
    void everyMethodOfOursAsksPolkit() {
        for (const MethodRule& rule : methodRules())
            QVERIFY(rule.action != Action::Open ||
                    QLatin1String(rule.interface).startsWith(QLatin1String("org.freedesktop.")));
    }
    void everyMethodWithOptionsTakesThemLast() {
        for (const auto& method : dbus::describedMethods(dbus::engineXml())) {
            const MethodRule* rule = ruleOf(method.interface, method.name);
            QVERIFY(rule != nullptr);
            QVERIFY2(rule->options.empty() || method.in.endsWith(QLatin1String("a{sv}")), rule->member);
        }
    }
    void deniesWhatItDoesNotKnow_data() {
        QTest::addColumn<QString>("interface");
        QTest::addColumn<QString>("member");
        QTest::newRow("method") << kImages << QStringLiteral("Format");
        QTest::newRow("method of another interface") << kImages << QStringLiteral("Run");
        QTest::newRow("no interface") << QString() << QStringLiteral("List");
        QTest::newRow("property setter")
            << QStringLiteral("org.freedesktop.DBus.Properties") << QStringLiteral("Set");
        QTest::newRow("machine id") << QStringLiteral("org.freedesktop.DBus.Peer")
                                    << QStringLiteral("GetMachineId");
    }
    void deniesWhatItDoesNotKnow() {
        QFETCH(QString, interface);
        QFETCH(QString, member);
        const auto admitted = Gate().admit(interface, member, {}, {});
        QVERIFY(!admitted);
        QCOMPARE(admitted.error().code, ErrorCode::NotFound);
    }
    void admitsAMethodWithItsAction() {
        const auto admitted = Gate().admit(kContainers, QStringLiteral("List"), {}, {});
        VERIFY_RESULT(admitted);
        QVERIFY(admitted->action == Action::Observe);
    }
    void partsTheOptionsFromTheArguments() {
        const QVariantMap options{{QStringLiteral("memory"), QVariant::fromValue(quint64(1) << 30)},
                                  {QStringLiteral("environment"), QStringList{QStringLiteral("A=b")}},
                                  {QStringLiteral("remove"), true}};
        const auto admitted = Gate().admit(kContainers, QStringLiteral("Run"), QStringLiteral("sasa{sv}"),
                                           {QStringLiteral("debian"), QStringList(), options});
        VERIFY_RESULT(admitted);
        QVERIFY(admitted->action == Action::Manage);
        QCOMPARE(admitted->arguments.size(), 2);
        QCOMPARE(admitted->options, options);
    }
    void refusesAnotherSignature() {
        const auto admitted =
            Gate().admit(kContainers, QStringLiteral("Run"), QStringLiteral("ss"), {QString(), QString()});
        QVERIFY(!admitted);
        QCOMPARE(admitted.error().code, ErrorCode::InvalidArgument);
    }
    void refusesAnOption_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::newRow("unknown") << QStringLiteral("privileged") << QVariant(true);
        QTest::newRow("other spelling") << QStringLiteral("Memory") << QVariant::fromValue(quint64(1));
        QTest::newRow("other type") << QStringLiteral("memory") << QVariant(QStringLiteral("1g"));
        QTest::newRow("signed for unsigned") << QStringLiteral("memory") << QVariant::fromValue(qint64(-1));
        QTest::newRow("text for list") << QStringLiteral("environment") << QVariant(QStringLiteral("A=b"));
    }
    void refusesAnOption() {
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        const auto admitted =
            Gate().admit(kContainers, QStringLiteral("Run"), QStringLiteral("sasa{sv}"),
                         {QStringLiteral("debian"), QStringList(), QVariantMap{{key, value}}});
        QVERIFY(!admitted);
        QCOMPARE(admitted.error().code, ErrorCode::InvalidArgument);
        QVERIFY(admitted.error().message.find(key.toStdString()) != std::string::npos);
    }
    void refusesTheOptionsOfAnotherMethod() {
        const auto admitted =
            Gate().admit(kContainers, QStringLiteral("Start"), QStringLiteral("sa{sv}"),
                         {QStringLiteral("web"), QVariantMap{{QStringLiteral("timeout"), 1U}}});
        QVERIFY(!admitted);
    }
};
ESCALE_TEST(GateTest)

#include "gate_test.moc"
