#include "gui/containers/containers_pane.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/table.h"
#include "gui/containers/containers_feed.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/containers_table.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

using namespace escale;
using namespace escale::gui;

// Without an engine: the list is put into the model, as the feed does.
class ContainersPaneTest : public QObject {
    Q_OBJECT

    // The tabs below have tables and empty states of their own.
    static EmptyState* emptyOf(ContainersPane& pane, const QWidget* table) {
        for (TableStack* stack : pane.findChildren<TableStack*>()) {
            if (stack->isAncestorOf(table))
                return &stack->empty();
        }
        return nullptr;
    }
    struct Scene {
        EngineClient client;
        ContainersPane pane{client};
        ContainersModel* model = pane.findChild<ContainersModel*>();
        ContainersTable* table = pane.findChild<ContainersTable*>();
        EmptyState* empty = emptyOf(pane, table);
        QWidget* lower = pane.findChild<QWidget*>(QStringLiteral("containersPane.lower"));

        explicit Scene(const dbus::ContainerList& list) {
            pane.resize(1000, 700);
            pane.show();
            model->setContainers(list);
            Q_EMIT pane.findChild<ContainersFeed*>()->taken();
        }
    };
    static dbus::ContainerList two() {
        return {test::container(QStringLiteral("a")),
                test::container(QStringLiteral("b"), QStringLiteral("exited"), 1)};
    }

private Q_SLOTS:
    void anEmptyListSaysWhatToDo() {
        const Scene scene({});
        QVERIFY(scene.empty->isVisible());
        QCOMPARE(scene.empty->title(), QStringLiteral("No containers yet"));
        QVERIFY(!scene.lower->isVisible());
    }

    void aFilterWithoutAMatchIsSaidAndUndone() {
        Scene scene(two());
        scene.pane.select(QStringLiteral("b"));
        scene.pane.setFilter(QStringLiteral("state:gone"));
        QVERIFY(scene.empty->isVisible());
        QVERIFY(scene.empty->title().contains(QStringLiteral("state:gone")));
        QVERIFY(!scene.lower->isVisible());
        // What was selected is selected again.
        scene.pane.setFilter({});
        QVERIFY(scene.table->isVisible());
        QVERIFY(scene.lower->isVisible());
        QCOMPARE(scene.table->currentId(), QStringLiteral("b"));
    }

    void aContainerIsSelectedWhenItComes() {
        Scene scene(two());
        scene.pane.select(QStringLiteral("c"));
        QCOMPARE(scene.table->currentId(), QStringLiteral("a"));
        scene.model->update(test::container(QStringLiteral("c")));
        Q_EMIT scene.pane.findChild<ContainersFeed*>()->taken();
        QCOMPARE(scene.table->currentId(), QStringLiteral("c"));
    }

    void theHeaderCounts() {
        const Scene scene(two());
        QVERIFY(scene.pane.summary().startsWith(QStringLiteral("2 container")));
        QVERIFY(scene.pane.summary().contains(QStringLiteral("1 running")));
    }
};

ESCALE_TEST(ContainersPaneTest)
#include "containers_pane_test.moc"
