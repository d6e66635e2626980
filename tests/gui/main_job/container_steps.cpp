#include "tests/gui/main_job/container_steps.h"

#include "gui/client/job.h"
#include "gui/common/error_banner.h"
#include "gui/common/terminal_view.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/changes_tab.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/health_tab.h"
#include "gui/containers/inspect_model.h"
#include "gui/containers/processes_model.h"

#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>

namespace escale::test {
namespace {

const QString kTerminal = QStringLiteral("containersPane.terminal");

QString demoImage() {
    return qEnvironmentVariable("ESCALE_REGISTRY") + QStringLiteral("/escale/demo:gzip");
}

Result<void> clickTab(Driver& driver, const QString& page) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("containersPane.tabs")));
    const int index = tabs->indexOf(tabs->findChild<QWidget*>(page));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return index >= 0 && tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> runContainer(Driver& driver, const gui::RunRequest& request, const QString& name) {
    // The answer may come after we have given up.
    const auto problem = std::make_shared<Result<void>>();
    driver.window().client().run(request, &driver.window(), [problem](const auto& started) {
        if (!started)
            *problem = fail(started.error());
    });
    TRY(driver.waitForRow(QStringLiteral("containersPane.table"), name));
    TRY(*problem);
    return driver.clickRow(QStringLiteral("containersPane.table"), name);
}

gui::TerminalView* terminalView(Driver& driver) {
    const auto view = driver.find<gui::TerminalView>(QStringLiteral("shell.view"));
    return view ? *view : nullptr;
}

