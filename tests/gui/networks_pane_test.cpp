#include "gui/networks/networks_pane.h"

#include "gui/app/action_history.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/table.h"
#include "gui/networks/connect_dialog.h"
#include "gui/networks/container_drag.h"
#include "gui/networks/container_shelf.h"
#include "gui/networks/create_network_dialog.h"
#include "gui/networks/network_actions.h"
#include "gui/networks/topology_page.h"
#include "tests/gui/fake_engine.h"
#include "tests/gui/network_sample.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>

#include <memory>

using namespace escale;
using namespace escale::gui;
using test::FakeBus;
using test::FakeEngine;

namespace {

QString u(const char* text) {
    return QString::fromUtf8(text);
}

} // namespace

class NetworksPaneTest : public QObject {
    Q_OBJECT

    std::unique_ptr<FakeBus> m_bus;

    // The pane of an engine with three networks and eight containers.
    struct Scene {
        FakeEngine engine;
        EngineClient client;
        NetworksPane pane{client};

        explicit Scene(const FakeBus& bus)
            : engine(bus) {
            const TopologyInput sample = test::smallTopology();
            engine.networks = sample.networks;
            engine.containers = sample.containers;
            engine.interfaces = sample.interfaces;
            engine.interfaces[0].unfit = u("it is the loopback");
            engine.drivers = {{u("bridge"), {}},
                              {u("macvlan"), {}},
                              {u("ipvlan"), u("this kernel has no ipvlan")},
                              {u("vlan"), u("this kernel has no 802.1q")}};
            pane.resize(1100, 760);
            pane.show();
            client.open();
        }
        [[nodiscard]] bool isListed() { return table().proxy().rowCount() == 4; }
        [[nodiscard]] Table& table() { return *pane.findChild<Table*>(u("networksPane.table")); }
        [[nodiscard]] QAction* action(NetworkActions::Kind kind) {
            return pane.findChild<QAction*>(u("networks.action.%1").arg(int(kind)));
        }
        template <class Dialog>
        Dialog* open(NetworkActions::Kind kind) {
            action(kind)->trigger();
            return pane.findChild<Dialog*>();
        }
        [[nodiscard]] QString notice() { return pane.findChild<QLabel*>(u("actionNotice.text"))->text(); }
        [[nodiscard]] ErrorBanner& error() { return *pane.findChild<ErrorBanner*>(); }
        void confirm() { pane.findChild<QPushButton*>(u("confirmation.yes"))->click(); }
        [[nodiscard]] QString question() {
            return pane.findChild<Confirmation*>()->findChild<QLabel*>()->text();
        }
        void select(const char* network) { table().selectId(u(network)); }
    };
    static void write(QWidget* dialog, const char* field, const char* text) {
        dialog->findChild<QLineEdit*>(u(field))->setText(u(text));
    }
    static QString text(QWidget* dialog, const char* label) {
        return dialog->findChild<QLabel*>(u(label))->text();
    }
    static QPushButton* accept(QWidget* dialog) {
        return dialog->findChild<QPushButton*>(dialog->objectName() + u(".accept"));
    }
    static bool drop(QWidget* onto, const QPoint& place, const ContainerDrag& drag) {
        const std::unique_ptr<QMimeData> data(drag.toMime());
        QDragEnterEvent enter(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(onto, &enter);
        QDragMoveEvent move(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        move.ignore();
        QCoreApplication::sendEvent(onto, &move);
        QDropEvent event(place, Qt::CopyAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        event.ignore();
        QCoreApplication::sendEvent(onto, &event);
        return move.isAccepted() && event.isAccepted();
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(FakeBus::isPossible(), "there is no dbus-daemon");
        m_bus = std::make_unique<FakeBus>();
    }
    void cleanupTestCase() { m_bus.reset(); }

    void theListFollowsTheSignal() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.engine.networks.removeLast();
        scene.engine.tellChanged(u("networks"));
        QTRY_COMPARE(scene.table().proxy().rowCount(), 3);
    }

    void aWarningLeadsToTheMove() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        auto* warning = scene.pane.findChild<QWidget*>(u("networksPane.warning"));
        QVERIFY(!warning->isVisible());
        scene.select("id-frontend");
        QVERIFY(warning->isVisible());
        QVERIFY(text(&scene.pane, "networksPane.warningText").contains(u("tun0")));
        scene.action(NetworkActions::Move)->trigger();
        // Who loses connections is said before.
        QVERIFY2(scene.question().contains(u("api, web")), qPrintable(scene.question()));
        scene.confirm();
        QTRY_VERIFY(scene.engine.last(u("Move")) != nullptr);
        QCOMPARE(scene.engine.last(u("Move"))->text(0), u("id-frontend"));
        QTRY_VERIFY(scene.notice().contains(u("10.99.0.0/24")));
    }

    void eachAnswerStandsUnderItsField() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.engine.check = [](const QString& name, const QVariantMap& options) {
            dbus::NetworkProblems problems;
            if (name == u("bridge"))
                problems.append({u("name"), u("there is a network bridge"), u("Choose another name.")});
            if (options.value(u("subnet")).toStringList().contains(u("10.0.0.0/8")))
                problems.append({u("subnet"), u("it overlaps a route of tun0"), u("Leave it empty.")});
            if (options.value(u("gateway")).toStringList().contains(u("fd00::1")))
                problems.append({u("gateway"), u("fd00::1 is in no subnet"), {}});
            dbus::NetworkPools pools;
            if (problems.isEmpty())
                pools.append({u("172.20.0.0/16"), {}, u("172.20.0.1")});
            return std::pair(problems, pools);
        };
        auto* dialog = scene.open<CreateNetworkDialog>(NetworkActions::Create);
        QVERIFY(dialog != nullptr);
        const auto note = [&](const char* field) { return text(dialog, qPrintable(u(field) + u(".note"))); };
        // Given no name yet, a subnet is offered already.
        QTRY_VERIFY(dialog->findChild<QLineEdit*>(u("createNetworkDialog.subnet"))
                        ->placeholderText()
                        .contains(u("172.20.0.0/16")));
        QVERIFY(!accept(dialog)->isEnabled());
        write(dialog, "createNetworkDialog.name", "bridge");
        write(dialog, "createNetworkDialog.subnet", "10.0.0.0/8");
        QTRY_COMPARE(note("createNetworkDialog.name"), u("There is a network bridge. Choose another name."));
        QVERIFY(note("createNetworkDialog.subnet").contains(u("tun0")));
        QVERIFY(!accept(dialog)->isEnabled());
        // Both families have one option, each its own field.
        dialog->findChild<QCheckBox*>(u("createNetworkDialog.ipv6"))->setChecked(true);
        write(dialog, "createNetworkDialog.gateway", "10.0.0.1");
        write(dialog, "createNetworkDialog.gateway6", "fd00::1");
        QTRY_COMPARE(note("createNetworkDialog.gateway6"), u("fd00::1 is in no subnet."));
        QCOMPARE(note("createNetworkDialog.gateway"), QString());
        // When all is right, it can be made.
        write(dialog, "createNetworkDialog.name", "mine");
        write(dialog, "createNetworkDialog.subnet", "");
        write(dialog, "createNetworkDialog.gateway", "");
        write(dialog, "createNetworkDialog.gateway6", "");
        QTRY_VERIFY(accept(dialog)->isEnabled());
        dialog->findChild<QCheckBox*>(u("createNetworkDialog.icc"))->setChecked(false);
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Create")) != nullptr);
        QCOMPARE(scene.engine.last(u("Create"))->text(0), u("mine"));
        const QVariantMap options = scene.engine.last(u("Create"))->options();
        QCOMPARE(options.value(u("driver")).toString(), u("bridge"));
        QCOMPARE(options.value(u("ipv6")).toBool(), true);
        QVERIFY(options.contains(u("icc")) && !options.value(u("icc")).toBool());
        QVERIFY(!options.contains(u("subnet")) && !options.contains(u("masquerade")));
        QTRY_VERIFY(scene.pane.findChild<CreateNetworkDialog*>() == nullptr); // closed, and gone
    }

