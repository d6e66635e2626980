// Everything about the selected container: as a tree that can be filtered, or as the JSON it is.
#pragma once

#include "gui/containers/container_tab.h"

class QAction;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace escale::gui {

class InspectModel;
class Table;

class InspectTab : public ContainerTab {
    Q_OBJECT
public:
    explicit InspectTab(EngineClient& client, QWidget* parent = nullptr);
    /// Also when something about it has changed: then it is read again.
    void setContainer(const dbus::Container* container);
    void take(const ContainerDetails& details);
    [[nodiscard]] InspectModel& model() { return *m_model; }

private:
    void buildTree();
    void buildTools();
    void buildActions();
    void read() override;
    void showState();
    void search();
    void markMatches();
    void goToMatch(bool backwards);
    void setRaw(bool raw);
    void updateActions();
    void copyRole(int role);

    InspectModel* m_model;
    Table* m_tree;
    QPlainTextEdit* m_raw;
    QLineEdit* m_filter;
    QLabel* m_found;
    QToolButton *m_treeButton, *m_rawButton;
    QAction *m_copyValue, *m_copyPath, *m_copyJson;
    bool m_isRaw = false;
};

} // namespace escale::gui
