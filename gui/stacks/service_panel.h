// A service of the stack: how many containers it has and wants, what they are at, its log and a terminal in
// one of them; to be restarted, stopped, scaled.
#pragma once

#include "gui/stacks/current_stack.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace escale::gui {

class CellsModel;
class ElidedLabel;
class EmptyState;
class LogTab;
class Table;
class TerminalTab;

class ServicePanel : public QWidget {
    Q_OBJECT
public:
    ServicePanel(EngineClient& client, CurrentStack& stack, QWidget* parent = nullptr);
    /// Empty: none is chosen.
    void setService(const QString& service);
    [[nodiscard]] const QString& service() const { return m_service; }
    void showTerminal();

Q_SIGNALS:
    void actionRequested(escale::gui::StackAction action, const QString& service);
    void scaleRequested(const QString& service, int replicas);
    /// Show that container.
    void containerRequested(const QString& id);

private:
    void buildHead();
    void buildTable();
    void showContainers();
    void showContainer(const QString& id);
    void updateHead();
    QToolButton* addButton(const char* iconName, const QString& words, const char* name, StackAction action);

    CurrentStack& m_stack;
    QString m_service;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    QWidget* m_content;
    QLabel* m_name;
    ElidedLabel* m_state;
    QSpinBox* m_replicas;
    QPushButton* m_scale;
    QToolButton *m_start = nullptr, *m_stop = nullptr, *m_restart = nullptr;
    CellsModel* m_model;
    Table* m_table;
    QTabWidget* m_tabs;
    LogTab* m_log;
    TerminalTab* m_terminal;
};

} // namespace escale::gui
