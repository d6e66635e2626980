#include "gui/registry/tags_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"

namespace escale::gui {

// Platforms of a cell; the tooltip has all of them.
static constexpr qsizetype kMostPlatforms = 3;

TagsModel::TagsModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_collator(QLocale(QLocale::English)) { // tags are no words: everywhere the same, also in the C locale
    m_collator.setNumericMode(true);
}

int TagsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TagsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TagsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section == Size)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Size)
        return tr("Bytes to download for this machine's platform, when no layer is here");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Tag:
        return tr("Tags");
    case Size:
        return tr("Size");
    case Platforms:
        return tr("Platforms");
    case Created:
        return tr("Date");
    case Digest:
        return tr("Digest");
    default:
        return {};
    }
}

// "amd64, arm64, arm/v7 +5": all are for Linux, mostly.
static QString shortPlatforms(const QStringList& platforms) {
    QStringList shown;
    for (const QString& platform : platforms.mid(0, kMostPlatforms))
        shown.append(platform.startsWith(QLatin1String("linux/")) ? platform.mid(6) : platform);
    QString text = shown.join(QStringLiteral(", "));
    if (platforms.size() > kMostPlatforms)
        text += QStringLiteral(" +%1").arg(platforms.size() - kMostPlatforms);
    return text;
}

QString TagsModel::text(const Row& row, int column) {
    if (column == Tag)
        return row.name;
    if (!row.facts)
        return row.problem.isEmpty() ? QString() : dash();
    const TagFacts& facts = *row.facts;
    switch (column) {
    case Size:
        return facts.size ? formatBytes(*facts.size) : tr("not for this machine");
    case Platforms:
        return facts.platforms.isEmpty() ? dash() : shortPlatforms(facts.platforms);
    case Created:
        return formatAgo(facts.created);
    case Digest:
        return facts.digest.isEmpty() ? dash() : shortDigest(facts.digest);
    default:
        return {};
    }
}

QVariant TagsModel::value(const Row& row, int column) {
    if (column == Tag)
        return row.name;
    if (!row.facts)
        return {};
    switch (column) {
    case Size:
        return row.facts->size ? QVariant(*row.facts->size) : QVariant();
    case Created:
        return row.facts->created > 0 ? QVariant(row.facts->created) : QVariant();
    default:
        return text(row, column);
    }
}

QString TagsModel::toolTip(const Row& row, int column) {
    if (column == Tag)
        return {};
    if (!row.facts)
        return row.problem.isEmpty() ? tr("Not read yet") : row.problem;
    switch (column) {
    case Platforms:
        return row.facts->platforms.join(u'\n');
    case Created:
        return row.facts->isUpload ? tr("Uploaded: %1", "a date").arg(formatTime(row.facts->created))
                                   : tr("Made: %1", "a date").arg(formatTime(row.facts->created));
    case Digest:
        return row.facts->digest;
    default:
        return {};
    }
}

QVariant TagsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[index.row()];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case kSortRole:
        return value(row, column);
    case kIdRole:
        return row.name;
    case kMonospaceRole:
        return column == Digest;
    case Qt::TextAlignmentRole:
        return column == Size ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        return column == Tag || column == Size ? QVariant() : QVariant(QBrush(Colors::current().muted));
    case Qt::ToolTipRole:
        if (const QString words = toolTip(row, column); !words.isEmpty())
            return words;
        return {};
    default:
        return {};
    }
}

void TagsModel::setNames(const QStringList& names) {
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(names.size());
    for (const QString& name : names)
        m_rows.append({name, m_collator.sortKey(name), std::nullopt, {}});
    m_unknown = static_cast<int>(m_rows.size());
    reindex();
    endResetModel();
}

void TagsModel::reindex() {
    m_rowOf.clear();
    for (int row = 0; row < rowCount(); ++row)
        m_rowOf.insert(m_rows[row].name, row);
}

TagsModel::Row* TagsModel::rowOf(const QString& tag) {
    const auto known = m_rowOf.constFind(tag);
    return known == m_rowOf.constEnd() ? nullptr : &m_rows[*known];
}

bool TagsModel::isUnknown(const QString& tag) const {
    const auto known = m_rowOf.constFind(tag);
    return known != m_rowOf.constEnd() && !m_rows[*known].facts && m_rows[*known].problem.isEmpty();
}

void TagsModel::settle(const QString& tag, bool wasUnknown) {
    if (wasUnknown)
        --m_unknown;
    const int number = m_rowOf.value(tag);
    Q_EMIT dataChanged(index(number, 0), index(number, ColumnCount - 1));
}

void TagsModel::setFacts(const QString& tag, const TagFacts& facts) {
    Row* row = rowOf(tag);
    if (row == nullptr)
        return;
    const bool wasUnknown = isUnknown(tag);
    row->facts = facts;
    row->problem.clear();
    settle(tag, wasUnknown);
}

void TagsModel::setFailed(const QString& tag, const Error& error) {
    Row* row = rowOf(tag);
    if (row == nullptr || row->facts)
        return;
    const bool wasUnknown = isUnknown(tag);
    row->problem = QString::fromStdString(error.message);
    settle(tag, wasUnknown);
}

void TagsModel::remove(const QString& tag) {
    const auto known = m_rowOf.constFind(tag);
    if (known == m_rowOf.constEnd())
        return;
    const int row = *known;
    if (isUnknown(tag))
        --m_unknown;
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    reindex();
    endRemoveRows();
}

QStringList TagsModel::names() const {
    QStringList names;
    for (const Row& row : m_rows)
        names.append(row.name);
    return names;
}

QString TagsModel::digestOf(int row) const {
    return m_rows[row].facts ? m_rows[row].facts->digest : QString();
}

bool TagsModel::comesBefore(int row, int other) const {
    return m_rows[row].key < m_rows[other].key;
}

bool TagsProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    if (left.column() == TagsModel::Tag)
        return static_cast<const TagsModel*>(sourceModel())->comesBefore(left.row(), right.row());
    const bool knowsLeft = left.data(kSortRole).isValid(), knowsRight = right.data(kSortRole).isValid();
    if (knowsLeft != knowsRight)
        return sortOrder() == Qt::AscendingOrder ? knowsLeft : knowsRight;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace escale::gui
