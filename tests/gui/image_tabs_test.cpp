#include "gui/images/image_tabs.h"

#include "gui/client/engine_client.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/images/finding_text.h"
#include "gui/images/findings_model.h"
#include "gui/images/findings_tab.h"
#include "gui/images/findings_view.h"
#include "gui/images/history_model.h"
#include "gui/images/layer_tree_model.h"
#include "gui/images/layers_model.h"
#include "gui/images/layers_tab.h"
#include "gui/images/used_by_tab.h"
#include "tests/gui/sample.h"
#include "tests/image/layer_list.h"
#include "tests/support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <set>

using namespace escale;
using namespace escale::gui;
using test::LayerList;

// Without an engine: what the reader would tell is told by the test.
class ImageTabsTest : public QObject {
    Q_OBJECT

    static ImageContentsPointer contents() {
        return std::make_shared<ImageContents>(std::vector<std::vector<LayerEntry>>{
            LayerList()
                .file("bin/sh", 1000)
                .file("etc/passwd", 10)
                .file("etc/old", 5)
                .file("zebra", 1)
                .entries(),
            LayerList().file("etc/passwd", 20).whiteout("etc/old").file("app/lib/x", 300).entries()});
    }
    static dbus::Image image() {
        dbus::Image made = test::image(QStringLiteral("docker.io/library/shop"), QStringLiteral("latest"));
        made.layers = {{QStringLiteral("sha256:aa"), 1016}, {QStringLiteral("sha256:bb"), 320}};
        return made;
    }
    static ImageDetails details() {
        ImageDetails made;
        made.history = {{"ADD rootfs.tar /", {}, {}, 0, 0},
                        {"CMD [\"sh\"]", {}, {}, 0, std::nullopt},
                        {"COPY app /app", {}, {}, 0, 1}};
        return made;
    }
    static LayerQuery query(std::size_t layer, bool only = false) {
        LayerQuery made;
        made.layer = layer;
        made.thisLayerOnly = only;
        return made;
    }
    // All rows below, opened one after the other, with their depth as dashes.
    static QString tree(QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0) {
        QString text;
        if (model.canFetchMore(parent))
            model.fetchMore(parent);
        for (int row = 0; row < model.rowCount(parent); ++row) {
            const QModelIndex index = model.index(row, 0, parent);
            text += QString(depth, u'-') + index.data().toString() + u' ' + tree(model, index, depth + 1);
        }
        return text;
    }
    struct Scene {
        EngineClient client;
        ImageTabs tabs{client};
        LayersTab* layers = tabs.findChild<LayersTab*>();
        Table* files = tabs.findChild<Table*>(QStringLiteral("imagesPane.files"));
        Table* stack = tabs.findChild<Table*>(QStringLiteral("imagesPane.layers"));
        explicit Scene(bool isRead = true) {
            tabs.resize(1000, 500);
            tabs.show();
            const dbus::Image shown = image();
            tabs.setImage(&shown);
            if (!isRead)
                return;
            tabs.takeDetails(details());
            tabs.takeContents(contents());
        }
        QToolButton* button(const char* name) const {
            return tabs.findChild<QToolButton*>(QLatin1String(name));
        }
        QString filesTree() const { return tree(*files->model()).trimmed(); }
    };

private Q_SLOTS:
    // Made after the query: Qt 6.4's tester fetches rows while it hears of a reset, and takes that amiss.
    void theTreeKeepsTheRulesOfModels() {
        LayerTreeModel model;
        model.setContents(contents());
        model.setQuery(query(1));
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(tree(model).trimmed(), QStringLiteral("app -lib --x bin -sh etc -old -passwd zebra"));
    }

