#include "tests/gui/main_job/volume_steps.h"

#include "gui/containers/file_edits.h"
#include "gui/containers/files_model.h"
#include "gui/containers/files_table.h"
#include "gui/volumes/volume_actions.h"
#include "gui/volumes/volumes_model.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

namespace escale::test {
namespace {

const QString kTable = QStringLiteral("volumesPane.table");
const QString kFiles = QStringLiteral("files.table");
const QString kNote = QStringLiteral("note.txt");

Result<void> waitForDialog(Driver& driver, const QString& name, bool isThere) {
    return driver.waitFor([&] { return driver.find<QDialog>(name).has_value() == isThere; },
                          name.toStdString() + (isThere ? " opens" : " closes"));
}

Result<void> write(Driver& driver, const QString& name, const QString& text) {
    TRY_ASSIGN(QLineEdit * field, driver.find<QLineEdit>(name));
    field->selectAll();
    return driver.type(name, text);
}

Result<void> showTab(Driver& driver, int index) {
    TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("volumesPane.tabs")));
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, Qt::NoModifier,
                      tabs->tabBar()->tabRect(index).center());
    return driver.waitFor([&] { return tabs->currentIndex() == index; }, "the tab shows", 2000);
}

Result<void> trigger(Driver& driver, const QString& name) {
    auto* action = driver.window().findChild<QAction*>(name);
    if (action == nullptr)
        return fail(ErrorCode::NotFound, "there is no action " + name.toStdString());
    TRY(driver.waitFor([&] { return action->isEnabled(); }, name.toStdString() + " can be done"));
    // An open dialog runs in its own time.
    QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
    return {};
}

Result<void> act(Driver& driver, gui::VolumeActions::Kind kind) {
    return trigger(driver, QStringLiteral("volumes.action.%1").arg(static_cast<int>(kind)));
}

// The volumes pane has its own table of files.
gui::FilesTable* filesTable(Driver& driver) {
    for (auto* table : driver.window().findChildren<gui::FilesTable*>(kFiles)) {
        if (table->isVisible())
            return table;
    }
    return nullptr;
}

Result<void> edit(Driver& driver, gui::FileEdits::Kind kind) {
    gui::FilesTable* table = filesTable(driver);
    if (table == nullptr)
        return fail(ErrorCode::NotFound, "no files are shown");
    for (QAction* action : table->actions()) {
        if (action->objectName() == QStringLiteral("files.action.%1").arg(static_cast<int>(kind))) {
            QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
            return {};
        }
    }
    return fail(ErrorCode::NotFound, "the files have no such action");
}

} // namespace

Result<void> makeVolume(Driver& driver, const QString& name) {
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(driver.click(QStringLiteral("volumesPane.create")));
    const QString dialog = QStringLiteral("createVolumeDialog");
    TRY(waitForDialog(driver, dialog, true));
    TRY(driver.type(dialog + QStringLiteral(".name"), QStringLiteral("a/b")));
    TRY(driver.waitFor(
        [&] {
            const auto note = driver.find<QLabel>(dialog + QStringLiteral(".name.note"));
            return note && (*note)->property("role") == QStringLiteral("problem");
        },
        "a name that cannot be one is told under its field"));
    TRY(write(driver, dialog + QStringLiteral(".name"), name));
    TRY(driver.click(dialog + QStringLiteral(".accept")));
    TRY(waitForDialog(driver, dialog, false));
    return driver.waitForRow(kTable, name);
}

