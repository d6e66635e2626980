// What can be done with the selected containers: the actions, shared by buttons, menus and keys, enabled by
// what the selection allows, and their work through the engine. Errors of one action are shown together; what
// destroys something asks once.
#pragma once

#include "gui/containers/bulk_action.h"
#include "helper/dbus/types.h"

#include <QObject>
#include <QSet>
#include <QUrl>

#include <memory>

class QAction;
class QMenu;
class QWidget;

namespace escale::gui {

class Confirmation;
class ContainerUndo;
class ContainersModel;
class EngineClient;
class ErrorBanner;

class ContainerActions : public QObject {
    Q_OBJECT
public:
    enum Kind {
        Start,
        Stop,
        Restart,
        Pause,
        Unpause,
        Kill,
        Remove,
        Rename,
        OpenPort,
        Debug,
        CopyId,
        CopyName,
        Edit,
        UpdateImage,
        KindCount
    };

    /// The actions belong to `pane`; their keys work anywhere in it.
    ContainerActions(EngineClient& client, const ContainersModel& model, ErrorBanner& error,
                     Confirmation& confirmation, ContainerUndo& undo, QWidget* pane);
    ~ContainerActions() override;

    [[nodiscard]] QAction* action(Kind kind) const { return m_actions[kind]; }
    /// In the order of a menu, separators between.
    [[nodiscard]] QList<QAction*> all() const;
    /// The containers they work on. Call it again when a container has changed.
    void setSelection(const QStringList& ids);
    /// Nothing but copying can be done to them: something is done to them already.
    void setBusy(const QStringList& ids, bool busy);
    /// Gives one container another name.
    void rename(const QString& id, const QString& name);

    /// Whether an action makes sense for a container, by its state.
    [[nodiscard]] static bool applies(Kind kind, const dbus::Container& container);

Q_SIGNALS:
    /// The name is to be edited in the list.
    void editNameRequested();
    void portRequested(const QUrl& url);
    /// Of the one container that is selected.
    void editRequested(const QString& id);
    void debugRequested(const QString& id);
    void imageUpdateRequested(const QString& id);

private:
    void add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key);
    void buildKillMenu(QWidget* pane);
    void update();
    void updatePorts();
    void trigger(Kind kind);
    void copy(bool names) const;
    void confirmEnd(Kind kind, const QList<BulkTarget>& wanted, const BulkAction::Act& act);
    void confirmRemoval(const QList<BulkTarget>& wanted);
    void offerVolumes(const QList<BulkTarget>& wanted, quint64 question);
    void kill(const QString& signal);
    void run(Kind kind, const QList<BulkTarget>& wanted, BulkAction::Act act);
    void offerUndo(Kind kind, const QList<dbus::Container>& before, const QList<BulkTarget>& done);
    [[nodiscard]] static QString headline(Kind kind, const BulkOutcome& outcome);
    [[nodiscard]] QList<BulkTarget> targets(Kind kind) const;
    [[nodiscard]] BulkAction::Act act(Kind kind) const;

    EngineClient& m_client;
    const ContainersModel& m_model;
    ErrorBanner& m_error;
    Confirmation& m_confirmation;
    ContainerUndo& m_undo;
    QAction* m_actions[KindCount] = {};
    QList<QAction*> m_order;
    std::unique_ptr<QMenu> m_killMenu, m_portMenu;
    QStringList m_selection;
    bool m_removesVolumes = false;
    QSet<QString> m_busy; // an action of ours works on them
};

} // namespace escale::gui
