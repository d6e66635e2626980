#include "gui/build/lint_panel.h"

#include "gui/build/lint_findings_model.h"
#include "gui/build/lint_text.h"
#include "gui/common/buttons.h"
#include "gui/common/table.h"

#include <QAction>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace escale::gui {

LintPanel::LintPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new LintFindingsModel(this))
    , m_table(new Table(this))
    , m_counts(label({}, "muted", this))
    , m_why(label({}, "muted", this))
    , m_foot(new QWidget(this))
    , m_apply(new QPushButton(tr("Apply"), this))
    , m_fixAll(new QPushButton(this)) {
    setObjectName(QStringLiteral("lintPanel"));
    m_counts->setObjectName(QStringLiteral("lintPanel.counts"));
    m_why->setObjectName(QStringLiteral("lintPanel.why"));
    m_why->setWordWrap(true);
    m_why->setMinimumWidth(1);
    m_table->setObjectName(QStringLiteral("lintPanel.table"));
    m_table->setAccessibleName(tr("Findings about the Dockerfile"));
    m_table->setSource(m_model, LintFindingsModel::Line);
    const std::pair<int, int> widths[] = {
        {LintFindingsModel::Severity, 132}, {LintFindingsModel::Line, 48}, {LintFindingsModel::Code, 86}};
    for (const auto& [section, width] : widths)
        m_table->setColumnWidth(section, width);
    m_table->giveRoomTo(LintFindingsModel::Message);
    m_table->header()->hide(); // the cells say what they are
    m_apply->setObjectName(QStringLiteral("lintPanel.apply"));
    m_fixAll->setObjectName(QStringLiteral("lintPanel.fixAll"));
    m_fixAll->setToolTip(tr("Makes all changes that leave what the build makes as it is"));
    makeActions();
    buildLayout();
    connect(m_table, &Table::currentIdChanged, this, &LintPanel::showCurrent);
    connect(m_table, &Table::activated, this, [this] {
        if (const LintFinding* finding = current())
            Q_EMIT jumpRequested(*finding);
    });
    connect(m_apply, &QPushButton::clicked, m_fixAction, &QAction::trigger);
    connect(m_fixAll, &QPushButton::clicked, this, &LintPanel::fixAllRequested);
    setFindings({}, {});
}

void LintPanel::makeActions() {
    const auto add = [this](QAction*& action, const QString& text, const char* name) {
        action = new QAction(text, m_table);
        action->setObjectName(QStringLiteral("lintPanel.") + QLatin1String(name));
        m_table->addAction(action);
    };
    add(m_fixAction, tr("&Apply the quick fix"), "fixAction");
    add(m_ignoreAction, tr("&Ignore it here"), "ignoreAction");
    add(m_linkAction, tr("&Read about the rule"), "linkAction");
    connect(m_fixAction, &QAction::triggered, this, [this] {
        if (const LintFinding* finding = current(); finding != nullptr && finding->fix)
            Q_EMIT fixRequested(LintFinding(*finding));
    });
    connect(m_ignoreAction, &QAction::triggered, this, [this] {
        if (const LintFinding* finding = current())
            Q_EMIT ignoreRequested(LintFinding(*finding));
    });
    connect(m_linkAction, &QAction::triggered, this, [this] {
        if (const LintFinding* finding = current())
            QDesktopServices::openUrl(findingLink(*finding));
    });
}

void LintPanel::buildLayout() {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 10, 6);
    head->setSpacing(8);
    head->addWidget(m_counts, 1);
    head->addWidget(m_fixAll);
    auto* foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(12, 6, 10, 8);
    foot->setSpacing(8);
    foot->addWidget(m_why, 1);
    foot->addWidget(m_apply, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_foot);
}

const LintFinding* LintPanel::current() const {
    const int row = m_table->currentRow();
    return row >= 0 && row < m_model->rowCount() ? &m_model->at(row) : nullptr;
}

void LintPanel::setFindings(std::vector<LintFinding> findings, const QString& note) {
    const QString id = m_table->currentId();
    m_model->setFindings(std::move(findings));
    if (!id.isEmpty())
        m_table->selectId(id);
    showCounts(note);
    showCurrent();
}

void LintPanel::showCounts(const QString& note) {
    const auto& findings = m_model->findings();
    const auto count = [&](auto fits) {
        return static_cast<int>(std::count_if(findings.begin(), findings.end(), fits));
    };
    const int errors = count([](const auto& each) { return each.severity == LintSeverity::Error; });
    const int warnings = count([](const auto& each) { return each.severity == LintSeverity::Warning; });
    const int rest = static_cast<int>(findings.size()) - errors - warnings;
    QStringList words;
    if (errors > 0)
        words.append(tr("%n error(s)", nullptr, errors));
    if (warnings > 0)
        words.append(tr("%n warning(s)", nullptr, warnings));
    if (rest > 0)
        words.append(tr("%n piece(s) of advice", nullptr, rest));
    if (words.isEmpty())
        words.append(tr("Nothing to improve"));
    if (!note.isEmpty())
        words.append(note);
    m_counts->setText(words.join(QStringLiteral(" · ")));
    const int fixes = count([](const auto& each) { return each.fix.has_value(); });
    m_fixAll->setVisible(fixes > 0);
    m_fixAll->setText(tr("Fix all (%1)").arg(fixes));
    m_table->setVisible(!findings.empty());
}

void LintPanel::showCurrent() {
    const LintFinding* finding = current();
    const QString fix = finding != nullptr ? findingFix(*finding) : QString();
    const QString why = finding != nullptr ? findingWhy(*finding) : QString();
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
    m_apply->setVisible(!fix.isEmpty());
    m_foot->setVisible(!why.isEmpty() || !fix.isEmpty());
    m_apply->setText(fix.isEmpty() ? tr("Apply") : fix);
    m_fixAction->setEnabled(!fix.isEmpty());
    m_fixAction->setText(fix.isEmpty() ? tr("&Apply the quick fix") : fix);
    m_ignoreAction->setEnabled(finding != nullptr && !finding->rule.empty());
    m_linkAction->setEnabled(finding != nullptr && !findingLink(*finding).isEmpty());
}

int LintPanel::wantedHeight() const {
    const int words = layout()->itemAt(0)->sizeHint().height();
    const int rows = m_model->rowCount();
    if (rows == 0)
        return words;
    const int row = std::max(m_table->sizeHintForRow(0), fontMetrics().height());
    const int foot = m_foot->isHidden() ? 0 : m_foot->sizeHint().height();
    return words + rows * row + 2 * m_table->frameWidth() + foot;
}

void LintPanel::selectLine(int line) {
    for (int row = 0; row < m_table->proxy().rowCount(); ++row) {
        const QModelIndex index = m_table->proxy().index(row, LintFindingsModel::Line);
        if (index.data(kSortRole).toInt() == line)
            return m_table->setCurrentIndex(index);
    }
}

} // namespace escale::gui
