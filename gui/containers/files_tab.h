// The files of the selected container, folder by folder; it may run or not. They can be looked at, copied
// both ways and, when they are small texts, edited.
#pragma once

#include "helper/dbus/types.h"

#include <QHash>
#include <QWidget>

#include <functional>

class QAction;
class QLineEdit;
class QStackedWidget;

namespace escale::gui {

class Confirmation;
class EmptyState;
class EngineClient;
class ErrorBanner;
class FilePreview;
class FilesModel;
class FilesTable;
class FileTransfers;
class TransferBar;

class FilesTab : public QWidget {
    Q_OBJECT
public:
    explicit FilesTab(EngineClient& client, QWidget* parent = nullptr);
    void setContainer(const dbus::Container* container);
    /// Shows the folder it is in and selects it.
    void showFile(const QString& path);
    void openFolder(const QString& path);
    [[nodiscard]] const QString& folder() const { return m_folder; }
    [[nodiscard]] FilesModel& model() { return *m_model; }
    void take(const QString& folder, const dbus::FileEntries& files, bool more);
    /// The options say what is mounted in it.
    void takeOptions(const QVariantMap& options);
    /// Asks before files are replaced.
    void upload(const QStringList& paths);
    /// Copies what is selected into a folder of this machine.
    void downloadTo(const QString& folder);

protected:
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildActions();
    void buildTable();
    QWidget* makeBar();
    void buildLayout();
    QAction* make(const char* symbol, const QString& text, const QKeySequence& key,
                  std::function<void()> run);

    void list(const QString& folder, const QString& select);
    void askMounts();
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
    QLineEdit *m_path, *m_filter;
    QAction *m_up, *m_home, *m_refresh, *m_open, *m_edit, *m_download, *m_downloadTar, *m_uploadFiles,
        *m_uploadFolder, *m_copyPath;
    QString m_id, m_folder, m_select, m_name;
    QStringList m_mounts;              // in the container, at run time
    QHash<QString, QString> m_folders; // where each container was looked at last
    quint64 m_asked = 0;               // the answer to an older question is late
    bool m_reading = false;
};

} // namespace escale::gui
