#include "gui/volumes/volume_actions.h"

#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/common/job_panel.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/action_notice.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/run_dialog.h"
#include "gui/containers/run_form.h"
#include "gui/volumes/backup_dialog.h"
#include "gui/volumes/create_volume_dialog.h"
#include "gui/volumes/prune_volumes_dialog.h"
#include "gui/volumes/restore_dialog.h"
#include "gui/volumes/volume_archives.h"
#include "gui/volumes/volume_text.h"
#include "gui/volumes/volumes_model.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>

namespace escale::gui {

VolumeActions::VolumeActions(const Place& place)
    : QObject(place.pane)
    , m_at(place)
    , m_archives(new VolumeArchives(place.client, place.transfer, this)) {
    const auto separate = [this] {
        auto* separator = new QAction(this);
        separator->setSeparator(true);
        m_order.append(separator);
    };
    add(Create, "plus", tr("&New volume…"), QKeySequence(Qt::CTRL | Qt::Key_N));
    m_actions[Create]->setIcon(icon(QStringLiteral("plus"), QPalette::HighlightedText));
    add(RunWith, "run", tr("&Run a container with it…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    m_actions[RunWith]->setIconText(tr("Run…"));
    add(OpenContainer, "containers", tr("&Go to the container that uses it"),
        QKeySequence(Qt::CTRL | Qt::Key_G));
    separate();
    add(Backup, "save", tr("&Back up…"), QKeySequence(Qt::CTRL | Qt::Key_B));
    add(Restore, "upload", tr("Restore a back-&up…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
    m_actions[Restore]->setIconText(tr("Restore…"));
    separate();
    add(Count, "traffic", tr("Count its &size"), QKeySequence(Qt::CTRL | Qt::Key_K));
    add(CountAll, "traffic", tr("Count &all sizes"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K));
    add(CopyName, "copy", tr("&Copy the name"), QKeySequence::Copy);
    separate();
    add(UnusedOnly, "filter", tr("Show &unused ones only"), QKeySequence(Qt::CTRL | Qt::Key_U));
    m_actions[UnusedOnly]->setCheckable(true);
    m_actions[UnusedOnly]->setIconText(tr("Unused"));
    add(Prune, "clear", tr("Remove unuse&d volumes…"), QKeySequence(Qt::CTRL | Qt::Key_Delete));
    add(Remove, "trash", tr("Re&move…"), QKeySequence(Qt::Key_Delete));
    for (QAction* action : std::as_const(m_order)) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        m_at.pane->addAction(action);
    }
    connect(m_archives, &VolumeArchives::busyChanged, this, &VolumeActions::update);
    connect(m_archives, &VolumeArchives::backedUp, this, [this](const QString& volume, const QString& file) {
        m_at.notice.showOutcome(tr("%1 is backed up in %2.").arg(volume, file));
    });
    connect(m_archives, &VolumeArchives::failed, this,
            [this](const Error& error, const QString& what) { m_at.error.show(error, what); });
    update();
}

void VolumeActions::add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("volumes.action.%1").arg(static_cast<int>(kind)));
    action->setShortcut(key);
    connect(action, &QAction::triggered, this, [this, kind] { trigger(kind); });
    m_actions[kind] = action;
    m_order.append(action);
}

void VolumeActions::setCurrent(const QString& volume) {
    m_volume = volume;
    update();
}

const dbus::Volume* VolumeActions::current() const {
    return m_at.model.find(m_volume);
}

void VolumeActions::update() {
    const dbus::Volume* volume = current();
    for (const Kind kind : {RunWith, Count, CopyName, Remove})
        m_actions[kind]->setEnabled(volume != nullptr);
    m_actions[OpenContainer]->setEnabled(volume != nullptr && !isUnused(*volume));
    m_actions[Backup]->setEnabled(volume != nullptr && !m_archives->isBusy() &&
                                  unreadableText(*volume).isEmpty());
    const dbus::VolumeList& all = m_at.model.volumes();
    m_actions[CountAll]->setEnabled(!all.isEmpty());
    m_actions[Prune]->setEnabled(std::any_of(all.begin(), all.end(), isUnused));
}

void VolumeActions::trigger(Kind kind) {
    switch (kind) {
    case Create:
        return askCreate();
    case RunWith:
        return askRun();
    case OpenContainer:
        return openContainer();
    case Count:
        return count({m_volume});
    case CountAll: {
        QStringList names;
        for (const dbus::Volume& volume : m_at.model.volumes())
            names.append(volume.name);
        return count(names);
    }
    case Backup:
        return askBackup();
    case Restore:
        return askRestore(m_volume, {});
    case CopyName:
        return QApplication::clipboard()->setText(m_volume);
    case UnusedOnly:
        return Q_EMIT unusedOnlyToggled(m_actions[UnusedOnly]->isChecked());
    case Prune:
        return askPrune();
    default:
        return confirmRemoval();
    }
}

void VolumeActions::askCreate() {
    auto* dialog = new CreateVolumeDialog(m_at.client, m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CreateVolumeDialog::created, this, [this](const QString& name) {
        m_at.error.dismiss();
        m_at.notice.showOutcome(
            tr("The volume %1 was made. Run a container with it, or drop files into it.").arg(name));
        Q_EMIT selectRequested(name);
    });
    dialog->open();
}

// Without the images a name can be written.
void VolumeActions::askRun() {
    m_at.client.listImages(m_at.pane, [this, volume = m_volume](const Result<dbus::ImageList>& images) {
        openRun(volume, images.value_or(dbus::ImageList()));
    });
}

void VolumeActions::openRun(const QString& volume, const dbus::ImageList& images) {
    auto* dialog = new RunDialog({}, images, RunDialog::engineOf(m_at.client), m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->setWindowTitle(tr("Run a container with %1").arg(volume));
    const QString mount = QStringLiteral("type=volume,source=%1,target=/data").arg(volume);
    QString image;
    if (!images.isEmpty() && !images.first().tag.isEmpty())
        image = images.first().repository + u':' + images.first().tag;
    dialog->form().setRequest({image, {}, {{QStringLiteral("mounts"), QStringList(mount)}}});
    connect(dialog, &RunDialog::started, this, [this](const QString& id, const QString& run, Job* job) {
        whenEnded(Result<Job*>(job), this, [this, id, run](const Result<>& ran) {
            if (!ran)
                return m_at.error.show(ran.error(), tr("Run %1").arg(run));
            Q_EMIT containerRequested(id);
        });
    });
    connect(dialog, &RunDialog::created, this, &VolumeActions::containerRequested);
    dialog->open();
}

void VolumeActions::openContainer() {
    const dbus::Volume* volume = current();
    if (volume == nullptr || isUnused(*volume))
        return;
    if (userNames(*volume).size() > 1)
        return Q_EMIT usersRequested();
    Q_EMIT containerRequested(volume->users.first().container);
}

void VolumeActions::count(const QStringList& names) {
    m_at.model.setCounting(names);
    m_at.client.measureVolumes(names, this, [this](const Result<Job*>& begun) {
        whenEnded(begun, this, [this](const Result<>& counted) {
            m_at.model.setCounting({});
            if (!counted)
                m_at.error.show(counted.error(), tr("Count what is in volumes"));
        });
    });
}

void VolumeActions::askBackup() {
    const dbus::Volume* volume = current();
    if (volume == nullptr)
        return;
    auto* dialog = new BackupDialog(*volume, m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BackupDialog::chosen, this, [this](const BackupRequest& request) {
        m_at.error.dismiss();
        m_archives->backUp(request);
    });
    dialog->open();
}

void VolumeActions::restore(const QString& file) {
    askRestore({}, file);
}

void VolumeActions::askRestore(const QString& volume, const QString& file) {
    const dbus::Volume* into = m_at.model.find(volume);
    const bool fits = into != nullptr && into->kind == u"local" && !into->isAnonymous;
    auto* dialog = new RestoreDialog(m_at.client, m_at.model.volumes(), fits ? volume : QString(), m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (!file.isEmpty())
        dialog->setFile(file);
    connect(dialog, &RestoreDialog::begun, this, [this](const QString& name, Job* job) {
        m_at.error.dismiss();
        m_at.jobs.follow(job);
        whenEnded(Result<Job*>(job), this, [this, name](const Result<>& restored) {
            if (!restored)
                return m_at.error.show(restored.error(), tr("Restore %1").arg(name));
            m_at.notice.showOutcome(tr("%1 holds now what the back-up holds.").arg(name));
            Q_EMIT selectRequested(name);
        });
    });
    dialog->open();
}

void VolumeActions::askPrune() {
    auto* dialog = new PruneVolumesDialog(m_at.client, m_at.model.volumes(), m_at.pane);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PruneVolumesDialog::pruned, this, [this](const PrunedVolumes& gone) {
        m_at.error.dismiss();
        m_at.notice.showOutcome(
            gone.names.isEmpty()
                ? tr("Nothing was removed: every volume is in use by now.")
                : tr("%n volume(s) removed, %1 are free again.", nullptr, static_cast<int>(gone.names.size()))
                      .arg(formatBytes(gone.freed)));
    });
    dialog->open();
}

void VolumeActions::showInUse(const dbus::Volume& volume) {
    const QStringList users = userNames(volume);
    Error error{ErrorCode::InUse,
                tr("it is used by: %1").arg(users.join(QStringLiteral(", "))).toStdString(),
                tr("A volume stays as long as a container has it, also a stopped one. Remove these first.")
                    .toStdString(),
                {}};
    m_at.error.show(error, tr("Remove %1").arg(shownName(volume)), tr("Show %1").arg(users.first()),
                    [this, id = volume.users.first().container] { Q_EMIT containerRequested(id); });
}

void VolumeActions::confirmRemoval() {
    const dbus::Volume* volume = current();
    if (volume == nullptr)
        return;
    if (!isUnused(*volume))
        return showInUse(*volume);
    const QString name = shownName(*volume);
    const QString question =
        losesFiles(*volume)
            ? tr("Remove the volume %1 with all that is in it?").arg(name) + u' ' + lossText(*volume)
            : tr("Remove the volume %1? Its files stay where they are (%2): only the name goes.")
                  .arg(name, volumeKindText(*volume));
    m_at.confirmation.ask(question, tr("Remove"), [this, name = volume->name] { remove(name); });
}

void VolumeActions::remove(const QString& name) {
    m_at.client.removeVolume(name, this, [this, name](const Result<>& removed) {
        if (removed)
            return m_at.error.dismiss();
        const dbus::Volume* volume = m_at.model.find(name);
        if (removed.error().code == ErrorCode::InUse && volume != nullptr && !isUnused(*volume))
            return showInUse(*volume);
        m_at.error.show(removed.error(), tr("Remove %1").arg(name));
    });
}

} // namespace escale::gui
