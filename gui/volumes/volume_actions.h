// What can be done with volumes: the actions of menu, tool bar and keyboard, and the dialogs they lead to.
// Whatever loses files says first which ones. GUI thread.
#pragma once

#include "gui/client/engine_client.h"

#include <QObject>

class QAction;

namespace escale::gui {

class ActionNotice;
class Confirmation;
class ErrorBanner;
class JobPanel;
class TransferBar;
class VolumeArchives;
class VolumesModel;

class VolumeActions : public QObject {
    Q_OBJECT
public:
    enum Kind {
        Create,
        RunWith,
        OpenContainer,
        Count,
        CountAll,
        Backup,
        Restore,
        CopyName,
        UnusedOnly,
        Prune,
        Remove,
        KindCount
    };
    /// What the actions work with; it lives in the pane, or outlives it.
    struct Place {
        EngineClient& client;
        VolumesModel& model;
        ErrorBanner& error;
        Confirmation& confirmation;
        ActionNotice& notice;
        JobPanel& jobs;
        TransferBar& transfer;
        QWidget* pane;
    };

    explicit VolumeActions(const Place& place);
    /// In the order of a menu, with separators.
    [[nodiscard]] const QList<QAction*>& all() const { return m_order; }
    [[nodiscard]] QAction* action(Kind kind) const { return m_actions[kind]; }
    void setCurrent(const QString& volume);
    void count(const QStringList& names);
    void restore(const QString& file);

Q_SIGNALS:
    void selectRequested(const QString& volume);
    void containerRequested(const QString& id);
    /// It has several; which one is chosen among them.
    void usersRequested();
    void unusedOnlyToggled(bool only);

private:
    void add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key);
    void trigger(Kind kind);
    void update();
    void askCreate();
    void askRun();
    void openRun(const QString& volume, const dbus::ImageList& images);
    void openContainer();
    void askBackup();
    void askRestore(const QString& volume, const QString& file);
    void askPrune();
    void confirmRemoval();
    void remove(const QString& name);
    void showInUse(const dbus::Volume& volume);
    [[nodiscard]] const dbus::Volume* current() const;

    Place m_at;
    VolumeArchives* m_archives;
    QString m_volume;
    QAction* m_actions[KindCount] = {};
    QList<QAction*> m_order;
};

} // namespace escale::gui
