#include "gui/common/table.h"
#include "gui/networks/container_drag.h"
#include "gui/networks/members_model.h"
#include "gui/networks/networks_model.h"
#include "gui/networks/traffic_rates.h"
#include "tests/gui/network_sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>

#include <memory>

using namespace escale;
using namespace escale::gui;

class NetworksModelTest : public QObject {
    Q_OBJECT

    static QString cell(const NetworksModel& model, int row, int column) {
        return model.index(row, column).data().toString();
    }

private Q_SLOTS:
    void rowsFollowTheList() {
        NetworksModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        dbus::NetworkList networks = test::smallTopology().networks;
        model.setNetworks(networks);
        QCOMPARE(model.rowCount(), 4);
        // When one goes, one comes and one changes, then the others keep their rows.
        const QPersistentModelIndex backend = model.index(2, 0);
        networks.removeAt(1);
        networks[1].endpoints.removeLast();
        networks.append(test::network(QStringLiteral("new"), QStringLiteral("10.1.0.0/24")));
        model.setNetworks(networks);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(backend.data().toString(), QStringLiteral("backend"));
        QCOMPARE(model.find(QStringLiteral("id-backend"))->endpoints.size(), 4);
        QVERIFY(model.find(QStringLiteral("id-frontend")) == nullptr);
    }

    void aRowSaysWhoIsInIt() {
        NetworksModel model;
        model.setNetworks(test::smallTopology().networks);
        QCOMPARE(cell(model, 2, NetworksModel::Members),
                 QStringLiteral("5 · api, cache, db, mailer, worker"));
        QCOMPARE(cell(model, 2, NetworksModel::Properties), QStringLiteral("internal, IPv6"));
        QCOMPARE(cell(model, 3, NetworksModel::Driver), QStringLiteral("macvlan · bridge"));
        QCOMPARE(cell(model, 3, NetworksModel::Interface), QStringLiteral("eth0"));
    }

    void aWarningHasASignAndItsWords() {
        NetworksModel model;
        model.setNetworks(test::smallTopology().networks);
        QVERIFY(!model.index(0, NetworksModel::Name).data(Qt::DecorationRole).isValid());
        const QModelIndex warned = model.index(1, NetworksModel::Name);
        QVERIFY(warned.data(Qt::DecorationRole).isValid());
        QVERIFY(warned.data(Qt::ToolTipRole).toString().contains(QStringLiteral("tun0")));
        QVERIFY(warned.data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("tun0")));
    }

    void theDefaultNetworkComesFirst() {
        // Given names that sort before "bridge",
        NetworksModel model;
        dbus::NetworkList networks = test::smallTopology().networks;
        networks.append(test::network(QStringLiteral("alpha"), QStringLiteral("10.1.0.0/24")));
        model.setNetworks(networks);
        Table table;
        table.setSource(&model, NetworksModel::Name);
        // then the default one is still the first.
        QCOMPARE(table.proxy().index(0, 0).data().toString(), QStringLiteral("bridge"));
        QCOMPARE(table.proxy().index(1, 0).data().toString(), QStringLiteral("alpha"));
    }

    void membersCanBeDraggedOff() {
        MembersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const dbus::Network backend = test::smallTopology().networks[2];
        model.setEndpoints(backend.id, backend.endpoints);
        QModelIndexList row;
        for (int column = 0; column < MembersModel::ColumnCount; ++column)
            row.append(model.index(1, column));
        const std::unique_ptr<QMimeData> data(model.mimeData(row));
        const auto drag = ContainerDrag::fromMime(data.get());
        QVERIFY(drag.has_value());
        QCOMPARE(drag->network, backend.id);
        QCOMPARE(drag->containers, QStringList(QStringLiteral("c-db")));
    }

    void membersKeepTheirRowsWhenOneStops() {
        MembersModel model;
        dbus::Network backend = test::smallTopology().networks[2];
        model.setEndpoints(backend.id, backend.endpoints);
        const QPersistentModelIndex database = model.index(1, MembersModel::State);
        backend.endpoints[1].isRunning = false;
        model.setEndpoints(backend.id, backend.endpoints);
        QVERIFY(database.isValid());
        QCOMPARE(database.data().toString(), QStringLiteral("stopped"));
    }

    void ratesAreDifferencesOverTime() {
        TrafficRates rates;
        dbus::EndpointStatistic one{
            QStringLiteral("n"), QStringLiteral("c"), QStringLiteral("eth0"), 1000, 10, 0, 0, 0};
        rates.take(dbus::EndpointStatistics{one}, 5000);
        const QString key = TrafficRates::endpointKey(one.network, one.container);
        QCOMPARE(rates.rate(key).packets(), 0.0); // nothing to compare with
        one.receivedBytes = 5000;
        one.receivedPackets = 30;
        rates.take(dbus::EndpointStatistics{one}, 7000);
        QCOMPARE(rates.rate(key).inPackets, 10.0);
        QCOMPARE(rates.rate(key).inBytes, 2000.0);
    }

    void aCounterThatGoesBackIsNoTraffic() {
        TrafficRates rates;
        dbus::HostInterface one = test::hostInterface(QStringLiteral("eth0"), {});
        one.receivedPackets = 1000;
        rates.take(dbus::HostInterfaces{one}, 1000);
        one.receivedPackets = 3; // another interface has the name now
        rates.take(dbus::HostInterfaces{one}, 2000);
        QCOMPARE(rates.rate(TrafficRates::interfaceKey(one.name)).packets(), 0.0);
    }
};

ESCALE_TEST(NetworksModelTest)
#include "networks_model_test.moc"
