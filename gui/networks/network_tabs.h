// All there is to know of the selected network: its members, facts, rules, and what it is made of.
#pragma once

#include "helper/dbus/types.h"

#include <QTabWidget>

class QAction;
class QPlainTextEdit;

namespace escale::gui {

class EngineClient;
class Facts;
class MembersModel;
class RulesView;
class TableStack;

class NetworkTabs : public QTabWidget {
    Q_OBJECT
public:
    explicit NetworkTabs(EngineClient& client, QWidget* parent = nullptr);
    /// Null: none is selected.
    void setNetwork(const dbus::Network* network);
    /// Ids of the containers that are selected among the members.
    [[nodiscard]] QStringList selectedMembers() const;
    /// In the members' context menu.
    void addMemberActions(const QList<QAction*>& actions);

Q_SIGNALS:
    void membersSelected();
    void containerRequested(const QString& id);
    void connectRequested();
    void disconnectRequested();

protected:
    void showEvent(QShowEvent* event) override;
    // Among the members Delete means one of them, not the network.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildMembers();
    void showFacts();
    void readRules();

    EngineClient& m_client;
    MembersModel* m_model;
    TableStack* m_members;
    Facts* m_facts;
    RulesView* m_rules;
    QPlainTextEdit* m_commands;
    dbus::Network m_network; // its id is empty: none
    QString m_rulesOf;       // the network that the shown rules are about
};

} // namespace escale::gui
