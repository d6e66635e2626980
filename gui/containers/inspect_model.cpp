#include "gui/containers/inspect_model.h"

#include "gui/common/format.h"
#include "gui/common/table.h"
#include "gui/common/theme.h"
#include "gui/containers/inspect_json.h"

#include <QJsonArray>

namespace escale::gui {

struct InspectModel::Node {
    QString name, path;
    QJsonValue value;
    const Node* parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Node>> children;

    Node& add(const QString& childName, const QString& childPath, const QJsonValue& childValue) {
        children.push_back(std::make_unique<Node>());
        Node& child = *children.back();
        child.name = childName;
        child.path = childPath;
        child.value = childValue;
        child.parent = this;
        child.row = static_cast<int>(children.size()) - 1;
        return child;
    }
};

namespace {

// Bytes and times are numbers: what they mean stands beside them.
QString meaning(const QString& name, qint64 number) {
    static const QStringList kTimes{QStringLiteral("created"), QStringLiteral("started"),
                                    QStringLiteral("finished")};
    static const QStringList kBytes{QStringLiteral("memory"), QStringLiteral("memory-reservation"),
                                    QStringLiteral("memory-swap"), QStringLiteral("shm-size")};
    if (number > 0 && kTimes.contains(name))
        return formatTime(number);
    return number > 0 && kBytes.contains(name) ? formatMemory(static_cast<quint64>(number)) : QString();
}

} // namespace

InspectModel::InspectModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>()) {}

InspectModel::~InspectModel() = default;

void InspectModel::addChildren(Node& node) {
    if (node.value.isObject()) {
        const QJsonObject object = node.value.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            addChildren(node.add(member.key(), memberPath(node.path, member.key()), member.value()));
        return;
    }
    const QJsonArray array = node.value.toArray();
    for (int i = 0; i < array.size(); ++i)
        addChildren(node.add(QString::number(i), elementPath(node.path, i), array[i]));
}

void InspectModel::setJson(const QJsonObject& json) {
    if (json == m_json)
        return;
    beginResetModel();
    m_json = json;
    m_root = std::make_unique<Node>();
    // The container itself first, not by the alphabet.
    for (const QString& part :
         {QStringLiteral("container"), QStringLiteral("options"), QStringLiteral("image")}) {
        if (json.contains(part))
            addChildren(m_root->add(part, memberPath({}, part), json.value(part)));
    }
    endResetModel();
}

const InspectModel::Node* InspectModel::nodeAt(const QModelIndex& index) const {
    return index.isValid() ? static_cast<const Node*>(index.constInternalPointer()) : m_root.get();
}

QModelIndex InspectModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, nodeAt(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex InspectModel::parent(const QModelIndex& index) const {
    const Node* above = index.isValid() ? nodeAt(index)->parent : nullptr;
    return above == nullptr || above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int InspectModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int InspectModel::columnCount(const QModelIndex&) const {
    return ColumnCount;
}

QVariant InspectModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Value");
}

QString InspectModel::shownValue(const Node& node) {
    if (node.value.isArray())
        return node.children.empty() ? tr("none")
                                     : tr("%n value(s)", nullptr, static_cast<int>(node.children.size()));
    if (node.value.isObject())
        return node.children.empty() ? tr("none") : QString();
    const QString text = valueText(node.value);
    if (node.value.isString())
        return text.isEmpty() ? dash() : text.simplified();
    const QString meant = node.value.isDouble() ? meaning(node.name, node.value.toInteger()) : QString();
    return meant.isEmpty() ? text : QStringLiteral("%1  (%2)").arg(text, meant);
}

QVariant InspectModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node& node = *nodeAt(index);
    const bool isValue = index.column() == Value;
    switch (role) {
    case Qt::DisplayRole:
        return isValue ? shownValue(node) : node.name;
    case kSortRole:
        return node.row;
    case kIdRole:
    case kPathRole:
        return node.path;
    case kValueRole:
        return valueText(node.value);
    case kJsonRole:
        return jsonText(node.value);
    case kMonospaceRole:
        return isValue && node.children.empty() && !node.value.isArray();
    case Qt::ForegroundRole: {
        const bool quiet = isValue && (node.value.isArray() || node.value.isObject() ||
                                       (node.value.isString() && node.value.toString().isEmpty()));
        return quiet || (!isValue && node.parent->value.isArray()) ? QVariant(QBrush(Colors::current().muted))
                                                                   : QVariant();
    }
    case Qt::ToolTipRole:
        return isValue ? QVariant() : QVariant(node.path);
    case Qt::AccessibleTextRole:
        return isValue ? QVariant() : QVariant(tr("%1, %2").arg(node.name, shownValue(node)));
    default:
        return {};
    }
}

} // namespace escale::gui
