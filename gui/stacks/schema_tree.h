// The schema's table as a tree, so that a way in a file is followed key by key while one types. Built once;
// any thread.
#pragma once

#include "engine/stack/compose/schema.h"

#include <QHash>
#include <QList>
#include <QString>

namespace escale::gui {

struct SchemaNode {
    QString name;                                // "ports"; "*" for any key, "[]" for any item
    QString path;                                // "services.*.ports[]"
    const compose::Property* property = nullptr; // null: a step on the way, or an item whose list says it all
    const SchemaNode* parent = nullptr;          // null: a whole file
    std::uint16_t given = 0;                     // types, when no property says them
    QList<const SchemaNode*> children;           // with names of their own, in the table's order
    QHash<QString, const SchemaNode*> byName;
    const SchemaNode* any = nullptr;
    const SchemaNode* item = nullptr;

    /// What the value of a key is; null: no such key is known.
    [[nodiscard]] const SchemaNode* child(const QString& key) const;
    /// Types its value may have, as bits of compose::Types; 0 when they are not known.
    [[nodiscard]] std::uint16_t types() const;
    /// The property that explains it: its own, or that of what it is an item or a member of; null: none.
    [[nodiscard]] const compose::Property* explained() const;
    [[nodiscard]] bool holdsKeys() const { return any != nullptr || !children.isEmpty(); }
    [[nodiscard]] bool holdsItems() const { return item != nullptr || (types() & compose::kList) != 0; }
};

/// Of a whole file.
const SchemaNode& schemaRoot();

} // namespace escale::gui