Result<void> runWithVolume(Driver& driver, const QString& volume, const QString& container) {
    // The first image of the list may have no shell.
    const QString image = qEnvironmentVariable("ESCALE_REGISTRY") + QStringLiteral("/escale/demo:gzip");
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, volume));
    TRY(act(driver, gui::VolumeActions::RunWith));
    TRY(waitForDialog(driver, QStringLiteral("runDialog"), true));
    TRY(write(driver, QStringLiteral("runForm.image"), image));
    TRY(driver.type(QStringLiteral("runForm.name"), container));
    TRY(write(driver, QStringLiteral("runForm.command"),
              QStringLiteral("sh -c 'echo kept > /data/%1; exec sleep 1000'").arg(kNote)));
    TRY_ASSIGN(QDialog * dialog, driver.find<QDialog>(QStringLiteral("runDialog")));
    QTest::keyClick(dialog, Qt::Key_Return);
    TRY(driver.waitForRow(QStringLiteral("containersPane.table"), container, 30'000));
    return waitForDialog(driver, QStringLiteral("runDialog"), false);
}

Result<void> seeFileIn(Driver& driver, const QString& volume) {
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, volume));
    TRY(showTab(driver, 0));
    TRY(driver.waitFor(
        [&] {
            const gui::FilesTable* table = filesTable(driver);
            if (table == nullptr)
                return false;
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                if (table->model()->index(row, 0).data().toString() == kNote)
                    return true;
            }
            (void)driver.click(QStringLiteral("files.refresh"));
            return false;
        },
        "the file is among the volume's"));
    std::printf("     used by: %s\n", qPrintable(driver.cell(kTable, volume, gui::VolumesModel::UsedBy)));
    return {};
}

Result<void> changeFilesOf(Driver& driver, const QString& volume) {
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, volume));
    TRY(showTab(driver, 0));
    TRY(edit(driver, gui::FileEdits::NewFolder));
    const QString dialog = QStringLiteral("newFolderDialog");
    TRY(waitForDialog(driver, dialog, true));
    TRY(driver.type(dialog + QStringLiteral(".name"), QStringLiteral("drafts")));
    TRY(driver.click(dialog + QStringLiteral(".accept")));
    TRY(waitForDialog(driver, dialog, false));
    TRY(driver.waitForRow(kFiles, QStringLiteral("drafts")));
    TRY(driver.clickRow(kFiles, QStringLiteral("drafts")));
    gui::FilesTable* table = filesTable(driver);
    QTest::keyClick(table, Qt::Key_F2);
    QLineEdit* editor = nullptr;
    TRY(driver.waitFor([&] { return (editor = table->viewport()->findChild<QLineEdit*>()) != nullptr; },
                       "the name can be edited"));
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("letters"));
    QTest::keyClick(editor, Qt::Key_Return);
    TRY(driver.waitForRow(kFiles, QStringLiteral("letters")));
    TRY(driver.clickRow(kFiles, QStringLiteral("letters")));
    QTest::keyClick(table, Qt::Key_Delete);
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(kFiles, QStringLiteral("letters"));
}

Result<void> backUpVolume(Driver& driver, const QString& volume, const QString& file) {
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, volume));
    TRY(act(driver, gui::VolumeActions::Backup));
    const QString dialog = QStringLiteral("backupDialog");
    TRY(waitForDialog(driver, dialog, true));
    TRY(write(driver, dialog + QStringLiteral(".file"), file));
    TRY(driver.click(dialog + QStringLiteral(".accept")));
    TRY(driver.waitFor([&] { return QFile::exists(file); }, "the back-up has its name"));
    std::printf("     %lld bytes\n", static_cast<long long>(QFile(file).size()));
    return {};
}

Result<void> removeVolume(Driver& driver, const QString& volume) {
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(driver.clickRow(kTable, volume));
    TRY(act(driver, gui::VolumeActions::Remove));
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(kTable, volume);
}

Result<void> restoreVolume(Driver& driver, const QString& volume, const QString& file) {
    driver.key(Qt::Key_5, Qt::ControlModifier);
    TRY(act(driver, gui::VolumeActions::Restore));
    const QString dialog = QStringLiteral("restoreDialog");
    TRY(waitForDialog(driver, dialog, true));
    TRY(write(driver, dialog + QStringLiteral(".file"), file));
    TRY_ASSIGN(QComboBox * name, driver.find<QComboBox>(dialog + QStringLiteral(".name")));
    name->setCurrentText(volume);
    TRY(driver.click(dialog + QStringLiteral(".accept")));
    TRY(waitForDialog(driver, dialog, false));
    return driver.waitForRow(kTable, volume);
}

