#include "gui/containers/container_changes.h"

#include "engine/image/reference.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/container_undo.h"
#include "gui/containers/edit_dialog.h"
#include "gui/containers/run_dialog.h"
#include "gui/containers/run_form.h"
#include "gui/containers/state_text.h"

#include <QAction>

namespace escale::gui {
namespace {

const QString kName = QStringLiteral("name");

QString familiar(const QString& image) {
    const auto reference = Reference::parse(image.toStdString());
    return reference ? QString::fromStdString(reference->familiar()) : image;
}

} // namespace

ContainerChanges::ContainerChanges(EngineClient& client, ErrorBanner& error, Confirmation& confirmation,
                                   ContainerUndo& undo, QWidget* pane)
    : QObject(pane)
    , m_client(client)
    , m_error(error)
    , m_confirmation(confirmation)
    , m_undo(undo)
    , m_pane(pane)
    , m_notice(undo.notice())
    , m_putBack(new QAction(tr("Put the old one back"), this))
    , m_removeOld(new QAction(tr("Remove the old one…"), this)) {
    m_putBack->setObjectName(QStringLiteral("containers.putBack"));
    m_removeOld->setObjectName(QStringLiteral("containers.removeOld"));
    connect(m_putBack, &QAction::triggered, this, &ContainerChanges::confirmPutBack);
    connect(m_removeOld, &QAction::triggered, this, &ContainerChanges::removeOld);
    connect(m_notice, &ActionNotice::cancelled, this, [this] {
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
    m_error.show(inUse());
    return false;
}

Error ContainerChanges::inUse() {
    return {ErrorCode::InUse,
            tr("another container is being replaced").toStdString(),
            tr("Wait until it is done, or cancel it.").toStdString(),
            {}};
}

void ContainerChanges::edit(const QString& id) {
    openForm(id, nullptr);
}

void ContainerChanges::openForm(const QString& id, const RunRequest* wanted) {
    if (!isFree())
        return;
    const bool hasWanted = wanted != nullptr;
    const RunRequest entries = hasWanted ? *wanted : RunRequest();
    const auto actions = EditDialog::actionsOf(m_undo, id);
    EditDialog::open(m_client, actions, id, m_pane,
                     [this, id, hasWanted, entries](const Result<EditDialog*>& opened) {
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
        auto* dialog = new RunDialog(familiar(request.image), images.value_or(dbus::ImageList()),
                                     RunDialog::engineOf(m_client), m_pane);
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
        connect(dialog, &RunDialog::created, this, &ContainerChanges::made);
        dialog->open();
    });
}

void ContainerChanges::recreateEdited(const QString& id, const RunRequest& request) {
    if (!isFree())
        return;
    m_client.inspect(id, this, [this, id, request](const Result<ContainerDetails>& details) {
        const auto again = [this, id, request] { openForm(id, &request); };
        if (!details)
            return m_error.show(details.error(), tr("Edit the container"), tr("Edit again"), again);
        const QString name = details->container.name;
        const QString newName = request.options.value(kName).toString();
        recreate(*details, request,
                 {tr("Edit %1").arg(name), tr("“%1” has the changes.").arg(newName), tr("edit %1").arg(name),
                  again});
    });
}

void ContainerChanges::updateImage(const QString& id) {
    if (!isFree())
        return;
    m_client.inspect(id, this, [this](const Result<ContainerDetails>& details) {
        if (!details)
            return m_error.show(details.error(), tr("Update the image"));
        QString image = details->container.image;
        if (auto parsed = Reference::parse(image.toStdString()); parsed && parsed->digest) {
            if (parsed->tag.empty())
                return m_notice->showOutcome(
                    tr("%1 is named by its digest: there can be no newer one under that name.")
                        .arg(familiar(image)));
            parsed->digest.reset(); // an undo has brought it here: its name has stayed
            image = QString::fromStdString(parsed->toString());
        }
        pull(details->container, image,
             tr("%1: looking for a newer %2…").arg(details->container.name, familiar(image)),
             [this, details = *details](const Job& pulled) { takeImage(details, pulled); });
    });
}

void ContainerChanges::pull(const dbus::Container& container, const QString& reference, const QString& words,
                            std::function<void(const Job& pulled)> then) {
    m_busy = container.id;
    Q_EMIT busyChanged({m_busy}, true);
    m_error.dismiss();
    m_notice->showWork(words, false);
    m_client.pull(reference, {}, this, [this, id = m_busy, reference, then](const Result<Job*>& started) {
        if (started) {
            m_pull = *started;
            m_notice->showWork(m_notice->text(), true);
        }
        whenEnded(started, this,
                  [this, id, reference, then, job = started.value_or(nullptr)](const Result<>& pulled) {
                      m_pull.clear();
                      if (pulled)
                          return then(*job);
                      finish(id, {});
                      m_error.show(pulled.error(), tr("Pull %1").arg(familiar(reference)));
                  });
    });
}

void ContainerChanges::takeImage(const ContainerDetails& details, const Job& pulled) {
    const dbus::Container& old = details.container;
    RunRequest request = requestOf(details);
    if (auto parsed = Reference::parse(old.image.toStdString()); parsed && !parsed->tag.empty()) {
        parsed->digest.reset();
        request.image = QString::fromStdString(parsed->toString());
    }
    const QString shown = familiar(request.image);
    if (pulled.status().result == old.imageDigest) {
        finish(old.id, {});
        return m_notice->showOutcome(tr("“%1” already has the newest %2.").arg(old.name, shown));
    }
    recreate(details, request,
             {tr("Update the image of %1").arg(old.name),
              tr("“%1” has the newest %2.").arg(old.name, shown),
              tr("update the image of %1").arg(old.name),
              {}});
}

void ContainerChanges::recreate(const ContainerDetails& details, const RunRequest& request,
                                const Purpose& purpose) {
    const dbus::Container& old = details.container;
    m_recreate =
        new Recreate(old, request, Recreate::callsOf(m_client), Recreate::timesFor(request.options), this);
    m_note.emplace(ReplacementNote::Words{old.id, old.name, m_recreate->aside(), isAlive(old)});
    m_note->begin();
    follow(old.id, [this, details, purpose](const Recreate::Outcome& outcome) {
        if (outcome.done && !purpose.undo.isEmpty())
            offerUndo(details, outcome.id, purpose);
        else if (outcome.done)
            m_notice->showOutcome(purpose.whenDone);
        else if (purpose.again && outcome.id.isEmpty())
            m_error.show(outcome.done.error(), purpose.title, tr("Edit again"), purpose.again);
        else
            m_error.show(outcome.done.error(), purpose.title);
    });
    m_recreate->start();
}

void ContainerChanges::follow(const QString& id, const std::function<void(const Recreate::Outcome&)>& then) {
    m_busy = id;
    Q_EMIT busyChanged({m_busy}, true);
    m_error.dismiss();
    connect(m_recreate, &Recreate::progressed, this, [this](Recreate::Step step) {
        m_notice->showWork(ActionNotice::words(step, replacing()), m_recreate->canCancel());
    });
    connect(m_recreate, &Recreate::ended, this, [this, id, then](const Recreate::Outcome& outcome) {
        m_recreate->deleteLater();
        m_recreate.clear();
        if (m_note && !outcome.isHalfDone)
            m_note->forget();
        m_note.reset();
        finish(id, outcome.id);
        then(outcome);
        if (outcome.isHalfDone || !m_leftovers.empty())
            lookForLeftovers(); // asks, or asks again
    });
}

// A new container cannot become the old one again, but one as the old one was can take its place.
void ContainerChanges::offerUndo(const ContainerDetails& old, const QString& newId, const Purpose& purpose) {
    WayBack way;
    way.what = purpose.undo;
    way.told = purpose.whenDone;
    way.targets = {{newId, m_client.nameOf(newId)}};
    way.obstacle = [](const dbus::Container&) { return QString(); };
    way.act = [this, old](const BulkTarget& target, QObject*, const Answer<>& answer) {
        if (!m_busy.isEmpty())
            return answer(fail(inUse()));
        answer({}); // what follows is told as an edit is
        goBack(target.id, old);
    };
    m_undo.offer(way);
}

// Its image may have lost its name to a newer one, and be gone from this machine: it is pulled by its digest
// then.
void ContainerChanges::goBack(const QString& id, const ContainerDetails& former) {
    m_client.inspect(id, this, [this, former](const Result<ContainerDetails>& details) {
        const QString name = former.container.name;
        const Purpose purpose{tr("Put %1 back").arg(name), tr("“%1” is as it was before.").arg(name), {}, {}};
        if (!details)
            return m_error.show(details.error(), purpose.title);
        RunRequest request = requestOf(former);
        request.options.insert(kName, name);
        if (details->container.imageDigest == former.container.imageDigest)
            return recreate(*details, request, purpose);
        if (!request.image.contains(u'@'))
            request.image += u'@' + former.container.imageDigest;
        pull(details->container, request.image, tr("%1: looking for its former image…").arg(name),
             [this, details = *details, request, purpose](const Job&) {
                 recreate(details, request, purpose);
             });
    });
}

void ContainerChanges::lookForLeftovers() {
    if (m_leftovers.empty())
        m_leftovers = ReplacementNote::leftBehind();
    if (m_leftovers.empty())
        return;
    m_client.listContainers(this, [this](const Result<dbus::ContainerList>& all) {
        if (!all || !m_busy.isEmpty())
            return; // the next start asks
        while (!m_leftovers.empty()) {
            if (const auto left = leftoverOf(m_leftovers.front().words(), *all))
                return askAbout(*left);
            m_leftovers.front().forget();
            m_leftovers.erase(m_leftovers.begin());
        }
    });
}

void ContainerChanges::askAbout(const Leftover& left) {
    m_left = left;
    const auto& [id, name, aside, wasAlive] = m_leftovers.front().words();
    m_putBack->setText(left.isAside ? tr("Put the old one back") : tr("Start it again"));
    if (!left.isAside)
        m_notice->ask(tr("“%1” was to be replaced, but that was interrupted: it is stopped.").arg(name),
                      {m_putBack});
    else if (left.newId.isEmpty())
        m_notice->ask(tr("Replacing “%1” was interrupted: it is there as “%2”.").arg(name, aside),
                      {m_putBack});
    else
        m_notice->ask(tr("Replacing “%1” was interrupted: the new one is there, and the old one as “%2”.")
                          .arg(name, aside),
                      {m_putBack, m_removeOld});
}

void ContainerChanges::confirmPutBack() {
    if (m_left.newId.isEmpty())
        return putBack();
    m_confirmation.ask(tr("Put the old “%1” back, and remove the new one with all files written in it?")
                           .arg(m_leftovers.front().words().name),
                       tr("Put back and remove"), [this] { putBack(); });
}

void ContainerChanges::putBack() {
    if (!isFree())
        return;
    const ReplacementNote::Words note = m_leftovers.front().words();
    m_client.inspect(note.id, this, [this, note](const Result<ContainerDetails>& details) {
        const QString title = tr("Put %1 back").arg(note.name);
        if (!details)
            return m_error.show(details.error(), title);
        dbus::Container old = details->container;
        old.name = note.name;
        m_recreate = new Recreate(old, {}, Recreate::callsOf(m_client), {}, this);
        follow(note.id, [this, note, title](const Recreate::Outcome& outcome) {
            if (outcome.isHalfDone)
                return m_error.show(outcome.done.error(), title);
            m_notice->showOutcome(tr("“%1” is back in its place.").arg(note.name));
        });
        m_recreate->putBack(m_left.isAside ? note.aside : QString(), m_left.newId, note.wasAlive);
    });
}

void ContainerChanges::removeOld() {
    const ReplacementNote::Words note = m_leftovers.front().words();
    m_confirmation.ask(
        tr("Remove “%1” with all files written in it?").arg(note.aside), tr("Remove"), [this, note] {
            m_notice->hide();
            Recreate::callsOf(m_client).remove(note.id, this, [this, note](const Result<>& removed) {
                if (!removed)
                    m_error.show(removed.error(), tr("Remove %1").arg(note.aside));
                lookForLeftovers();
            });
        });
}

void ContainerChanges::finish(const QString& id, const QString& newId) {
    m_notice->hide();
    m_busy.clear();
    Q_EMIT busyChanged({id}, false);
    if (!newId.isEmpty())
        Q_EMIT made(newId);
}

} // namespace escale::gui