    void theTreeIsMadeFolderByFolder() {
        LayerTreeModel model;
        model.setContents(contents());
        model.setQuery(query(1));
        // Given nothing but the root's rows,
        QCOMPARE(model.rowCount(), 4);
        const QModelIndex app = model.index(0, 0);
        QVERIFY(model.hasChildren(app) && model.canFetchMore(app) && model.rowCount(app) == 0);
        // when a folder is opened, its own come.
        model.fetchMore(app);
        QCOMPARE(model.rowCount(app), 1);
        QVERIFY(!model.canFetchMore(app));
        model.setContents(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void rowsTellWhatTheLayerDid() {
        LayerTreeModel model;
        model.setContents(contents());
        model.setQuery(query(1, true));
        const QModelIndex old = model.indexOf(contents()->stack.find("/etc/old"));
        QCOMPARE(old.siblingAtColumn(LayerTreeModel::Change).data().toString(),
                 LayerTreeModel::changeText(LayerChange::Removed));
        QVERIFY(old.data(Qt::FontRole).value<QFont>().strikeOut()); // not by colour alone
        QCOMPARE(old.data(kIdRole).toString(), QStringLiteral("/etc/old"));
        QCOMPARE(old.parent().siblingAtColumn(LayerTreeModel::Size).data(kSortRole).toULongLong(), 25ULL);
        QVERIFY(!model.indexOf(contents()->stack.find("/zebra")).isValid());
    }

    void foldersComeFirstInEitherOrder() {
        LayerTreeModel model;
        model.setContents(contents());
        model.setQuery(query(0));
        Table table(new LayerTreeProxy, nullptr);
        table.setSource(&model, LayerTreeModel::Name);
        QCOMPARE(tree(*table.model()).trimmed(), QStringLiteral("bin -sh etc -old -passwd zebra"));
        table.sortByColumn(LayerTreeModel::Name, Qt::DescendingOrder);
        QCOMPARE(tree(*table.model()).trimmed(), QStringLiteral("etc -passwd -old bin -sh zebra"));
    }

    void layersAreAStackOfInstructions() {
        const Scene scene;
        const LayersModel& model = scene.layers->layers();
        QCOMPARE(model.index(1, LayersModel::Instruction).data().toString(), QStringLiteral("COPY app /app"));
        QCOMPARE(model.index(0, LayersModel::Files).data().toString(), QStringLiteral("+4"));
        QCOMPARE(model.index(1, LayersModel::Files).data().toString(), QStringLiteral("+1 ~1 \u22121"));
        QCOMPARE(scene.stack->currentRow(), 1); // the top one
    }

    void aLayerShowsItsChangesOrAllUpToIt() {
        Scene scene;
        QCOMPARE(scene.filesTree(), QStringLiteral("app -lib --x etc -old -passwd"));
        scene.button("layers.all")->click();
        QCOMPARE(scene.filesTree(), QStringLiteral("app -lib --x bin -sh etc -old -passwd zebra"));
        scene.stack->setCurrentIndex(scene.stack->model()->index(0, 0));
        QCOMPARE(scene.filesTree(), QStringLiteral("bin -sh etc -old -passwd zebra"));
    }

    void theFilterOpensWhatItFinds() {
        Scene scene;
        scene.button("layers.all")->click();
        scene.tabs.findChild<QLineEdit*>(QStringLiteral("layers.filter"))->setText(QStringLiteral("PASS"));
        QCOMPARE(scene.filesTree(), QStringLiteral("etc -passwd"));
        QVERIFY(scene.files->isExpanded(scene.files->model()->index(0, 0)));
        scene.tabs.findChild<QLineEdit*>(QStringLiteral("layers.filter"))->setText(QStringLiteral("no such"));
        QVERIFY(!scene.files->isVisible());
    }

    void kindsAreSwitchedOff() {
        Scene scene;
        scene.button("layers.kind.0")->click(); // added
        QCOMPARE(scene.filesTree(), QStringLiteral("etc -old -passwd"));
        scene.button("layers.kind.2")->click(); // removed
        QCOMPARE(scene.filesTree(), QStringLiteral("etc -passwd"));
        QVERIFY(!scene.button("layers.kind.3")->isVisible()); // a layer alone has nothing unchanged
    }

    void openFoldersStayOpenInTheNextLayer() {
        Scene scene;
        scene.button("layers.all")->click();
        const auto etc = [&] {
            return scene.files->model()->index(scene.filesTree().startsWith(u'a') ? 2 : 1, 0);
        };
        scene.files->expand(etc());
        scene.stack->setCurrentIndex(scene.stack->model()->index(0, 0));
        QVERIFY(scene.files->isExpanded(etc()));
    }

    void anotherImageForgetsTheOneBefore() {
        Scene scene;
        dbus::Image other = image();
        other.digest = QStringLiteral("sha256:ffff");
        scene.tabs.setImage(&other);
        QCOMPARE(scene.layers->tree().rowCount(), 0);
        QCOMPARE(scene.layers->layers().index(1, LayersModel::Files).data().toString(), QString());
        scene.tabs.setImage(nullptr);
        QCOMPARE(scene.layers->layers().rowCount(), 0);
    }

    void theSameImageAgainChangesNothing() {
        Scene scene;
        const dbus::Image same = image();
        scene.tabs.setImage(&same);
        QVERIFY(scene.layers->tree().rowCount() > 0);
    }

    void aFailureIsShownAndTriedAgain() {
        Scene scene(false);
        scene.tabs.takeFailure({ErrorCode::NotFound, "the layer has gone", {}, {}});
        auto* banner = scene.layers->findChild<ErrorBanner*>();
        QVERIFY(banner->isVisible());
        QVERIFY(banner->message().contains(QStringLiteral("the layer has gone")));
        const QSignalSpy again(scene.layers, &LayersTab::retryRequested);
        for (auto* button : banner->findChildren<QPushButton*>()) {
            if (button->isVisible())
                button->click();
        }
        QCOMPARE(again.count(), 1);
        QVERIFY(!banner->isVisible());
    }

    void everyFindingHasItsWords() {
        std::set<QString> titles;
        for (int code = 0; code <= static_cast<int>(FindingCode::OpenPermissions); ++code) {
            const auto each = static_cast<FindingCode>(code);
            QVERIFY(!findingMeaning(each).isEmpty() && !findingAdvice(each).isEmpty());
            QVERIFY2(titles.insert(findingTitle(each)).second, qPrintable(findingTitle(each)));
        }
    }

    void aFindingLeadsToItsFile() {
        Scene scene;
        scene.tabs.takeFindings(fileFindings(contents()->stack, {}), true);
        auto* view = scene.tabs.findChild<FindingsView*>(QStringLiteral("findings"));
        QCOMPARE(view->model().rowCount(), 2); // removed, replaced
        QCOMPARE(scene.tabs.findChild<QLabel*>(QStringLiteral("findings.title"))->text(),
                 findingTitle(FindingCode::RemovedLater));
        auto* paths = scene.tabs.findChild<QListView*>(QStringLiteral("findings.paths"));
        QCOMPARE(paths->model()->index(0, 0).data().toString(), QStringLiteral("/etc/old"));
        Q_EMIT paths->activated(paths->model()->index(0, 0));
        QCOMPARE(scene.files->currentId(), QStringLiteral("/etc/old"));
        QVERIFY(scene.files->isVisible());
    }

    void theFiguresAreThoseOfDive() {
        const Scene scene;
        // /etc/passwd: 10 of 30 bytes were needed; /etc/old: 0 of 5; the rest once.
        QCOMPARE(scene.tabs.findChild<QLabel*>(QStringLiteral("findings.wasted"))->text(), formatBytes(35));
        QVERIFY(!scene.tabs.findChild<QLabel*>(QStringLiteral("findings.score"))->text().isEmpty());
    }

    void theConfigurationIsWarnedOf() {
        const Scene scene;
        auto* view = scene.tabs.findChild<FindingsView*>(QStringLiteral("configFindings"));
        QStringList titles;
        for (int row = 0; row < view->model().rowCount(); ++row)
            titles.append(view->model().index(row, FindingsModel::Title).data().toString());
        QVERIFY(titles.contains(findingTitle(FindingCode::RunsAsRoot)));
        QVERIFY(titles.contains(findingTitle(FindingCode::LatestTag)));
    }

    void theHistoryListsEveryStep() {
        HistoryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setHistory(details().history);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2, HistoryModel::Layer).data().toString(), QStringLiteral("2"));
        QCOMPARE(model.index(1, HistoryModel::Instruction).data().toString(), QStringLiteral("CMD [\"sh\"]"));
    }

    void onlyTheImagesOwnContainersAreListed() {
        EngineClient client;
        UsedByTab tab(client);
        const QAbstractItemModelTester tester(&tab.model(),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        const dbus::Image shown = image();
        tab.setImage(&shown);
        dbus::Container own = test::container(QStringLiteral("a"));
        own.imageDigest = shown.digest;
        tab.take({own, test::container(QStringLiteral("b"))});
        QCOMPARE(tab.model().rowCount(), 1);
        const QSignalSpy asked(&tab, &UsedByTab::containerRequested);
        auto* table = tab.findChild<Table*>(QStringLiteral("usedBy.table"));
        Q_EMIT table->activated(table->currentIndex());
        QCOMPARE(asked.value(0).value(0).toString(), QStringLiteral("a"));
        tab.take({});
        QVERIFY(tab.findChild<EmptyState*>()->title() == UsedByTab::tr("No container uses this image"));
    }
};

ESCALE_TEST(ImageTabsTest)
#include "image_tabs_test.moc"
