// Containers.Overview: what a list of containers shows, in one answer.
#include "helper/dbus/container_settings.h"
#include "tests/helper/service/helper_machine.h"
#include "tests/support/test_registry.h"

#include <QTest>

using namespace escale;
using namespace escale::test;

namespace {

struct Overview {
    dbus::ContainerList containers;
    dbus::ContainerSettingsList settings;
    dbus::NetworkList networks;

    [[nodiscard]] QStringList names() const {
        QStringList names;
        for (const auto& container : containers)
            names.append(container.name);
        return names;
    }
    [[nodiscard]] QStringList endpointsOf(const QString& network) const {
        QStringList names;
        for (const auto& each : networks) {
            if (each.name != network)
                continue;
            for (const auto& endpoint : each.endpoints)
                names.append(endpoint.name);
        }
        return names;
    }
};

} // namespace

class HelperOverviewTest : public HelperTest {
    Q_OBJECT

    QString m_idle, m_web;

    Overview overview(const QStringList& ids = {}, const QVariantMap& options = {}, uid_t user = kUser) {
        const auto answer = m_machine->ask(user, "Overview", {ids, options}).arguments();
        return {qdbus_cast<dbus::ContainerList>(answer.value(0)),
                qdbus_cast<dbus::ContainerSettingsList>(answer.value(1)),
                qdbus_cast<dbus::NetworkList>(answer.value(2))};
    }

private Q_SLOTS:
    // Given one that was made only, and one that runs,
    void initTestCase() {
        startMachine();
        if (!m_machine)
            return;
        m_idle = m_machine
                     ->ask(kUser, "Create",
                           {m_machine->image(), QStringList{QStringLiteral("/bin/true")},
                            QVariantMap{{QStringLiteral("name"), QStringLiteral("idle")},
                                        {QStringLiteral("mounts"),
                                         QStringList{QStringLiteral("type=tmpfs,target=/scratch")}}}})
                     .arguments()
                     .value(0)
                     .toString();
        m_web = m_machine->run(kUser, kSleep, {{QStringLiteral("name"), QStringLiteral("web")}});
        QVERIFY(!m_idle.isEmpty() && !m_web.isEmpty());
    }

    void tellsOfAllInOneOrder() {
        const Overview all = overview();
        QCOMPARE(all.names(), QStringList({QStringLiteral("web"), QStringLiteral("idle")}));
        QCOMPARE(all.settings.size(), 2);
        QCOMPARE(all.settings[0].id, m_web);
        QCOMPARE(all.settings[0].process, kSleep);
        QCOMPARE(all.settings[0].network, QStringLiteral("bridge"));
        QCOMPARE(all.settings[1].id, m_idle);
        QCOMPARE(all.settings[1].mounts.size(), 1);
        QVERIFY(all.settings[1].mounts.first().contains(QStringLiteral("/scratch")));
        QCOMPARE(all.endpointsOf(QStringLiteral("bridge")).contains(QStringLiteral("web")), true);
    }

    void tellsWhatListTells() {
        const auto list =
            qdbus_cast<dbus::ContainerList>(m_machine->ask(kUser, "List", {}).arguments().value(0));
        const Overview all = overview();
        QCOMPARE(list.size(), all.containers.size());
        for (qsizetype i = 0; i < list.size(); ++i) {
            QCOMPARE(all.containers[i].id, list[i].id);
            QCOMPARE(all.containers[i].state, list[i].state);
            QCOMPARE(all.containers[i].pid, list[i].pid);
            QCOMPARE(all.containers[i].address, list[i].address);
        }
        QVERIFY(list[0].pid != 0 && !list[0].address.isEmpty());
        QCOMPARE(list[1].pid, 0U);
    }

    void tellsOfThoseThatRunAlone() {
        const QVariantMap running{{QStringLiteral("running"), true}};
        const Overview some = overview({}, running);
        QCOMPARE(some.names(), QStringList(QStringLiteral("web")));
        QCOMPARE(some.settings.size(), 1);
        QCOMPARE(some.endpointsOf(QStringLiteral("bridge")), QStringList(QStringLiteral("web")));
        // Who is paused runs;
        const auto pause = [&](const char* member) {
            return m_machine->ask(kUser, member, {m_web}).errorName();
        };
        QCOMPARE(pause("Pause"), QString());
        QCOMPARE(overview({}, running).names(), QStringList(QStringLiteral("web")));
        QCOMPARE(pause("Unpause"), QString());
        // and a list of those that run does not change what one of all says.
        QCOMPARE(overview().containers.size(), 2);
    }

    void tellsOfThoseWithTheseIds() {
        const Overview one = overview({m_idle, QString(64, QLatin1Char('0'))});
        QCOMPARE(one.names(), QStringList(QStringLiteral("idle")));
        QVERIFY(!one.endpointsOf(QStringLiteral("bridge")).contains(QStringLiteral("web")));
    }

    void tellsNobodyOfAnothersContainers() {
        QCOMPARE(overview({}, {}, 0).names(), QStringList());
        QCOMPARE(overview({m_web}, {}, 0).names(), QStringList());
    }

    void refusesWhatItDoesNotKnow() {
        const QString invalid = kErrors + QStringLiteral("InvalidArgument");
        QCOMPARE(error("Overview", {QStringList(QStringLiteral("../web")), QVariantMap()}), invalid);
        QCOMPARE(
            error("Overview", {QStringList(), QVariantMap{{QStringLiteral("state"), QStringLiteral("x")}}}),
            invalid);
        QCOMPARE(error("Overview", {QStringList(), QVariantMap{{QStringLiteral("running"), 1}}}), invalid);
    }
};

ESCALE_TEST(HelperOverviewTest)
#include "helper_overview_test.moc"
