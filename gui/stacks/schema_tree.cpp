#include "gui/stacks/schema_tree.h"

#include <deque>

namespace escale::gui {
namespace {

// Owns the nodes: a deque leaves them where they are.
class SchemaTree {
public:
    SchemaTree() {
        for (const compose::Property& property : compose::properties()) {
            SchemaNode* node =
                nodeOf(QString::fromUtf8(property.path.data(), qsizetype(property.path.size())));
            node->property = &property;
            if (property.items != 0)
                below(node, QStringLiteral("[]"))->given = property.items;
            if (property.members != 0)
                below(node, QStringLiteral("*"))->given = property.members;
        }
    }
    [[nodiscard]] const SchemaNode& root() const { return m_nodes.front(); }

private:
    SchemaNode* nodeOf(const QString& path) {
        SchemaNode* node = &m_nodes.front();
        for (QString step : path.split(u'.', Qt::SkipEmptyParts)) {
            int items = 0;
            for (; step.endsWith(QLatin1String("[]")); ++items)
                step.chop(2);
            if (!step.isEmpty())
                node = below(node, step);
            for (; items > 0; --items)
                node = below(node, QStringLiteral("[]"));
        }
        return node;
    }
    SchemaNode* below(SchemaNode* parent, const QString& name) {
        if (const auto found = m_children.constFind({parent, name}); found != m_children.constEnd())
            return *found;
        SchemaNode* node = &m_nodes.emplace_back();
        node->name = name;
        node->parent = parent;
        node->path = name == QLatin1String("[]") ? parent->path + name
                     : parent->path.isEmpty()    ? name
                                                 : parent->path + u'.' + name;
        m_children.insert({parent, name}, node);
        if (name == QLatin1String("*"))
            parent->any = node;
        else if (name == QLatin1String("[]"))
            parent->item = node;
        else {
            parent->children.append(node);
            parent->byName.insert(name, node);
        }
        return node;
    }

    std::deque<SchemaNode> m_nodes = std::deque<SchemaNode>(1);
    QHash<std::pair<const SchemaNode*, QString>, SchemaNode*> m_children;
};

} // namespace

const SchemaNode* SchemaNode::child(const QString& key) const {
    const auto found = byName.constFind(key);
    return found != byName.constEnd() ? *found : any;
}

std::uint16_t SchemaNode::types() const {
    if (property != nullptr)
        return property->types;
    if (given != 0)
        return given;
    return static_cast<std::uint16_t>((item != nullptr ? compose::kList : 0) |
                                      (any != nullptr || !children.isEmpty() ? compose::kMap : 0));
}

const compose::Property* SchemaNode::explained() const {
    if (property != nullptr || parent == nullptr)
        return property;
    return name == QLatin1String("[]") || name == QLatin1String("*") ? parent->explained() : nullptr;
}

const SchemaNode& schemaRoot() {
    static const SchemaTree kTree;
    return kTree.root();
}

} // namespace escale::gui
