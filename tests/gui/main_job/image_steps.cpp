#include "tests/gui/main_job/image_steps.h"

#include "gui/images/layer_tree_model.h"
#include "gui/images/layers_model.h"

#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

namespace escale::test {
namespace {

const QString kLayers = QStringLiteral("imagesPane.layers");
const QString kFiles = QStringLiteral("imagesPane.files");

int rows(Driver& driver, const QString& table) {
    const auto found = driver.find<gui::Table>(table);
    return found ? (*found)->model()->rowCount() : 0;
}

Result<void> check(Driver& driver, const QString& button, bool isChecked) {
    TRY_ASSIGN(auto* found, driver.find<QToolButton>(button));
    return found->isChecked() == isChecked ? Result<void>() : driver.click(button);
}

} // namespace

Result<void> showImageTab(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("imagesPane.tabs")));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> lookIntoLayers(Driver& driver) {
    TRY(showImageTab(driver, 0));
    TRY(driver.waitFor([&] { return rows(driver, kFiles) > 0; }, "the layer's files are listed"));
    TRY(check(driver, QStringLiteral("layers.all"), true));
    TRY(driver.waitForRow(kFiles, QStringLiteral("bin")));
    TRY(driver.type(QStringLiteral("layers.filter"), QStringLiteral("busybox")));
    TRY(driver.waitForNoRow(kFiles, QStringLiteral("srv")));
    TRY_ASSIGN(auto* files, driver.find<gui::Table>(kFiles));
    if (!files->isExpanded(files->model()->index(0, 0)))
        return fail(ErrorCode::WrongState, "what the filter finds is not shown");
    TRY_ASSIGN(auto* filter, driver.find<QLineEdit>(QStringLiteral("layers.filter")));
    filter->selectAll();
    QTest::keyClick(filter, Qt::Key_Delete);
    return driver.waitForRow(kFiles, QStringLiteral("srv"));
}

Result<void> readAboutImage(Driver& driver) {
    TRY(showImageTab(driver, 1));
    TRY(driver.waitFor(
        [&] {
            const auto score = driver.find<QLabel>(QStringLiteral("findings.score"));
            return score && !(*score)->text().isEmpty();
        },
        "the efficiency is told"));
    TRY(showImageTab(driver, 2));
    TRY(driver.waitFor([&] { return rows(driver, QStringLiteral("configFindings.table")) > 0; },
                       "the configuration is warned of"));
    TRY(showImageTab(driver, 3));
    TRY(driver.waitFor([&] { return rows(driver, QStringLiteral("imagesPane.history")) > 0; },
                       "the history is listed"));
    return showImageTab(driver, 0);
}

Result<void> showImage(Driver& driver, const QString& pane) {
    TRY(driver.clickRow(QStringLiteral("imagesPane.table"), QStringLiteral("escale/untidy")));
    TRY(driver.waitFor([&] { return rows(driver, kLayers) == 6 && rows(driver, kFiles) > 0; },
                       "the layers are read"));
    if (pane == QLatin1String("image-layers"))
        return {};
    if (pane == QLatin1String("image-files")) {
        TRY_ASSIGN(auto* layers, driver.find<gui::Table>(kLayers));
        layers->setCurrentIndex(layers->model()->index(3, 0));
        TRY(check(driver, QStringLiteral("layers.all"), true));
        TRY(driver.type(QStringLiteral("layers.filter"), QStringLiteral("app/")));
        return driver.waitForNoRow(kFiles, QStringLiteral("bin"));
    }
    const QStringList tabs{QStringLiteral("image-layers"), QStringLiteral("image-findings"),
                           QStringLiteral("image-config"), QStringLiteral("image-history"),
                           QStringLiteral("image-used")};
    TRY(showImageTab(driver, static_cast<int>(tabs.indexOf(pane))));
    QTest::qWait(300);
    return {};
}

} // namespace escale::test
