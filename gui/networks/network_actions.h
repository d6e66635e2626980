// What can be done with networks: the actions of menu, tool bar and keyboard, for the network and the members
// that are selected, and the dialogs they lead to.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/containers/bulk_action.h"

#include <QObject>

class QAction;

namespace escale::gui {

class ActionNotice;
class Confirmation;
class ErrorBanner;
class NetworksModel;

class NetworkActions : public QObject {
    Q_OBJECT
public:
    enum Kind { Create, Connect, Disconnect, Move, CopyId, Topology, Prune, Remove, KindCount };
    /// What the actions work with; it lives in the pane, or outlives it.
    struct Place {
        EngineClient& client;
        const NetworksModel& model;
        ErrorBanner& error;
        Confirmation& confirmation;
        ActionNotice& notice;
        QWidget* pane;
    };

    explicit NetworkActions(const Place& place);
    /// In the order of a menu, with separators.
    [[nodiscard]] const QList<QAction*>& all() const { return m_order; }
    [[nodiscard]] QAction* action(Kind kind) const { return m_actions[kind]; }
    /// The current network's id, and those of the containers that are selected among its members.
    void setSelection(const QString& network, const QStringList& members);
    void setContainers(const dbus::ContainerList& containers);

    // What drag and drop does, too. Several containers: each as far as it goes, one outcome.
    void connectContainers(const QString& network, const QStringList& containers);
    void disconnectContainers(const QString& network, const QStringList& containers);
    /// The dialog with these containers to begin with; `network` empty: it is chosen there.
    void askConnect(const QString& network, const QStringList& containers);

Q_SIGNALS:
    void selectRequested(const QString& network);
    void topologyToggled(bool shown);

private:
    void add(Kind kind, const char* iconName, const QString& text, const QKeySequence& key);
    void trigger(Kind kind);
    void update();
    void askCreate();
    void askMove();
    void move(const QString& network, const QString& name);
    void confirmPrune();
    void confirmRemoval();
    void remove(const QString& network, const QString& name);
    void tell(const BulkOutcome& outcome, const QString& done, const QString& failed);
    [[nodiscard]] QList<BulkTarget> targetsOf(const QStringList& containers) const;
    [[nodiscard]] const dbus::Network* current() const;

    Place m_at;
    QString m_network;
    QStringList m_members;
    dbus::ContainerList m_containers;
    QAction* m_actions[KindCount] = {};
    QList<QAction*> m_order;
};

} // namespace escale::gui
