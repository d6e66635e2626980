#include "gui/containers/files_tab.h"

#include "gui/client/engine_client.h"
#include "gui/common/confirmation.h"
#include "gui/common/empty_state.h"
#include "gui/common/error_banner.h"
#include "gui/common/icons.h"
#include "gui/common/transfer_bar.h"
#include "gui/containers/file_drag.h"
#include "gui/containers/file_editor.h"
#include "gui/containers/file_edits.h"
#include "gui/containers/file_preview.h"
#include "gui/containers/file_transfers.h"
#include "gui/containers/files_model.h"
#include "gui/containers/files_table.h"
#include "gui/containers/option_changes.h"
#include "gui/containers/run_time_mounts.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDrag>
#include <QDragEnterEvent>
#include <QEventLoop>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMimeData>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QUrl>

#include <algorithm>

namespace escale::gui {

static constexpr quint64 kEditLimit = 1024 * 1024; // bytes

FilesTab::FilesTab(EngineClient& client, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_model(new FilesModel(this))
    , m_table(new FilesTable(m_model))
    , m_preview(new FilePreview(client, this))
    , m_empty(new EmptyState(this))
    , m_stack(new QStackedWidget(this))
    , m_tableStack(new QStackedWidget(this))
    , m_emptyFolder(new EmptyState(this))
    , m_error(new ErrorBanner(this))
    , m_confirmation(new Confirmation(this))
    , m_transfer(new TransferBar(this))
    , m_transfers(new FileTransfers(client, *m_transfer, *m_error, this))
    , m_edits(new FileEdits(client, *this, *m_table, *m_error, *m_confirmation)) {
    setObjectName(QStringLiteral("containersPane.files"));
    setAcceptDrops(true);
    buildActions();
    buildTable();
    buildLayout();
    connect(m_transfers, &FileTransfers::busyChanged, this, &FilesTab::updateActions);
    connect(m_transfers, &FileTransfers::uploaded, this, [this] { list(m_folder, m_table->currentId()); });
    connect(m_edits, &FileEdits::changed, this, [this](const QString& select) {
        list(m_folder, select.isEmpty() ? m_table->currentId() : select);
    });
    connect(m_edits, &FileEdits::found, this, &FilesTab::showFile);
    connect(m_model, &FilesModel::renameRequested, m_edits, &FileEdits::rename);
    connect(m_table, &FilesTable::dragBegun, this, &FilesTab::dragOut);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &FilesTab::updateActions);
    connect(&m_client, &EngineClient::stateChanged, this, [this] {
        if (m_client.state() == EngineClient::State::Ready && isVisible())
            list(m_folder, m_table->currentId());
    });
    setPlace({});
}

FilesTab::~FilesTab() = default;

QAction* FilesTab::make(const char* symbol, const QString& text, const QKeySequence& key,
                        std::function<void()> run) {
    auto* action = new QAction(icon(QString::fromLatin1(symbol)), text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, run);
    return action;
}

void FilesTab::buildActions() {
    m_up = make("up", tr("One folder &up"), QKeySequence(Qt::ALT | Qt::Key_Up),
                [this] { list(parentPath(m_folder), m_folder.section(QLatin1Char('/'), -1)); });
    m_home = make("home", tr("The &root folder"), QKeySequence(Qt::ALT | Qt::Key_Home),
                  [this] { openFolder(QStringLiteral("/")); });
    m_refresh = make("refresh", tr("&Refresh"), QKeySequence(Qt::CTRL | Qt::Key_R),
                     [this] { list(m_folder, m_table->currentId()); });
    m_open = make("open", tr("&Open"), {}, [this] { openCurrent(); });
    m_edit = make("edit", tr("&Edit"), QKeySequence(Qt::Key_F4), [this] { edit(); });
    m_download =
        make("download", tr("&Download…"), QKeySequence(Qt::CTRL | Qt::Key_D), [this] { download(); });
    m_downloadTar = make("download", tr("Download as a .&tar…"), {}, [this] { downloadTar(); });
    m_uploadFiles = make("upload", tr("&Upload files…"), {}, [this] { askForUpload(false); });
    m_uploadFolder = make("upload", tr("Upload a &folder…"), {}, [this] { askForUpload(true); });
    m_copyPath = make("copy", tr("&Copy the path"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
                      [this] { QApplication::clipboard()->setText(currentPath()); });
    addActions({m_up, m_home, m_refresh});
}

void FilesTab::buildTable() {
    m_table->setObjectName(QStringLiteral("files.table"));
    m_table->setAccessibleName(tr("Files"));
    m_table->addActions(
        {m_open, m_edit, m_download, m_downloadTar, m_copyPath, m_uploadFiles, m_uploadFolder});
    m_table->addActions(m_edits->all());
    m_table->addAction(m_refresh);
    auto* back = new QAction(this); // as in other browsers of files
    back->setShortcut(QKeySequence(Qt::Key_Backspace));
    back->setShortcutContext(Qt::WidgetShortcut);
    back->setVisible(false);
    connect(back, &QAction::triggered, m_up, &QAction::trigger);
    m_table->addAction(back);
    connect(m_table, &Table::currentIdChanged, this, &FilesTab::showCurrent);
    connect(m_table, &QAbstractItemView::activated, this, &FilesTab::openCurrent);
    connect(m_table, &FilesTable::dropped, this, &FilesTab::upload);
}

void FilesTab::setContainer(const dbus::Container* container) {
    setPlace(container != nullptr ? FilesPlace::container(container->id) : FilesPlace());
}

void FilesTab::setVolume(const dbus::Volume* volume, const QString& unreadable) {
    const bool sees = m_unreadable.isEmpty() == unreadable.isEmpty();
    m_unreadable = unreadable;
    if (!sees)
        m_place = {};
    setPlace(FilesPlace::volume(volume != nullptr ? volume->name : QString()));
    showState();
}

void FilesTab::setPlace(const FilesPlace& place) {
    if (place == m_place && !m_folder.isEmpty())
        return;
    if (!m_place.isEmpty())
        m_folders.insert(m_place.key(), m_folder);
    m_place = place;
    m_folder = m_folders.value(place.key(), QStringLiteral("/"));
    ++m_asked;
    m_reading = false;
    m_model->setFiles({});
    m_model->setNamesEditable(place.isVolume());
    m_table->setSelectionMode(place.isVolume() ? QAbstractItemView::ExtendedSelection
                                               : QAbstractItemView::SingleSelection);
    m_error->dismiss();
    m_filter->clear();
    m_path->setText(m_folder);
    m_edits->setPlace(place);
    showState();
    showCurrent();
    m_options.clear();
    m_volumes.clear();
    m_mounts = place.isVolume() ? QStringList() : runTimeMounts({});
    if (isVisible()) {
        askMounts();
        list(m_folder, {});
    }
}

void FilesTab::askMounts() {
    if (m_place.isEmpty() || m_place.isVolume() || m_client.state() != EngineClient::State::Ready)
        return;
    m_client.inspect(m_place.id, this, [this, place = m_place](const Result<ContainerDetails>& details) {
        if (details && place == m_place)
            takeOptions(requestOf(*details).options);
    });
    m_client.listVolumes(this, [this, place = m_place](const Result<dbus::VolumeList>& volumes) {
        if (volumes && place == m_place)
            takeVolumes(*volumes);
    });
}

void FilesTab::takeOptions(const QVariantMap& options) {
    m_options = options;
    renewMounts();
}

void FilesTab::takeVolumes(const dbus::VolumeList& volumes) {
    m_volumes.clear();
    for (const dbus::Volume& volume : volumes) {
        for (const dbus::VolumeUser& user : volume.users) {
            if (user.container == m_place.id)
                m_volumes.append(QDir::cleanPath(user.target));
        }
    }
    renewMounts();
}

void FilesTab::renewMounts() {
    QStringList mounts = runTimeMounts(m_options) + m_volumes;
    mounts.removeDuplicates();
    if (mounts == m_mounts)
        return; // as nearly always
    m_mounts = mounts;
    m_model->setMounted(mountsIn(m_mounts, m_folder));
    showState();
    showCurrent();
}

void FilesTab::openFolder(const QString& path) {
    list(path, {});
}

void FilesTab::showFile(const QString& path) {
    list(parentPath(path), path.section(QLatin1Char('/'), -1));
}

// What is shown stays until the other folder is here.
void FilesTab::list(const QString& path, const QString& select) {
    if (m_place.isEmpty() || !m_unreadable.isEmpty())
        return;
    const QString folder = QDir::cleanPath(QLatin1Char('/') + path);
    const quint64 asked = ++m_asked;
    m_select = select;
    m_reading = true;
    m_client.listFiles(m_place, folder, this, [this, asked, folder](const Result<FileListing>& listing) {
        if (asked != m_asked)
            return;
        if (listing)
            return take(folder, listing->files, listing->more);
        m_reading = false;
        m_path->setText(m_folder);
        showState();
        m_error->show(listing.error(), tr("Open %1").arg(folder));
    });
    showState();
}

void FilesTab::take(const QString& folder, const dbus::FileEntries& files, bool more) {
    m_reading = true; // until a large folder is in order
    m_model->setFiles(files, [this, folder, more] { showFolder(folder, more); });
}

void FilesTab::showFolder(const QString& folder, bool more) {
    m_reading = false;
    if (folder != m_folder)
        m_filter->clear();
    m_folder = folder;
    m_path->setText(folder);
    m_error->dismiss();
    m_model->setMounted(mountsIn(m_mounts, folder));
    m_table->selectId(m_select);
    if (!m_table->currentIndex().isValid() && m_table->model()->rowCount() > 0)
        m_table->setCurrentIndex(m_table->model()->index(0, 0));
    showState();
    showCurrent();
    if (more)
        m_error->show({ErrorCode::Unsupported,
                       tr("only the first %n file(s) are shown", nullptr, m_model->rowCount()).toStdString(),
                       tr("Write the path of what you look for above.").toStdString(),
                       {}},
                      folder);
}

const dbus::FileEntry* FilesTab::current() const {
    const int row = m_table->currentRow();
    return row >= 0 && row < m_model->rowCount() ? &m_model->at(row) : nullptr;
}

QList<dbus::FileEntry> FilesTab::selected() const {
    QList<dbus::FileEntry> entries;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex& row : rows)
        entries.append(m_model->at(m_table->proxy().mapToSource(row).row()));
    return entries;
}

QString FilesTab::currentPath() const {
    const dbus::FileEntry* entry = current();
    return entry != nullptr ? joinPath(m_folder, entry->name) : m_folder;
}

void FilesTab::showState() {
    updateActions();
    m_stack->setCurrentIndex(m_place.isEmpty() || !m_unreadable.isEmpty() ? 0 : 1);
    m_tableStack->setCurrentIndex(m_table->model()->rowCount() > 0 ? 1 : 0);
    const QString symbol = QStringLiteral("folder");
    if (m_place.isEmpty())
        return m_empty->set(symbol,
                            m_place.isVolume() ? tr("No volume selected") : tr("No container selected"),
                            tr("Select one above."));
    if (!m_unreadable.isEmpty())
        return m_empty->set(symbol, tr("Its files cannot be seen now"), m_unreadable);
    if (m_reading)
        m_emptyFolder->set(symbol, tr("Reading the folder…"), {});
    else if (m_model->rowCount() > 0)
        m_emptyFolder->set(symbol, tr("No file matches the filter"), tr("Write less into it."));
    else if (m_place.isVolume())
        m_emptyFolder->set(symbol, tr("Nothing is in here"),
                           tr("Drop files here to copy them into the volume."));
    else if (isBelowMount(m_mounts, m_folder))
        m_emptyFolder->set(
            symbol, tr("Mounted at run time"),
            tr("What the container sees in %1 is mounted over it when it starts: it is no part of its "
               "file system, and not shown here.")
                .arg(m_folder));
    else
        m_emptyFolder->set(symbol, tr("Nothing is in here"),
                           tr("Drop files here to copy them into the container. What is mounted in it "
                              "(volumes, /proc) is not shown."));
}

void FilesTab::updateActions() {
    const dbus::FileEntry* entry = current();
    const bool idle = !m_transfers->isBusy() && !m_place.isEmpty() && m_unreadable.isEmpty();
    m_up->setEnabled(m_folder != QLatin1String("/"));
    m_open->setEnabled(entry != nullptr && (isFolder(*entry) || isLink(*entry)));
    m_edit->setEnabled(entry != nullptr && isPlainFile(*entry) && entry->size <= kEditLimit &&
                       !m_model->isMounted(*entry));
    m_download->setEnabled(idle && entry != nullptr);
    m_downloadTar->setEnabled(idle && entry != nullptr);
    m_uploadFiles->setEnabled(idle);
    m_uploadFolder->setEnabled(idle);
    m_edits->update(idle);
}

void FilesTab::showCurrent() {
    updateActions();
    const dbus::FileEntry* entry = current();
    m_preview->setFile(m_place, currentPath(), entry, entry != nullptr && m_model->isMounted(*entry));
}

void FilesTab::openCurrent() {
    const dbus::FileEntry* entry = current();
    if (entry == nullptr)
        return;
    if (isFolder(*entry))
        return openFolder(currentPath());
    if (isLink(*entry))
        return openLink(*entry);
    edit();
}

// A link to a folder opens it; one to a file shows where that is.
void FilesTab::openLink(const dbus::FileEntry& entry) {
    const QString link = currentPath();
    const QString target =
        QDir::cleanPath(entry.linkTarget.startsWith(QLatin1Char('/')) ? entry.linkTarget
                                                                      : joinPath(m_folder, entry.linkTarget));
    m_client.statFile(m_place, link, {{QStringLiteral("follow-link"), true}}, this,
                      [this, link, target, place = m_place](const Result<dbus::FileEntry>& there) {
                          if (place != m_place)
                              return;
                          if (!there)
                              return m_error->show(there.error(), tr("Open %1").arg(link));
                          if (isFolder(*there))
                              openFolder(link);
                          else
                              showFile(target);
                      });
}

void FilesTab::edit() {
    if (!m_edit->isEnabled())
        return;
    auto* editor = new FileEditor(m_client, m_place, currentPath(), window());
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &FileEditor::saved, this, [this](const QString& path) {
        if (parentPath(path) == m_folder)
            showFile(path);
    });
    editor->open();
    editor->load();
}

