#include "gui/containers/containers_table.h"

#include "gui/common/settings.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/ports_delegate.h"
#include "gui/containers/sparkline_delegate.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

class ContainersTableTest : public QObject {
    Q_OBJECT

    static dbus::Container named(const QString& name, const QString& stack = {},
                                 const QString& state = QStringLiteral("running")) {
        dbus::Container made = test::container(name, state);
        made.name = name;
        if (!stack.isEmpty())
            made.labels = {{QStringLiteral("com.docker.compose.project"), stack}};
        return made;
    }
    // Two stacks and two containers of their own.
    static dbus::ContainerList sample() {
        const QString shop = QStringLiteral("shop"), blog = QStringLiteral("blog"),
                      exited = QStringLiteral("exited");
        return {named(QStringLiteral("web-10")), named(QStringLiteral("web-2"), {}, exited),
                named(QStringLiteral("cart"), shop), named(QStringLiteral("database"), shop, exited),
                named(QStringLiteral("pages"), blog)};
    }
    // Names in the order in which they are shown, containers of a stack behind it in brackets.
    static QString shown(const Table& table) {
        QStringList rows;
        const QAbstractItemModel* model = table.model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex index = model->index(row, 0);
            QStringList below;
            for (int child = 0; child < model->rowCount(index); ++child)
                below.append(model->index(child, 0, index).data().toString());
            rows.append(index.data().toString() +
                        (below.isEmpty()
                             ? QString()
                             : QLatin1Char('(') + below.join(QLatin1Char(' ')) + QLatin1Char(')')));
        }
        return rows.join(QLatin1Char(' '));
    }

