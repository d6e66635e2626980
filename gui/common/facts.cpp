#include "gui/common/facts.h"

#include "gui/common/buttons.h"
#include "gui/common/format.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

namespace escale::gui {

Facts::Facts(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(20);
    m_grid->setVerticalSpacing(7);
    m_grid->setColumnStretch(1, 1);
}

QScrollArea* Facts::inScrollArea(QWidget* parent) {
    auto* scroll = new QScrollArea(parent);
    auto* inside = new QWidget(scroll);
    inside->setProperty("role", "clear");
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(16, 14, 16, 14);
    column->addWidget(this);
    column->addStretch();
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    return scroll;
}

// Ids and digests are one long word: a read-only field shows as much as fits and lets one copy the whole.
void Facts::show(QWidget* value, const Fact& fact) {
    value->setAccessibleName(fact.name);
    if (auto* field = qobject_cast<QLineEdit*>(value)) {
        if (field->text() != fact.value) {
            field->setText(fact.value);
            field->setCursorPosition(0);
        }
        field->setToolTip(fact.value);
    } else if (auto* words = qobject_cast<QLabel*>(value); words != nullptr && words->text() != fact.value) {
        words->setText(fact.value);
    }
}

QWidget* Facts::makeValue(bool monospaced) {
    if (monospaced) {
        auto* field = new QLineEdit(this);
        field->setReadOnly(true);
        field->setFrame(false);
        field->setFocusPolicy(Qt::ClickFocus); // no stop for Tab: the lists' actions copy, too
        field->setTextMargins(-2, 0, 0, 0);    // in line with the labels
        field->setProperty("role", "value");
        field->setFont(monospace(font()));
        return field;
    }
    auto* words = new QLabel(this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return words;
}

void Facts::set(const QList<Fact>& facts) {
    // Widgets are kept while their names stay: facts change every few seconds, and a selection in them should
    // stay.
    QStringList names;
    for (const Fact& fact : facts)
        names.append(fact.name + QLatin1Char(fact.monospace ? 'm' : ' '));
    if (names != m_names) {
        m_names = names;
        for (const auto& [name, value] : std::as_const(m_rows)) {
            delete name;
            delete value;
        }
        m_rows.clear();
        for (int row = 0; row < facts.size(); ++row) {
            QLabel* name = label(facts[row].name, "muted", this);
            QWidget* value = makeValue(facts[row].monospace);
            m_grid->addWidget(name, row, 0, Qt::AlignTop);
            m_grid->addWidget(value, row, 1, Qt::AlignTop);
            m_rows.append({name, value});
        }
    }
    for (qsizetype row = 0; row < facts.size(); ++row)
        show(m_rows[row].second, facts[row]);
}

} // namespace escale::gui
