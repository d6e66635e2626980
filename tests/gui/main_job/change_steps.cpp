#include "tests/gui/main_job/change_steps.h"

#include "gui/app/action_row.h"
#include "gui/app/jobs_drawer.h"
#include "gui/common/error_banner.h"
#include "gui/containers/container_changes.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/containers_model.h"
#include "gui/containers/replacement_note.h"
#include "gui/containers/state_text.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

#include <memory>
#include <optional>

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
    const auto bannerSays = [&](const char* text) {
        for (const auto* banner : driver.window().findChildren<gui::ErrorBanner*>()) {
            if (banner->isVisible() && banner->message().contains(QLatin1String(text)))
                return true;
        }
        return false;
    };
    TRY(driver.waitFor([&] { return bannerSays("/no/such/program"); },
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
    // Meanwhile the window does not close, and says why.
    TRY(driver.waitFor(
        [&] { return driver.find<QWidget>(QStringLiteral("actionNotice.cancel")).has_value(); },
        "it is being replaced"));
    if (driver.window().close() || !bannerSays("is being replaced"))
        return fail(ErrorCode::WrongState, "the window closed while a container was replaced");
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
            const auto words = driver.find<QLabel>(QStringLiteral("actionNotice.text"));
            return words && (*words)->text().contains(name) &&
                   driver.find<QWidget>(QStringLiteral("actionNotice.dismiss")).has_value() &&
                   (*words)->text().contains(QLatin1String("gzip"));
        },
        "the image is looked for", 20'000));
    if (current() == nullptr || current()->id != made)
        return fail(ErrorCode::WrongState, "the container was replaced without a newer image");
    return {};
}

