// The window: navigation at the left, the current pane with its header, the jobs drawer below. Panes are made
// when they are first shown, the engine is reached after the first paint.
#pragma once

#include "gui/client/engine_client.h"
#include "gui/registry/registry_accounts.h"

#include <QMainWindow>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QStackedWidget;

namespace escale::gui {

class BuildPane;
class ContainersPane;
class EmptyState;
class ImagesPane;
class JobsDrawer;
class NavigationBar;
class Pane;
class RegistryPane;
class Theme;

enum class PaneId : int { Registry, Images, Containers, Networks, Volumes, Build, Stacks, Learn };
inline constexpr int kPaneCount = 8;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;
    void showPane(PaneId pane);
    [[nodiscard]] EngineClient& client() { return m_client; }

Q_SIGNALS:
    /// Once.
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildLayout();
    QWidget* buildHeader();
    void buildMenus();
    void buildNotices();
    void updateActionsMenu();
    void switchTo(int index);
    Pane* make(PaneId pane);
    void showContainer(const QString& id);
    void updateHeader();
    void updateReachability();
    void showSettings();

    Theme& m_theme;
    EngineClient m_client;
    RegistryAccounts m_accounts; // one for all panes: what memory keeps is kept once
    NavigationBar* m_navigation = nullptr;
    QStackedWidget* m_stack = nullptr;
    EmptyState* m_unreachable = nullptr;
    JobsDrawer* m_drawer = nullptr;
    QLabel *m_title = nullptr, *m_summary = nullptr;
    QLineEdit* m_search = nullptr;
    QHBoxLayout* m_header = nullptr;
    QMenu* m_actions = nullptr;
    Pane* m_panes[kPaneCount] = {};
    Pane* m_current = nullptr;
    bool m_painted = false;
};

} // namespace escale::gui