void FilesTab::download() {
    const dbus::FileEntry* entry = current();
    if (entry == nullptr)
        return;
    auto* dialog = new QFileDialog(window(), tr("Download “%1” to").arg(entry->name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &FilesTab::downloadTo);
    dialog->open();
}

void FilesTab::downloadTo(const QString& folder) {
    const dbus::FileEntry* entry = current();
    if (entry == nullptr)
        return;
    m_error->dismiss();
    m_transfers->download(m_place, currentPath(), *entry, folder);
}

void FilesTab::downloadTar() {
    const dbus::FileEntry* entry = current();
    if (entry == nullptr)
        return;
    auto* dialog = new QFileDialog(window(), tr("Save “%1” as an archive").arg(entry->name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tar"));
    dialog->setNameFilters({tr("Tar archives (*.tar)"), tr("All files (*)")});
    dialog->selectFile(entry->name + QStringLiteral(".tar"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, place = m_place, path = currentPath()](const QString& file) {
                m_error->dismiss();
                m_transfers->downloadTar(place, path, file);
            });
    dialog->open();
}

void FilesTab::askForUpload(bool folder) {
    auto* dialog = new QFileDialog(window(), tr("Upload to %1").arg(m_folder));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &FilesTab::upload);
    dialog->open();
}

void FilesTab::upload(const QStringList& paths) {
    if (m_place.isEmpty() || m_transfers->isBusy())
        return;
    QStringList there;
    for (const QString& path : paths) {
        const QString name = QFileInfo(QDir::cleanPath(path)).fileName();
        if (m_model->find(name) != nullptr)
            there.append(name);
    }
    const auto act = [this, place = m_place, folder = m_folder, paths] {
        m_error->dismiss();
        m_transfers->upload(place, folder, paths);
    };
    if (there.isEmpty())
        return act();
    const QString question =
        there.size() == 1 ? tr("“%1” is in %2 already: it is replaced, and a folder is joined.")
                                .arg(there.first(), m_folder)
                          : tr("%n of them are in %1 already: they are replaced, and folders are joined.",
                               nullptr, static_cast<int>(there.size()))
                                .arg(m_folder);
    m_confirmation->ask(question, tr("Replace"), act);
}

void FilesTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    askMounts();
    if (!m_reading)
        list(m_folder, m_select.isEmpty() ? m_table->currentId() : m_select);
}

// Others want files with a path: they are copied into a folder of ours while the drag goes on, and whoever
// asks for them waits until they are there.
void FilesTab::dragOut() {
    const QList<dbus::FileEntry> entries = selected();
    if (entries.isEmpty() || m_transfers->isBusy())
        return;
    m_dragged = std::make_unique<QTemporaryDir>();
    if (!m_dragged->isValid())
        return m_error->show({ErrorCode::SystemFailure, m_dragged->errorString().toStdString(), {}, {}},
                             tr("Drag files out"));
    auto* drag = new QDrag(m_table);
    drag->setMimeData(
        new FileDrag([this, entries, folder = m_dragged->path()] { return fetch(entries, folder); }));
    drag->setPixmap(icon(fileIconName(entries.first().mode)).pixmap(QSize(32, 32)));
    if (drag->exec(Qt::CopyAction) != Qt::CopyAction && m_transfers->isBusy())
        m_transfer->cancel();
}

QList<QUrl> FilesTab::fetch(const QList<dbus::FileEntry>& entries, const QString& folder) {
    QList<QUrl> urls;
    for (const dbus::FileEntry& entry : entries) {
        m_transfers->download(m_place, joinPath(m_folder, entry.name), entry, folder);
        QEventLoop waiting;
        connect(m_transfers, &FileTransfers::busyChanged, &waiting, [this, &waiting] {
            if (!m_transfers->isBusy())
                waiting.quit();
        });
        if (m_transfers->isBusy())
            waiting.exec(QEventLoop::ExcludeUserInputEvents);
        const QString file = QDir(folder).filePath(entry.name);
        if (!QFileInfo::exists(file))
            break; // it failed, which is told, or was cancelled
        urls.append(QUrl::fromLocalFile(file));
    }
    return urls;
}

// An empty folder, too, takes what is dropped.
void FilesTab::dragEnterEvent(QDragEnterEvent* event) {
    if (!m_place.isEmpty() && event->source() == nullptr && !localFiles(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void FilesTab::dropEvent(QDropEvent* event) {
    event->setDropAction(Qt::CopyAction);
    event->accept();
    upload(localFiles(*event->mimeData()));
}

} // namespace escale::gui
