#include "tests/gui/main_job/build_steps.h"

#include "gui/build/build_cache_model.h"
#include "gui/build/build_form.h"
#include "gui/build/build_graph_view.h"
#include "gui/build/build_page.h"
#include "gui/build/build_pane.h"
#include "gui/build/build_start.h"
#include "gui/build/builds_model.h"
#include "gui/build/cache_tab.h"
#include "gui/build/compare_dialog.h"
#include "gui/build/current_build.h"
#include "gui/build/dockerfile_editor.h"
#include "gui/build/history_tab.h"
#include "gui/build/lint_panel.h"
#include "gui/build/prune_cache_dialog.h"
#include "gui/build/step_text.h"
#include "gui/common/error_banner.h"
#include "gui/common/log_view.h"
#include "gui/common/terminal_view.h"
#include "tests/support/docker_registry.h"

#include <QAction>
#include <QComboBox>
#include <QDBusConnectionInterface>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace escale::test {
namespace {

using gui::BuildModel;
using gui::ShownStep;
using gui::StepState;

constexpr int kLong = 90'000; // milliseconds
const QString kTag = QStringLiteral("greeting:1");
const QString kHistory = QStringLiteral("buildHistory.table");

QString demoImage() {
    return qEnvironmentVariable("ESCALE_REGISTRY") + QStringLiteral("/escale/demo:gzip");
}

// No linter has anything against it.
QByteArray dockerfile() {
    return QStringLiteral("FROM %1 AS words\n"
                          "WORKDIR /work\n"
                          "COPY words.txt .\n"
                          "RUN sort words.txt > sorted.txt && \\\n"
                          "    for i in 1 2 3; do echo \"sorted $i\"; sleep 1; done\n"
                          "\n"
                          "FROM %1\n"
                          "LABEL org.opencontainers.image.title=\"Greeting\"\n"
                          "COPY --from=words /work/sorted.txt /srv/www/words.txt\n"
                          "RUN echo built > /srv/www/state.txt\n"
                          "USER 65534\n"
                          "HEALTHCHECK CMD [\"/bin/true\"]\n"
                          "EXPOSE 8080\n"
                          "CMD [\"/bin/demo\"]\n")
        .arg(demoImage())
        .toUtf8();
}

gui::BuildPane& pane(Driver& driver) {
    return *driver.window().findChild<gui::BuildPane*>();
}

gui::BuildPage& page(Driver& driver) {
    return pane(driver).page();
}

const BuildModel& model(Driver& driver) {
    return page(driver).current().model();
}

QString text(Driver& driver, const char* name) {
    const auto found = driver.find<QLabel>(QString::fromLatin1(name));
    return found ? (*found)->text() : QString();
}

Result<void> open(Driver& driver) {
    driver.key(Qt::Key_6, Qt::ControlModifier);
    return driver.waitFor(
        [&] { return driver.find<gui::BuildPane>(QStringLiteral("buildPane")).has_value(); },
        "the Build pane shows");
}

Result<void> clickTab(Driver& driver, const char* name, QWidget* page) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QString::fromLatin1(name)));
    const int index = tabs->indexOf(page);
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return index >= 0 && tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> clickStepTab(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("buildPane.tabs")));
    return clickTab(driver, "buildPane.tabs", tabs->widget(index));
}

Result<void> begin(Driver& driver) {
    TRY(open(driver));
    TRY(clickTab(driver, "buildPane.pages", &page(driver)));
    TRY(driver.waitFor([&] { return page(driver).buildAction()->isEnabled(); }, "it can be built"));
    TRY(driver.click(QStringLiteral("buildPane.build")));
    return driver.waitFor([&] { return page(driver).current().isBusy(); }, "the build begins");
}

Result<void> waitForEnd(Driver& driver, BuildModel::State state) {
    TRY(driver.waitFor([&] { return !page(driver).current().isBusy(); }, "the build ends", kLong));
    if (model(driver).state() != state)
        return fail(ErrorCode::WrongState, "the build is " +
                                               gui::stateText(model(driver).state()).toStdString() + ": " +
                                               model(driver).error().toStdString());
    return {};
}