Result<void> undoChanges(Driver& driver, const QString& row) {
    const QString table = QStringLiteral("containersPane.table");
    const auto* model = driver.window().findChild<gui::ContainersModel*>();
    auto* undo = driver.window().findChild<gui::ContainerUndo*>();
    TRY(driver.clickRow(table, row));
    const QString edited = driver.window().findChild<gui::Table*>(table)->currentId();
    const auto pressUndo = [&]() -> Result<void> {
        TRY(driver.waitFor([&] { return undo->action()->isEnabled(); }, "the action can be undone"));
        driver.key(Qt::Key_Z, Qt::ControlModifier);
        return {};
    };
    gui::ContainerDetails details;
    const auto inspect = [&](const QString& id) -> Result<void> {
        bool told = false;
        driver.window().client().inspect(id, &driver.window(), [&](const Result<gui::ContainerDetails>& now) {
            if (now)
                details = *now;
            told = true;
        });
        return driver.waitFor([&] { return told; }, "the container is inspected", 5000);
    };
    // The edit: one as the first takes its place.
    TRY(pressUndo());
    QString id;
    TRY(driver.waitFor(
        [&] {
            id = driver.window().findChild<gui::Table*>(table)->currentId();
            return model->find(edited) == nullptr && model->find(id) != nullptr && model->count() == 1;
        },
        "a container as before the edit takes its place", 40'000));
    TRY(inspect(id));
    if (details.options.value(QStringLiteral("hostname")) == QLatin1String("changed"))
        return fail(ErrorCode::WrongState, "the edit was not undone");
    // A stop.
    TRY(driver.clickRow(table, row));
    driver.key(Qt::Key_Period, Qt::ControlModifier);
    TRY(driver.waitFor([&] { return !gui::isAlive(*model->find(id)); }, "the container stops", 20'000));
    TRY(pressUndo());
    TRY(driver.waitFor([&] { return gui::isRunning(*model->find(id)); }, "it runs again"));
    // Other limits.
    int updates = 0;
    QObject guard;
    QObject::connect(&driver.window().client(), &gui::EngineClient::happened, &guard,
                     [&updates](const dbus::EventList& events) {
                         for (const dbus::Event& event : events)
                             updates += event.action == QLatin1String("update") ? 1 : 0;
                     });
    bool changed = false;
    undo->changeLimits(id, {{QStringLiteral("pids"), qlonglong(77)}}, &driver.window(),
                       [&](const Result<>&) { changed = true; });
    TRY(driver.waitFor([&] { return changed; }, "the limit is changed", 5000));
    TRY(inspect(id));
    if (details.options.value(QStringLiteral("pids")).toLongLong() != 77)
        return fail(ErrorCode::WrongState, "the limit was not changed");
    TRY(pressUndo());
    TRY(driver.waitFor([&] { return updates == 2; }, "the limit is changed back", 5000));
    TRY(inspect(id));
    if (details.options.value(QStringLiteral("pids"), 1024).toLongLong() != 1024)
        return fail(ErrorCode::WrongState, "the change of the limit was not undone");
    return {};
}

Result<void> makeWithoutStarting(Driver& driver) {
    const QString table = QStringLiteral("containersPane.table");
    const QString name = QStringLiteral("made");
    const auto* model = driver.window().findChild<gui::ContainersModel*>();
    const gui::RunRequest request{
        QStringLiteral("127.0.0.1:5000/escale/demo:gzip"), {}, {{QStringLiteral("name"), name}}};
    const auto id = std::make_shared<Result<QString>>();
    driver.window().client().create(request, &driver.window(),
                                    [id](const Result<QString>& made) { *id = made; });
    TRY(driver.waitForRow(table, name));
    TRY(*id);
    TRY(driver.clickRow(table, name));
    TRY(openEdit(driver));
    TRY(driver.click(QStringLiteral("editDialog.accept")));
    const dbus::Container* now = nullptr;
    TRY(driver.waitFor(
        [&] {
            now = model->find(driver.window().findChild<gui::Table*>(table)->currentId());
            return model->find(**id) == nullptr && now != nullptr && now->name == name;
        },
        "a new container takes its name", 10'000));
    if (now->state != QLatin1String("created"))
        return fail(ErrorCode::WrongState, "the new container is " + now->state.toStdString());
    TRY(driver.click(QStringLiteral("containersPane.remove")));
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitForNoRow(table, name);
}

Result<void> readManyStats(Driver& driver) {
    const auto* model = driver.window().findChild<gui::ContainersModel*>();
    QStringList ids;
    for (int i = 0; i < 2500; ++i)
        ids.append(QString::number(i).rightJustified(64, u'0'));
    ids.append(model->runningIds());
    std::optional<Result<dbus::StatsList>> answer;
    driver.window().client().stats(ids, &driver.window(),
                                   [&](const Result<dbus::StatsList>& stats) { answer = stats; });
    TRY(driver.waitFor([&] { return answer.has_value(); }, "the usage is told", 5000));
    TRY(*answer);
    if ((*answer)->size() != model->runningCount() || (*answer)->isEmpty())
        return fail(ErrorCode::WrongState, "the usage of the one that runs is missing");
    return {};
}

Result<QString> leaveHalfReplaced(Driver& driver, const QString& row) {
    const QString table = QStringLiteral("containersPane.table");
    const auto* model = driver.window().findChild<gui::ContainersModel*>();
    TRY(driver.clickRow(table, row));
    const QString id = driver.window().findChild<gui::Table*>(table)->currentId();
    const QString name = model->find(id)->name;
    const QString aside = name + QStringLiteral("-old-1a2b");
    {
        gui::ReplacementNote note({id, name, aside, true});
        note.begin();
    }
    gui::EngineClient& client = driver.window().client();
    client.stop(id, &driver.window(), [](const auto&) {});
    TRY(driver.waitFor([&] { return !gui::isAlive(*model->find(id)); }, "the old one stops", 20'000));
    client.rename(id, aside, &driver.window(), [](const auto&) {});
    // Calls of one client may overtake each other: before this the name is not free.
    TRY(driver.waitFor([&] { return model->find(id)->name == aside; }, "the old one has another name"));
    client.run({model->find(id)->image, {}, {{QStringLiteral("name"), name}}}, &driver.window(),
               [](const auto&) {});
    TRY(driver.waitFor([&] { return model->runningCount() == 1; }, "the new one runs"));
    driver.window().findChild<gui::ContainerChanges*>()->lookForLeftovers();
    TRY(driver.waitFor(
        [&] { return driver.find<QWidget>(QStringLiteral("containers.putBack.button")).has_value(); },
        "it is asked about"));
    return id;
}

Result<void> putLeftoverBack(Driver& driver, const QString& row) {
    TRY_ASSIGN(const QString id, leaveHalfReplaced(driver, row));
    const auto* model = driver.window().findChild<gui::ContainersModel*>();
    TRY(driver.click(QStringLiteral("containers.putBack.button")));
    TRY(driver.click(QStringLiteral("confirmation.yes")));
    return driver.waitFor(
        [&] {
            const dbus::Container* old = model->find(id);
            return model->count() == 1 && old != nullptr && old->name.startsWith(row) &&
                   !old->name.endsWith(QLatin1String("1a2b")) && gui::isRunning(*old);
        },
        "the old one is back in its place", 20'000);
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
