// Networks over D-Bus: made, seen, used and removed by people who know nothing of each other's.
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::test;

namespace {

const QString kEngine = QStringLiteral("org.escale.Engine1");
const QString kNetworks = QStringLiteral("org.escale.Engine1.Networks");

} // namespace

// Listens to what a connection is told of networks.
class NetworkListener : public QObject {
    Q_OBJECT
public:
    explicit NetworkListener(QDBusConnection bus) {
        const QString path = QStringLiteral("/org/escale/Engine1");
        bus.connect(kEngine, path, kEngine, QStringLiteral("Changed"), this,
                    SLOT(changed(QString, QStringList)));
        bus.connect(kEngine, path, kEngine, QStringLiteral("Happened"), this, SLOT(happened(QDBusMessage)));
        (void)call(bus, kEngine, QStringLiteral("ListJobs")); // only who has called is told anything
    }
    QStringList ids;
    QStringList actions; // of events of networks

private Q_SLOTS:
    void changed(const QString& kind, const QStringList& changedIds) {
        if (kind == QLatin1String("networks"))
            ids += changedIds;
    }
    void happened(const QDBusMessage& message) {
        const auto events = qdbus_cast<dbus::EventList>(message.arguments().value(0));
        for (const auto& event : events) {
            if (event.type == QLatin1String("network"))
                actions.append(event.action + QLatin1Char(' ') +
                               event.attributes.value(QStringLiteral("name")));
        }
    }
};

class HelperNetworksTest : public HelperTest {
    Q_OBJECT

    QDBusMessage ask(const char* member, const QVariantList& arguments = {}, uid_t user = kUser) {
        return call(m_machine->as(user), kNetworks, QLatin1String(member), arguments);
    }
    QString create(const QString& name, const QVariantMap& options = {}) {
        const auto reply = ask("Create", {name, options});
        if (reply.type() == QDBusMessage::ErrorMessage)
            qWarning("%s", qPrintable(reply.errorMessage()));
        return reply.arguments().value(0).toString();
    }
    dbus::NetworkList list(uid_t user = kUser) {
        return qdbus_cast<dbus::NetworkList>(ask("List", {}, user).arguments().value(0));
    }
    dbus::Network network(const QString& name) {
        for (const auto& one : list()) {
            if (one.name == name)
                return one;
        }
        return {};
    }

private Q_SLOTS:
    void init() {
        if (m_machine)
            (void)ask("Prune", {QVariantMap()});
    }

    void everybodyHasADefaultNetwork() {
        const auto networks = list();
        QCOMPARE(networks.size(), 1);
        QCOMPARE(networks.first().name, QStringLiteral("bridge"));
        QVERIFY(networks.first().isDefault);
        QCOMPARE(networks.first().pools.size(), 1);
        QVERIFY(networks.first().id != list(0).first().id);
    }

    void aNetworkIsAsItWasAskedFor() {
        NetworkListener listener(m_machine->as(kUser));
        const QString id =
            create(QStringLiteral("web"),
                   {{QStringLiteral("subnet"), QStringList{QStringLiteral("10.77.0.0/24")}},
                    {QStringLiteral("ip-range"), QStringList{QStringLiteral("10.77.0.128/25")}},
                    {QStringLiteral("gateway"), QStringList{QStringLiteral("10.77.0.9")}},
                    {QStringLiteral("ipv6"), true},
                    {QStringLiteral("internal"), true},
                    {QStringLiteral("icc"), false},
                    {QStringLiteral("mtu"), 1400U},
                    {QStringLiteral("labels"),
                     QVariant::fromValue(dbus::TextMap{{QStringLiteral("stage"), QStringLiteral("test")}})}});
        QCOMPARE(id.size(), 64);
        const auto made = network(QStringLiteral("web"));
        QCOMPARE(made.id, id);
        QCOMPARE(made.driver, QStringLiteral("bridge"));
        QCOMPARE(made.pools.size(), 2);
        QCOMPARE(made.pools.first().subnet, QStringLiteral("10.77.0.0/24"));
        QCOMPARE(made.pools.first().range, QStringLiteral("10.77.0.128/25"));
        QCOMPARE(made.pools.first().gateway, QStringLiteral("10.77.0.9"));
        QVERIFY(made.pools.last().subnet.startsWith(QLatin1String("fd")));
        QVERIFY(made.isInternal && !made.icc && made.masquerade);
        QCOMPARE(made.mtu, 1400U);
        QCOMPARE(made.labels.value(QStringLiteral("stage")), QStringLiteral("test"));
        QVERIFY(made.interface.isEmpty()); // nobody is in it
        QTRY_VERIFY(listener.ids.contains(id));
        QTRY_VERIFY(listener.actions.contains(QStringLiteral("create web")));
    }

