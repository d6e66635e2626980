#include "engine/container/container_options_fields.h"
#include "helper/authorization/gate.h"
#include "helper/dbus/interfaces.h"
#include "helper/dbus/types.h"
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
    static Result<Gate::Admitted> admitStack(const dbus::Stack& stack, const QString& member) {
        dbus::registerTypes();
        QString signature;
        for (const auto& method : dbus::describedMethods(dbus::engineXml())) {
            if (method.interface == QLatin1String("org.escale.Engine1.Stacks") && method.name == member)
                signature = method.in;
        }
        QVariantList arguments{QVariant::fromValue(stack), QVariantMap()};
        if (signature.endsWith(QLatin1String("ha{sv}")))
            arguments.insert(1, QVariant::fromValue(QDBusUnixFileDescriptor()));
        return Gate().admit(QStringLiteral("org.escale.Engine1.Stacks"), member, signature, arguments);
    }
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
    void lookingIntoTheKernelIsObservingAndNamesOfFilesAreNot() {
        const QString inspect = QStringLiteral("org.escale.Engine1.Inspect");
        const auto actionOf = [&](const char* member) {
            return ruleOf(inspect, QLatin1String(member))->action;
        };
        for (const char* member : {"Processes", "Namespaces", "Mounts", "Syscalls", "Cgroups", "Making"})
            QVERIFY2(actionOf(member) == Action::Observe, member);
        for (const char* member : {"ReadLayers", "WatchChanges"})
            QVERIFY2(actionOf(member) == Action::Manage, member);
        VERIFY_RESULT(
            Gate().admit(inspect, QStringLiteral("Processes"), QStringLiteral("as"), {QStringList()}));
        QCOMPARE(
            Gate().admit(inspect, QStringLiteral("Processes"), QStringLiteral("s"), {QString()}).error().code,
            ErrorCode::InvalidArgument);
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
        QTest::newRow("unknown") << QStringLiteral("volumes-from") << QVariant(true);
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
    // The engine's list of options and the gate's table name the same keys with the same types.
    void knowsEveryOptionOfAContainer() {
        QStringList keys;
        ContainerOptions options;
        const auto signatureFor = [](const auto& member) -> QByteArray {
            using Member = std::decay_t<decltype(member)>;
            if constexpr (std::is_same_v<Member, std::string>)
                return "s";
            else if constexpr (std::is_same_v<Member, Texts> || std::is_same_v<Member, std::optional<Texts>>)
                return "as";
            else if constexpr (std::is_same_v<Member, TextMap>)
                return "a{ss}";
            else if constexpr (std::is_same_v<Member, bool>)
                return "b";
            else if constexpr (std::is_same_v<Member, double>)
                return "d";
            else if constexpr (sizeof(Member) == 2)
                return "q";
            else if constexpr (sizeof(Member) == 4)
                return std::is_signed_v<Member> ? "i" : "u";
            else
                return std::is_signed_v<Member> ? "x" : "t";
        };
        const MethodRule* rule = ruleOf(kContainers, QStringLiteral("Run"));
        QVERIFY(rule != nullptr);
        visitOptions(options, [&](const char* key, const auto& member) {
            keys.append(QLatin1String(key));
            const auto known =
                std::find_if(rule->options.begin(), rule->options.end(),
                             [key](const OptionRule& each) { return QByteArray(each.key) == key; });
            QVERIFY2(known != rule->options.end(), key);
            QCOMPARE(QByteArray(known->signature), signatureFor(member));
        });
        // Descriptors are no part of what is kept: "bind-sources" and "secrets".
        QCOMPARE(std::size_t(keys.size()) + 2, rule->options.size());
    }
    void asksForAnAdministratorWhereAContainerGetsMore_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        QTest::addColumn<bool>("privileged");
        const auto row = [](const char* key, const QVariant& value, bool privileged) {
            QTest::addRow("%s %s", key, qPrintable(value.toString()))
                << QString::fromLatin1(key) << value << privileged;
        };
        row("privileged", true, true);
        row("privileged", false, false);
        for (const char* key : {"network", "pid", "ipc", "uts", "userns", "cgroupns"})
            row(key, QStringLiteral("host"), true);
        row("network", QStringLiteral("none"), false);
        row("pid", QStringLiteral("container:web"), false);
        row("pids", QVariant::fromValue(qint64(-1)), true);
        row("pids", QVariant::fromValue(qint64(100)), false);
        row("cap-add", QStringList{QStringLiteral("NET_ADMIN")}, true);
        row("cap-add", QStringList{QStringLiteral("SYS_PTRACE"), QStringLiteral("CAP_SYS_PTRACE")}, false);
        row("cap-add", QStringList{QStringLiteral("SYS_PTRACE"), QStringLiteral("SYS_ADMIN")}, true);
        row("cap-drop", QStringList{QStringLiteral("ALL")}, false);
        for (const char* mount : {"type=bind,source=/srv,target=/a,bind-propagation=rshared",
                                  "source=nas,target=/a,volume-opt=type=nfs,volume-opt=device=:/x"})
            row("mounts", QStringList{QString::fromLatin1(mount)}, true);
        for (const char* mount :
             {"type=bind,source=/srv,target=/a,bind-propagation=rslave", "source=web,target=/a", "nonsense",
              "source=web,target=/a,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/srv"})
            row("mounts", QStringList{QString::fromLatin1(mount)}, false);
        row("devices", QStringList{QStringLiteral("/dev/fuse")}, true);
        row("seccomp", QStringLiteral("unconfined"), true);
        row("publish", QStringList{QStringLiteral("8080:80")}, false);
        row("publish", QStringList{QStringLiteral("8080:80"), QStringLiteral("80:80")}, true);
        row("publish", QStringList{QStringLiteral("[::1]:443:443/tcp")}, true);
        row("publish", QStringList{QStringLiteral("80")}, false);
        for (const char* low : {"127.0.0.1:80:80", "[::]:80:80", "::1:80:8080/udp", "80-90:80-90",
                                "127.0.0.1:1023-1030:1023-1030", "0080:80", ":1:1"})
            row("publish", QStringList{QLatin1String(low)}, true);
        for (const char* high : {"127.0.0.1::80", "[::1]::80", "1024:80", "80-90", "8080-8090:80-90/sctp"})
            row("publish", QStringList{QLatin1String(high)}, false);
    }
    void asksForAnAdministratorWhereAContainerGetsMore() {
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        QFETCH(bool, privileged);
        const auto admitted = Gate().admit(kContainers, QStringLiteral("Run"), QStringLiteral("sasa{sv}"),
                                           {QStringLiteral("a"), QStringList(), QVariantMap{{key, value}}});
        VERIFY_RESULT(admitted);
        QCOMPARE(admitted->action == Action::Privileged, privileged);
    }
    void asksForAnAdministratorWhereANetworkTakesMoreThanPrivateAddresses_data() {
        QTest::addColumn<QStringList>("subnets");
        QTest::addColumn<bool>("privileged");
        for (const char* good :
             {"10.77.0.0/24", "172.20.0.0/16", "192.168.0.0/16", "fd00:20::/64", "nonsense"})
            QTest::newRow(good) << QStringList{QLatin1String(good)} << false;
        // Addresses of others, all of them, or a whole block
        for (const char* bad : {"8.8.8.0/24", "169.254.169.0/24", "100.64.0.0/16", "2001:db8::/64",
                                "0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "172.0.0.0/16"})
            QTest::newRow(bad) << QStringList{QLatin1String(bad)} << true;
        QTest::newRow("the second one")
            << QStringList{QStringLiteral("10.77.0.0/24"), QStringLiteral("2001:db8::/64")} << true;
    }
    void asksForAnAdministratorWhereANetworkTakesMoreThanPrivateAddresses() {
        QFETCH(QStringList, subnets);
        QFETCH(bool, privileged);
        const auto admitted = Gate().admit(
            QStringLiteral("org.escale.Engine1.Networks"), QStringLiteral("Create"), QStringLiteral("sa{sv}"),
            {QStringLiteral("web"), QVariantMap{{QStringLiteral("subnet"), subnets}}});
        VERIFY_RESULT(admitted);
        QCOMPARE(admitted->action == Action::Privileged, privileged);
    }
    void aStackNeedsTheMostThatAnyOfItsPartsNeeds_data() {
        QTest::addColumn<dbus::Stack>("stack");
        QTest::addColumn<QString>("member");
        QTest::addColumn<bool>("privileged");
        dbus::Stack plain;
        plain.services = {{}, {}};
        plain.networks = {{}};
        plain.volumes = {{}};
        const auto row = [&plain](const char* name, bool up, bool build, auto change) {
            dbus::Stack stack = plain;
            change(stack);
            for (const char* member : {"Up", "Plan", "Build", "Pull"}) {
                const bool needs = QLatin1String(member) == QLatin1String("Up")      ? up
                                   : QLatin1String(member) == QLatin1String("Build") ? build
                                                                                     : false;
                QTest::addRow("%s, %s", name, member) << stack << QString::fromLatin1(member) << needs;
            }
        };
        row("nothing", false, false, [](dbus::Stack&) {});
        row("a container", true, false,
            [](dbus::Stack& stack) { stack.services[1].options.insert(QStringLiteral("privileged"), true); });
        row("a network of another service", false, false, [](dbus::Stack& stack) {
            stack.services[1].options.insert(QStringLiteral("network"), QStringLiteral("service:web"));
        });
        row("a network", true, false, [](dbus::Stack& stack) {
            stack.networks[0].options.insert(QStringLiteral("driver"), QStringLiteral("macvlan"));
        });
        row("a volume", true, false, [](dbus::Stack& stack) {
            stack.volumes[0].options.insert(
                QStringLiteral("driver-options"),
                QVariant::fromValue(dbus::TextMap{{QStringLiteral("type"), QStringLiteral("ext4")}}));
        });
        row("a build", true, true, [](dbus::Stack& stack) {
            stack.services[0].build = {
                {0,
                 1,
                 {{QStringLiteral("allow"), QStringList{QStringLiteral("security.insecure")}}},
                 {},
                 {}}};
        });
        row("a hook", true, false, [](dbus::Stack& stack) {
            stack.services[0].preStop = {{{QStringLiteral("true")}, {}, {}, {}, true}};
        });
    }
    void aStackNeedsTheMostThatAnyOfItsPartsNeeds() {
        QFETCH(dbus::Stack, stack);
        QFETCH(QString, member);
        QFETCH(bool, privileged);
        const auto admitted = admitStack(stack, member);
        VERIFY_RESULT(admitted);
        QCOMPARE(admitted->action == Action::Privileged, privileged);
        QVERIFY(admitted->arguments.first().canConvert<dbus::Stack>());
    }
    void refusesAnOptionInsideOfAStack_data() {
        QTest::addColumn<dbus::Stack>("stack");
        dbus::Stack service;
        service.services = {{}};
        QTest::newRow("descriptors of its own") << [&] {
            auto stack = service;
            stack.services[0].options.insert(QStringLiteral("bind-sources"),
                                             QVariant::fromValue(dbus::FileList()));
            return stack;
        }();
        QTest::newRow("unknown") << [&] {
            auto stack = service;
            stack.services[0].options.insert(QStringLiteral("magic"), true);
            return stack;
        }();
        QTest::newRow("mistyped") << [&] {
            auto stack = service;
            stack.services[0].options.insert(QStringLiteral("memory"), QStringLiteral("1g"));
            return stack;
        }();
        QTest::newRow("of a network") << [&] {
            auto stack = service;
            stack.networks = {{{}, {}, false, {{QStringLiteral("privileged"), true}}}};
            return stack;
        }();
        QTest::newRow("of a build") << [&] {
            auto stack = service;
            stack.services[0].build = {{0, 1, {{QStringLiteral("secrets"), QStringList()}}, {}, {}}};
            return stack;
        }();
    }
    void refusesAnOptionInsideOfAStack() {
        QFETCH(dbus::Stack, stack);
        for (const char* member : {"Up", "Plan", "Build", "Pull"}) {
            const auto admitted = admitStack(stack, QLatin1String(member));
            QVERIFY(!admitted);
            QCOMPARE(admitted.error().code, ErrorCode::InvalidArgument);
        }
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
