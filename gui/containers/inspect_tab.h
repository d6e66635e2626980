// Everything about the selected container: as a tree that can be filtered, or as the JSON it is.
#pragma once

#include "helper/dbus/types.h"

#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace escale::gui {

struct ContainerDetails;
class EmptyState;
class EngineClient;
class ErrorBanner;
class InspectModel;
class Table;

class InspectTab : public QWidget {
    Q_OBJECT
public:
    explicit InspectTab(EngineClient& client, QWidget* parent = nullptr);
    /// Also when something about it has changed: then it is read again.
    void setContainer(const dbus::Container* container);
    void take(const ContainerDetails& details);
    [[nodiscard]] InspectModel& model() { return *m_model; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildTree();
    void buildBar();
    void buildActions();
    void read();
    void showState();
    void search();
    void markMatches();
    void goToMatch(bool backwards);
    void setRaw(bool raw);
    void updateActions();
    void copyRole(int role);

    EngineClient& m_client;
    InspectModel* m_model;
    Table* m_tree;
    QPlainTextEdit* m_raw;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    ErrorBanner* m_error;
    QWidget* m_bar;
    QLineEdit* m_filter;
    QLabel* m_found;
    QToolButton *m_treeButton, *m_rawButton;
    QAction *m_copyValue, *m_copyPath, *m_copyJson;
    QString m_id;
    bool m_reading = false, m_again = false, m_isRaw = false;
};

} // namespace escale::gui
