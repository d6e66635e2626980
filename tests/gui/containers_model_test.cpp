#include "gui/common/table.h"
#include "gui/containers/containers_model.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace escale;
using namespace escale::gui;

class ContainersModelTest : public QObject {
    Q_OBJECT

    static dbus::ContainerStats reading(quint64 nanoseconds, quint64 memory) {
        dbus::ContainerStats stats;
        stats.id = QStringLiteral("a");
        stats.cpuNanoseconds = nanoseconds;
        stats.memory = memory;
        stats.pids = 1;
        return stats;
    }
private Q_SLOTS:
    void rowsFollowTheListWithFewChanges() {
        // Given a model with three rows,
        ContainersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setContainers({test::container(QStringLiteral("a")), test::container(QStringLiteral("b")),
                             test::container(QStringLiteral("c"))});
        const QPersistentModelIndex kept = model.index(2, 0);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        // when one goes, one comes and one changes,
        model.setContainers({test::container(QStringLiteral("d")),
                             test::container(QStringLiteral("c"), QStringLiteral("exited")),
                             test::container(QStringLiteral("a"))});
        // then the others stay where they were, and nothing was reset.
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(resets.count(), 0);
        QVERIFY(kept.isValid());
        QCOMPARE(kept.data(kIdRole).toString(), QStringLiteral("c"));
        QVERIFY(model.find(QStringLiteral("b")) == nullptr);
        QVERIFY(model.find(QStringLiteral("d")) != nullptr);
        QCOMPARE(model.runningIds(), QStringList({QStringLiteral("a"), QStringLiteral("d")}));
    }

    void cpuIsTheDifferenceOfTwoReadings() {
        // Given one reading, there is no rate yet;
        ContainersModel model;
        model.setContainers({test::container(QStringLiteral("a"))});
        model.setStats({reading(1'000'000'000, 4096)}, 0);
        QVERIFY(!model.usage(QStringLiteral("a")));
        // when half a second of CPU was used in one second,
        model.setStats({reading(1'500'000'000, 8192)}, 1'000'000'000);
        // then it is half a processor.
        QVERIFY(model.usage(QStringLiteral("a")).has_value());
        QCOMPARE(model.usage(QStringLiteral("a"))->cpuPercent, 50.0);
        QCOMPARE(model.index(0, ContainersModel::Memory).data(kSortRole).toULongLong(), 8192ULL);
    }

    void aCounterThatGoesBackStartsAnew() {
        // Given a container that was started again, so that its counter is lower,
        ContainersModel model;
        model.setContainers({test::container(QStringLiteral("a"))});
        model.setStats({reading(9'000'000'000, 1)}, 0);
        model.setStats({reading(1'000'000, 1)}, 1'000'000'000);
        // then no absurd rate is shown.
        QVERIFY(!model.usage(QStringLiteral("a")));
    }

    void figuresGoWhenItStops() {
        ContainersModel model;
        model.setContainers({test::container(QStringLiteral("a"))});
        model.setStats({reading(0, 4096)}, 0);
        model.setContainers({test::container(QStringLiteral("a"), QStringLiteral("exited"))});
        QCOMPARE(model.index(0, ContainersModel::Memory).data().toString(), QStringLiteral("—"));
    }
};

ESCALE_TEST(ContainersModelTest)
#include "containers_model_test.moc"
