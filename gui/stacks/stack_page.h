// One stack: its files in the editor with the drawing beside them, what can be done with it, and below what
// its services write, who waited for whom, their environment, and what is not applied. GUI thread.
#pragma once

#include "gui/stacks/compose_editor.h"
#include "gui/stacks/current_stack.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSplitter;
class QTabWidget;

namespace escale::gui {

class ActionNotice;
class Confirmation;
class EnvironmentTab;
class ErrorBanner;
class ProfilesBar;
class ServicePanel;
class StackChangesTab;
class StackGraphView;
class StackLogTab;
class TimelineTab;

class StackPage : public QWidget {
    Q_OBJECT
public:
    StackPage(EngineClient& client, RegistryAccounts& accounts, QWidget* parent = nullptr);
    ~StackPage() override;
    void open(const ListedStack& stack);
    /// One that is not saved yet.
    void openNew(const QString& path, const QString& text);
    void setFilter(const QString& text);
    void focusContent();
    [[nodiscard]] bool isModified() const;
    [[nodiscard]] CurrentStack& current() { return *m_current; }
    [[nodiscard]] ComposeEditor& editor() { return *m_editor; }
    [[nodiscard]] StackGraphView& graph() { return *m_graph; }
    [[nodiscard]] Confirmation& confirmation() { return *m_confirmation; }
    /// For the pane's tools and menus.
    enum ActionId { Up, Stop, Start, Restart, Down, Pause, Unpause, Pull, Build, Save, Export, ActionCount };
    [[nodiscard]] QAction* action(ActionId id) const { return m_actions[id]; }
    [[nodiscard]] QList<QAction*> actions() const;

Q_SIGNALS:
    void stateChanged();
    void containerRequested(const QString& id);
    /// It was saved: its files are worth remembering.
    void saved(const QStringList& files);

private:
    void buildActions();
    void buildLayout();
    QWidget* buildHead();
    QWidget* buildGraph();
    void connectParts();
    void add(ActionId id, const char* name, const char* iconName, const QString& text,
             const QKeySequence& key, void (StackPage::*run)());
    void up();
    void down();
    void start();
    void stop();
    void restart();
    void pause();
    void unpause();
    void pull();
    void build();
    void save();
    void askExport();
    void takeLoaded(const LoadedPtr& loaded, const MadeStackPtr& made);
    void takeChange();
    void takeProgress();
    void takeEnd();
    void selectNode(const QString& node);
    void goToNode(const QString& node);
    void goToPath(const QString& path);
    void showMenu(const QString& node, const QPoint& place);
    void updateHead();
    void updateActions();
    [[nodiscard]] QString failedService() const;

    EngineClient& m_client;
    CurrentStack* m_current;
    ComposeEditor* m_editor;
    StackGraphView* m_graph;
    ServicePanel* m_service;
    StackLogTab* m_log;
    TimelineTab* m_timeline;
    EnvironmentTab* m_environment;
    StackChangesTab* m_changes;
    ProfilesBar* m_profiles;
    QTabWidget* m_tabs;
    QSplitter *m_upper, *m_whole;
    QWidget* m_left = nullptr;
    ErrorBanner* m_error;
    Confirmation* m_confirmation;
    ActionNotice* m_notice;
    QLabel *m_name, *m_state;
    QPushButton* m_badge;
    QAction* m_actions[ActionCount] = {};
    QTimer m_tick;
    ListedStack m_stack;
};

} // namespace escale::gui
