#include "tests/gui/main_job/learn_steps.h"

#include "gui/common/drawing_view.h"
#include "gui/learn/learn_page.h"

#include <QTabBar>
#include <QTabWidget>
#include <QTest>

namespace escale::test {
namespace {

Result<gui::LearnPage*> openPage(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("learnPane.tabs")));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    TRY(driver.waitFor([&] { return tabs->currentIndex() == index; }, "the page shows", 2000));
    auto* page = static_cast<gui::LearnPage*>(tabs->widget(index));
    TRY(driver.waitFor([&] { return page->view().isVisible() && !page->view().drawing().boxes.isEmpty(); },
                       "something is drawn"));
    return page;
}

} // namespace

Result<void> showLearn(Driver& driver, const QString& pane, const QString& container) {
    static const QStringList kPages{QStringLiteral("learn-namespaces"), QStringLiteral("learn-rights"),
                                    QStringLiteral("learn-limits"),     QStringLiteral("learn-layers"),
                                    QStringLiteral("learn-making"),     QStringLiteral("learn-life")};
    const int index = static_cast<int>(kPages.indexOf(pane));
    if (index < 0)
        return fail(ErrorCode::InvalidArgument, "no such picture: " + pane.toStdString() + "; there are " +
                                                    kPages.join(QStringLiteral(", ")).toStdString());
    driver.key(Qt::Key_8, Qt::ControlModifier);
    TRY(driver.clickRow(QStringLiteral("learnPane.containers"), container));
    return openPage(driver, index).map([](gui::LearnPage*) {});
}

} // namespace escale::test
