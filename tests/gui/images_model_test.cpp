#include "gui/common/table.h"
#include "gui/images/images_model.h"
#include "gui/images/layers_model.h"
#include "tests/gui/sample.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>

using namespace escale;
using namespace escale::gui;

class ImagesModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsFollowTheList() {
        ImagesModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const dbus::Image debian =
            test::image(QStringLiteral("docker.io/library/debian"), QStringLiteral("12"));
        const dbus::Image demo =
            test::image(QStringLiteral("127.0.0.1:5000/escale/demo"), QStringLiteral("gzip"));
        model.setImages({debian, demo});
        model.setImages({demo, test::image(QStringLiteral("quay.io/a/b"), QStringLiteral("1"))});
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(model.find(ImagesModel::idOf(demo)) != nullptr);
        QVERIFY(model.find(ImagesModel::idOf(debian)) == nullptr);
    }

    void sizesSortByBytesNotByText() {
        // Given 9 kB and 10 kB, whose texts sort the other way round,
        ImagesModel model;
        model.setImages({test::image(QStringLiteral("a/a"), QStringLiteral("1"), 10'000),
                         test::image(QStringLiteral("b/b"), QStringLiteral("1"), 9'000)});
        Table table;
        table.setSource(&model, ImagesModel::Size);
        // then the smaller comes first.
        QCOMPARE(table.proxy().index(0, ImagesModel::Repository).data().toString(), QStringLiteral("b/b"));
    }

    void namesAreShownAsPeopleWriteThem() {
        QCOMPARE(familiarName(QStringLiteral("docker.io/library/debian")), QStringLiteral("debian"));
        QCOMPARE(familiarName(QStringLiteral("docker.io/grafana/loki")), QStringLiteral("grafana/loki"));
        QCOMPARE(familiarName(QStringLiteral("quay.io/a/b")), QStringLiteral("quay.io/a/b"));
    }

    void theFilterFindsAnyColumn() {
        ImagesModel model;
        model.setImages({test::image(QStringLiteral("a/a"), QStringLiteral("stable")),
                         test::image(QStringLiteral("b/b"), QStringLiteral("edge"))});
        Table table;
        table.setSource(&model, 0);
        table.setFilter(QStringLiteral(" EDGE "));
        QCOMPARE(table.proxy().rowCount(), 1);
        QCOMPARE(table.proxy().index(0, 0).data(kIdRole).toString(), QStringLiteral("b/b:edge"));
    }

    void layersKeepTheirOrder() {
        LayersModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setLayers(
            {{QStringLiteral("sha256:ffffffffffffffff"), 1}, {QStringLiteral("sha256:0000000000000000"), 2}});
        QCOMPARE(model.index(0, LayersModel::Number).data().toString(), QStringLiteral("1"));
        // Until the history has been read, the content's digest stands for the instruction.
        QCOMPARE(model.index(0, LayersModel::Instruction).data().toString(), QStringLiteral("ffffffffffff"));
    }
};

ESCALE_TEST(ImagesModelTest)
#include "images_model_test.moc"
