// The files of a container or a volume, folder by folder; containers may run or not. They can be looked at,
// copied both ways and, when they are small texts, edited. A volume's can be changed, too (file_edits.h).
#pragma once

#include "gui/client/files_place.h"
#include "helper/dbus/types.h"

#include <QHash>
#include <QWidget>

#include <functional>
#include <memory>

class QAction;
class QLineEdit;
class QStackedWidget;
class QTemporaryDir;
class QUrl;

namespace escale::gui {

class Confirmation;
class EmptyState;
class EngineClient;
class ErrorBanner;
class FileEdits;
class FilePreview;
class FilesModel;
class FilesTable;
class FileTransfers;
class TransferBar;

class FilesTab : public QWidget {
    Q_OBJECT
public:
    explicit FilesTab(EngineClient& client, QWidget* parent = nullptr);
    ~FilesTab() override;
    void setContainer(const dbus::Container* container);
    /// `unreadable`: why its files cannot be seen now; empty: they can.
    void setVolume(const dbus::Volume* volume, const QString& unreadable = {});
    /// Shows the folder it is in and selects it.
    void showFile(const QString& path);
    void openFolder(const QString& path);
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] FilesModel& model() { return *m_model; }
    void take(const QString& folder, const dbus::FileEntries& files, bool more);
    /// The options say what is mounted in it.
    void takeOptions(const QVariantMap& options);
    /// And so do the volumes that it has, also those that its image asked for.
    void takeVolumes(const dbus::VolumeList& volumes);
    /// Asks before files are replaced.
    void upload(const QStringList& paths);
    /// Copies the current file or folder into a folder of this machine.
    void downloadTo(const QString& folder);
    [[nodiscard]] const FilesPlace& place() const { return m_place; }
    /// In the table's order.
    [[nodiscard]] QList<dbus::FileEntry> selected() const;

protected:
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void setPlace(const FilesPlace& place);
    void dragOut();
    QList<QUrl> fetch(const QList<dbus::FileEntry>& entries, const QString& folder);
    void buildActions();
    void buildTable();
    QWidget* makeBar();
    void buildLayout();
    QAction* make(const char* symbol, const QString& text, const QKeySequence& key,
                  std::function<void()> run);

    void list(const QString& folder, const QString& select);
    void showFolder(const QString& folder, bool more);
    void askMounts();
    void renewMounts();
    void showState();
    void updateActions();
    void showCurrent();
    void openCurrent();
    void openLink(const dbus::FileEntry& entry);
    void edit();
    void download();
    void downloadTar();
    void askForUpload(bool folder);
    [[nodiscard]] const dbus::FileEntry* current() const;
    [[nodiscard]] QString currentPath() const;

    EngineClient& m_client;
    FilesModel* m_model;
    FilesTable* m_table;
    FilePreview* m_preview;
    EmptyState* m_empty;
    QStackedWidget *m_stack, *m_tableStack;
    EmptyState* m_emptyFolder;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    TransferBar* m_transfer;
    FileTransfers* m_transfers;
    FileEdits* m_edits;
    QLineEdit *m_path, *m_filter;
    QAction *m_up, *m_home, *m_refresh, *m_open, *m_edit, *m_download, *m_downloadTar, *m_uploadFiles,
        *m_uploadFolder, *m_copyPath;
    FilesPlace m_place;
    QString m_folder, m_select, m_unreadable;
    QVariantMap m_options;
    QStringList m_volumes;             // where it has volumes
    QStringList m_mounts;              // in the container, at run time
    QHash<QString, QString> m_folders; // where each place was looked at last
    quint64 m_asked = 0;               // the answer to an older question is late
    bool m_reading = false;
    std::unique_ptr<QTemporaryDir> m_dragged; // what was dragged out; others read it after the drop
};

} // namespace escale::gui
