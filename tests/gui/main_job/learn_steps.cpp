#include "tests/gui/main_job/learn_steps.h"

#include "gui/common/drawing_view.h"
#include "gui/common/table.h"
#include "gui/learn/cgroups_page.h"
#include "gui/learn/layers_page.h"
#include "gui/learn/learn_page.h"
#include "gui/learn/life_page.h"
#include "gui/learn/life_text.h"
#include "gui/learn/making_page.h"
#include "gui/learn/making_view.h"
#include "gui/learn/press_panel.h"

#include <QComboBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

#include <algorithm>

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

// A view of a page that has several.
Result<void> openView(Driver& driver, gui::LearnPage& page, int view, const QString& firstBox) {
    auto* views = page.findChild<QComboBox*>(page.objectName() + QStringLiteral(".views"));
    if (views == nullptr)
        return fail(ErrorCode::NotFound, page.objectName().toStdString() + " has one view only");
    views->setCurrentIndex(view);
    return driver.waitFor(
        [&] {
            const auto& boxes = page.view().drawing().boxes;
            return std::any_of(boxes.begin(), boxes.end(),
                               [&](const gui::DrawnBox& box) { return box.id.startsWith(firstBox); });
        },
        "the view is drawn");
}

// A file of a lower layer is written to: what happens in the container's own layer comes by itself.
Result<void> copyUp(Driver& driver, gui::LearnPage* page) {
    auto* layers = static_cast<gui::LayersPage*>(page);
    TRY(driver.waitFor([&] { return layers->isWatched(); }, "the container's layer is watched"));
    layers->follow(QStringLiteral("/etc/passwd"));
    TRY(driver.click(QStringLiteral("learnLayers.trial.append")));
    TRY(driver.waitFor([&] { return !layers->changes().isEmpty(); }, "the copy-up is seen"));
    TRY(driver.click(QStringLiteral("learnLayers.trial.create")));
    return driver.waitFor([&] { return layers->layers().own.file(QStringLiteral("/escale.txt")) != nullptr; },
                          "the new file is seen");
}

Result<void> chooseStep(Driver& driver, gui::LearnPage* page, const std::string& operation) {
    const MadeSteps& steps = static_cast<gui::MakingPage*>(page)->steps();
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const MadeStep& one) { return one.operation == operation; });
    if (found == steps.end())
        return fail(ErrorCode::NotFound, "no step " + operation + " was recorded");
    page->choose(gui::stepId(static_cast<std::size_t>(found - steps.begin())));
    page->focusContent();
    return driver.waitFor([&] { return !page->chosen().isEmpty(); }, "the step is chosen");
}

constexpr int kLife = 5;
const QString kContainers = QStringLiteral("learnPane.containers");

