// What is in the files and not in what runs, and what bringing the stack up would do about it.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace escale::gui {

class CellsModel;
class CurrentStack;
class Table;
class TableStack;

class StackChangesTab : public QWidget {
    Q_OBJECT
public:
    explicit StackChangesTab(CurrentStack& stack, QWidget* parent = nullptr);
    void renew();

Q_SIGNALS:
    void applyRequested();
    /// "services.web.image"
    void pathRequested(const QString& path);

private:
    CurrentStack& m_stack;
    CellsModel* m_model;
    Table* m_table;
    TableStack* m_pages;
    QLabel* m_words;
    QPushButton* m_apply;
};

} // namespace escale::gui
