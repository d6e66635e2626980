#include "gui/images/findings_model.h"

#include "gui/common/format.h"
#include "gui/images/finding_text.h"

namespace escale::gui {

void FindingsModel::setFindings(std::vector<Finding> findings) {
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_findings.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

static QString cellText(const Finding& finding, int column) {
    switch (column) {
    case FindingsModel::Severity:
        return severityText(finding.severity);
    case FindingsModel::Title:
        return findingTitle(finding.code);
    case FindingsModel::Layer:
        return finding.layer ? QString::number(*finding.layer + 1) : dash();
    case FindingsModel::Count:
        return finding.count > 0 ? QLocale().toString(static_cast<qulonglong>(finding.count)) : dash();
    case FindingsModel::Bytes:
        return finding.bytes > 0 ? formatBytes(finding.bytes) : dash();
    default:
        return {};
    }
}

static QVariant sortValue(const Finding& finding, int column) {
    switch (column) {
    case FindingsModel::Severity:
        return -static_cast<int>(finding.severity);
    case FindingsModel::Layer:
        return finding.layer ? static_cast<int>(*finding.layer) : -1;
    case FindingsModel::Count:
        return static_cast<qulonglong>(finding.count);
    case FindingsModel::Bytes:
        return static_cast<qulonglong>(finding.bytes);
    default:
        return findingTitle(finding.code);
    }
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Finding& finding = at(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return cellText(finding, column);
    case kSortRole:
        return sortValue(finding, column);
    case kIdRole:
        return QStringLiteral("%1/%2")
            .arg(static_cast<int>(finding.code))
            .arg(finding.layer ? static_cast<int>(*finding.layer) : -1);
    case kToneRole:
        return column == Severity ? QVariant(static_cast<int>(severityTone(finding.severity))) : QVariant();
    case Qt::TextAlignmentRole:
        return column >= Layer ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section >= Layer)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Severity:
        return tr("Severity");
    case Title:
        return tr("Finding");
    case Layer:
        return tr("Layer");
    case Count:
        return tr("Places");
    case Bytes:
        return tr("Could save");
    default:
        return {};
    }
}

} // namespace escale::gui