// In a container of its own, made by the page; until the kernel does what limits are for.
Result<void> pressHere(Driver& driver, gui::LearnPage* page, const QString& what) {
    auto* limits = static_cast<gui::CgroupsPage*>(page);
    const QString web = page->container().id;
    TRY(driver.click(QStringLiteral("learnCgroups.demo")));
    TRY(driver.waitFor([&] { return page->container().id != web && !page->view().drawing().boxes.isEmpty(); },
                       "the demo container is shown", 30'000));
    TRY(driver.click(QStringLiteral("learnCgroups.press.") + what));
    const bool isMemory = what == u"memory";
    const gui::PressKind kind = isMemory ? gui::PressKind::Memory : gui::PressKind::Cpu;
    const auto isSeen = [&] {
        const QList<gui::ChartMark>& marks = limits->press().story().marks(kind);
        return std::any_of(marks.begin(), marks.end(), [](const gui::ChartMark& mark) { return mark.isBad; });
    };
    TRY(driver.waitFor(isSeen, "the kernel holds it to its limit", 60'000));
    QTest::qWait(isMemory ? 2000 : 12'000); // some history for the chart
    page->choose(page->view().drawing().boxes.size() > 1
                     ? limits->snapshot().itself()->path + QLatin1Char('|') + what
                     : QString());
    return {};
}

// One whose first process has no handler for SIGTERM.
Result<void> stopStubborn(Driver& driver, gui::LearnPage*) {
    const QString name = QStringLiteral("stubborn");
    gui::EngineClient& client = driver.window().client();
    const gui::RunRequest request{qEnvironmentVariable("ESCALE_REGISTRY") +
                                      QStringLiteral("/escale/demo:gzip"),
                                  {QStringLiteral("/bin/sleep"), QStringLiteral("1000")},
                                  {{QStringLiteral("name"), name}, {QStringLiteral("stop-timeout"), 3U}}};
    client.run(request, &driver.window(), [](const auto&) {});
    TRY(driver.waitForRow(kContainers, name));
    TRY(driver.clickRow(kContainers, name));
    TRY_ASSIGN(gui::LearnPage * page, openPage(driver, kLife));
    const auto* life = static_cast<gui::LifePage*>(page);
    TRY(driver.waitFor([&] { return !life->facts().processes.isEmpty(); }, "it runs"));
    QTest::qWait(4000); // a run that has a length
    client.stop(life->container().id, &driver.window(), [](const auto&) {});
    return driver.waitFor(
        [&] { return life->facts().shown() != nullptr && life->facts().shown()->ended > 0; }, "it has ended",
        30'000);
}

Result<void> makeZombie(Driver& driver, gui::LearnPage* page) {
    const auto* life = static_cast<gui::LifePage*>(page);
    TRY(driver.click(QStringLiteral("learnLife.zombie")));
    const auto zombie = [&] {
        const dbus::ProcessList& all = life->facts().processes;
        return std::find_if(all.begin(), all.end(), gui::isZombie);
    };
    TRY(driver.waitFor([&] { return zombie() != life->facts().processes.end(); }, "there is a zombie",
                       20'000));
    page->choose(QStringLiteral("process:%1").arg(zombie()->pid));
    return {};
}

struct Picture {
    QString name;
    int page = 0, view = 0;
    QString firstBox = {}; // of a page with several views: what shows that it is the wanted one
    std::function<Result<void>(Driver&, gui::LearnPage*)> then = {};
};

} // namespace

Result<void> showLearn(Driver& driver, const QString& pane, const QString& container) {
    static const QList<Picture> kPictures{
        {QStringLiteral("learn-namespaces"), 0},
        {QStringLiteral("learn-users"), 0, 1, QStringLiteral("range:")},
        {QStringLiteral("learn-mounts"), 0, 2, QStringLiteral("m:")},
        {QStringLiteral("learn-rights"), 1, 1, QStringLiteral("call:")},
        {QStringLiteral("learn-sights"), 1, 0, QStringLiteral("q:")},
        {QStringLiteral("learn-limits"), 2},
        {QStringLiteral("learn-layers"), 3},
        {QStringLiteral("learn-making"), 4},
        {QStringLiteral("learn-life"), 5},
        {QStringLiteral("learn-copy-up"), 3, 0, {}, copyUp},
        {QStringLiteral("learn-rm"), 3},
        {QStringLiteral("learn-press-cpu"),
         2,
         0,
         {},
         [](Driver& at, gui::LearnPage* limits) { return pressHere(at, limits, QStringLiteral("cpu")); }},
        {QStringLiteral("learn-press-memory"),
         2,
         0,
         {},
         [](Driver& at, gui::LearnPage* limits) { return pressHere(at, limits, QStringLiteral("memory")); }},
        {QStringLiteral("learn-stop"), 5, 0, {}, stopStubborn},
        {QStringLiteral("learn-zombie"), 5, 0, {}, makeZombie},
        {QStringLiteral("learn-step"),
         4,
         0,
         {},
         [](Driver& at, gui::LearnPage* making) { return chooseStep(at, making, "overlay-mount"); }},
    };
    const auto picture = std::find_if(kPictures.begin(), kPictures.end(),
                                      [&](const Picture& one) { return one.name == pane; });
    if (picture == kPictures.end()) {
        QStringList names;
        for (const Picture& one : kPictures)
            names.append(one.name);
        return fail(ErrorCode::InvalidArgument, "no such picture: " + pane.toStdString() + "; there are " +
                                                    names.join(QStringLiteral(", ")).toStdString());
    }
    driver.key(Qt::Key_8, Qt::ControlModifier);
    TRY(driver.clickRow(kContainers, container));
    TRY_ASSIGN(gui::LearnPage * page, openPage(driver, picture->page));
    if (!picture->firstBox.isEmpty())
        TRY(openView(driver, *page, picture->view, picture->firstBox));
    return picture->then ? picture->then(driver, page) : Result<void>();
}

} // namespace escale::test
