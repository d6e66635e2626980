#include "gui/stacks/compose_problems_panel.h"

#include "gui/common/buttons.h"
#include "gui/common/table.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

using Gravity = compose::Problem::Severity;

ComposeProblemsPanel::ComposeProblemsPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new ComposeProblemsModel(this))
    , m_table(new Table(this))
    , m_counts(label({}, "muted", this))
    , m_hint(label({}, "muted", this)) {
    setObjectName(QStringLiteral("composeProblems"));
    m_counts->setObjectName(QStringLiteral("composeProblems.counts"));
    m_counts->setContentsMargins(12, 6, 10, 6);
    m_hint->setObjectName(QStringLiteral("composeProblems.hint"));
    m_hint->setWordWrap(true);
    m_hint->setMinimumWidth(1);
    m_hint->setContentsMargins(12, 6, 10, 8);
    m_table->setObjectName(QStringLiteral("composeProblems.table"));
    m_table->setAccessibleName(tr("Problems of the Compose files"));
    m_table->setSource(m_model, ComposeProblemsModel::Place);
    m_table->setColumnWidth(ComposeProblemsModel::Severity, 132);
    m_table->setColumnWidth(ComposeProblemsModel::Place, 168);
    m_table->giveRoomTo(ComposeProblemsModel::Message);
    m_table->header()->hide(); // the cells say what they are
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_counts);
    column->addWidget(m_table, 1);
    column->addWidget(m_hint);
    const auto jump = [this] {
        if (const ComposeProblem* problem = current())
            Q_EMIT jumpRequested(ComposeProblem(*problem));
    };
    connect(m_table, &Table::currentIdChanged, this, &ComposeProblemsPanel::showCurrent);
    connect(m_table, &Table::activated, this, jump);
    connect(m_table, &Table::clicked, this, jump);
    setProblems({});
}

void ComposeProblemsPanel::setProblems(std::vector<ComposeProblem> problems) {
    const QString id = m_table->currentId();
    m_model->setProblems(std::move(problems));
    if (!id.isEmpty())
        m_table->selectId(id);
    showCounts();
    showCurrent();
}

int ComposeProblemsPanel::count(Gravity severity) const {
    const auto& problems = m_model->problems();
    return static_cast<int>(std::count_if(problems.begin(), problems.end(), [severity](const auto& each) {
        return each.severity == severity;
    }));
}

void ComposeProblemsPanel::showCounts() {
    QStringList words;
    if (const int errors = count(Gravity::Error); errors > 0)
        words.append(tr("%n error(s)", nullptr, errors));
    if (const int warnings = count(Gravity::Warning); warnings > 0)
        words.append(tr("%n warning(s)", nullptr, warnings));
    if (const int notes = count(Gravity::Note); notes > 0)
        words.append(tr("%n note(s)", nullptr, notes));
    m_counts->setText(words.isEmpty() ? tr("No problems") : words.join(QStringLiteral(" · ")));
    m_table->setVisible(!m_model->problems().empty());
}

const ComposeProblem* ComposeProblemsPanel::current() const {
    const int row = m_table->currentRow();
    return row >= 0 && row < m_model->rowCount() ? &m_model->at(row) : nullptr;
}

void ComposeProblemsPanel::showCurrent() {
    const ComposeProblem* problem = current();
    m_hint->setText(problem != nullptr ? problem->hint : QString());
    m_hint->setVisible(!m_hint->text().isEmpty());
}

void ComposeProblemsPanel::select(const ComposeProblem& problem) {
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const ComposeProblem& each = m_model->at(row);
        if (each.file == problem.file && each.line == problem.line && each.what == problem.what)
            return m_table->selectId(m_model->index(row, 0).data(kIdRole).toString());
    }
}

int ComposeProblemsPanel::wantedHeight() const {
    const int words = m_counts->sizeHint().height();
    const int rows = m_model->rowCount();
    if (rows == 0)
        return words;
    const int row = std::max(m_table->sizeHintForRow(0), fontMetrics().height());
    const int hint = m_hint->isHidden() ? 0 : m_hint->sizeHint().height();
    return words + rows * row + 2 * m_table->frameWidth() + hint;
}

} // namespace escale::gui
