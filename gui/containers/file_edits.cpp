#include "gui/containers/file_edits.h"

#include "gui/client/engine_client.h"
#include "gui/common/confirmation.h"
#include "gui/common/error_banner.h"
#include "gui/common/format.h"
#include "gui/common/icons.h"
#include "gui/containers/bulk_action.h"
#include "gui/containers/file_search_dialog.h"
#include "gui/containers/files_model.h"
#include "gui/containers/files_tab.h"
#include "gui/containers/files_table.h"
#include "gui/containers/new_folder_dialog.h"
#include "gui/containers/permissions_dialog.h"

#include <QAction>
#include <QKeyEvent>

namespace escale::gui {

static constexpr int kNamed = 3; // files that a question names

FileEdits::FileEdits(EngineClient& client, FilesTab& tab, FilesTable& table, ErrorBanner& error,
                     Confirmation& confirmation)
    : QObject(&tab)
    , m_client(client)
    , m_tab(tab)
    , m_table(table)
    , m_error(error)
    , m_confirmation(confirmation) {
    add(NewFolder, "plus", tr("&New folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    add(Rename, "rename", tr("Re&name"), QKeySequence(Qt::Key_F2));
    add(Permissions, "options", tr("&Permissions…"), QKeySequence(Qt::ALT | Qt::Key_Return));
    add(Search, "search", tr("&Search below this folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F));
    add(Remove, "trash", tr("Re&move…"), QKeySequence(Qt::Key_Delete));
    m_table.installEventFilter(this);
    setPlace({});
}

void FileEdits::add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key) {
    auto* action = new QAction(icon(QString::fromLatin1(iconName)), text, this);
    action->setObjectName(QStringLiteral("files.action.%1").arg(static_cast<int>(kind)));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, kind] { trigger(kind); });
    m_actions[kind] = action;
    if (kind != Rename && kind != Remove) // their keys are the pane's outside of the table
        m_tab.addAction(action);
}

QList<QAction*> FileEdits::all() const {
    return {std::begin(m_actions), std::end(m_actions)};
}

void FileEdits::setPlace(const FilesPlace& place) {
    m_place = place;
    for (QAction* action : m_actions)
        action->setVisible(place.isVolume());
}

void FileEdits::update(bool idle) {
    const qsizetype count = m_tab.selected().size();
    const bool any = idle && m_place.isVolume();
    m_actions[NewFolder]->setEnabled(any);
    m_actions[Search]->setEnabled(any);
    m_actions[Rename]->setEnabled(any && count == 1);
    m_actions[Permissions]->setEnabled(any && count == 1);
    m_actions[Remove]->setEnabled(any && count > 0);
}

bool FileEdits::eventFilter(QObject* watched, QEvent* event) {
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (!isKey || !m_place.isVolume())
        return QObject::eventFilter(watched, event);
    for (const Kind kind : {Rename, Remove}) {
        const QKeySequence pressed(static_cast<QKeyEvent*>(event)->keyCombination());
        if (m_actions[kind]->shortcut() != pressed)
            continue;
        event->accept();
        if (event->type() == QEvent::KeyPress)
            m_actions[kind]->trigger();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void FileEdits::trigger(Kind kind) {
    switch (kind) {
    case NewFolder:
        return askFolder();
    case Rename:
        return m_table.edit(m_table.currentIndex().siblingAtColumn(FilesModel::Name));
    case Permissions:
        return askPermissions();
    case Search:
        return search();
    default:
        return askRemoval();
    }
}

void FileEdits::askFolder() {
    auto* dialog = new NewFolderDialog(m_client, m_place, m_tab.folder(), m_tab.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &NewFolderDialog::made, this, &FileEdits::changed);
    dialog->open();
}

void FileEdits::rename(const QString& name, const QString& newName) {
    const QString folder = m_tab.folder();
    if (newName.contains(u'/') || newName == u"." || newName == u"..") {
        return m_error.show({ErrorCode::InvalidArgument,
                             tr("“%1” cannot be a file's name").arg(newName).toStdString(),
                             tr("Write one without a slash.").toStdString(),
                             {}},
                            tr("Rename %1").arg(name));
    }
    m_client.moveFile(m_place, joinPath(folder, name), joinPath(folder, newName), this,
                      [this, name, newName](const Result<>& moved) {
                          if (!moved)
                              return m_error.show(moved.error(), tr("Rename %1").arg(name));
                          Q_EMIT changed(newName);
                      });
}

void FileEdits::askPermissions() {
    const QList<dbus::FileEntry> entries = m_tab.selected();
    if (entries.isEmpty())
        return;
    auto* dialog = new PermissionsDialog(m_client, m_place, joinPath(m_tab.folder(), entries.first().name),
                                         entries.first(), m_tab.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PermissionsDialog::changed, this, [this] { Q_EMIT changed({}); });
    dialog->open();
}

// Names them, and how much goes: nothing here brings them back.
void FileEdits::askRemoval() {
    const QList<dbus::FileEntry> entries = m_tab.selected();
    if (entries.isEmpty())
        return;
    QStringList names, paths;
    quint64 bytes = 0;
    int folders = 0;
    for (const dbus::FileEntry& entry : entries) {
        if (names.size() < kNamed)
            names.append(QStringLiteral("“%1”").arg(entry.name));
        paths.append(joinPath(m_tab.folder(), entry.name));
        bytes += isPlainFile(entry) ? entry.size : 0;
        folders += isFolder(entry) ? 1 : 0;
    }
    const int count = static_cast<int>(entries.size());
    QString question = count <= kNamed
                           ? tr("Remove %1 from %2?").arg(names.join(QStringLiteral(", ")), m_place.id)
                           : tr("Remove %1 and %n more from %2?", nullptr, count - kNamed)
                                 .arg(names.join(QStringLiteral(", ")), m_place.id);
    if (folders > 0)
        question += u' ' + tr("%n folder(s) go with all that is in them.", nullptr, folders);
    if (bytes > 0)
        question += u' ' + tr("%1 of files are lost.").arg(formatBytes(bytes));
    m_confirmation.ask(question, tr("Remove"), [this, paths, place = m_place] {
        m_client.removeFiles(place, paths, this, [this](const Result<Job*>& begun) {
            whenEnded(begun, this, [this](const Result<>& removed) {
                if (!removed)
                    m_error.show(removed.error(), tr("Remove files"));
                Q_EMIT changed({});
            });
        });
    });
}

void FileEdits::search() {
    auto* dialog = new FileSearchDialog(m_client, m_place, m_tab.folder(), m_tab.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FileSearchDialog::chosen, this, &FileEdits::found);
    dialog->show();
}

} // namespace escale::gui