const ShownStep* stepWith(Driver& driver, const QString& text) {
    for (const ShownStep* step : model(driver).steps()) {
        if (step->text.contains(text))
            return step;
    }
    return nullptr;
}

Result<void> waitForStep(Driver& driver, const QString& text, StepState state) {
    return driver.waitFor(
        [&] {
            const ShownStep* step = stepWith(driver, text);
            return step != nullptr && step->state == state;
        },
        "the step \"" + text.toStdString() + "\" is in that state", kLong);
}

Result<void> clickStep(Driver& driver, const QString& text) {
    const ShownStep* step = stepWith(driver, text);
    if (step == nullptr)
        return fail(ErrorCode::NotFound, "no step \"" + text.toStdString() + "\"");
    gui::BuildGraphView& graph = page(driver).graph();
    graph.setCurrent(step->id); // brings it into sight
    QTest::mouseClick(graph.viewport(), Qt::LeftButton, Qt::NoModifier, graph.shownRect(step->id).center());
    return driver.waitFor([&] { return graph.current() == step->id; }, "the step is chosen", 2000);
}

// Of those that make files; the others have nothing to keep.
Result<void> checkStates(Driver& driver, StepState state) {
    for (const ShownStep* step : model(driver).steps()) {
        const bool isKept = step->makesFiles() && step->keyword != u"FROM";
        if (step->state != (isKept ? state : StepState::Done))
            return fail(ErrorCode::WrongState, "the step \"" + step->text.toStdString() + "\" is " +
                                                   gui::stateText(*step).toStdString());
    }
    return {};
}

bool logHas(const QWidget& parent, const QString& line) {
    const auto lines = parent.findChild<gui::LogView*>()->lines();
    return std::any_of(lines.begin(), lines.end(),
                       [&](const gui::LogLine& one) { return one.text.contains(line); });
}

Result<void> seeLog(Driver& driver, const QString& line) {
    TRY(clickStepTab(driver, 0));
    return driver.waitFor([&] { return logHas(page(driver), line); },
                          "the step's log shows \"" + line.toStdString() + "\"", 5000);
}

gui::TerminalView* terminal(Driver& driver) {
    const auto view = driver.find<gui::TerminalView>(QStringLiteral("shell.view"));
    return view ? *view : nullptr;
}

Result<void> setText(Driver& driver, const QString& text) {
    page(driver).editor().setText(text);
    return driver.waitFor(
        [&] { return model(driver).state() == BuildModel::State::Planned && model(driver).text() == text; },
        "the graph follows the text", 5000);
}

void deliverTo(Driver& driver, gui::BuildOutput output, const QString& path, const QStringList& tags) {
    gui::BuildSettings settings = page(driver).form().settings();
    settings.output = output;
    settings.outputPath = path;
    settings.tags = tags;
    page(driver).form().setSettings(settings);
}

Result<void> waitToBeTold(Driver& driver, const QString& word) {
    return driver.waitFor([&] { return text(driver, "actionNotice.text").contains(word); },
                          "\"" + word.toStdString() + "\" is told", 30'000);
}

Result<void> cancelled(Driver& driver) {
    TRY(driver.click(QStringLiteral("buildPane.cancel")));
    TRY(driver.waitFor([&] { return !page(driver).current().isBusy(); }, "the cancelled build ends", 20'000));
    if (model(driver).state() == BuildModel::State::Done ||
        model(driver).state() == BuildModel::State::Failed)
        return fail(ErrorCode::WrongState, "the build was not cancelled");
    if (const QString words = page(driver).findChild<gui::ErrorBanner*>()->message();
        page(driver).findChild<gui::ErrorBanner*>()->isVisible())
        return fail(ErrorCode::WrongState, "a cancelled build is told as an error: " + words.toStdString());
    return {};
}

Result<void> showHistory(Driver& driver) {
    TRY(open(driver));
    return clickTab(driver, "buildPane.pages", &pane(driver).history());
}

Result<void> selectTwo(Driver& driver) {
    TRY_ASSIGN(gui::Table * table, driver.find<gui::Table>(kHistory));
    const QAbstractItemModel& rows = *table->model();
    // The first and the last build: one that made all, one that took it from the cache.
    QModelIndexList done;
    for (int row = 0; row < rows.rowCount(); ++row) {
        const QModelIndex index = rows.index(row, 0);
        const dbus::Build* build = pane(driver).history().builds().find(index.data(gui::kIdRole).toString());
        if (build != nullptr && build->state == u"done")
            done.append(index);
    }
    if (done.size() < 2)
        return fail(ErrorCode::NotFound, "the history has not two builds that ended well");
    table->clearSelection();
    table->scrollTo(done.first());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier,
                      table->visualRect(done.first()).center());
    table->scrollTo(done.last());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::ControlModifier,
                      table->visualRect(done.last()).center());
    return {};
}

Result<void> compareTwo(Driver& driver) {
    TRY(selectTwo(driver));
    TRY(driver.click(QStringLiteral("buildHistory.compare")));
    return driver.waitForRow(QStringLiteral("compareDialog.steps"), QStringLiteral("RUN sort"));
}

} // namespace

