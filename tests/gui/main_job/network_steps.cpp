#include "tests/gui/main_job/network_steps.h"

#include "gui/networks/members_model.h"
#include "gui/networks/networks_model.h"
#include "gui/networks/topology_edge.h"
#include "gui/networks/topology_scene.h"
#include "gui/networks/topology_view.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

namespace escale::test {
namespace {

const QString kTable = QStringLiteral("networksPane.table");
const QString kMembers = QStringLiteral("networksPane.members");

Result<void> choose(QComboBox* box, const QString& words) {
    for (int i = 0; i < box->count(); ++i) {
        if (box->itemText(i).startsWith(words) || box->itemData(i).toString() == words) {
            box->setCurrentIndex(i);
            return {};
        }
    }
    return fail(ErrorCode::NotFound, "there is no choice \"" + words.toStdString() + '"');
}

Result<void> showTab(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("networksPane.tabs")));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> waitForDialog(Driver& driver, const QString& name, bool isThere) {
    return driver.waitFor([&] { return driver.find<QDialog>(name).has_value() == isThere; },
                          name.toStdString() + (isThere ? " opens" : " closes"));
}

Result<gui::TopologyView*> topology(Driver& driver) {
    return driver.find<gui::TopologyView>(QStringLiteral("networksPane.topology"));
}

QString idOf(gui::TopologyView& view, const QString& title) {
    for (const gui::TopologyNode& node : view.topology().graph().nodes) {
        if (node.title.startsWith(title)) // as rows are found
            return node.id;
    }
    return {};
}

} // namespace

Result<void> makeNetwork(Driver& driver, const QString& name) {
    driver.key(Qt::Key_4, Qt::ControlModifier);
    TRY(driver.waitForRow(kTable, QStringLiteral("bridge")));
    TRY(driver.click(QStringLiteral("networksPane.create")));
    const QString dialog = QStringLiteral("createNetworkDialog");
    TRY(waitForDialog(driver, dialog, true));
    TRY_ASSIGN(QLineEdit * subnet, driver.find<QLineEdit>(dialog + QStringLiteral(".subnet")));
    TRY(driver.type(dialog + QStringLiteral(".name"), QStringLiteral("bridge")));
    TRY(driver.waitFor(
        [&] {
            const auto note = driver.find<QLabel>(dialog + QStringLiteral(".name.note"));
            return note && (*note)->property("role") == QStringLiteral("problem");
        },
        "a name that is taken is told under its field"));
    TRY_ASSIGN(QLineEdit * field, driver.find<QLineEdit>(dialog + QStringLiteral(".name")));
    field->selectAll();
    TRY(driver.type(dialog + QStringLiteral(".name"), name));
    TRY(driver.waitFor([&] { return subnet->placeholderText().contains(u'/'); }, "a free subnet is offered"));
    TRY(driver.click(dialog + QStringLiteral(".accept")));
    TRY(waitForDialog(driver, dialog, false));
    return driver.waitForRow(kTable, name);
}

Result<void> chooseNetwork(Driver& driver, const QString& network) {
    QComboBox* box = driver.window().findChild<QComboBox*>(QStringLiteral("runForm.network"));
    if (box == nullptr)
        return fail(ErrorCode::NotFound, "the Run dialog has no choice of networks");
    TRY(driver.waitFor([&] { return box->findData(network) >= 0; }, "the Run dialog offers the network"));
    return choose(box, network);
}

Result<void> connectTo(Driver& driver, const QString& network, const QString& container) {
    driver.key(Qt::Key_4, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, network));
    driver.key(Qt::Key_L, Qt::ControlModifier);
    const QString dialog = QStringLiteral("connectDialog");
    TRY(waitForDialog(driver, dialog, true));
    TRY_ASSIGN(QComboBox * box, driver.find<QComboBox>(dialog + QStringLiteral(".container")));
    TRY(choose(box, container));
    TRY(driver.type(dialog + QStringLiteral(".aliases"), QStringLiteral("second")));
    TRY(driver.click(dialog + QStringLiteral(".accept")));
    TRY(waitForDialog(driver, dialog, false));
    TRY(driver.waitForRow(kMembers, container));
    const QString addresses = driver.cell(kMembers, container, gui::MembersModel::Addresses);
    std::printf("     %s has %s\n", qPrintable(container), qPrintable(addresses));
    const QString aliases = driver.cell(kMembers, container, gui::MembersModel::Aliases);
    if (!addresses.contains(u'.') || aliases != u"second")
        return fail(ErrorCode::WrongState, "addresses \"" + addresses.toStdString() + "\", aliases \"" +
                                               aliases.toStdString() + '"');
    return {};
}

