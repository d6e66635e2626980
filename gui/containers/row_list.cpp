#include "gui/containers/row_list.h"

#include "gui/common/buttons.h"
#include "gui/common/icons.h"

#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QToolButton>

namespace escale::gui {
namespace {

constexpr int kLongestCell = 1 << 20;

QString textOf(const QWidget* cell) {
    if (const auto* box = qobject_cast<const QComboBox*>(cell))
        return box->currentText().trimmed();
    return static_cast<const QLineEdit*>(cell)->text();
}

} // namespace

RowList::RowList(RowShape shape, const QString& objectName, const QString& name, QWidget* parent)
    : OptionEditor(parent)
    , m_shape(std::move(shape))
    , m_name(name)
    , m_column(new QVBoxLayout(this))
    , m_buttons(new QHBoxLayout)
    , m_add(new QPushButton(m_shape.add, this)) {
    setObjectName(objectName);
    setAccessibleName(name);
    m_add->setObjectName(objectName + QStringLiteral(".add"));
    m_add->setAutoDefault(false);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(6);
    m_buttons->setSpacing(8);
    m_buttons->addWidget(m_add);
    m_buttons->addStretch(1);
    m_column->addLayout(m_buttons);
    while (m_shape.fresh.size() < m_shape.cells.size())
        m_shape.fresh.append(QString());
    m_buttonOrder.append(m_add);
    setFocusProxy(m_add);
    connect(m_add, &QPushButton::clicked, this, [this] { addRow(m_shape.fresh); });
}

QWidget* RowList::makeCell(const RowCell& cell, const QString& text, QWidget* parent) {
    if (cell.choices.isEmpty()) {
        auto* line = new QLineEdit(parent);
        line->setMaxLength(kLongestCell);
        line->setText(text);
        line->setCursorPosition(0);
        line->setPlaceholderText(cell.name);
        line->setAccessibleName(m_name + QStringLiteral(": ") + cell.name);
        line->setMinimumWidth(48);
        line->installEventFilter(this);
        connect(line, &QLineEdit::textChanged, this, &RowList::takeEdit);
        if (cell.browses)
            addBrowser(line, cell.browsesFiles);
        return line;
    }
    auto* box = new QComboBox(parent);
    box->setEditable(cell.editable);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->addItems(cell.choices);
    if (!cell.editable && box->findText(text) < 0)
        box->addItem(text);
    box->setCurrentText(text);
    box->setAccessibleName(m_name + QStringLiteral(": ") + cell.name);
    box->setToolTip(cell.name);
    if (QLineEdit* line = box->lineEdit()) {
        line->setAccessibleName(box->accessibleName());
        line->installEventFilter(this);
    }
    connect(box, &QComboBox::currentTextChanged, this, &RowList::takeEdit);
    return box;
}

void RowList::addBrowser(QLineEdit* line, bool files) {
    QAction* choose = line->addAction(icon(QStringLiteral("folder")), QLineEdit::TrailingPosition);
    choose->setText(files ? tr("Choose a file") : tr("Choose a folder"));
    choose->setToolTip(choose->text());
    connect(choose, &QAction::triggered, this, [this, line, files, title = choose->text()] {
        auto* dialog = new QFileDialog(this, title);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(files ? QFileDialog::ExistingFile : QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, line,
                [this, line](const QString& path) { takeBrowsed(line, path); });
        dialog->open();
    });
}

void RowList::takeBrowsed(QLineEdit* line, const QString& path) {
    line->setText(path);
    for (const Row& row : std::as_const(m_rows)) {
        if (!row.cells.contains(line) || !m_shape.browsed)
            continue;
        const QStringList cells = m_shape.browsed(cellsOf(row));
        for (int i = 0; i < row.cells.size(); ++i) {
            if (auto* box = qobject_cast<QComboBox*>(row.cells[i]))
                box->setCurrentText(cells.value(i));
            else
                static_cast<QLineEdit*>(row.cells[i])->setText(cells.value(i));
        }
    }
}

void RowList::setCompletions(int column, const QStringList& texts) {
    QStringListModel*& model = m_completions[column];
    if (model == nullptr)
        model = new QStringListModel(this);
    model->setStringList(texts);
    for (const Row& row : std::as_const(m_rows))
        complete(row);
}

void RowList::complete(const Row& row) {
    for (auto column = m_completions.begin(); column != m_completions.end(); ++column) {
        auto* line = qobject_cast<QLineEdit*>(row.cells.value(column.key()));
        if (line == nullptr || line->completer() != nullptr)
            continue;
        auto* completer = new QCompleter(column.value(), line);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        line->setCompleter(completer);
    }
}

RowList::Row RowList::makeRow(const QStringList& texts) {
    Row row{new QWidget(this), {}, nullptr, nullptr};
    auto* layout = new QHBoxLayout(row.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (int i = 0; i < m_shape.cells.size(); ++i) {
        const RowCell& cell = m_shape.cells[i];
        if (!cell.before.isEmpty())
            layout->addWidget(label(cell.before, "muted", row.widget));
        row.cells.append(makeCell(cell, texts.value(i), row.widget));
        layout->addWidget(row.cells.last(), cell.stretch);
    }
    if (m_shape.note) {
        row.note = label({}, "muted", row.widget);
        row.note->setMinimumWidth(row.note->fontMetrics().horizontalAdvance(tr("everyone on your network")) +
                                  8);
        layout->addWidget(row.note, 4);
    }
    QToolButton* remove = flatButton(QStringLiteral("close"), tr("Remove this row"), row.widget);
    remove->setObjectName(objectName() + QStringLiteral(".remove"));
    layout->addWidget(remove);
    row.remove = remove;
    connect(remove, &QToolButton::clicked, this, [this, widget = row.widget] { removeRow(widget); });
    return row;
}

void RowList::addRow(const QStringList& cells) {
    const Row row = makeRow(cells);
    m_column->insertWidget(static_cast<int>(m_rows.size()), row.widget);
    m_rows.append(row);
    complete(row);
    orderKeys();
    showNotes();
    if (signalsBlocked())
        return;
    QWidget* first = row.cells.first();
    for (QWidget* cell : row.cells) {
        if (textOf(cell).isEmpty()) {
            first = cell;
            break;
        }
    }
    row.widget->show();
    first->setFocus(Qt::OtherFocusReason);
    Q_EMIT edited();
}

// The Tab key goes through the rows, then the buttons, however late they were made.
void RowList::orderKeys() {
    QList<QWidget*> order;
    for (const Row& row : m_rows) {
        order += row.cells;
        order.append(row.remove);
    }
    order += m_buttonOrder;
    // Whatever has the keyboard before this list keeps its place.
    QWidget* before = m_add->previousInFocusChain();
    while (before != m_add && (before->focusPolicy() == Qt::NoFocus || isAncestorOf(before)))
        before = before->previousInFocusChain();
    for (QWidget* widget : order) {
        setTabOrder(before, widget);
        before = widget;
    }
}

void RowList::removeRow(QWidget* widget) {
    m_rows.removeIf([widget](const Row& row) { return row.widget == widget; });
    widget->hide();
    widget->deleteLater();
    m_add->setFocus(Qt::OtherFocusReason);
    Q_EMIT edited();
}

QStringList RowList::cellsOf(const Row& row) {
    QStringList cells;
    for (const QWidget* cell : row.cells)
        cells.append(textOf(cell));
    return cells;
}

QStringList RowList::texts() const {
    QStringList texts;
    for (const Row& row : m_rows) {
        if (const QStringList cells = cellsOf(row); cells != m_shape.fresh)
            texts.append(m_shape.join(cells));
    }
    return texts;
}

void RowList::setTexts(const QStringList& texts) {
    const QSignalBlocker quiet(this);
    for (const Row& row : m_rows) {
        row.widget->hide();
        row.widget->deleteLater();
    }
    m_rows.clear();
    for (const QString& text : texts)
        addRow(m_shape.split(text));
}

void RowList::setRule(DockerOption::Rule rule) {
    m_rule = rule;
}

void RowList::markInvalid(bool /*invalid*/) {
    for (const Row& row : m_rows) {
        const QStringList cells = cellsOf(row);
        const bool wrong =
            m_rule != nullptr && cells != m_shape.fresh && !m_rule(m_shape.join(cells)).isEmpty();
        for (QWidget* cell : row.cells)
            gui::markInvalid(cell, wrong);
    }
}

QPushButton* RowList::addButton(const QString& text, const QString& objectName) {
    auto* button = new QPushButton(text, this);
    button->setObjectName(objectName);
    button->setAutoDefault(false);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    m_buttonOrder.append(button);
    orderKeys();
    return button;
}

void RowList::setOffers(const QString& words, const QList<RowOffer>& offers) {
    for (QWidget* before : m_offers) {
        before->hide();
        before->setObjectName({});
        before->deleteLater();
        m_buttonOrder.removeOne(before);
    }
    m_offers.clear();
    if (offers.isEmpty())
        return;
    QLabel* title = label(words, "muted", this);
    m_buttons->insertWidget(m_buttons->count() - 1, title);
    m_offers.append(title);
    for (const RowOffer& offer : offers) {
        QPushButton* button = addButton(offer.text, objectName() + QStringLiteral(".offer.") + offer.text);
        button->setAccessibleName(offer.name);
        connect(button, &QPushButton::clicked, this, [this, cells = offer.cells] { addRow(cells); });
        m_offers.append(button);
    }
}

QWidget* RowList::cell(int row, int column) const {
    return m_rows.at(row).cells.at(column);
}

void RowList::takeEdit() {
    showNotes();
    Q_EMIT edited();
}

void RowList::showNotes() {
    for (const Row& row : m_rows) {
        if (row.note == nullptr)
            continue;
        const RowNote note = m_shape.note(cellsOf(row));
        row.note->setText(note.words);
        row.note->setProperty("role", note.warns ? "warning" : "muted");
        gui::markInvalid(row.note, note.warns); // draws it anew
    }
}

// Enter in the last row begins another one: it does not run a container that is half described.
bool RowList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (isEnter && (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
            if (!m_rows.isEmpty() && cellsOf(m_rows.last()) != m_shape.fresh)
                addRow(m_shape.fresh);
            return true;
        }
    }
    return OptionEditor::eventFilter(watched, event);
}

} // namespace escale::gui
