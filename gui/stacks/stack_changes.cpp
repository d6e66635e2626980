#include "gui/stacks/stack_changes.h"

#include "gui/containers/secrets.h"

#include <QStringList>

#include <algorithm>

namespace escale::gui {
namespace {

using compose::Node;
using compose::NodeEntry;
using Kind = StackChange::Kind;

QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

// On one line, as people would say it.
QString words(const Node& node) {
    if (node.isScalar())
        return text(node.text);
    QStringList parts;
    for (const Node& item : node.items)
        parts << words(item);
    for (const NodeEntry& entry : node.entries)
        parts << text(entry.key) + QStringLiteral(": ") + words(entry.value);
    const QString comma = QStringLiteral(", ");
    return node.isMap() ? u'{' + parts.join(comma) + u'}' : parts.join(comma);
}

QString shown(const Node& node, const QString& property) {
    const QString name = property.section(u'.', -1);
    return looksSecret(name) ? QStringLiteral("••••••") : maskSecrets(words(node));
}

class Comparison {
public:
    Comparison(QList<StackChange>& changes, QString part, QString name)
        : m_changes(changes)
        , m_part(std::move(part))
        , m_name(std::move(name)) {}

    void compare(const QString& property, const Node& before, const Node& after) {
        if (before.isList() && after.isList() && before.items.size() == after.items.size() &&
            std::all_of(before.items.begin(), before.items.end(),
                        [](const Node& item) { return item.isMap(); })) {
            for (std::size_t i = 0; i < before.items.size(); ++i)
                compare(QStringLiteral("%1[%2]").arg(property).arg(i), before.items[i], after.items[i]);
            return;
        }
        if (!before.isMap() || !after.isMap()) {
            if (!compose::sameContent(before, after))
                add(Kind::Changed, property, shown(before, property), shown(after, property));
            return;
        }
        for (const NodeEntry& old : before.entries) {
            const QString inner = below(property, text(old.key));
            if (const Node* now = after.find(old.key))
                compare(inner, old.value, *now);
            else
                add(Kind::Removed, inner, shown(old.value, inner), {});
        }
        for (const NodeEntry& now : after.entries) {
            const QString inner = below(property, text(now.key));
            if (before.find(now.key) == nullptr)
                add(Kind::Added, inner, {}, shown(now.value, inner));
        }
    }

    void add(Kind kind, const QString& property, const QString& before, const QString& after) {
        m_changes.append({kind, m_part, m_name, property, before, after});
    }

private:
    static QString below(const QString& property, const QString& key) {
        return property.isEmpty() ? key : property + u'.' + key;
    }

    QList<StackChange>& m_changes;
    QString m_part, m_name;
};

void comparePart(QList<StackChange>& changes, const char* part, const Node* before, const Node* after) {
    static const Node kNothing;
    const Node& old = before == nullptr ? kNothing : *before;
    const Node& now = after == nullptr ? kNothing : *after;
    const QString name = QLatin1String(part);
    for (const NodeEntry& entry : old.entries) {
        Comparison one(changes, name, text(entry.key));
        if (const Node* there = now.find(entry.key))
            one.compare({}, entry.value, *there);
        else
            one.add(Kind::Removed, {}, text(entry.value.textOf("image")), {});
    }
    for (const NodeEntry& entry : now.entries) {
        if (old.find(entry.key) == nullptr)
            Comparison(changes, name, text(entry.key))
                .add(Kind::Added, {}, {}, text(entry.value.textOf("image")));
    }
}

} // namespace

QList<StackChange> changesBetween(const Node& running, const Node& wanted) {
    QList<StackChange> changes;
    for (const char* part : {"services", "networks", "volumes", "configs", "secrets"})
        comparePart(changes, part, running.find(part), wanted.find(part));
    return changes;
}

QString pathOf(const StackChange& change) {
    QStringList parts{change.part, change.name};
    if (!change.property.isEmpty())
        parts << change.property;
    return parts.join(u'.');
}

} // namespace escale::gui
