#include "tests/gui/main_job/steps.h"

#include "gui/client/job.h"
#include "gui/common/job_panel.h"
#include "gui/common/log_view.h"
#include "gui/common/usage_chart.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/state_text.h"
#include "gui/images/images_model.h"
#include "tests/gui/main_job/build_steps.h"
#include "tests/gui/main_job/change_steps.h"
#include "tests/gui/main_job/compose_steps.h"
#include "tests/gui/main_job/container_steps.h"
#include "tests/gui/main_job/exchange_steps.h"
#include "tests/gui/main_job/image_steps.h"
#include "tests/gui/main_job/learn_steps.h"
#include "tests/gui/main_job/manage_steps.h"
#include "tests/gui/main_job/network_steps.h"
#include "tests/gui/main_job/stack_steps.h"
#include "tests/gui/main_job/volume_steps.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QProgressBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <set>

namespace escale::test {
namespace {

const QString kDemo = QStringLiteral("escale/demo");
const QString kLarge = QStringLiteral("escale/large");
const QString kName = QStringLiteral("main-job");

const QStringList kOfNetworks{QStringLiteral("networks"), QStringLiteral("networks-rules"),
                              QStringLiteral("networks-create"), QStringLiteral("networks-topology")};
const QStringList kOfExchange{QStringLiteral("images-pushing"), QStringLiteral("images-tag"),
                              QStringLiteral("images-import"), QStringLiteral("images-load")};

using gui::ContainersModel;
using gui::Job;

// What the panel's bars showed while a pull ran.
struct Watched {
    std::set<int> whole;    // values of the whole bar
    std::set<int> layer[8]; // of each layer's
};

void watch(Driver& driver, Watched& watched) {
    if (const auto whole = driver.find<QProgressBar>(QStringLiteral("registryPane.jobProgress")))
        watched.whole.insert((*whole)->value());
    for (int i = 0; i < 8; ++i) {
        if (const auto bar = driver.find<QProgressBar>(QStringLiteral("registryPane.layer.%1").arg(i)))
            watched.layer[i].insert((*bar)->value());
    }
}

// As the state column says it, in the language in force.
QString runningWord() {
    dbus::Container container;
    container.state = QStringLiteral("running");
    return gui::stateText(container);
}

Job* currentPull(Driver& driver) {
    const auto panel = driver.find<gui::JobPanel>(QStringLiteral("registryPane.jobPanel"));
    return panel ? (*panel)->job() : nullptr;
}

Result<void> chooseTag(Driver& driver, const QString& repository, const QString& tag) {
    TRY(driver.clickRow(QStringLiteral("registryPane.repositories"), repository));
    return driver.clickRow(QStringLiteral("registryPane.tags"), tag);
}

Result<void> browse(Driver& driver) {
    driver.key(Qt::Key_1, Qt::ControlModifier);
    TRY(driver.waitForRow(QStringLiteral("registryPane.repositories"), kDemo));
    TRY(driver.clickRow(QStringLiteral("registryPane.repositories"), kDemo));
    TRY(driver.waitForRow(QStringLiteral("registryPane.tags"), QStringLiteral("gzip")));
    TRY(driver.waitForRow(QStringLiteral("registryPane.tags"), QStringLiteral("zstd")));
    return driver.waitFor([&] { return driver.window().client().state() == gui::EngineClient::State::Ready; },
                          "the engine answers");
}

Result<void> cancelPull(Driver& driver) {
    TRY(chooseTag(driver, kLarge, QStringLiteral("latest")));
    TRY(driver.click(QStringLiteral("registryPane.pull")));
    TRY(driver.waitFor(
        [&] {
            const Job* job = currentPull(driver);
            return job != nullptr && job->isRunning() && job->status().total > 0 &&
                   job->status().done > 1'000'000;
        },
        "the pull is in the middle"));
    const quint64 done = currentPull(driver)->status().done;
    const quint64 total = currentPull(driver)->status().total;
    TRY(driver.click(QStringLiteral("registryPane.cancel")));
    TRY(driver.waitFor([&] { return currentPull(driver) != nullptr && !currentPull(driver)->isRunning(); },
                       "the cancelled pull ends"));
    if (!currentPull(driver)->isCancelled())
        return fail(ErrorCode::WrongState, "the pull ended as \"" +
                                               currentPull(driver)->status().state.toStdString() +
                                               "\", not cancelled");
    std::printf("     cancelled at %llu of %llu bytes\n", static_cast<unsigned long long>(done),
                static_cast<unsigned long long>(total));
    return {};
}

Result<void> pull(Driver& driver, const QString& repository, const QString& tag, bool mustMove) {
    TRY(chooseTag(driver, repository, tag));
    const Job* before = currentPull(driver);
    TRY(driver.click(QStringLiteral("registryPane.pull")));
    Watched watched;
    quint64 lastDone = 0;
    bool grew = true;
    TRY(driver.waitFor(
        [&] {
            const Job* job = currentPull(driver);
            if (job == nullptr || job == before)
                return false;
            watch(driver, watched);
            grew = grew && job->status().done >= lastDone;
            lastDone = job->status().done;
            return !job->isRunning();
        },
        "the pull ends", 120'000));
    const Job* job = currentPull(driver);
    if (!job->isDone())
        return fail(job->error());
    const auto moving = std::count_if(std::begin(watched.layer), std::end(watched.layer),
                                      [](const std::set<int>& values) { return values.size() > 1; });
    std::printf("     %lld layers, %lld bars moved, %zu positions of the whole bar, %llu bytes\n",
                static_cast<long long>(job->status().steps.size()), static_cast<long long>(moving),
                watched.whole.size(), static_cast<unsigned long long>(job->status().done));
    if (!grew)
        return fail(ErrorCode::WrongState, "the progress went back");
    if (mustMove && (watched.whole.size() < 3 || moving == 0 || job->status().done == 0))
        return fail(ErrorCode::WrongState, "the progress bars did not move");
    return {};
}

Result<void> imagesList(Driver& driver) {
    driver.key(Qt::Key_2, Qt::ControlModifier);
    const QString table = QStringLiteral("imagesPane.table");
    TRY(driver.waitForRow(table, kDemo));
    const QString digest = driver.cell(table, kDemo, gui::ImagesModel::Digest);
    const QString layers = driver.cell(table, kDemo, gui::ImagesModel::Layers);
    if (digest.size() != 12 || layers.toInt() < 2)
        return fail(ErrorCode::WrongState,
                    "digest \"" + digest.toStdString() + "\", layers " + layers.toStdString());
    TRY(driver.clickRow(table, kDemo));
    return driver.waitFor(
        [&] {
            const auto shown = driver.find<gui::Table>(QStringLiteral("imagesPane.layers"));
            return shown && (*shown)->model()->rowCount() == layers.toInt();
        },
        "the details list the layers");
}

Result<void> openRunDialog(Driver& driver, const QString& image = kDemo) {
    TRY(driver.clickRow(QStringLiteral("imagesPane.table"), image));
    TRY(driver.click(QStringLiteral("imagesPane.run")));
    return driver.waitFor([&] { return driver.find<QDialog>(QStringLiteral("runDialog")).has_value(); },
                          "the run dialog opens");
}

Result<void> run(Driver& driver, const QString& name) {
    TRY(driver.type(QStringLiteral("runForm.name"), name));
    TRY_ASSIGN(QDialog * dialog, driver.find<QDialog>(QStringLiteral("runDialog")));
    QTest::keyClick(dialog, Qt::Key_Return); // Enter runs with the defaults
    TRY(driver.waitForRow(QStringLiteral("containersPane.table"), name, 30'000));
    return driver.waitFor(
        [&] {
            return driver.cell(QStringLiteral("containersPane.table"), name, ContainersModel::State) ==
                   runningWord();
        },
        "the container runs", 10'000);
}

gui::LogView* logView(Driver& driver) {
    return driver.window().findChild<gui::LogView*>(QStringLiteral("containersPane.log"));
}

// The last "tick N" in the log, 0 without one.
int lastTick(Driver& driver) {
    const auto& lines = logView(driver)->lines();
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        if (line->text.startsWith(QLatin1String("tick ")))
            return line->text.mid(5).toInt();
    }
    return 0;
}

// Ticks are 1, 2, 3… without a hole or a repetition.
Result<void> checkTicks(Driver& driver) {
    int expected = 1;
    for (const gui::LogLine& line : logView(driver)->lines()) {
        if (!line.text.startsWith(QLatin1String("tick ")))
            continue;
        if (line.text.mid(5).toInt() != expected)
            return fail(ErrorCode::WrongState, "the log has \"" + line.text.toStdString() + "\" where tick " +
                                                   std::to_string(expected) + " belongs");
        ++expected;
    }
    return {};
}

Result<void> clickTab(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("containersPane.tabs")));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> liveLog(Driver& driver) {
    TRY(clickTab(driver, 0));
    TRY(driver.waitFor([&] { return lastTick(driver) >= 1; }, "the log shows a tick"));
    const int first = lastTick(driver);
    TRY(driver.waitFor([&] { return lastTick(driver) >= first + 2; }, "the log goes on", 10'000));
    return checkTicks(driver);
}

Result<void> charts(Driver& driver, int points) {
    TRY(clickTab(driver, 1));
    for (const char* name : {"containersPane.cpuChart", "containersPane.memoryChart"}) {
        TRY(driver.waitFor(
            [&] {
                const auto chart = driver.find<gui::UsageChart>(QString::fromLatin1(name));
                return chart && (*chart)->points().size() >= points;
            },
            std::string(name) + " has " + std::to_string(points) + " points", 15'000 + points * 1000));
    }
    TRY_ASSIGN(const auto* memory,
               driver.find<gui::UsageChart>(QStringLiteral("containersPane.memoryChart")));
    if (memory->points().last().y() < 10'000)
        return fail(ErrorCode::WrongState, "the memory is not a real figure");
    TRY_ASSIGN(const auto* cpu, driver.find<gui::UsageChart>(QStringLiteral("containersPane.cpuChart")));
    const QList<QPointF> used = cpu->points();
    if (std::all_of(used.begin(), used.end(), [](const QPointF& point) { return point.y() <= 0; }))
        return fail(ErrorCode::WrongState, "the container used no CPU at all");
    return {};
}

// An ordinary user's main job asks sudo.
Result<void> killAsRoot(uint pid) {
    if (::kill(static_cast<pid_t>(pid), SIGKILL) == 0)
        return {};
    if (errno != EPERM)
        return failErrno("cannot kill the helper");
    const QStringList words{QStringLiteral("-n"), QStringLiteral("/bin/kill"), QStringLiteral("-KILL"),
                            QString::number(pid)};
    if (QProcess::execute(QStringLiteral("sudo"), words) != 0)
        return fail(ErrorCode::PermissionDenied, "sudo does not kill the helper");
    return {};
}

Result<void> killHelper(Driver& driver) {
    TRY(clickTab(driver, 0));
    QDBusConnection bus =
        QDBusConnection::connectToBus(QDBusConnection::SystemBus, QStringLiteral("escale-main-job"));
    const QDBusReply<uint> pid = bus.interface()->servicePid(QString::fromLatin1(dbus::kService));
    if (!pid.isValid())
        return fail(ErrorCode::NotFound,
                    "the helper's pid is unknown: " + pid.error().message().toStdString());
    const int before = lastTick(driver);
    TRY(killAsRoot(pid.value()));
    TRY(driver.waitFor([&] { return driver.window().client().state() != gui::EngineClient::State::Ready; },
                       "the window notices that the engine is gone", 5000));
    TRY(driver.waitFor([&] { return driver.window().client().state() == gui::EngineClient::State::Ready; },
                       "the engine is back", 20'000));
    const QDBusReply<uint> next = bus.interface()->servicePid(QString::fromLatin1(dbus::kService));
    if (!next.isValid() || next.value() == pid.value())
        return fail(ErrorCode::WrongState, "no new helper runs");
    std::printf("     helper %u killed, %u took over\n", pid.value(), next.value());
    TRY(driver.waitFor([&] { return lastTick(driver) >= before + 3; }, "the container and its log go on"));
    TRY(checkTicks(driver));
    return driver.waitFor(
        [&] {
            return driver.cell(QStringLiteral("containersPane.table"), kName, ContainersModel::State) ==
                   runningWord();
        },
        "the container is listed as running");
}

// A log read again from its beginning is as whole as the one that was followed.
Result<void> logAgain(Driver& driver) {
    const int before = lastTick(driver);
    auto* table = driver.window().findChild<gui::Table*>(QStringLiteral("containersPane.table"));
    table->setCurrentIndex({});
    TRY(driver.clickRow(QStringLiteral("containersPane.table"), kName));
    TRY(driver.waitFor([&] { return lastTick(driver) >= before; }, "the log is read again"));
    return checkTicks(driver);
}

// By the keys, as in the menus; the row follows the engine's signals.
Result<void> pauseAndRename(Driver& driver) {
    const QString table = QStringLiteral("containersPane.table");
    const auto waitForState = [&](const QString& state) {
        dbus::Container wanted;
        wanted.state = state;
        return driver.waitFor(
            [&] { return driver.cell(table, kName, ContainersModel::State) == gui::stateText(wanted); },
            "the container is " + state.toStdString(), 10'000);
    };
    QStringList happened;
    QObject guard;
    QObject::connect(&driver.window().client(), &gui::EngineClient::happened, &guard,
                     [&happened](const dbus::EventList& events) {
                         for (const dbus::Event& event : events)
                             happened.append(event.action);
                     });
    TRY(driver.clickRow(table, kName));
    driver.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    TRY(waitForState(QStringLiteral("paused")));
    driver.key(Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
    TRY(waitForState(QStringLiteral("running")));
    driver.key(Qt::Key_F2);
    TRY_ASSIGN(QLineEdit * field, driver.find<QLineEdit>(QStringLiteral("containersPane.rename")));
    field->selectAll();
    QTest::keyClicks(field, kName + QStringLiteral("-renamed"));
    QTest::keyClick(field, Qt::Key_Return);
    TRY(driver.waitForRow(table, kName + QStringLiteral("-renamed"), 5000));
    const QStringList expected{QStringLiteral("pause"), QStringLiteral("unpause"), QStringLiteral("rename")};
    return driver.waitFor([&] { return happened == expected; }, "the events arrive in their order", 2000);
}

Result<void> stop(Driver& driver) {
    TRY(driver.clickRow(QStringLiteral("containersPane.table"), kName));
    TRY(driver.click(QStringLiteral("containersPane.stop")));
    QString state;
    TRY(driver.waitFor(
        [&] {
            state = driver.cell(QStringLiteral("containersPane.table"), kName, ContainersModel::State);
            return !state.isEmpty() && state != runningWord();
        },
        "the container stops", 20'000));
    std::printf("     %s\n", qPrintable(state));
    if (!state.contains(QLatin1Char('(')))
        return fail(ErrorCode::WrongState, "no exit status in \"" + state.toStdString() + "\"");
    return {};
}

Result<void> confirm(Driver& driver) {
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return {};
}

Result<void> removeContainer(Driver& driver, const QString& name) {
    TRY(driver.clickRow(QStringLiteral("containersPane.table"), name));
    TRY(driver.click(QStringLiteral("containersPane.remove")));
    TRY(confirm(driver));
    return driver.waitForNoRow(QStringLiteral("containersPane.table"), name);
}

Result<void> removeImage(Driver& driver, const QString& repository) {
    driver.key(Qt::Key_2, Qt::ControlModifier);
    TRY(driver.clickRow(QStringLiteral("imagesPane.table"), repository));
    TRY(driver.click(QStringLiteral("imagesPane.remove")));
    TRY(confirm(driver));
    return driver.waitForNoRow(QStringLiteral("imagesPane.table"), repository);
}

// A network of one's own: somebody starts in it, somebody comes, both are seen, and all of it goes again.
Result<void> network(Driver& driver) {
    const QString name = QStringLiteral("shop"), first = QStringLiteral("stock");
    TRY(makeNetwork(driver, name));
    driver.key(Qt::Key_2, Qt::ControlModifier);
    TRY(openRunDialog(driver, kDemo));
    TRY(chooseNetwork(driver, name));
    TRY(publishOffered(driver));
    TRY(run(driver, first));
    TRY(connectTo(driver, name, kName));
    TRY(seeInTopology(driver, name, first));
    TRY(seeInTopology(driver, name, kName));
    TRY(seeWhoReaches(driver, first));
    TRY(disconnectFrom(driver, name, kName));
    driver.key(Qt::Key_3, Qt::ControlModifier);
    TRY(removeContainer(driver, first));
    TRY(removeNetwork(driver, name));
    driver.key(Qt::Key_3, Qt::ControlModifier);
    return driver.clickRow(QStringLiteral("containersPane.table"), kName);
}

// What a volume holds outlives its container, its removal and its restore.
Result<void> restoreRemoved(Driver& driver, const QString& name) {
    const QString user = QStringLiteral("writer");
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("kept.tar.zst"));
    TRY(makeVolume(driver, name));
    TRY(runWithVolume(driver, name, user));
    TRY(seeFileIn(driver, name));
    TRY(changeFilesOf(driver, name));
    TRY(backUpVolume(driver, name, file));
    driver.key(Qt::Key_3, Qt::ControlModifier);
    TRY(removeContainer(driver, user));
    TRY(seeFileIn(driver, name));
    TRY(removeVolume(driver, name));
    TRY(restoreVolume(driver, name, file));
    return seeFileIn(driver, name);
}

Result<void> volume(Driver& driver) {
    const QString name = QStringLiteral("kept");
    TRY(restoreRemoved(driver, name));
    TRY(removeVolume(driver, name));
    driver.key(Qt::Key_3, Qt::ControlModifier);
    return driver.clickRow(QStringLiteral("containersPane.table"), kName);
}

// What came back to this machine is as good as what was pulled.
Result<void> runOnce(Driver& driver, const QString& image, const QString& name) {
    TRY(openRunDialog(driver, image));
    TRY(run(driver, name));
    return removeContainer(driver, name);
}

Result<void> importExported(Driver& driver) {
    const QString image = QStringLiteral("from-files");
    TRY(importExport(driver, image + QStringLiteral(":1")));
    TRY(runOnce(driver, image, image));
    TRY(removeImage(driver, image));
    driver.key(Qt::Key_3, Qt::ControlModifier);
    return driver.clickRow(QStringLiteral("containersPane.table"), kName);
}

} // namespace

bool runMainJob(Driver& driver) {
    const QString gzip = QStringLiteral("gzip");
    return driver.step(QStringLiteral("registry shows repositories"), [&] { return browse(driver); }) &&
           driver.step(QStringLiteral("what is behind its tags"), [&] { return readTags(driver); }) &&
           driver.step(QStringLiteral("pull cancelled in the middle"), [&] { return cancelPull(driver); }) &&
           driver.step(QStringLiteral("pull again"),
                       [&] { return pull(driver, kLarge, QStringLiteral("latest"), true); }) &&
           driver.step(QStringLiteral("pull the demo image"),
                       [&] { return pull(driver, kDemo, gzip, false); }) &&
           driver.step(QStringLiteral("what another pull would cost"), [&] { return readCost(driver); }) &&
           driver.step(QStringLiteral("images pane lists it"), [&] { return imagesList(driver); }) &&
           driver.step(QStringLiteral("its layers and files"), [&] { return lookIntoLayers(driver); }) &&
           driver.step(QStringLiteral("what is to be said of it"), [&] { return readAboutImage(driver); }) &&
           driver.step(QStringLiteral("another name, and off again"),
                       [&] { return tagAndUntag(driver, kDemo); }) &&
           driver.step(QStringLiteral("what is on the disk"), [&] { return showDiskUsage(driver); }) &&
           driver.step(QStringLiteral("what a prune would take"), [&] { return previewPrune(driver); }) &&
           driver.step(QStringLiteral("images are verified"), [&] { return verifyImages(driver); }) &&
           driver.step(QStringLiteral("a damaged layer is mended"), [&] { return mendImages(driver); }) &&
           driver.step(QStringLiteral("push cancelled, then done"),
                       [&] { return cancelPush(driver, kLarge); }) &&
           driver.step(QStringLiteral("pushed, seen, tag deleted"),
                       [&] { return pushAndDeleteTag(driver, kDemo); }) &&
           driver.step(QStringLiteral("a push that meets nobody"),
                       [&] { return pushToNowhere(driver, kDemo); }) &&
           driver.step(QStringLiteral("two images saved, one loaded"),
                       [&]() -> Result<void> {
                           TRY(saveAndLoad(driver, kDemo, kLarge));
                           TRY(runOnce(driver, kLarge, QStringLiteral("loaded")));
                           // Its layers came uncompressed: another manifest than the registry's has the name.
                           driver.key(Qt::Key_1, Qt::ControlModifier);
                           TRY(pull(driver, kDemo, gzip, false));
                           driver.key(Qt::Key_2, Qt::ControlModifier);
                           return {};
                       }) &&
           driver.step(QStringLiteral("run dialog"), [&] { return openRunDialog(driver); }) &&
           driver.step(QStringLiteral("container runs"), [&] { return run(driver, kName); }) &&
           driver.step(QStringLiteral("log streams live"), [&] { return liveLog(driver); }) &&
           driver.step(QStringLiteral("charts plot its cgroup"), [&] { return charts(driver, 4); }) &&
           driver.step(QStringLiteral("a shell in the container"), [&] { return openShell(driver); }) &&
           driver.step(QStringLiteral("a shell ends and begins again"), [&] { return endShell(driver); }) &&
           driver.step(QStringLiteral("processes are listed"), [&] { return listProcesses(driver); }) &&
           driver.step(QStringLiteral("files are edited and uploaded"),
                       [&] { return browseFiles(driver); }) &&
           driver.step(QStringLiteral("changes list them"), [&] { return listChanges(driver); }) &&
           driver.step(QStringLiteral("files come to this machine"), [&] { return downloadFiles(driver); }) &&
           driver.step(QStringLiteral("an image is made of it"), [&] { return saveAsImage(driver); }) &&
           driver.step(QStringLiteral("its files imported, and run"),
                       [&] { return importExported(driver); }) &&
           driver.step(QStringLiteral("inspect tells everything"),
                       [&] { return inspectContainer(driver); }) &&
           driver.step(QStringLiteral("a debug terminal beside it"), [&] { return debugBare(driver); }) &&
           driver.step(QStringLiteral("attach to a first process"),
                       [&]() -> Result<void> {
                           TRY(attachToFirst(driver));
                           return driver.clickRow(QStringLiteral("containersPane.table"), kName);
                       }) &&
           driver.step(QStringLiteral("helper killed, container goes on"),
                       [&] { return killHelper(driver); }) &&
           driver.step(QStringLiteral("log read again is whole"), [&] { return logAgain(driver); }) &&
           driver.step(QStringLiteral("paused, unpaused, renamed"), [&] { return pauseAndRename(driver); }) &&
           driver.step(QStringLiteral("edited and recreated"), [&] { return recreate(driver, kName); }) &&
           driver.step(QStringLiteral("edit, stop and limits undone"),
                       [&] { return undoChanges(driver, kName); }) &&
           driver.step(QStringLiteral("usage of very many"), [&] { return readManyStats(driver); }) &&
           driver.step(QStringLiteral("made, recreated, never started"),
                       [&]() -> Result<void> {
                           TRY(makeWithoutStarting(driver));
                           return driver.clickRow(QStringLiteral("containersPane.table"), kName);
                       }) &&
           driver.step(QStringLiteral("an interrupted replacement"),
                       [&] { return putLeftoverBack(driver, kName); }) &&
           driver.step(QStringLiteral("a network of one's own"), [&] { return network(driver); }) &&
           driver.step(QStringLiteral("a volume, backed up and restored"), [&] { return volume(driver); }) &&
           driver.step(QStringLiteral("stop shows the exit status"), [&] { return stop(driver); }) &&
           driver.step(QStringLiteral("files of a stopped one"), [&] { return browseStopped(driver); }) &&
           driver.step(QStringLiteral("container removed"), [&] { return removeContainer(driver, kName); }) &&
           runBuildSteps(driver) &&
           driver.step(QStringLiteral("images removed"),
                       [&]() -> Result<void> {
                           driver.key(Qt::Key_2, Qt::ControlModifier);
                           TRY(removeImage(driver, kDemo));
                           return removeImage(driver, kLarge);
                       }) &&
           driver.step(QStringLiteral("jobs drawer lists the work"),
                       [&] { return showHistory(driver, QStringLiteral("docker run -d")); });
}

bool runBuildJob(Driver& driver) {
    return driver.step(QStringLiteral("pull the demo image"), [&]() -> Result<void> {
        TRY(browse(driver));
        return pull(driver, kDemo, QStringLiteral("gzip"), false);
    }) && runBuildSteps(driver);
}

bool runStackJob(Driver& driver) {
    return driver.step(QStringLiteral("pull the demo image"), [&]() -> Result<void> {
        TRY(browse(driver));
        return pull(driver, kDemo, QStringLiteral("gzip"), false);
    }) && runStackSteps(driver);
}

Result<void> showPane(Driver& driver, const QString& pane) {
    const QString latest = QStringLiteral("latest");
    if (pane.startsWith(QLatin1String("compose-")))
        return showCompose(driver, pane);
    TRY(browse(driver));
    if (pane == QLatin1String("registry")) {
        TRY(chooseTag(driver, kLarge, latest));
        QTest::qWait(500);
        TRY(driver.click(QStringLiteral("registryPane.pull")));
        return driver.waitFor(
            [&] {
                const Job* job = currentPull(driver);
                return job != nullptr && (!job->isRunning() || job->fraction() > 0.4);
            },
            "the pull is in the middle", 60'000);
    }
    if (pane == QLatin1String("registry-tags")) {
        TRY(chooseTag(driver, kDemo, latest));
        return readTags(driver);
    }
    if (pane == QLatin1String("settings")) {
        driver.window().menuBar()->actions().first()->menu()->actions().first()->trigger();
        return driver.waitFor(
            [&] {
                const auto start = driver.find<QWidget>(QStringLiteral("settingsDialog.dockerKnown"));
                return start && (*start)->isEnabled();
            },
            "the settings show what docker knows");
    }
    if (pane == QLatin1String("account")) {
        TRY(driver.click(QStringLiteral("registryPane.account")));
        TRY(driver.type(QStringLiteral("registryDialog.user"), QStringLiteral("ada")));
        TRY(driver.type(QStringLiteral("registryDialog.password"), QStringLiteral("secret")));
        TRY(driver.click(QStringLiteral("registryDialog.test")));
        return driver.waitFor(
            [&] {
                const auto report = driver.find<QWidget>(QStringLiteral("registryDialog.report"));
                return report && (*report)->isVisible();
            },
            "the registry was tested");
    }
    TRY(pull(driver, kDemo, QStringLiteral("gzip"), false));
    if (pane == QLatin1String("build") || pane.startsWith(QLatin1String("build-")))
        return showBuild(driver, pane);
    if (pane == QLatin1String("stack") || pane.startsWith(QLatin1String("stack-")))
        return showStack(driver, pane);
    if (pane == QLatin1String("registry-tag")) {
        TRY(chooseTag(driver, kLarge, latest));
        return readCostInPart(driver);
    }
    TRY(pull(driver, kDemo, QStringLiteral("zstd"), false));
    if (pane.startsWith(QLatin1String("image-")))
        TRY(pull(driver, QStringLiteral("escale/untidy"), latest, false));
    TRY(imagesList(driver));
    if (pane == QLatin1String("images"))
        return {};
    if (pane.startsWith(QLatin1String("image-")))
        return showImage(driver, pane);
    if (pane == QLatin1String("images-pushing")) {
        driver.key(Qt::Key_1, Qt::ControlModifier);
        TRY(pull(driver, kLarge, latest, false));
        return showExchange(driver, pane);
    }
    if (kOfExchange.contains(pane))
        return showExchange(driver, pane);
    if (pane.startsWith(QLatin1String("images-")))
        return showManaging(driver, pane);
    static const QStringList kOfContainers{
        QStringLiteral("containers"), QStringLiteral("terminal"),     QStringLiteral("processes"),
        QStringLiteral("health"),     QStringLiteral("files"),        QStringLiteral("changes"),
        QStringLiteral("inspect"),    QStringLiteral("history"),      QStringLiteral("edit"),
        QStringLiteral("no-shell"),   QStringLiteral("debug-dialog"), QStringLiteral("debug"),
        QStringLiteral("undo"),       QStringLiteral("run"),          QStringLiteral("leftover")};
    if (pane == QLatin1String("volumes-restored"))
        return restoreRemoved(driver, QStringLiteral("kept"));
    if (pane.startsWith(QLatin1String("volumes")))
        return showVolumes(driver, pane);
    if (pane == QLatin1String("learn-rm")) {
        driver.key(Qt::Key_1, Qt::ControlModifier);
        TRY(pull(driver, QStringLiteral("escale/untidy"), latest, false));
        TRY(imagesList(driver));
        TRY(openRunDialog(driver, QStringLiteral("escale/untidy")));
        TRY(run(driver, QStringLiteral("shop")));
        return showLearn(driver, pane, QStringLiteral("shop"));
    }
    if (pane.startsWith(QLatin1String("learn-"))) {
        TRY(openRunDialog(driver));
        TRY(run(driver, QStringLiteral("db")));
        driver.key(Qt::Key_2, Qt::ControlModifier);
        TRY(openRunDialog(driver));
        TRY(run(driver, QStringLiteral("web")));
        return showLearn(driver, pane, QStringLiteral("web"));
    }
    if (!kOfContainers.contains(pane) && !kOfNetworks.contains(pane))
        return fail(
            ErrorCode::InvalidArgument,
            "no pane \"" + pane.toStdString() +
                "\": registry, registry-tags, registry-tag, account, settings, images, image-layers, "
                "image-files, " +
                "image-findings, image-config, image-history, image-used, images-usage, images-prune, " +
                "images-push, images-verify, " + kOfExchange.join(QLatin1String(", ")).toStdString() + ", " +
                kOfContainers.join(QLatin1String(", ")).toStdString() + ", " +
                kOfNetworks.join(QLatin1String(", ")).toStdString() +
                ", volumes, volumes-…, build, build-…, stack, stack-…, learn-…");
    if (kOfNetworks.contains(pane)) {
        TRY(makeNetwork(driver, QStringLiteral("frontend")));
        TRY(makeNetwork(driver, QStringLiteral("backend")));
        for (const char* name : {"web", "db"}) {
            driver.key(Qt::Key_2, Qt::ControlModifier);
            TRY(openRunDialog(driver));
            TRY(chooseNetwork(driver, QLatin1String(name) == QLatin1String("web")
                                          ? QStringLiteral("frontend")
                                          : QStringLiteral("backend")));
            if (QLatin1String(name) == QLatin1String("web"))
                TRY(publishOffered(driver));
            TRY(run(driver, QLatin1String(name)));
        }
        return showNetworks(driver, pane, QStringLiteral("backend"), QStringLiteral("web"));
    }
    TRY(openRunDialog(driver));
    if (pane == QLatin1String("run"))
        return {};
    const bool isUndo = pane == QLatin1String("undo");
    TRY(run(driver, isUndo || pane == QLatin1String("history") ? kName : QStringLiteral("web")));
    if (isUndo)
        return pauseAndRename(driver);
    if (pane == QLatin1String("history")) {
        TRY(pauseAndRename(driver));
        return showHistory(driver, QStringLiteral("docker run -d"));
    }
    if (pane == QLatin1String("leftover"))
        return leaveHalfReplaced(driver, QStringLiteral("web")).map([](const QString&) {});
    if (pane == QLatin1String("edit"))
        return openEdit(driver).and_then([](QDialog*) { return Result<void>(); });
    if (pane == QLatin1String("terminal"))
        return listRoot(driver);
    if (pane == QLatin1String("no-shell") || pane.startsWith(QLatin1String("debug"))) {
        TRY(showNoShell(driver));
        if (pane != QLatin1String("no-shell"))
            TRY(askDebug(driver));
        return pane == QLatin1String("debug") ? lookAround(driver) : Result<void>();
    }
    if (pane == QLatin1String("health"))
        return watchHealth(driver);
    if (pane == QLatin1String("processes")) {
        TRY(openShell(driver));
        return listProcesses(driver);
    }
    if (pane == QLatin1String("inspect"))
        return inspectContainer(driver);
    if (pane == QLatin1String("files") || pane == QLatin1String("changes")) {
        TRY(openShell(driver));
        TRY(browseFiles(driver));
        return pane == QLatin1String("files") ? showFiles(driver) : listChanges(driver);
    }
    TRY(liveLog(driver));
    return charts(driver, 20);
}

} // namespace escale::test