    void tellsWhatIsWrongWhileSomebodyStillWrites() {
        const auto reply = ask("Check", {QStringLiteral("host"),
                                         QVariantMap{{QStringLiteral("mtu"), 7U},
                                                     {QStringLiteral("driver"), QStringLiteral("overlay")}}});
        const auto problems = qdbus_cast<dbus::NetworkProblems>(reply.arguments().value(0));
        QStringList options;
        for (const auto& problem : problems)
            options.append(problem.option);
        QCOMPARE(options,
                 (QStringList{QStringLiteral("name"), QStringLiteral("driver"), QStringLiteral("mtu")}));
        QVERIFY(qdbus_cast<dbus::NetworkPools>(reply.arguments().value(1)).isEmpty());
        // And what would be chosen when nothing is.
        const auto good = ask("Check", {QStringLiteral("web"), QVariantMap()});
        QVERIFY(qdbus_cast<dbus::NetworkProblems>(good.arguments().value(0)).isEmpty());
        QCOMPARE(qdbus_cast<dbus::NetworkPools>(good.arguments().value(1)).size(), 1);
    }

    void refusesWithTheErrorThatFits_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QVariantList>("arguments");
        QTest::addColumn<QString>("error");
        const QVariantMap none;
        const auto options = [](const char* key, const QVariant& value) {
            return QVariantMap{{QLatin1String(key), value}};
        };
        const auto text = [](const char* words) { return QString::fromLatin1(words); };
        QTest::newRow("name is taken")
            << text("Create") << QVariantList{text("taken"), none} << text("AlreadyExists");
        QTest::newRow("reserved name")
            << text("Create") << QVariantList{text("bridge"), none} << text("InvalidArgument");
        QTest::newRow("no subnet") << text("Create")
                                   << QVariantList{text("a1"), options("subnet", QStringList{text("x")})}
                                   << text("InvalidArgument");
        QTest::newRow("overlap") << text("Create")
                                 << QVariantList{text("a1"),
                                                 options("subnet", QStringList{text("10.66.0.0/16")})}
                                 << text("InUse");
        QTest::newRow("unknown option")
            << text("Create") << QVariantList{text("a1"), options("speed", 9)} << text("InvalidArgument");
        QTest::newRow("other type") << text("Create") << QVariantList{text("a1"), options("mtu", text("9"))}
                                    << text("InvalidArgument");
        QTest::newRow("endless list")
            << text("Create")
            << QVariantList{text("a1"), options("subnet", QStringList(5000, text("10.0.0.0/24")))}
            << text("InvalidArgument");
        QTest::newRow("macvlan is not for everybody")
            << text("Create") << QVariantList{text("a1"), options("driver", text("macvlan"))}
            << text("AuthorizationNeeded");
        QTest::newRow("addresses of others are not for everybody")
            << text("Create") << QVariantList{text("a1"), options("subnet", QStringList{text("8.8.8.0/24")})}
            << text("AuthorizationNeeded");
        QTest::newRow("nothing to remove")
            << text("Remove") << QVariantList{text("nowhere")} << text("NotFound");
        QTest::newRow("empty id") << text("Remove") << QVariantList{QString()} << text("InvalidArgument");
        QTest::newRow("the default one")
            << text("Remove") << QVariantList{text("bridge")} << text("WrongState");
        QTest::newRow("no such container")
            << text("Connect") << QVariantList{text("taken"), text("nobody-here"), none} << text("NotFound");
        QTest::newRow("no address") << text("Connect")
                                    << QVariantList{text("taken"), text("c"), options("ip", text("x"))}
                                    << text("InvalidArgument");
        QTest::newRow("no alias") << text("Connect")
                                  << QVariantList{text("taken"), text("c"),
                                                  options("aliases", QStringList{text("a b")})}
                                  << text("InvalidArgument");
        QTest::newRow("nobody's rules")
            << text("Rules") << QVariantList{text("nowhere"), QString()} << text("NotFound");
    }
    void refusesWithTheErrorThatFits() {
        QFETCH(QString, member);
        QFETCH(QVariantList, arguments);
        QFETCH(QString, error);
        QVERIFY(!create(QStringLiteral("taken"),
                        {{QStringLiteral("subnet"), QStringList{QStringLiteral("10.66.0.0/24")}}})
                     .isEmpty());
        const auto reply = ask(member.toLatin1().constData(), arguments);
        QCOMPARE(reply.errorName(), kErrors + error);
        QVERIFY(!reply.errorMessage().isEmpty());
        QCOMPARE(list().size(), 2);
    }

    void showsWhoIsInIt() {
        const QString id = create(QStringLiteral("web"));
        NetworkListener listener(m_machine->as(kUser));
        const QString container =
            m_machine->run(kUser, kSleep,
                           {{QStringLiteral("name"), QStringLiteral("one")},
                            {QStringLiteral("network"), QStringLiteral("web")},
                            {QStringLiteral("network-alias"), QStringList{QStringLiteral("front")}}});
        QVERIFY(!container.isEmpty());
        QTRY_VERIFY(listener.ids.contains(id));
        const auto web = network(QStringLiteral("web"));
        QVERIFY(!web.interface.isEmpty());
        QCOMPARE(web.endpoints.size(), 1);
        const auto& endpoint = web.endpoints.first();
        QCOMPARE(endpoint.container, container);
        QCOMPARE(endpoint.name, QStringLiteral("one"));
        QVERIFY(endpoint.isRunning && endpoint.isDefaultRoute);
        QCOMPARE(endpoint.inside, QStringLiteral("eth0"));
        QCOMPARE(endpoint.addresses, QStringList{m_machine->container(kUser, container).address});
        QCOMPARE(endpoint.aliases, QStringList{QStringLiteral("front")});

        // It goes elsewhere,
        QCOMPARE(ask("Connect", {QStringLiteral("bridge"), container, QVariantMap()}).errorName(), QString());
        QCOMPARE(ask("Disconnect", {QStringLiteral("web"), container}).errorName(), QString());
        QVERIFY(network(QStringLiteral("web")).endpoints.isEmpty());
        QCOMPARE(network(QStringLiteral("bridge")).endpoints.size(), 1);
        QTRY_VERIFY(listener.actions.contains(QStringLiteral("disconnect web")));
        QVERIFY(listener.actions.contains(QStringLiteral("connect bridge")));
        // and the rules of both ends can be read.
        const auto chains = qdbus_cast<dbus::RuleChains>(
            ask("Rules", {QStringLiteral("bridge"), container}).arguments().value(0));
        QVERIFY(chains.size() >= 4);
        m_machine->remove(kUser, container);
        QVERIFY(network(QStringLiteral("bridge")).endpoints.isEmpty());
        QCOMPARE(ask("Remove", {id}).errorName(), QString());
        QCOMPARE(list().size(), 1);
    }

    void nobodyReachesAnothersNetworksByTheirIds() {
        const QString theirs =
            ask("Create", {QStringLiteral("theirs"), QVariantMap()}, 0).arguments().value(0).toString();
        QCOMPARE(theirs.size(), 64);
        const QString other = m_machine->run(0, kSleep, {{QStringLiteral("network"), theirs}});
        QVERIFY(!other.isEmpty());
        const QString mine = m_machine->run(kUser, kSleep);
        const QString notFound = kErrors + QStringLiteral("NotFound");
        QCOMPARE(ask("Connect", {theirs, mine, QVariantMap()}).errorName(), notFound);
        QCOMPARE(ask("Disconnect", {theirs, other}).errorName(), notFound);
        QCOMPARE(ask("Disconnect", {QStringLiteral("bridge"), other}).errorName(), notFound);
        QCOMPARE(ask("Remove", {theirs}).errorName(), notFound);
        QCOMPARE(ask("Move", {theirs}).errorName(), notFound);
        QCOMPARE(ask("Rules", {theirs, QString()}).errorName(), notFound);
        QCOMPARE(ask("Rules", {QStringLiteral("bridge"), other}).errorName(), notFound);
        QCOMPARE(ask("Reach", {other}).errorName(), notFound);
        for (const QVariantMap& options :
             {QVariantMap{{QStringLiteral("network"), theirs}},
              QVariantMap{{QStringLiteral("networks"), QStringList{QStringLiteral("name=") + theirs}}},
              QVariantMap{{QStringLiteral("network"), QStringLiteral("container:") + other}}})
            QVERIFY(m_machine->run(kUser, kSleep, options).isEmpty());
        // Nor does anybody see its interface, also when nobody is in it any more.
        const auto interfaces = [this](uid_t user) {
            return qdbus_cast<dbus::HostInterfaces>(ask("Interfaces", {}, user).arguments().value(0));
        };
        m_machine->remove(0, other);
        const auto sees = [&](uid_t user) {
            const auto all = interfaces(user);
            return std::any_of(all.begin(), all.end(), [&](const auto& one) {
                return one.name == QStringLiteral("eb-") + theirs.left(12);
            });
        };
        QVERIFY(sees(0) && !sees(kUser));
        m_machine->remove(kUser, mine);
        QCOMPARE(ask("Remove", {theirs}, 0).errorName(), QString());
    }

    void countsWhatGoesThroughEachEndpoint() {
        create(QStringLiteral("web"));
        const QString container =
            m_machine->run(kUser,
                           {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                            QStringLiteral("while :; do ping -c 1 -W 1 \"$(ip route | sed -n 's/default via "
                                           "\\([0-9.]*\\).*/\\1/p')\"; done")},
                           {{QStringLiteral("network"), QStringLiteral("web")}});
        QVERIFY(!container.isEmpty());
        const auto counted = [&] {
            const auto all = qdbus_cast<dbus::EndpointStatistics>(ask("Statistics").arguments().value(0));
            for (const auto& one : all) {
                if (one.container == container && one.inside == QLatin1String("eth0"))
                    return one.receivedPackets > 2 && one.sentPackets > 2;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(counted(), 20'000);
        m_machine->remove(kUser, container);
    }

    void showsTheMachinesInterfacesButNobodyElsesContainers() {
        const QString container = m_machine->run(kUser, kSleep);
        QVERIFY(!container.isEmpty());
        const auto names = [this](uid_t user) {
            QStringList result;
            for (const auto& one :
                 qdbus_cast<dbus::HostInterfaces>(ask("Interfaces", {}, user).arguments().value(0)))
                result.append(one.name);
            return result;
        };
        const QString end = QStringLiteral("esc") + container.left(12);
        QVERIFY(names(kUser).contains(QStringLiteral("lo")));
        QVERIFY(names(kUser).contains(end));
        QVERIFY(!names(0).contains(end));
        m_machine->remove(kUser, container);
    }
};

ESCALE_TEST(HelperNetworksTest)
#include "helper_networks_test.moc"
