#include "gui/containers/container_changes.h"

#include "engine/image/reference.h"
#include "gui/common/error_banner.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/edit_dialog.h"
#include "gui/containers/recreate_notice.h"
#include "gui/containers/run_dialog.h"
#include "gui/containers/run_form.h"

namespace escale::gui {
namespace {

QString familiar(const QString& image) {
    const auto reference = Reference::parse(image.toStdString());
    return reference ? QString::fromStdString(reference->familiar()) : image;
}

} // namespace

ContainerChanges::ContainerChanges(EngineClient& client, ErrorBanner& error, QWidget* pane)
    : QObject(pane)
    , m_client(client)
    , m_error(error)
    , m_pane(pane)
    , m_notice(new RecreateNotice(pane)) {
    connect(m_notice, &RecreateNotice::cancelled, this, [this] {
        if (m_recreate != nullptr)
            m_recreate->cancel();
        else if (m_pull != nullptr)
            m_pull->cancel();
    });
}

// One at a time: two that replace containers of one name would be in each other's way.
bool ContainerChanges::isFree() {
    if (m_busy.isEmpty())
        return true;
    m_error.show(Error{ErrorCode::InUse,
                       tr("another container is being replaced").toStdString(),
                       tr("Wait until it is done, or cancel it.").toStdString(),
                       {}});
    return false;
}

void ContainerChanges::edit(const QString& id) {
    openForm(id, nullptr);
}

void ContainerChanges::openForm(const QString& id, const RunRequest* wanted) {
    if (!isFree())
        return;
    const bool hasWanted = wanted != nullptr;
    const RunRequest entries = hasWanted ? *wanted : RunRequest();
    EditDialog::open(m_client, id, m_pane, [this, id, hasWanted, entries](const Result<EditDialog*>& opened) {
        if (!opened)
            return m_error.show(opened.error(), tr("Edit the container"));
        EditDialog* dialog = *opened;
        if (hasWanted)
            dialog->form().setRequest(entries);
        connect(dialog, &EditDialog::copyRequested, this, &ContainerChanges::runCopy);
        connect(dialog, &EditDialog::recreateRequested, this,
                [this, id](const RunRequest& request) { recreateEdited(id, request); });
    });
}

// A second container like the first one: the form to run it, filled.
void ContainerChanges::runCopy(const RunRequest& request) {
    m_client.listImages(m_pane, [this, request](const Result<dbus::ImageList>& images) {
        auto* dialog = new RunDialog(
            familiar(request.image), images.value_or(dbus::ImageList()),
            [this](const RunRequest& wanted, QObject* guard, Answer<std::pair<QString, Job*>> answer) {
                m_client.run(wanted, guard, std::move(answer));
            },
            m_pane);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowModality(Qt::WindowModal);
        RunRequest filled = request;
        filled.image = familiar(request.image);
        dialog->form().setRequest(filled);
        connect(dialog, &RunDialog::started, this, [this](const QString& id, const QString& image, Job* job) {
            whenEnded(job, this, [this, id, image](const Result<>& ran) {
                ran ? Q_EMIT made(id) : m_error.show(ran.error(), tr("Run %1").arg(familiar(image)));
            });
        });
        dialog->open();
    });
}

void ContainerChanges::recreateEdited(const QString& id, const RunRequest& request) {
    if (!isFree())
        return;
    m_client.inspect(id, this, [this, id, request](const Result<ContainerDetails>& details) {
        const QString what = tr("Edit the container");
        if (!details)
            return m_error.show(details.error(), what, tr("Edit again"),
                                [this, id, request] { openForm(id, &request); });
        const QString name = request.options.value(QStringLiteral("name")).toString();
        recreate(details->container, request, tr("Edit %1").arg(details->container.name),
                 tr("“%1” runs with the changes.").arg(name),
                 [this, id, request] { openForm(id, &request); });
    });
}

void ContainerChanges::updateImage(const QString& id) {
    if (!isFree())
        return;
    m_client.inspect(id, this, [this](const Result<ContainerDetails>& details) {
        if (!details)
            return m_error.show(details.error(), tr("Update the image"));
        pull(*details);
    });
}

void ContainerChanges::pull(const ContainerDetails& details) {
    const QString reference = details.container.image;
    const QString shown = familiar(reference);
    if (const auto parsed = Reference::parse(reference.toStdString()); parsed && parsed->digest)
        return m_notice->showOutcome(
            tr("%1 is named by its digest: there can be no newer one under that name.").arg(shown));
    m_busy = details.container.id;
    Q_EMIT busyChanged(m_busy, true);
    m_error.dismiss();
    m_notice->showWork(tr("%1: looking for a newer %2…").arg(details.container.name, shown), false);
    m_client.pull(reference, {}, this, [this, details, shown](const Result<Job*>& started) {
        if (started) {
            m_pull = *started;
            m_notice->showWork(m_notice->text(), true);
        }
        whenEnded(started, this,
                  [this, details, shown, job = started.value_or(nullptr)](const Result<>& pulled) {
                      m_pull.clear();
                      if (pulled)
                          return takeImage(details, *job);
                      finish(details.container.id, {});
                      m_error.show(pulled.error(), tr("Pull %1").arg(shown));
                  });
    });
}

void ContainerChanges::takeImage(const ContainerDetails& details, Job& job) {
    const dbus::Container& old = details.container;
    const QString shown = familiar(old.image);
    if (job.status().result == old.imageDigest) {
        finish(old.id, {});
        return m_notice->showOutcome(tr("“%1” already has the newest %2.").arg(old.name, shown));
    }
    RunRequest request = requestOf(details);
    request.options.insert(QStringLiteral("name"), old.name);
    recreate(old, request, tr("Update the image of %1").arg(old.name),
             tr("“%1” runs with the newest %2.").arg(old.name, shown), {});
}

void ContainerChanges::recreate(const dbus::Container& old, const RunRequest& request, const QString& what,
                                const QString& whenDone, std::function<void()> again) {
    m_busy = old.id;
    Q_EMIT busyChanged(m_busy, true);
    m_error.dismiss();
    m_recreate =
        new Recreate(old, request, Recreate::callsOf(m_client), Recreate::timesFor(request.options), this);
    connect(m_recreate, &Recreate::progressed, this, [this, name = old.name](Recreate::Step step) {
        m_notice->showWork(RecreateNotice::words(step, name), m_recreate->canCancel());
    });
    connect(m_recreate, &Recreate::ended, this,
            [this, id = old.id, what, whenDone, again](const Recreate::Outcome& outcome) {
                m_recreate->deleteLater();
                m_recreate.clear();
                finish(id, outcome.id);
                if (outcome.done)
                    m_notice->showOutcome(whenDone);
                else if (again && outcome.id.isEmpty())
                    m_error.show(outcome.done.error(), what, tr("Edit again"), again);
                else
                    m_error.show(outcome.done.error(), what);
            });
    m_recreate->start();
}

void ContainerChanges::finish(const QString& id, const QString& newId) {
    m_notice->hide();
    m_busy.clear();
    Q_EMIT busyChanged(id, false);
    if (!newId.isEmpty())
        Q_EMIT made(newId);
}

} // namespace escale::gui
