#include "gui/containers/containers_model.h"

#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

static const QString a = QStringLiteral("a"), b = QStringLiteral("b"), c = QStringLiteral("c"),
                     d = QStringLiteral("d");
static const QString kExited = QStringLiteral("exited");

static dbus::Container member(const QString& id, const QString& stack,
                              const QString& state = QStringLiteral("running"), int exitCode = 0) {
    dbus::Container made = test::container(id, state, exitCode);
    made.labels = {{QStringLiteral("com.docker.compose.project"), stack}};
    return made;
}

// Of the container "a".
static dbus::ContainerStats reading(qint64 second, quint64 cpuNanoseconds, quint64 memory) {
    dbus::ContainerStats stats;
    stats.id = a;
    stats.time = second * 1000;
    stats.cpuNanoseconds = cpuNanoseconds;
    stats.memory = memory;
    return stats;
}

class ContainersModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsFollowTheListWithFewChanges() {
        // Given a model with three rows,
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setContainers({test::container(a), test::container(b), test::container(c)});
        const QPersistentModelIndex kept = model.index(2, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        // when one goes, one comes and one changes,
        model.setContainers({test::container(d), test::container(c, kExited), test::container(a)});
        // then the others stay where they were, and nothing was reset.
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(resets.count(), 0);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data(kIdRole).toString(), c);
        QVERIFY(model.find(b) == nullptr);
        QVERIFY(model.find(d) != nullptr);
        QCOMPARE(model.runningIds(), QStringList({a, d}));
    }

    void aListThatSaysNothingNewChangesNothing() {
        ContainersModel model;
        const dbus::ContainerList list{test::container(a), member(b, QStringLiteral("shop"))};
        model.setContainers(list);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removes(&model, &QAbstractItemModel::rowsRemoved);
        model.setContainers(list);
        QCOMPARE(changes.count() + inserts.count() + removes.count(), 0);
    }

    void aDebugTerminalIsShownWithItsTargetAndNotCounted() {
        // Given a stack's container and its debug terminal, which is listed first,
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        dbus::Container debug = test::container(b);
        debug.labels = {{QStringLiteral("org.escale.debug-of"), a}};
        model.setContainers({debug, member(a, QStringLiteral("shop"))});
        // then both are in the stack, which counts one container,
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex stack = model.index(0, 0);
        QCOMPARE(model.rowCount(stack), 2);
        QCOMPARE(model.index(0, ContainersModel::State).data().toString(), QStringLiteral("1 of 1 running"));
        QCOMPARE(model.count(), 1);
        QCOMPARE(model.runningCount(), 1);
        // what is done to the stack is not done to the debug terminal,
        QCOMPARE(model.idsAt(stack), QStringList(a));
        // and its row says what it is.
        const QModelIndex row = model.indexOf(b);
        QCOMPARE(row.data(kShapeRole).toInt(), static_cast<int>(StateShape::Debug));
        QCOMPARE(row.siblingAtColumn(ContainersModel::State).data().toString(),
                 QStringLiteral("debug terminal of name-a"));
        // When it goes the stack stays as it was.
        model.remove(b);
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
    }

    void onlyWhatChangedIsTold() {
        // Given five rows, when the second and third change,
        ContainersModel model;
        dbus::ContainerList list;
        for (int i = 0; i < 5; ++i)
            list.append(test::container(QString::number(i)));
        model.setContainers(list);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        list[1].state = list[2].state = kExited;
        model.setContainers(list);
        // then one signal names those two.
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
        QCOMPARE(changes[0][1].toModelIndex().row(), 2);
    }

    void stacksHoldTheirContainers() {
        // Given a stack of three and one container of its own,
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString shop = QStringLiteral("shop");
        model.setContainers(
            {member(a, shop), test::container(b), member(c, shop, kExited), member(d, shop, kExited, 1)});
        // then there are two rows, and the stack's row sums up.
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex stack = model.index(0, 0);
        QVERIFY(stack.data(kStackRole).toBool());
        QCOMPARE(stack.data().toString(), shop);
        QCOMPARE(model.rowCount(stack), 3);
        QCOMPARE(stack.siblingAtColumn(ContainersModel::State).data().toString(),
                 QStringLiteral("1 of 3 running · 1 failed"));
        QCOMPARE(model.idsAt(stack), QStringList({a, c, d}));
        QCOMPARE(model.idsAt(model.index(1, 0)), QStringList({b}));
        QCOMPARE(model.count(), 4);
    }

    void aStackComesAndGoesWithItsContainers() {
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString shop = QStringLiteral("shop"), blog = QStringLiteral("blog");
        model.setContainers({member(a, shop), member(b, shop), test::container(c)});
        const QPersistentModelIndex stack = model.index(0, 0);
        const QPersistentModelIndex kept = model.index(1, 0, stack);
        // When one of its two goes, and another stack comes,
        model.setContainers({member(b, shop), member(d, blog), test::container(c)});
        // then the stack and the other stay;
        QVERIFY(stack.isValid());
        QCOMPARE(kept.data(kIdRole).toString(), b);
        QCOMPARE(model.rowCount(stack), 1);
        QCOMPARE(model.rowCount(), 3);
        // with its last container it goes.
        model.remove(b);
        QVERIFY(!stack.isValid());
        QCOMPARE(model.rowCount(), 2);
        model.setContainers({});
        QCOMPARE(model.rowCount(), 0);
    }

    void oneContainerCanChangeAlone() {
        ContainersModel model;
        model.setContainers({test::container(a), test::container(b)});
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.update(test::container(b, kExited, 3));
        QCOMPARE(changes.count(), 1);
        QCOMPARE(model.find(b)->exitCode, 3);
        model.update(test::container(d));
        QCOMPARE(model.count(), 3);
    }

    void aNewNameIsAskedForNotTaken() {
        ContainersModel model;
        model.setContainers({test::container(a), member(b, QStringLiteral("shop"))});
        QSignalSpy asked(&model, &ContainersModel::renameRequested);
        const QModelIndex name = model.index(0, ContainersModel::Name);
        model.setData(name, QStringLiteral("other"), Qt::EditRole);
        model.setData(name, name.data(), Qt::EditRole); // the old one: nothing to do
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][1].toString(), QStringLiteral("other"));
        QCOMPARE(name.data().toString(), QStringLiteral("name-a"));
        QVERIFY(!model.flags(model.index(1, 0)).testFlag(Qt::ItemIsEditable)); // a stack
    }

    void cpuIsTheDifferenceOfTwoReadings() {
        // Given one reading, there is no rate yet;
        ContainersModel model;
        model.setContainers({test::container(a)});
        model.setStats({reading(0, 1'000'000'000, 4096)});
        QVERIFY(!model.usage(a));
        // when half a second of CPU was used in one second,
        model.setStats({reading(1, 1'500'000'000, 8192)});
        // then it is half a processor.
        QVERIFY(model.usage(a).has_value());
        QCOMPARE(model.usage(a)->cpuPercent, 50.0);
        QCOMPARE(model.index(0, ContainersModel::Memory).data(kSortRole).toULongLong(), 8192ULL);
    }

    void aReadingThatIsToldTwiceCountsOnce() {
        ContainersModel model;
        model.setContainers({test::container(a)});
        model.setStats({reading(0, 1'000'000'000, 1)});
        model.setStats({reading(1, 1'500'000'000, 1)});
        model.setStats({reading(1, 1'500'000'000, 1)});
        QCOMPARE(model.usage(a)->cpuPercent, 50.0);
    }

    void aCounterThatGoesBackStartsAnew() {
        // Given a container that was started again, so that its counter is lower,
        ContainersModel model;
        model.setContainers({test::container(a)});
        model.setStats({reading(0, 9'000'000'000, 1)});
        model.setStats({reading(1, 1'000'000, 1)});
        // then no absurd rate is shown.
        QVERIFY(!model.usage(a));
    }

    void theLastMinuteIsKept() {
        // Given 70 readings, one a second, of a container in a stack,
        ContainersModel model;
        model.setContainers({member(a, QStringLiteral("shop"))});
        for (quint64 second = 0; second < 70; ++second)
            model.setStats({reading(static_cast<qint64>(second), second * 10'000'000, second)});
        // then the last 60 are there, of the stack as well.
        const QModelIndex stack = model.index(0, ContainersModel::Memory);
        const QModelIndex row = model.index(0, ContainersModel::Memory, model.index(0, 0));
        for (const QModelIndex& index : {stack, row}) {
            const auto samples = index.data(kSamplesRole).value<QList<float>>();
            QCOMPARE(samples.size(), 60);
            QCOMPARE(samples.last(), 69.F);
        }
        QCOMPARE(row.siblingAtColumn(ContainersModel::Cpu).data(kSamplesRole).value<QList<float>>().last(),
                 1.F);
    }

    void figuresGoWhenItStops() {
        ContainersModel model;
        model.setContainers({test::container(a)});
        model.setStats({reading(0, 0, 4096)});
        model.setContainers({test::container(a, kExited)});
        QCOMPARE(model.index(0, ContainersModel::Memory).data().toString(), QStringLiteral("—"));
    }
};

ESCALE_TEST(ContainersModelTest)
#include "containers_model_test.moc"
