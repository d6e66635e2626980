// Editable rows of one to four cells, for options that can be given several times: NAME = value, the ports of
// this computer and of the container, a plain word. Rows that are as they were added count for nothing.
#pragma once

#include "gui/containers/option_editor.h"

#include <QHash>

#include <functional>

class QHBoxLayout;
class QLineEdit;
class QStringListModel;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace escale::gui {

struct RowCell {
    QString name;        // placeholder and accessible name
    QString before = {}; // drawn before it: "=", "→"
    int stretch = 1;
    QStringList choices = {};  // not empty: a list to choose from
    bool editable = false;     // of the choices: other text, too
    bool browses = false;      // a button chooses a folder of this machine
    bool browsesFiles = false; // a file instead
};

struct RowNote {
    QString words;
    bool warns = false;
};

struct RowShape {
    QList<RowCell> cells;
    QString add; // the button
    /// One text of the command line into as many cells as there are, and back.
    std::function<QStringList(const QString& text)> split;
    std::function<QString(const QStringList& cells)> join;
    QStringList fresh = {};                                     // a new row's cells
    std::function<RowNote(const QStringList& cells)> note = {}; // beside each row
    std::function<QStringList(QStringList cells)> browsed = {}; // the cells once a file was chosen
};
struct RowOffer {
    QString text, name; // shown; for screen readers
    QStringList cells;
};
/// Of an option of dockerOptions() that is a list or a map.
RowShape rowShape(const QString& key);

class RowList : public OptionEditor {
    Q_OBJECT
public:
    RowList(RowShape shape, const QString& objectName, const QString& name, QWidget* parent);
    [[nodiscard]] QStringList texts() const override;
    void setTexts(const QStringList& texts) override;
    /// Marks the rows that it finds wrong.
    void setRule(DockerOption::Rule rule);
    void markInvalid(bool invalid) override;

    /// A row of these cells, with the keyboard in its first empty one.
    void addRow(const QStringList& cells);
    /// A button beside that for a new row.
    QPushButton* addButton(const QString& text, const QString& objectName);
    /// What is offered while somebody writes into that column's cells.
    void setCompletions(int column, const QStringList& texts);
    /// Buttons behind some words, each of which adds a row; they take the place of the offers before.
    void setOffers(const QString& words, const QList<RowOffer>& offers);
    [[nodiscard]] int rowCount() const { return static_cast<int>(m_rows.size()); }
    /// The cell's widget: QLineEdit or QComboBox.
    [[nodiscard]] QWidget* cell(int row, int column) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Row {
        QWidget* widget;
        QList<QWidget*> cells;
        QLabel* note;
        QWidget* remove;
    };
    void addBrowser(QLineEdit* line, bool files);
    void takeBrowsed(QLineEdit* line, const QString& path);
    QWidget* makeCell(const RowCell& cell, const QString& text, QWidget* parent);
    Row makeRow(const QStringList& cells);
    void complete(const Row& row);
    void removeRow(QWidget* widget);
    void orderKeys();
    void takeEdit();
    void showNotes();
    static QStringList cellsOf(const Row& row);

    RowShape m_shape;
    QString m_name;
    DockerOption::Rule m_rule = nullptr;
    QList<Row> m_rows;
    QVBoxLayout* m_column;
    QHBoxLayout* m_buttons;
    QPushButton* m_add;
    QList<QWidget*> m_offers, m_buttonOrder;
    QHash<int, QStringListModel*> m_completions; // by column
};

} // namespace escale::gui
