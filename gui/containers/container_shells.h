// The shells of one container, a tab each, and what opens new ones. They live as long as this does.
#pragma once

#include "gui/containers/shell.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace escale::gui {

class DebugDialog;
class EmptyState;
class EngineClient;
class ErrorBanner;
struct ContainerDetails;

class ContainerShells : public QWidget {
    Q_OBJECT
public:
    ContainerShells(EngineClient& client, const QString& container, QWidget* parent = nullptr);

    /// Shells can be opened while the container runs only.
    void setRunning(bool running);
    [[nodiscard]] int count() const { return static_cast<int>(m_shells.size()); }
    [[nodiscard]] Shell* current() const;
    Shell* open(const ShellRequest& request);
    /// The container has stopped (and is not paused): its debug terminals say so.
    void takeEnd();
    /// Asks for an image with tools, and opens a terminal in a container of it beside this one; in the place
    /// of `replaced`, when that does not run.
    void askDebug(Shell* replaced = nullptr);
    void closeShell(int index);
    /// Gives the keyboard to the shell in sight.
    void focusContent();

private:
    void build();
    QWidget* buildOptions();
    void openShell();
    void attach();
    void askAttach();
    void openDebug(const ContainerDetails& target, const QString& debugger, const QString& image);
    void showDebugError(const Error& error);
    void showCurrent(int index);
    void retitle(Shell* shell, const QString& title);
    void updateButtons();

    EngineClient& m_client;
    QString m_container;
    bool m_running = false;
    int m_opened = 0;          // ever, for their names
    bool m_attachable = false; // the container keeps its input or has a terminal
    bool m_hasTerminal = false;
    QTabBar* m_bar;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    ErrorBanner* m_error;
    QToolButton *m_new, *m_debug, *m_attach, *m_options;
    QPointer<DebugDialog> m_dialog;
    QPointer<Shell> m_replaced; // in whose place the next debug terminal comes
    QWidget* m_optionRow = nullptr;
    QLineEdit *m_program = nullptr, *m_user = nullptr, *m_folder = nullptr;
    QList<Shell*> m_shells; // as the tabs are
};

} // namespace escale::gui
