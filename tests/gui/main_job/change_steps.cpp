#include "tests/gui/main_job/change_steps.h"

#include "gui/app/action_row.h"
#include "gui/app/jobs_drawer.h"
#include "gui/common/error_banner.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/state_text.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

namespace escale::test {

Result<QDialog*> openEdit(Driver& driver) {
    driver.key(Qt::Key_E, Qt::ControlModifier);
    TRY(driver.waitFor([&] { return driver.find<QDialog>(QStringLiteral("editDialog")).has_value(); },
                       "the form to edit opens"));
    TRY_ASSIGN(QDialog * dialog, driver.find<QDialog>(QStringLiteral("editDialog")));
    dialog->findChild<QLineEdit*>(QStringLiteral("runForm.hostname"))->setText(QStringLiteral("changed"));
    return dialog;
}

// What cannot be changed while it runs: a new container under the same name, with the change.
Result<void> recreate(Driver& driver, const QString& row) {
    const QString table = QStringLiteral("containersPane.table");
    const auto* model = driver.window().findChild<gui::ContainersModel*>();
    const auto current = [&]() -> const dbus::Container* {
        return model->find(driver.window().findChild<gui::Table*>(table)->currentId());
    };
    TRY(driver.clickRow(table, row));
    const QString before = current()->id;
    const QString name = current()->name;
    // One that cannot be started leaves everything as it was.
    TRY_ASSIGN(QDialog * wrong, openEdit(driver));
    wrong->findChild<QLineEdit*>(QStringLiteral("runForm.command"))
        ->setText(QStringLiteral("/no/such/program"));
    wrong->findChild<QLineEdit*>(QStringLiteral("runForm.entrypoint"))
        ->setText(QStringLiteral("/no/such/program"));
    TRY(driver.click(QStringLiteral("editDialog.accept")));
    TRY(driver.waitFor([&] { return driver.find<gui::ErrorBanner>(QString()).has_value(); },
                       "the banner tells why it could not be replaced", 40'000));
    TRY(driver.waitFor(
        [&] {
            const dbus::Container* now = model->find(before);
            return now != nullptr && now->name == name && gui::isRunning(*now) && model->count() == 1;
        },
        "the old container is back and runs"));
    TRY(driver.clickRow(table, row));
    TRY(openEdit(driver));
    TRY(driver.click(QStringLiteral("editDialog.accept")));
    TRY(driver.waitFor(
        [&] {
            const dbus::Container* now = current();
            return now != nullptr && now->name == name && now->id != before && model->find(before) == nullptr;
        },
        "a new container takes its name", 40'000));
    // Its image is the newest: nothing is pulled anew, and nothing is replaced.
    const QString made = current()->id;
    driver.key(Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    TRY(driver.waitFor(
        [&] {
            const auto words = driver.find<QLabel>(QStringLiteral("recreateNotice.text"));
            return words && (*words)->text().contains(name) &&
                   driver.find<QWidget>(QStringLiteral("recreateNotice.dismiss")).has_value() &&
                   (*words)->text().contains(QLatin1String("gzip"));
        },
        "the image is looked for", 20'000));
    if (current() == nullptr || current()->id != made)
        return fail(ErrorCode::WrongState, "the container was replaced without a newer image");
    return {};
}

// Every action is in the drawer, and says what it is.
Result<void> showHistory(Driver& driver, const QString& docker) {
    driver.key(Qt::Key_J, Qt::ControlModifier);
    TRY(driver.waitFor(
        [&] {
            int shown = 0;
            for (const auto* row : driver.window().findChildren<QWidget*>(QStringLiteral("jobRow")))
                shown += row->isVisible() ? 1 : 0;
            return shown >= 4;
        },
        "the drawer lists the actions", 3000));
    for (auto* row : driver.window().findChildren<gui::ActionRow*>()) {
        row->setOpen(true);
        const auto* line = row->findChild<QLabel*>(QStringLiteral("actionDetails.docker"));
        if (line != nullptr && line->text().startsWith(docker)) {
            row->findChild<QToolButton*>(QStringLiteral("actionDetails.kernel.fold"))->click();
            QTest::qWait(50);
            driver.window()
                .findChild<gui::JobsDrawer*>()
                ->findChild<QScrollArea*>()
                ->verticalScrollBar()
                ->setValue(row->y());
            return {};
        }
        row->setOpen(false);
    }
    return fail(ErrorCode::NotFound, "the drawer has no \"" + docker.toStdString() + "\"");
}

} // namespace escale::test
