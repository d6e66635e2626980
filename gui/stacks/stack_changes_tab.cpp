#include "gui/stacks/stack_changes_tab.h"

#include "gui/common/buttons.h"
#include "gui/common/cells_model.h"
#include "gui/common/empty_state.h"
#include "gui/common/format.h"
#include "gui/stacks/current_stack.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace escale::gui {

StackChangesTab::StackChangesTab(CurrentStack& stack, QWidget* parent)
    : QWidget(parent)
    , m_stack(stack)
    , m_model(new CellsModel({tr("What"), tr("Property"), tr("Runs with"), tr("In the file")}, this))
    , m_table(new Table(nullptr))
    , m_pages(new TableStack(m_table, this))
    , m_words(label({}, "muted", this))
    , m_apply(primaryButton(tr("&Apply"), QStringLiteral("stacksPane.apply"), this)) {
    setObjectName(QStringLiteral("stacksPane.changesTab"));
    m_table->setObjectName(QStringLiteral("stacksPane.changes"));
    m_table->setAccessibleName(tr("What is not applied"));
    m_table->setSource(m_model, -1);
    m_table->setColumnWidth(0, 170);
    m_table->setColumnWidth(1, 200);
    m_table->setColumnWidth(2, 280);
    m_table->giveRoomTo(3);
    m_words->setObjectName(QStringLiteral("stacksPane.changesWords"));
    m_words->setWordWrap(true);
    m_apply->setToolTip(tr("Brings the stack up: what is different is made anew, the rest stays"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    row->addWidget(m_apply);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(line(this));
    column->addWidget(m_pages, 1);
    connect(m_apply, &QPushButton::clicked, this, &StackChangesTab::applyRequested);
    connect(m_table, &Table::activated, this, [this] { Q_EMIT pathRequested(m_table->currentId()); });
    renew();
}

// "Service web"
static QString nameOf(const StackChange& change) {
    if (change.part == u"services")
        return StackChangesTab::tr("Service %1").arg(change.name);
    if (change.part == u"networks")
        return StackChangesTab::tr("Network %1").arg(change.name);
    if (change.part == u"volumes")
        return StackChangesTab::tr("Volume %1").arg(change.name);
    return QStringLiteral("%1 %2").arg(change.part, change.name);
}

static CellsRow rowOf(const StackChange& change) {
    const auto shown = [](const QString& text) { return text.isEmpty() ? dash() : text; };
    Cell what{change.property, {}, {}, Tone::None, !change.property.isEmpty()};
    if (change.property.isEmpty())
        what.text = change.kind == StackChange::Kind::Added ? StackChangesTab::tr("is new")
                                                            : StackChangesTab::tr("is no longer in the file");
    return {pathOf(change),
            {{nameOf(change)},
             what,
             {shown(change.before), {}, change.before, Tone::None, true},
             {shown(change.after), {}, change.after, Tone::None, true}}};
}

// A step of the plan, where what runs is not known property by property.
static CellsRow rowOf(const dbus::StackStep& step, int number) {
    ShownStackStep shown;
    shown.kind = step.kind;
    shown.service = step.service;
    shown.name = step.name;
    return {QString::number(number), {{step.service}, {stackStepText(shown)}, {dash()}, {step.why}}};
}

void StackChangesTab::renew() {
    QList<CellsRow> rows;
    for (const StackChange& change : m_stack.changes())
        rows.append(rowOf(change));
    QStringList anew;
    for (const dbus::StackStep& step : m_stack.plan()) {
        if (step.kind == u"recreate" && !anew.contains(step.service))
            anew << step.service;
        if (m_stack.changes().isEmpty() &&
            (step.kind == u"create" || step.kind == u"recreate" || step.kind == u"remove"))
            rows.append(rowOf(step, static_cast<int>(rows.size())));
    }
    m_model->setRows(m_stack.unappliedCount() == 0 ? QList<CellsRow>() : rows);
    const bool any = m_stack.unappliedCount() > 0;
    QString words;
    if (any)
        words = anew.isEmpty() ? tr("Applying makes or removes what is new or gone; what is there stays.")
                               : tr("Applying makes the containers of %1 anew; the others stay as they are.")
                                     .arg(anew.join(QStringLiteral(", ")));
    m_words->setText(words);
    m_apply->setVisible(any);
    m_apply->setEnabled(!m_stack.isBusy() && m_stack.canBeBroughtUp());
    if (any)
        return m_pages->showTable();
    if (m_stack.isHere())
        m_pages->empty().set(QStringLiteral("changes"), tr("All is applied"),
                             tr("What runs is what the file says."));
    else
        m_pages->empty().set(
            QStringLiteral("changes"), tr("Nothing runs yet"),
            tr("Once the stack is up, what you change in the file and have not applied is listed here."));
    m_pages->showEmpty();
}

} // namespace escale::gui