private Q_SLOTS:
    void init() { QSettings().remove(QStringLiteral("columns1")); }

    void stacksComeFirstAndNumbersCount() {
        ContainersModel model;
        ContainersTable table(&model);
        const QAbstractItemModelTester tester(table.model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setContainers(sample());
        QCOMPARE(shown(table), QStringLiteral("blog(pages) shop(cart database) web-2 web-10"));
        table.sortByColumn(ContainersModel::Name, Qt::DescendingOrder);
        QCOMPARE(shown(table), QStringLiteral("shop(database cart) blog(pages) web-10 web-2"));
    }

    void theFilterKeepsStacksWithAMatch() {
        ContainersModel model;
        ContainersTable table(&model);
        model.setContainers(sample());
        table.setFilter(QStringLiteral("state:exited"));
        QCOMPARE(shown(table), QStringLiteral("shop(database) web-2"));
        // When the last match of a stack changes, the stack goes, too; and it comes back.
        model.update(named(QStringLiteral("database"), QStringLiteral("shop")));
        QCOMPARE(shown(table), QStringLiteral("web-2"));
        model.update(named(QStringLiteral("cart"), QStringLiteral("shop"), QStringLiteral("exited")));
        QCOMPARE(shown(table), QStringLiteral("shop(cart) web-2"));
    }

    void whatIsShutStaysShut() {
        // Given one stack that was shut,
        ContainersModel model;
        ContainersTable table(&model);
        model.setContainers(sample());
        const QAbstractItemModel* rows = table.model();
        QVERIFY(table.isExpanded(rows->index(0, 0)));
        table.collapse(rows->index(0, 0));
        // when the filter hides both and shows them again,
        table.setFilter(QStringLiteral("web"));
        table.setFilter({});
        // then the one is shut, the other open.
        QVERIFY(!table.isExpanded(rows->index(0, 0)));
        QVERIFY(table.isExpanded(rows->index(1, 0)));
    }

    void aStackStandsForItsContainers() {
        ContainersModel model;
        ContainersTable table(&model);
        model.setContainers(sample());
        const QModelIndex shop = table.model()->index(1, 0);
        table.selectionModel()->select(shop, QItemSelectionModel::Select | QItemSelectionModel::Rows);
        table.selectionModel()->select(table.model()->index(0, 0, shop),
                                       QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QCOMPARE(table.selectedIds(), QStringList({QStringLiteral("cart"), QStringLiteral("database")}));
        // What the filter hides is not meant.
        table.setFilter(QStringLiteral("state:exited"));
        QCOMPARE(table.selectedIds(), QStringList({QStringLiteral("database")}));
    }

    void selectionSurvivesChanges() {
        ContainersModel model;
        ContainersTable table(&model);
        dbus::ContainerList list = sample();
        model.setContainers(list);
        table.selectId(QStringLiteral("database"));
        QCOMPARE(table.currentId(), QStringLiteral("database"));
        list.removeFirst();
        list.append(named(QStringLiteral("another")));
        model.setContainers(list);
        QCOMPARE(table.currentId(), QStringLiteral("database"));
        QCOMPARE(table.selectedIds(), QStringList({QStringLiteral("database")}));
    }

    void columnsAreRemembered() {
        // Given a table whose columns were dragged and hidden, when another is made later,
        ContainersModel model;
        {
            ContainersTable table(&model);
            table.header()->moveSection(table.header()->visualIndex(ContainersModel::Memory), 1);
            table.setColumnHidden(ContainersModel::Image, true);
            table.setColumnHidden(ContainersModel::Address, false);
        }
        const ContainersTable again(&model);
        // then it has them so.
        QCOMPARE(again.header()->visualIndex(ContainersModel::Memory), 1);
        QVERIFY(again.isColumnHidden(ContainersModel::Image));
        QVERIFY(!again.isColumnHidden(ContainersModel::Address));
    }

    void aPortIsALink() {
        // Given a container with a port for browsers and one that is none,
        ContainersModel model;
        ContainersTable table(&model);
        dbus::Container container = named(QStringLiteral("web"));
        container.ports = {QStringLiteral("127.0.0.1:8080->80/tcp"), QStringLiteral("0.0.0.0:53->53/udp")};
        model.setContainers({container});
        table.resize(1200, 300);
        table.show();
        QSignalSpy clicks(&table, &ContainersTable::portClicked);
        const QRect cell = table.visualRect(table.model()->index(0, ContainersModel::Ports));
        // when each is clicked,
        const QFontMetrics metrics(table.font());
        const int second = 8 + metrics.horizontalAdvance(QStringLiteral("8080→80")) + 12 + 4;
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {},
                          QPoint(cell.left() + second, cell.center().y()));
        QCOMPARE(clicks.count(), 0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 12, cell.center().y()));
        // then only the first opens.
        QCOMPARE(clicks.count(), 1);
        QCOMPARE(clicks[0][0].toUrl(), QUrl(QStringLiteral("http://127.0.0.1:8080")));
    }

    void aNameIsEditedInItsCell() {
        ContainersModel model;
        ContainersTable table(&model);
        model.setContainers(sample());
        table.resize(900, 400);
        table.show();
        table.selectId(QStringLiteral("cart"));
        QSignalSpy asked(&model, &ContainersModel::renameRequested);
        table.editName();
        auto* field = table.findChild<QLineEdit*>(QStringLiteral("containersPane.rename"));
        QVERIFY(field != nullptr);
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("basket /")); // neither space nor slash is a name's
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("cart"));
        QCOMPARE(asked[0][1].toString(), QStringLiteral("basket"));
    }

    void aSparklineEndsAtTheNewest() {
        const QRectF box(0, 0, 59, 10);
        const QList<QPointF> points = SparklineDelegate::line({0, 50, 100}, 60, box, 10);
        QCOMPARE(points.size(), 3);
        QCOMPARE(points.last().x(), 59.0);
        QCOMPARE(points.first(), QPointF(57, 10));
        QVERIFY(points.last().y() >= 0 && points.last().y() < 2);
        // Little is little: the scale does not shrink below its least.
        QVERIFY(SparklineDelegate::line({1}, 60, box, 10).last().y() > 8);
    }
};

ESCALE_TEST(ContainersTableTest)
#include "containers_table_test.moc"