Result<BuildFolder> BuildFolder::make() {
    BuildFolder folder;
    folder.m_parent = std::make_shared<QTemporaryDir>();
    if (!folder.m_parent->isValid() || !QDir(folder.m_parent->path()).mkdir(QStringLiteral("greeting")))
        return fail(ErrorCode::SystemFailure, "no folder can be made");
    TRY(folder.write(QStringLiteral("Dockerfile"), dockerfile()));
    TRY(folder.write(QStringLiteral("words.txt"), "world\nhello\n"));
    TRY(folder.write(QStringLiteral(".dockerignore"), ".git\n*.log\n"));
    return folder;
}

QString BuildFolder::path() const {
    return m_parent->filePath(QStringLiteral("greeting"));
}

QString BuildFolder::broken(const QString& text) {
    return QString(text).replace(QStringLiteral("RUN echo built > /srv/www/state.txt"),
                                 QStringLiteral("RUN echo half > /srv/www/state.txt && echo 'no more' >&2 && "
                                                "exit 3"));
}

Result<void> BuildFolder::write(const QString& name, const QByteArray& content) const {
    QFile file(QDir(path()).filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return fail(ErrorCode::SystemFailure, file.fileName().toStdString() + " cannot be written");
    return {};
}

Result<void> chooseFolder(Driver& driver, const BuildFolder& folder) {
    TRY(open(driver));
    TRY(driver.click(QStringLiteral("emptyState.action")));
    QLineEdit* name = nullptr;
    TRY(driver.waitFor(
        [&] {
            const auto found = driver.find<QLineEdit>(QStringLiteral("fileNameEdit"));
            name = found ? *found : nullptr;
            return name != nullptr;
        },
        "a folder can be chosen"));
    name->setText(folder.path());
    QTest::keyClick(name, Qt::Key_Return);
    TRY(driver.waitFor([&] { return page(driver).editor().text().contains(QStringLiteral("words.txt")); },
                       "its Dockerfile is opened"));
    TRY(driver.waitFor([&] { return page(driver).graph().stages().size() == 2; }, "its graph is drawn"));
    TRY(driver.type(QStringLiteral("buildForm.tags"), kTag));
    return driver.waitFor([&] { return page(driver).form().settings().tags == QStringList(kTag); },
                          "it has a tag");
}

Result<void> buildFirst(Driver& driver) {
    TRY(begin(driver));
    const QString sort = QStringLiteral("RUN sort");
    TRY(waitForStep(driver, sort, StepState::Running));
    const ShownStep* step = stepWith(driver, sort);
    const QString id = step->id;
    TRY(clickStep(driver, sort));
    const QString seconds = text(driver, "buildPane.figures");
    TRY(driver.waitFor(
        [&] {
            return model(driver).step(id)->state == StepState::Running &&
                   text(driver, "buildPane.figures") != seconds;
        },
        "the seconds of the step run", 5000));
    TRY(seeLog(driver, QStringLiteral("sorted 1")));
    TRY(waitForEnd(driver, BuildModel::State::Done));
    TRY(checkStates(driver, StepState::Done));
    TRY(clickStep(driver, sort));
    TRY(seeLog(driver, QStringLiteral("sorted 3")));
    TRY(clickStepTab(driver, 1));
    TRY(driver.waitForRow(QStringLiteral("buildPane.files"), QStringLiteral("sorted.txt")));
    TRY(clickStepTab(driver, 2));
    TRY(driver.waitForRow(QStringLiteral("buildPane.costs"), sort));
    TRY(clickStepTab(driver, 0));
    TRY(driver.click(QStringLiteral("buildPane.image")));
    return driver.waitForRow(QStringLiteral("imagesPane.table"), QStringLiteral("greeting"));
}

Result<void> buildCached(Driver& driver) {
    TRY(begin(driver));
    TRY(waitForEnd(driver, BuildModel::State::Done));
    TRY(checkStates(driver, StepState::Cached));
    std::printf("     %lld ms\n", static_cast<long long>(model(driver).duration(0)));
    return {};
}

Result<void> buildBroken(Driver& driver) {
    TRY(setText(driver, BuildFolder::broken(page(driver).editor().text())));
    TRY(begin(driver));
    TRY(waitForEnd(driver, BuildModel::State::Failed));
    const ShownStep* step = model(driver).failedStep();
    if (step == nullptr || step->exitCode != 3)
        return fail(ErrorCode::WrongState, "no step failed with 3");
    if (page(driver).editor().editor().stepAt(step->line) != gui::DockerfileText::StepFailed)
        return fail(ErrorCode::WrongState, "the line of the step that failed is not marked");
    if (page(driver).graph().current() != step->id)
        return fail(ErrorCode::WrongState, "the step that failed is not chosen");
    TRY(driver.waitFor([&] { return text(driver, "buildPane.failureTitle").contains(u'3'); },
                       "the exit code is told"));
    if (!text(driver, "buildPane.failureLines").contains(QStringLiteral("no more")))
        return fail(ErrorCode::WrongState, "the last lines are not told, but \"" +
                                               text(driver, "buildPane.failureLines").toStdString() + "\"");
    return seeLog(driver, QStringLiteral("no more"));
}

Result<void> lookIntoFailed(Driver& driver) {
    TRY(driver.click(QStringLiteral("buildPane.failureTerminal")));
    const auto waitForTerminal = [&](const QString& words) {
        return driver.waitFor(
            [&] {
                return terminal(driver) != nullptr && terminal(driver)->screen().allText().contains(words);
            },
            "the terminal shows \"" + words.toStdString() + "\"", 20'000);
    };
    TRY(waitForTerminal(QStringLiteral("#")));
    QTest::keyClicks(terminal(driver), QStringLiteral("cat /srv/www/state.txt\r"));
    return waitForTerminal(QStringLiteral("\nhalf"));
}

Result<void> deliverBuilt(Driver& driver) {
    const QTemporaryDir kept;
    const QString archive = kept.filePath(QStringLiteral("greeting.tar"));
    const QString files = kept.filePath(QStringLiteral("files"));
    TRY(setText(driver, QString::fromUtf8(dockerfile())));
    deliverTo(driver, gui::BuildOutput::Archive, archive, {kTag});
    TRY(begin(driver));
    TRY(waitForEnd(driver, BuildModel::State::Done));
    TRY(waitToBeTold(driver, archive));
    if (QFile(archive).size() < 1'000'000)
        return fail(ErrorCode::WrongState, "the archive is no image");
    deliverTo(driver, gui::BuildOutput::Folder, files, {kTag});
    TRY(begin(driver));
    TRY(waitForEnd(driver, BuildModel::State::Done));
    TRY(waitToBeTold(driver, files));
    QFile words(files + QStringLiteral("/srv/www/words.txt"));
    if (!words.open(QIODevice::ReadOnly) || words.readAll() != "hello\nworld\n")
        return fail(ErrorCode::WrongState, "the folder has not the image's files");
    TRY_ASSIGN(const auto registry, DockerRegistry::start());
    const QString target = QString::fromStdString(registry->host()) + QStringLiteral("/team/greeting:1");
    deliverTo(driver, gui::BuildOutput::Push, {}, {target});
    TRY(begin(driver));
    TRY(waitForEnd(driver, BuildModel::State::Done));
    TRY(waitToBeTold(driver, target));
    deliverTo(driver, gui::BuildOutput::Store, {}, {kTag});
    return {};
}

Result<void> cancelBuilds(Driver& driver, const BuildFolder& folder) {
    // Enough of it that it takes a while to be read and sent.
    QFile large(QDir(folder.path()).filePath(QStringLiteral("large.bin")));
    if (!large.open(QIODevice::WriteOnly) || !large.resize(3LL << 30))
        return fail(ErrorCode::SystemFailure, "a large file cannot be made");
    large.close();
    const QString plain = page(driver).editor().text();
    TRY(setText(driver, plain + QStringLiteral("COPY large.bin /srv/\n")));
    TRY(begin(driver));
    TRY(driver.waitFor(
        [&] {
            const QString sending = text(driver, "buildPane.sending");
            return sending.contains(QStringLiteral("GB")) || sending.contains(QStringLiteral("MB"));
        },
        "files are sent", 20'000));
    TRY(cancelled(driver));
    large.remove();
    TRY(setText(driver, plain + QStringLiteral("RUN echo begun && sleep 600\n")));
    TRY(begin(driver));
    TRY(waitForStep(driver, QStringLiteral("sleep 600"), StepState::Running));
    TRY(driver.waitFor(
        [&] { return model(driver).logEnd(stepWith(driver, QStringLiteral("sleep 600"))->id) > 0; },
        "it has begun"));
    TRY(cancelled(driver));
    TRY(setText(driver, plain));
    TRY(begin(driver));
    return waitForEnd(driver, BuildModel::State::Done);
}

Result<void> seeHistory(Driver& driver) {
    TRY(showHistory(driver));
    const auto state = [&](const char* word) { return gui::buildStateText(QLatin1String(word)); };
    TRY(driver.waitForRow(kHistory, state("failed")));
    TRY(driver.waitForRow(kHistory, state("cancelled")));
    TRY(driver.clickRow(kHistory, state("failed")));
    const auto* graph = driver.window().findChild<gui::BuildGraphView*>(QStringLiteral("buildHistory.graph"));
    TRY(driver.waitFor([&] { return graph->stages().size() == 2; }, "its graph is shown"));
    TRY(driver.waitFor([&] { return logHas(pane(driver).history(), QStringLiteral("no more")); },
                       "its log is shown"));
    TRY(compareTwo(driver));
    TRY_ASSIGN(QDialog * dialog, driver.find<QDialog>(QStringLiteral("compareDialog")));
    QTest::keyClick(dialog, Qt::Key_Escape);
    TRY(driver.clickRow(kHistory, state("done")));
    TRY(driver.click(QStringLiteral("buildHistory.image")));
    TRY(driver.waitFor(
        [&] {
            const auto images = driver.find<gui::Table>(QStringLiteral("imagesPane.table"));
            return images && (*images)->currentId().contains(kTag);
        },
        "its image is chosen among the images"));
    TRY(showHistory(driver));
    TRY(driver.clickRow(kHistory, state("done")));
    TRY(driver.click(QStringLiteral("buildHistory.again")));
    TRY(driver.waitFor([&] { return page(driver).isVisible(); }, "the form shows"));
    return driver.waitFor([&] { return page(driver).form().settings().tags == QStringList(kTag); },
                          "it has the settings of the earlier build");
}

Result<void> followOthers(Driver& driver, const BuildFolder& folder) {
    gui::EngineClient other;
    other.open();
    TRY(driver.waitFor([&] { return other.state() == gui::EngineClient::State::Ready; },
                       "another client reaches the engine"));
    gui::BuildStart start(other);
    gui::BuildSettings settings;
    settings.folder = folder.path();
    settings.dockerfile = folder.path() + QStringLiteral("/Dockerfile");
    settings.tags = {QStringLiteral("others:1")};
    TRY(showHistory(driver));
    QString id;
    QObject::connect(&start, &gui::BuildStart::begun, &start,
                     [&](const gui::BegunBuild& build) { id = build.id; });
    start.start(
        settings, dockerfile() + "RUN for i in 1 2 3 4; do echo \"others $i\"; sleep 1; done\n",
        {{QStringLiteral("insecure-registries"), QStringList(qEnvironmentVariable("ESCALE_REGISTRY"))}});
    TRY(driver.waitForRow(kHistory, QStringLiteral("others:1")));
    TRY(driver.clickRow(kHistory, QStringLiteral("others:1")));
    TRY(driver.waitFor([&] { return logHas(pane(driver).history(), QStringLiteral("others 2")); },
                       "its log runs", 20'000));
    const auto* build = pane(driver).history().builds().find(id);
    if (build == nullptr || build->state != u"running")
        return fail(ErrorCode::WrongState, "it is not listed as running");
    return driver.waitFor(
        [&] {
            const auto* now = pane(driver).history().builds().find(id);
            return now != nullptr && now->state == u"done" &&
                   logHas(pane(driver).history(), QStringLiteral("others 4"));
        },
        "its end is seen", 20'000);
}

Result<void> outliveHelper(Driver& driver) {
    TRY(open(driver));
    TRY(clickTab(driver, "buildPane.pages", &page(driver)));
    const QString plain = page(driver).editor().text();
    TRY(setText(driver, plain + QStringLiteral("RUN echo begun && sleep 601\n")));
    TRY(begin(driver));
    TRY(waitForStep(driver, QStringLiteral("sleep 601"), StepState::Running));
    QDBusConnection bus =
        QDBusConnection::connectToBus(QDBusConnection::SystemBus, QStringLiteral("escale-build-steps"));
    const QDBusReply<uint> pid = bus.interface()->servicePid(QString::fromLatin1(dbus::kService));
    if (!pid.isValid() || ::kill(static_cast<pid_t>(pid.value()), SIGKILL) != 0)
        return fail(ErrorCode::SystemFailure, "the helper cannot be killed");
    TRY(driver.waitFor([&] { return driver.window().client().state() != gui::EngineClient::State::Ready; },
                       "the window notices that the engine is gone", 5000));
    TRY(driver.waitFor([&] { return driver.window().client().state() == gui::EngineClient::State::Ready; },
                       "the engine is back", 20'000));
    TRY(driver.waitFor([&] { return !page(driver).current().isBusy(); }, "the pane has noticed", 10'000));
    TRY(driver.waitFor([&] { return page(driver).findChild<gui::ErrorBanner*>()->isVisible(); },
                       "the pane says that the build was lost"));
    std::printf("     %s\n", qPrintable(page(driver).findChild<gui::ErrorBanner*>()->message()));
    TRY(driver.waitFor(
        [&] {
            return !page(driver).graph().stages().isEmpty() && [&] {
                for (const ShownStep* step : model(driver).steps()) {
                    if (step->state == StepState::Running)
                        return false;
                }
                return true;
            }();
        },
        "no step is drawn as running"));
    TRY(setText(driver, plain));
    TRY(begin(driver));
    TRY(waitForEnd(driver, BuildModel::State::Done));
    TRY(showHistory(driver));
    TRY_ASSIGN(gui::Table * table, driver.find<gui::Table>(kHistory));
    return driver.waitFor(
        [&] {
            const auto& builds = pane(driver).history().builds().builds();
            return table->model()->rowCount() > 1 &&
                   std::none_of(builds.begin(), builds.end(),
                                [](const dbus::Build& build) { return build.state == u"running"; });
        },
        "no build is listed as running");
}

Result<void> pruneCache(Driver& driver) {
    TRY(open(driver));
    TRY(clickTab(driver, "buildPane.pages", &pane(driver).cache()));
    TRY(driver.waitForRow(QStringLiteral("buildCache.table"), QStringLiteral("RUN sort")));
    TRY(driver.click(QStringLiteral("buildCache.prune")));
    TRY(driver.waitFor([&] { return driver.find<QDialog>(QStringLiteral("pruneCacheDialog")).has_value(); },
                       "what is to go is asked"));
    TRY_ASSIGN(QComboBox * age, driver.find<QComboBox>(QStringLiteral("pruneCacheDialog.age")));
    age->setCurrentIndex(0);
    TRY(driver.click(QStringLiteral("pruneCacheDialog.accept")));
    return driver.waitForNoRow(QStringLiteral("buildCache.table"), QStringLiteral("RUN sort"));
}

bool runBuildSteps(Driver& driver) {
    const auto step = [&](const char* name, const std::function<Result<void>()>& act) {
        return driver.step(QString::fromLatin1(name), act);
    };
    const Result<BuildFolder> folder = BuildFolder::make();
    return step("a folder to be built",
                [&]() -> Result<void> {
                    if (!folder)
                        return fail(folder.error());
                    return chooseFolder(driver, *folder);
                }) &&
           step("built, and seen", [&] { return buildFirst(driver); }) &&
           step("built again from the cache", [&] { return buildCached(driver); }) &&
           step("a step fails, and says why", [&] { return buildBroken(driver); }) &&
           step("a terminal in the failed step", [&] { return lookIntoFailed(driver); }) &&
           step("into archive, folder and registry", [&] { return deliverBuilt(driver); }) &&
           step("builds cancelled at any moment", [&] { return cancelBuilds(driver, *folder); }) &&
           step("earlier builds, two compared", [&] { return seeHistory(driver); }) &&
           step("a build of somebody else", [&] { return followOthers(driver, *folder); }) &&
           step("helper killed under a build", [&] { return outliveHelper(driver); }) &&
           step("the cache is shrunk", [&] { return pruneCache(driver); });
}

Result<void> showBuild(Driver& driver, const QString& pane) {
    TRY_ASSIGN(const BuildFolder folder, BuildFolder::make());
    TRY(open(driver));
    driver.window().resize(1280, 800);
    if (pane == QLatin1String("build-empty"))
        return {};
    TRY(chooseFolder(driver, folder));
    auto& page = test::page(driver);
    if (pane == QLatin1String("build-template"))
        return driver.click(QStringLiteral("buildPane.template"));
    if (pane == QLatin1String("build-edit")) {
        page.editor().setText(page.editor().text().remove(QStringLiteral("USER 65534\n")) +
                              QStringLiteral("ADD words.txt /srv/\nENV DB_PASSWORD=hunter2\n"));
        TRY(driver.waitFor([&] { return page.editor().warnings() > 0; }, "findings are shown"));
        page.editor().showLine(3);
        return {};
    }
    if (pane == QLatin1String("build-options")) {
        gui::BuildSettings settings = page.form().settings();
        settings.labels.insert(QStringLiteral("org.opencontainers.image.source"),
                               QStringLiteral("https://example.org/greeting"));
        settings.secrets.append({QStringLiteral("token"), QStringLiteral("/home/ada/token")});
        page.form().setSettings(settings);
        page.form().setOptionsShown(true);
        return {};
    }
    TRY(begin(driver));
    if (pane == QLatin1String("build-running")) {
        TRY(waitForStep(driver, QStringLiteral("RUN sort"), StepState::Running));
        return seeLog(driver, QStringLiteral("sorted 1"));
    }
    TRY(waitForEnd(driver, BuildModel::State::Done));
    if (pane == QLatin1String("build") || pane == QLatin1String("build-done"))
        return {};
    if (pane == QLatin1String("build-files") || pane == QLatin1String("build-costs")) {
        TRY(clickStep(driver, QStringLiteral("RUN sort")));
        TRY(clickStepTab(driver, pane == QLatin1String("build-files") ? 1 : 2));
        QTest::qWait(1000);
        return {};
    }
    TRY(buildCached(driver));
    TRY(buildBroken(driver));
    if (pane == QLatin1String("build-failed"))
        return {};
    if (pane == QLatin1String("build-terminal"))
        return lookIntoFailed(driver);
    if (pane == QLatin1String("build-cache") || pane == QLatin1String("build-prune")) {
        TRY(clickTab(driver, "buildPane.pages", &test::pane(driver).cache()));
        TRY(driver.waitForRow(QStringLiteral("buildCache.table"), QStringLiteral("RUN sort")));
        return pane == QLatin1String("build-prune") ? driver.click(QStringLiteral("buildCache.prune"))
                                                    : Result<void>();
    }
    TRY(showHistory(driver));
    if (pane == QLatin1String("build-compare"))
        return compareTwo(driver);
    TRY(driver.clickRow(kHistory, gui::buildStateText(QStringLiteral("failed"))));
    QTest::qWait(500);
    return pane == QLatin1String("build-history")
               ? Result<void>()
               : fail(ErrorCode::InvalidArgument, "no pane \"" + pane.toStdString() + "\"");
}

} // namespace escale::test