Result<void> waitForTerminal(Driver& driver, const QString& text) {
    return driver.waitFor(
        [&] {
            const gui::TerminalView* view = terminalView(driver);
            return view != nullptr && view->screen().allText().contains(text);
        },
        "the terminal shows \"" + text.toStdString() + "\"", 10'000);
}

Result<void> waitForPrompt(Driver& driver) {
    return driver.waitFor([&] { return terminalView(driver)->screen().allText().endsWith(QLatin1Char('#')); },
                          "the shell waits for a command", 10'000);
}

} // namespace

// A shell in the container computes, knows its size, and its end is told in words.
Result<void> openShell(Driver& driver) {
    TRY(clickTab(driver, kTerminal));
    TRY(driver.click(QStringLiteral("emptyState.action")));
    TRY(waitForTerminal(driver, QStringLiteral("#")));
    gui::TerminalView* view = terminalView(driver);
    QTest::keyClicks(view, QStringLiteral("echo $((6*7)); stty size\r"));
    TRY(waitForTerminal(driver, QStringLiteral("\n42\n")));
    const QSize size = view->screen().size();
    TRY(waitForTerminal(driver, QStringLiteral("\n%1 %2\n").arg(size.height()).arg(size.width())));
    return waitForPrompt(driver);
}

Result<void> endShell(Driver& driver) {
    QTest::keyClicks(terminalView(driver), QStringLiteral("exit 3\r"));
    TRY(driver.waitFor([&] { return driver.find<QLabel>(QStringLiteral("shell.outcome")).has_value(); },
                       "the shell's end is told", 10'000));
    QTest::keyClick(terminalView(driver), Qt::Key_Return);
    TRY(waitForPrompt(driver));
    QTest::keyClicks(terminalView(driver), QStringLiteral("echo a''gain\r"));
    return waitForTerminal(driver, QStringLiteral("\nagain\n"));
}

// A container that was made with a terminal: its own shell is attached to, and its end ends the container.
Result<void> attachToFirst(Driver& driver) {
    const QString name = QStringLiteral("attached");
    gui::RunRequest request{demoImage(),
                            {QStringLiteral("/bin/sh")},
                            {{QStringLiteral("name"), name},
                             {QStringLiteral("entrypoint"), QStringList()},
                             {QStringLiteral("tty"), true},
                             {QStringLiteral("stdin"), true}}};
    TRY(runContainer(driver, request, name));
    TRY(clickTab(driver, kTerminal));
    TRY(driver.click(QStringLiteral("shells.attach")));
    TRY(driver.waitFor([&] { return terminalView(driver) != nullptr && terminalView(driver)->isAlive(); },
                       "the terminal is attached"));
    QTest::keyClicks(terminalView(driver), QStringLiteral("echo atta''ched as $$; stty size\r"));
    TRY(waitForTerminal(driver, QStringLiteral("attached as 1")));
    const QSize size = terminalView(driver)->screen().size();
    TRY(waitForTerminal(driver, QStringLiteral("\n%1 %2\n").arg(size.height()).arg(size.width())));
    QTest::keyClicks(terminalView(driver), QStringLiteral("exit\r"));
    TRY(driver.waitFor([&] { return driver.find<QLabel>(QStringLiteral("shell.outcome")).has_value(); },
                       "the end is told", 10'000));
    TRY(driver.click(QStringLiteral("containersPane.remove")));
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(QStringLiteral("containersPane.table"), name);
}

Result<void> showNoShell(Driver& driver) {
    const QString image = QStringLiteral("127.0.0.1:5000/escale/bare:latest");
    const auto pulled = std::make_shared<std::optional<Result<void>>>();
    driver.window().client().pull(
        image, {}, &driver.window(), [pulled, &driver](const Result<gui::Job*>& job) {
            gui::whenEnded(job, &driver.window(), [pulled](const Result<>& done) { *pulled = done; });
        });
    TRY(driver.waitFor([&] { return pulled->has_value(); }, "the image without a shell is here", 20'000));
    TRY(**pulled);
    const QString name = QStringLiteral("bare");
    TRY(runContainer(driver, {image, {}, {{QStringLiteral("name"), name}}}, name));
    TRY(clickTab(driver, kTerminal));
    TRY(driver.click(QStringLiteral("emptyState.action")));
    return driver.waitFor(
        [&] { return driver.find<QPushButton>(QStringLiteral("errorBanner.action")).has_value(); },
        "a debug terminal is offered", 5000);
}

Result<void> askDebug(Driver& driver) {
    TRY(driver.click(QStringLiteral("errorBanner.action")));
    TRY(driver.waitFor([&] { return driver.find<QDialog>(QStringLiteral("debugDialog")).has_value(); },
                       "the dialog asks for the tools", 5000));
    TRY_ASSIGN(auto* image, driver.find<QComboBox>(QStringLiteral("debugDialog.image")));
    image->setCurrentText(demoImage());
    return {};
}

Result<void> lookAround(Driver& driver) {
    TRY(driver.click(QStringLiteral("debugDialog.open")));
    TRY(waitForTerminal(driver, QStringLiteral("/proc/1/root #")));
    QTest::keyClicks(terminalView(driver), QStringLiteral("ls; ps; wget -qO- localhost:8080 | head -n 4\r"));
    TRY(waitForTerminal(driver, QStringLiteral("/app/busybox httpd")));
    return waitForTerminal(driver, QStringLiteral("<html"));
}

Result<void> debugBare(Driver& driver) {
    const QString table = QStringLiteral("containersPane.table");
    const QString debugger = QStringLiteral("bare-debug-");
    TRY(showNoShell(driver));
    TRY(askDebug(driver));
    TRY(lookAround(driver));
    TRY(driver.waitForRow(table, debugger, 5000));
    driver.key(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    TRY(driver.waitForNoRow(table, debugger, 5000));
    TRY(driver.click(QStringLiteral("containersPane.remove")));
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(table, QStringLiteral("bare"));
}

// The container's first process and the shell are listed, and use some CPU or none.
Result<void> listProcesses(Driver& driver) {
    TRY(clickTab(driver, QStringLiteral("containersPane.processes")));
    const QString table = QStringLiteral("containersPane.processTable");
    TRY(driver.waitForRow(table, QStringLiteral("1 ")));
    TRY(driver.waitFor(
        [&] {
            const auto shown = driver.find<gui::Table>(table);
            return shown && (*shown)->model()->rowCount() >= 2;
        },
        "the shell is listed beside the first process", 5000));
    return driver.waitFor(
        [&] {
            const auto shown = driver.find<gui::Table>(table);
            return shown &&
                   (*shown)->model()->index(0, gui::ProcessesModel::Cpu).data(gui::kSortRole).toDouble() >= 0;
        },
        "a second reading tells how much CPU it uses", 5000);
}

// Edited and uploaded in the window, read by the container's own shell.
Result<void> browseFiles(Driver& driver) {
    const QString table = QStringLiteral("files.table");
    TRY(clickTab(driver, QStringLiteral("containersPane.files")));
    TRY(driver.waitForRow(table, QStringLiteral("etc")));
    TRY(driver.type(QStringLiteral("files.path"), QStringLiteral("/etc")));
    driver.key(Qt::Key_Return);
    TRY(driver.clickRow(table, QStringLiteral("passwd")));
    const auto shows = [&](const QString& text) {
        return driver.waitFor(
            [&] {
                const auto shown = driver.find<QPlainTextEdit>(QStringLiteral("files.text"));
                return shown && (*shown)->toPlainText().contains(text);
            },
            "the preview shows \"" + text.toStdString() + "\"", 5000);
    };
    TRY(shows(QStringLiteral("root:")));
    TRY(driver.click(QStringLiteral("files.edit")));
    TRY(driver.waitFor(
        [&] { return driver.find<QPlainTextEdit>(QStringLiteral("fileEditor.text")).has_value(); },
        "the editor has the file", 5000));
    TRY_ASSIGN(auto* editor, driver.find<QPlainTextEdit>(QStringLiteral("fileEditor.text")));
    editor->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor, QStringLiteral("edited:x:1234:1234::/:/bin/sh"));
    QTest::keyClick(editor, Qt::Key_Return);
    TRY(driver.click(QStringLiteral("fileEditor.save")));
    TRY(shows(QStringLiteral("edited:x:1234")));

    const QTemporaryDir folder;
    QFile upload(folder.filePath(QStringLiteral("uploaded.txt")));
    if (!upload.open(QIODevice::WriteOnly) || upload.write("by the window\n") < 0)
        return fail(ErrorCode::SystemFailure, "the file to upload cannot be written");
    upload.close();
    TRY_ASSIGN(auto* files, driver.find<gui::FilesTab>(QStringLiteral("containersPane.files")));
    files->upload({upload.fileName()});
    TRY(driver.clickRow(table, QStringLiteral("uploaded.txt")));
    TRY(shows(QStringLiteral("by the window")));

    for (const gui::Job* job : driver.window().client().jobs().all()) {
        if (job->status().kind == QLatin1String("copy-out"))
            return fail(ErrorCode::WrongState, "a look at a file is listed as a job");
    }

    TRY(clickTab(driver, kTerminal));
    QTest::keyClicks(terminalView(driver), QStringLiteral("grep ^ed''ited /etc/passwd; cat /etc/up*.txt\r"));
    TRY(waitForTerminal(driver, QStringLiteral("\nedited:x:1234:1234::/:/bin/sh\n")));
    return waitForTerminal(driver, QStringLiteral("\nby the window\n"));
}

Result<void> showFiles(Driver& driver) {
    TRY(clickTab(driver, QStringLiteral("containersPane.files")));
    return driver.clickRow(QStringLiteral("files.table"), QStringLiteral("passwd"));
}

Result<void> browseStopped(Driver& driver) {
    TRY(clickTab(driver, QStringLiteral("containersPane.files")));
    TRY(driver.click(QStringLiteral("files.home")));
    TRY(driver.type(QStringLiteral("files.path"), QStringLiteral("/etc")));
    driver.key(Qt::Key_Return);
    TRY(driver.clickRow(QStringLiteral("files.table"), QStringLiteral("passwd")));
    return driver.waitFor(
        [&] {
            const auto shown = driver.find<QPlainTextEdit>(QStringLiteral("files.text"));
            const QString text = shown ? (*shown)->toPlainText() : QString();
            // As the image has it: what was edited went with the container that was replaced.
            return text.contains(QLatin1String("root:")) && !text.contains(QLatin1String("edited:"));
        },
        "the file is shown", 5000);
}

Result<void> listChanges(Driver& driver) {
    const QString table = QStringLiteral("changes.table");
    TRY(clickTab(driver, QStringLiteral("containersPane.changes")));
    TRY(driver.waitForRow(table, QStringLiteral("/etc/uploaded.txt")));
    return driver.waitForRow(table, QStringLiteral("/etc/passwd"), 1000);
}

Result<void> downloadFiles(Driver& driver) {
    const QTemporaryDir folder;
    TRY(clickTab(driver, QStringLiteral("containersPane.files")));
    TRY(driver.click(QStringLiteral("files.home")));
    TRY(driver.clickRow(QStringLiteral("files.table"), QStringLiteral("etc")));
    TRY_ASSIGN(auto* files, driver.find<gui::FilesTab>(QStringLiteral("containersPane.files")));
    files->downloadTo(folder.path());
    TRY(driver.waitFor(
        [&] {
            QFile file(folder.filePath(QStringLiteral("etc/uploaded.txt")));
            return file.open(QIODevice::ReadOnly) && file.readAll() == "by the window\n";
        },
        "the folder is here", 5000));
    TRY(clickTab(driver, QStringLiteral("containersPane.changes")));
    TRY_ASSIGN(auto* changes, driver.find<gui::ChangesTab>(QStringLiteral("containersPane.changes")));
    const QString archive = folder.filePath(QStringLiteral("all.tar"));
    changes->exportTo(archive);
    return driver.waitFor([&] { return QFileInfo(archive).size() > 1'000'000; }, "the archive is here",
                          10'000);
}

Result<void> saveAsImage(Driver& driver) {
    TRY(driver.click(QStringLiteral("changes.commit")));
    TRY(driver.type(QStringLiteral("commitDialog.reference"), QStringLiteral("Not A Name")));
    TRY(driver.click(QStringLiteral("commitDialog.save")));
    TRY(driver.waitFor(
        [&] { return driver.find<gui::ErrorBanner>(QStringLiteral("errorBanner")).has_value(); },
        "a wrong name is told in the dialog", 5000));
    TRY(driver.type(QStringLiteral("commitDialog.reference"), QStringLiteral("made-of-it:changed")));
    TRY(driver.click(QStringLiteral("commitDialog.save")));
    TRY(driver.waitFor([&] { return !driver.find<QDialog>(QStringLiteral("commitDialog")).has_value(); },
                       "the image is made, and the dialog closes", 20'000));
    const auto outcome = std::make_shared<std::optional<Result<void>>>();
    gui::EngineClient& client = driver.window().client();
    client.listImages(&driver.window(), [&client, &driver, outcome](const Result<dbus::ImageList>& images) {
        for (const dbus::Image& image : images.value_or(dbus::ImageList())) {
            if (image.repository.endsWith(QLatin1String("made-of-it")))
                return client.removeImage(image.repository, image.tag, &driver.window(),
                                          [outcome](const Result<void>& removed) { *outcome = removed; });
        }
        *outcome = fail(ErrorCode::NotFound, "the image is not listed");
    });
    TRY(driver.waitFor([&] { return outcome->has_value(); }, "the image is removed", 10'000));
    return **outcome;
}

Result<void> inspectContainer(Driver& driver) {
    TRY(clickTab(driver, QStringLiteral("containersPane.inspect")));
    return driver.waitForRow(QStringLiteral("inspect.tree"), demoImage());
}

// A container whose check fails from its third probe on.
Result<void> watchHealth(Driver& driver) {
    const QString check = QStringLiteral("echo probe >>/tmp/probes; n=$(wc -l </tmp/probes); "
                                         "echo \"connected to 127.0.0.1:80, answer $n\"; [ $n -lt 3 ]");
    gui::RunRequest request{
        demoImage(),
        {},
        {{QStringLiteral("name"), QStringLiteral("checked")},
         {QStringLiteral("health-command"), QStringList{QStringLiteral("CMD-SHELL"), check}},
         {QStringLiteral("health-interval"), QVariant::fromValue<qulonglong>(1000)},
         {QStringLiteral("health-retries"), QVariant::fromValue<uint>(2)}}};
    TRY(runContainer(driver, request, QStringLiteral("checked")));
    TRY(clickTab(driver, QStringLiteral("containersPane.health")));
    TRY(driver.waitForRow(QStringLiteral("health.probes"), QStringLiteral("answer 4"), 20'000));
    return driver.waitFor(
        [&] {
            const auto words = driver.find<QLabel>(QStringLiteral("health.state"));
            return words && (*words)->text() == gui::HealthTab::tr("Unhealthy");
        },
        "the container turns unhealthy", 5000);
}

Result<void> listRoot(Driver& driver) {
    TRY(openShell(driver));
    QTest::keyClicks(terminalView(driver), QStringLiteral("ls --color=always -l /\r"));
    return waitForTerminal(driver, QStringLiteral("proc"));
}

} // namespace escale::test
