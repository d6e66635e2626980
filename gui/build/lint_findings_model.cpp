#include "gui/build/lint_findings_model.h"

#include "gui/build/lint_text.h"

namespace escale::gui {

void LintFindingsModel::setFindings(std::vector<LintFinding> findings) {
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

void LintFindingsModel::shiftLines(int line, int by) {
    for (LintFinding& finding : m_findings) {
        if (finding.range.begin.line > line) {
            finding.range.begin.line = std::max(finding.range.begin.line + by, line);
            finding.range.end.line = std::max(finding.range.end.line + by, finding.range.begin.line);
        }
    }
    if (!m_findings.empty())
        Q_EMIT dataChanged(index(0, Line), index(rowCount() - 1, Line));
}

int LintFindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int LintFindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

static QString cellText(const LintFinding& finding, int column) {
    switch (column) {
    case LintFindingsModel::Severity:
        return lintSeverityText(finding.severity);
    case LintFindingsModel::Line:
        return QString::number(finding.range.begin.line);
    case LintFindingsModel::Code:
        return findingCode(finding);
    default:
        return findingMessage(finding);
    }
}

QVariant LintFindingsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LintFinding& finding = at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(finding, column);
    case kSortRole:
        if (column == Severity)
            return static_cast<int>(finding.severity);
        return column == Line ? QVariant(finding.range.begin.line) : QVariant(cellText(finding, column));
    case kIdRole:
        return QStringLiteral("%1:%2:%3")
            .arg(QString::fromStdString(finding.rule))
            .arg(finding.range.begin.line)
            .arg(finding.range.begin.column);
    case kToneRole:
        return column == Severity ? QVariant(static_cast<int>(lintSeverityTone(finding.severity)))
                                  : QVariant();
    case Qt::ToolTipRole:
        return column == Message ? QVariant(findingTip(finding)) : QVariant();
    case Qt::TextAlignmentRole:
        return column == Line ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant LintFindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Line)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Severity:
        return tr("Severity");
    case Line:
        return tr("Line");
    case Code:
        return tr("Rule");
    case Message:
        return tr("Finding");
    default:
        return {};
    }
}

} // namespace escale::gui