    void whatIsHalfWrittenIsNotAskedAbout() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        QVariantMap asked;
        scene.engine.check = [&](const QString&, const QVariantMap& options) {
            asked = options;
            return std::pair<dbus::NetworkProblems, dbus::NetworkPools>();
        };
        auto* dialog = scene.open<CreateNetworkDialog>(NetworkActions::Create);
        write(dialog, "createNetworkDialog.name", "mine");
        write(dialog, "createNetworkDialog.subnet", "10.5.0.");
        QTRY_VERIFY(text(dialog, "createNetworkDialog.subnet.note").contains(u("10.5.0.0/24")));
        QVERIFY(!asked.contains(u("subnet")));
        QVERIFY(!accept(dialog)->isEnabled());
        write(dialog, "createNetworkDialog.subnet", "10.5.0.0/24");
        QTRY_VERIFY(accept(dialog)->isEnabled());
        QCOMPARE(asked.value(u("subnet")).toStringList(), QStringList(u("10.5.0.0/24")));
    }

    void whatTheMachineLacksCannotBeChosen() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        auto* dialog = scene.open<CreateNetworkDialog>(NetworkActions::Create);
        auto* driver = dialog->findChild<QComboBox*>(u("createNetworkDialog.driver"));
        const auto isEnabled = [](QComboBox* box, int row) {
            return box->model()->index(row, 0).flags().testFlag(Qt::ItemIsEnabled);
        };
        QTRY_VERIFY(!isEnabled(driver, 2));
        QVERIFY(isEnabled(driver, 1));
        QVERIFY(driver->itemText(2).contains(u("this kernel has no ipvlan")));
        driver->setCurrentIndex(1);
        auto* parent = dialog->findChild<QComboBox*>(u("createNetworkDialog.parent"));
        QVERIFY(parent->isVisible());
        // Interfaces that are no parent say why; the first that is one is chosen.
        QTRY_COMPARE(parent->currentData().toString(), u("eth0"));
        QVERIFY(!isEnabled(parent, parent->findData(u("lo"))));
        QCOMPARE(parent->findData(u("ve1")), -1);
        QVERIFY(!dialog->findChild<QWidget*>(u("createNetworkDialog.vlan"))->isEnabled());
        const QVariantMap options = dialog->options();
        QCOMPARE(options.value(u("parent")).toString(), u("eth0"));
        QCOMPARE(options.value(u("mode")).toString(), u("bridge"));
        QVERIFY(!options.contains(u("icc")));
    }

    void aContainerIsConnectedWithItsNamesThere() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("id-backend");
        QTRY_VERIFY(scene.action(NetworkActions::Connect)->isEnabled());
        auto* dialog = scene.open<ConnectDialog>(NetworkActions::Connect);
        auto* box = dialog->findChild<QComboBox*>(u("connectDialog.container"));
        // Those that are in it are not offered.
        QCOMPARE(box->findData(u("c-db")), -1);
        box->setCurrentIndex(box->findData(u("c-web")));
        write(dialog, "connectDialog.aliases", "front, www");
        write(dialog, "connectDialog.ip", "10.89.9.9");
        QVERIFY(text(dialog, "connectDialog.ip.note").contains(u("10.89.2.0/24")));
        QVERIFY(!accept(dialog)->isEnabled());
        write(dialog, "connectDialog.ip", "10.89.2.77");
        accept(dialog)->click();
        QTRY_VERIFY(scene.engine.last(u("Connect")) != nullptr);
        const FakeEngine::Call& call = *scene.engine.last(u("Connect"));
        QCOMPARE(call.text(0), u("id-backend"));
        QCOMPARE(call.text(1), u("c-web"));
        QCOMPARE(call.options().value(u("aliases")).toStringList(), QStringList({u("front"), u("www")}));
        QCOMPARE(call.options().value(u("ip")).toString(), u("10.89.2.77"));
        QVERIFY(!call.options().contains(u("mac-address")));
    }

    void aDropConnectsAndADropBesideDisconnects() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        const QModelIndex backend = scene.table().proxy().index(1, 0);
        QCOMPARE(backend.data(kIdRole).toString(), u("id-backend"));
        QVERIFY(drop(scene.table().viewport(), scene.table().visualRect(backend).center(),
                     {{}, {u("c-web"), u("c-tools")}}));
        QTRY_COMPARE(scene.engine.calls.size(), 2);
        QCOMPARE(scene.engine.calls[0].text(0), u("id-backend"));
        QTRY_VERIFY(scene.notice().contains(u("web")) && scene.notice().contains(u("tools")));
        // A member that is dropped on the list of containers goes, after a question.
        auto* shelf = scene.pane.findChild<ContainerShelf*>();
        QVERIFY(drop(shelf->viewport(), QPoint(20, 20), {u("id-backend"), {u("c-db")}}));
        QVERIFY(scene.question().contains(u("db")));
        scene.confirm();
        QTRY_VERIFY(scene.engine.last(u("Disconnect")) != nullptr);
        QCOMPARE(scene.engine.last(u("Disconnect"))->text(1), u("c-db"));
    }

    void deleteAmongTheMembersMeansOneOfThem() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        scene.select("id-backend");
        auto* members = scene.pane.findChild<Table*>(u("networksPane.members"));
        members->selectId(u("c-cache"));
        members->setFocus();
        QTest::keyClick(members, Qt::Key_Delete);
        QVERIFY2(scene.question().contains(u("cache off the network backend")), qPrintable(scene.question()));
    }

    void aRemovalThatIsRefusedNamesTheMembers() {
        Scene scene(*m_bus);
        scene.engine.refusals.insert(
            u("Remove"), {u("InUse"), u("the network backend is in use by api, db\nDisconnect them.")});
        QTRY_VERIFY(scene.isListed());
        scene.select("bridge");
        scene.table().selectId(u("id-bridge"));
        QVERIFY(!scene.action(NetworkActions::Remove)->isEnabled()); // the default one stays
        scene.select("id-backend");
        scene.action(NetworkActions::Remove)->trigger();
        scene.confirm();
        QTRY_VERIFY(scene.error().message().contains(u("api, db")));
        // With a way out of it.
        scene.error().findChild<QPushButton*>(u("errorBanner.action"))->click();
        QVERIFY(scene.question().contains(u("api, db, cache, worker, mailer")));
    }

    void aPruneNamesWhatGoes() {
        Scene scene(*m_bus);
        scene.engine.networks.append(test::network(u("empty"), u("10.1.0.0/24")));
        scene.engine.networks.append(test::network(u("spare"), u("10.2.0.0/24")));
        scene.engine.prunes = {QStringList{u("id-empty"), u("id-spare")}};
        QTRY_COMPARE(scene.table().proxy().rowCount(), 6);
        scene.action(NetworkActions::Prune)->trigger();
        QVERIFY2(scene.question().contains(u("empty, spare")), qPrintable(scene.question()));
        scene.confirm();
        QTRY_COMPARE(scene.notice(), u("Removed: empty, spare"));
    }

    void rulesAreReadWhenTheyAreLookedAt() {
        Scene scene(*m_bus);
        scene.engine.rules = {
            {u("forward"),
             u("table inet escale {\n\tchain forward {\n\t\tiifname \"br-backend\" drop\n\t}\n}\n")}};
        QTRY_VERIFY(scene.isListed());
        QCOMPARE(scene.engine.looks.value(u("Rules")), 0);
        scene.pane.findChild<QTabWidget*>(u("networksPane.tabs"))->setCurrentIndex(2);
        auto* rules = scene.pane.findChild<QPlainTextEdit*>(u("networksPane.rules"));
        QTRY_VERIFY(rules->toPlainText().contains(u("chain forward {")));
        // As nft lists them, without the table around each.
        QCOMPARE(rules->toPlainText(), u("chain forward {\n    iifname \"br-backend\" drop\n}"));
    }

    void countersAreAskedForOnlyWhileTheTopologyIsSeen() {
        Scene scene(*m_bus);
        QTRY_VERIFY(scene.isListed());
        QCOMPARE(scene.engine.looks.value(u("Statistics")), 0);
        scene.action(NetworkActions::Topology)->trigger();
        QTRY_VERIFY(scene.engine.looks.value(u("Statistics")) > 0);
        QTRY_VERIFY(scene.engine.looks.value(u("Reach")) == 2); // two of them publish ports
        scene.action(NetworkActions::Topology)->trigger();
        QVERIFY(!scene.pane.findChild<TopologyPage*>()->isVisible());
        QVERIFY(scene.table().isVisible());
    }

    void theHistoryShowsWhatDockerUsersWrite() {
        Scene scene(*m_bus);
        const ActionHistory history(scene.client);
        QTRY_VERIFY(scene.isListed());
        scene.select("id-backend");
        scene.pane.findChild<NetworkActions*>()->connectContainers(u("id-backend"), {u("c-web")});
        QTRY_VERIFY(!history.all().isEmpty());
        const auto trace = history.all().first()->trace();
        QVERIFY(trace.has_value());
        QCOMPARE(trace->title, u("Connect web to backend"));
        QCOMPARE(trace->docker, u("docker network connect backend web"));
        QVERIFY(!trace->kernel.isEmpty());
    }
};

ESCALE_TEST(NetworksPaneTest)
#include "networks_pane_test.moc"