Result<void> showVolumes(Driver& driver, const QString& pane) {
    if (pane == QLatin1String("volumes-empty")) {
        driver.key(Qt::Key_5, Qt::ControlModifier);
        return {};
    }
    for (const char* name : {"web-data", "uploads", "old-site"})
        TRY(makeVolume(driver, QLatin1String(name)));
    TRY(runWithVolume(driver, QStringLiteral("web-data"), QStringLiteral("web")));
    TRY(runWithVolume(driver, QStringLiteral("uploads"), QStringLiteral("api")));
    TRY(seeFileIn(driver, QStringLiteral("web-data")));
    TRY(act(driver, gui::VolumeActions::CountAll));
    TRY(driver.waitFor(
        [&] {
            const QString size = driver.cell(kTable, QStringLiteral("old-site"), gui::VolumesModel::Size);
            return !size.isEmpty() && size.at(0).isDigit();
        },
        "the volumes are counted"));
    if (pane == QLatin1String("volumes-files")) {
        TRY(driver.clickRow(kFiles, kNote));
        QTest::qWait(500);
    } else if (pane == QLatin1String("volumes-users")) {
        return showTab(driver, 1);
    } else if (pane == QLatin1String("volumes-details")) {
        return showTab(driver, 2);
    } else if (pane.startsWith(QLatin1String("volumes-create"))) {
        TRY(driver.click(QStringLiteral("volumesPane.create")));
        TRY(waitForDialog(driver, QStringLiteral("createVolumeDialog"), true));
        TRY(driver.type(QStringLiteral("createVolumeDialog.name"), QStringLiteral("photos")));
        if (pane == QLatin1String("volumes-create"))
            return {};
        TRY_ASSIGN(QComboBox * kind, driver.find<QComboBox>(QStringLiteral("createVolumeDialog.kind")));
        kind->setCurrentIndex(kind->findData(QStringLiteral("nfs")));
        TRY(driver.type(QStringLiteral("createVolumeDialog.server"), QStringLiteral("127.0.0.1")));
        TRY(driver.type(QStringLiteral("createVolumeDialog.path"), QStringLiteral("/export/photos")));
        TRY(driver.click(QStringLiteral("createVolumeDialog.test")));
        return driver.waitFor(
            [&] {
                const auto tested = driver.find<QLabel>(QStringLiteral("createVolumeDialog.tested"));
                return tested && !(*tested)->text().isEmpty() &&
                       (*tested)->property("role") != QStringLiteral("muted");
            },
            "the connection is tested", 20'000);
    } else if (pane == QLatin1String("volumes-prune")) {
        TRY(act(driver, gui::VolumeActions::Prune));
        TRY(waitForDialog(driver, QStringLiteral("pruneVolumesDialog"), true));
        TRY_ASSIGN(QComboBox * which, driver.find<QComboBox>(QStringLiteral("pruneVolumesDialog.kind")));
        which->setCurrentIndex(1);
    } else if (pane == QLatin1String("volumes-backup")) {
        TRY(act(driver, gui::VolumeActions::Backup));
        return waitForDialog(driver, QStringLiteral("backupDialog"), true);
    } else if (pane == QLatin1String("volumes-restore")) {
        TRY(driver.clickRow(kTable, QStringLiteral("old-site")));
        TRY(act(driver, gui::VolumeActions::Restore));
        return waitForDialog(driver, QStringLiteral("restoreDialog"), true);
    } else if (pane == QLatin1String("volumes-permissions")) {
        TRY(driver.clickRow(kFiles, kNote));
        TRY(edit(driver, gui::FileEdits::Permissions));
        return waitForDialog(driver, QStringLiteral("permissionsDialog"), true);
    } else if (pane == QLatin1String("volumes-remove")) {
        TRY(driver.clickRow(kTable, QStringLiteral("old-site")));
        return act(driver, gui::VolumeActions::Remove);
    } else if (pane == QLatin1String("volumes-run")) {
        TRY(act(driver, gui::VolumeActions::RunWith));
        TRY(waitForDialog(driver, QStringLiteral("runDialog"), true));
        TRY_ASSIGN(QTabWidget * tabs, driver.find<QTabWidget>(QStringLiteral("runDialog.tabs")));
        tabs->setCurrentIndex(2);
    }
    return {};
}

} // namespace escale::test