Result<void> seeInTopology(Driver& driver, const QString& network, const QString& container) {
    driver.key(Qt::Key_4, Qt::ControlModifier);
    TRY(driver.waitForRow(kTable, network));
    driver.key(Qt::Key_T, Qt::ControlModifier);
    TRY_ASSIGN(gui::TopologyView * view, topology(driver));
    const auto edge = [&] {
        const QString from = idOf(*view, network), to = idOf(*view, container);
        for (const gui::TopologyEdge& one : view->topology().graph().edges) {
            if (one.from == from && one.to == to)
                return one.id;
        }
        return QString();
    };
    TRY(driver.waitFor([&] { return !edge().isEmpty(); }, "the topology ties the container to its network"));
    TRY(driver.waitFor(
        [&] {
            const auto& all = view->topology().graph().nodes;
            return std::any_of(all.begin(), all.end(), [](const auto& node) {
                return node.kind == gui::TopologyNode::Interface || node.kind == gui::TopologyNode::Firewall;
            });
        },
        "this machine is drawn"));
    view->goTo(edge());
    TRY(driver.waitFor(
        [&] {
            const auto rules = driver.find<QPlainTextEdit>(QStringLiteral("topologyPanel.rules"));
            return rules && (*rules)->toPlainText().contains(QStringLiteral("chain "));
        },
        "the line tells its rules"));
    view->goTo({});
    driver.key(Qt::Key_T, Qt::ControlModifier);
    return driver.waitForRow(kTable, network);
}

Result<void> publishOffered(Driver& driver) {
    return driver.click(QStringLiteral("runForm.publish.offer.8080/tcp"));
}

Result<void> seeWhoReaches(Driver& driver, const QString& container) {
    driver.key(Qt::Key_4, Qt::ControlModifier);
    driver.key(Qt::Key_T, Qt::ControlModifier);
    TRY_ASSIGN(gui::TopologyView * view, topology(driver));
    const auto port = [&] {
        const QString to = idOf(*view, container);
        for (const gui::TopologyNode& node : view->topology().graph().nodes) {
            if (node.kind == gui::TopologyNode::Port && node.lines.join(u' ').contains(container) &&
                !to.isEmpty())
                return node.id;
        }
        return QString();
    };
    TRY(driver.waitFor([&] { return !port().isEmpty(); }, "the topology shows the published port"));
    view->goTo(port());
    QString who;
    TRY(driver.waitFor(
        [&] {
            const auto label = driver.find<QLabel>(QStringLiteral("topologyPanel.reach"));
            who = label ? (*label)->text() : QString();
            return !who.isEmpty();
        },
        "the panel says who reaches it"));
    std::printf("     its port is reached by: %s\n", qPrintable(who));
    view->goTo({});
    driver.key(Qt::Key_T, Qt::ControlModifier);
    return {};
}

Result<void> disconnectFrom(Driver& driver, const QString& network, const QString& container) {
    driver.key(Qt::Key_4, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, network));
    TRY(driver.clickRow(kMembers, container));
    driver.key(Qt::Key_D, Qt::ControlModifier);
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(kMembers, container);
}

Result<void> removeNetwork(Driver& driver, const QString& name) {
    driver.key(Qt::Key_4, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, name));
    driver.key(Qt::Key_Delete);
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(kTable, name);
}

Result<void> showNetworks(Driver& driver, const QString& pane, const QString& network,
                          const QString& container) {
    TRY(connectTo(driver, network, container));
    if (pane == QLatin1String("networks-rules")) {
        TRY(showTab(driver, 2));
        return driver.waitFor(
            [&] {
                const auto rules = driver.find<QPlainTextEdit>(QStringLiteral("networksPane.rules"));
                return rules && (*rules)->toPlainText().contains(QStringLiteral("chain "));
            },
            "the rules are read");
    }
    if (pane == QLatin1String("networks-create")) {
        TRY(driver.click(QStringLiteral("networksPane.create")));
        TRY(waitForDialog(driver, QStringLiteral("createNetworkDialog"), true));
        TRY(driver.type(QStringLiteral("createNetworkDialog.name"), network));
        return driver.waitFor(
            [&] {
                const auto note = driver.find<QLabel>(QStringLiteral("createNetworkDialog.name.note"));
                return note && !(*note)->text().isEmpty();
            },
            "the name is judged");
    }
    if (pane != QLatin1String("networks-topology"))
        return {};
    driver.key(Qt::Key_T, Qt::ControlModifier);
    TRY_ASSIGN(gui::TopologyView * view, topology(driver));
    TRY(driver.waitFor([&] { return !idOf(*view, container).isEmpty(); },
                       "the topology shows the container"));
    QTest::qWait(2500); // counters, twice
    return {};
}

} // namespace escale::test
