// What can be changed among the files of a volume: a new folder, names, permissions, removal; and the search.
// Of containers nothing of it is shown: their files are changed from inside. GUI thread.
#pragma once

#include "gui/client/files_place.h"
#include "helper/dbus/types.h"

#include <QObject>

class QAction;

namespace escale::gui {

class Confirmation;
class EngineClient;
class ErrorBanner;
class FilesTab;
class FilesTable;

class FileEdits : public QObject {
    Q_OBJECT
public:
    enum Kind { NewFolder, Rename, Permissions, Search, Remove, KindCount };

    /// All of them outlive it; `tab` owns it.
    FileEdits(EngineClient& client, FilesTab& tab, FilesTable& table, ErrorBanner& error,
              Confirmation& confirmation);
    [[nodiscard]] QList<QAction*> all() const;
    [[nodiscard]] QAction* action(Kind kind) const { return m_actions[kind]; }
    void setPlace(const FilesPlace& place);
    /// `idle`: nothing is copied, and there are files to be seen.
    void update(bool idle);

    void rename(const QString& name, const QString& newName);
    void makeFolder(const QString& name);

Q_SIGNALS:
    /// The folder is to be read again; `select`: what is of interest there now, or nothing.
    void changed(const QString& select);
    /// The search leads to this file.
    void found(const QString& path);

protected:
    // Delete and F2 mean files while these have the keyboard, not what the pane lists.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key);
    void trigger(Kind kind);
    void askFolder();
    void askPermissions();
    void askRemoval();
    void search();

    EngineClient& m_client;
    FilesTab& m_tab;
    FilesTable& m_table;
    ErrorBanner& m_error;
    Confirmation& m_confirmation;
    FilesPlace m_place;
    QAction* m_actions[KindCount] = {};
};

} // namespace escale::gui
