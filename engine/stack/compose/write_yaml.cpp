#include "engine/stack/compose/write_yaml.h"

#include "engine/stack/compose/key_order.h"
#include "engine/stack/compose/yaml_scalar.h"

namespace escale::compose {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kLongestKey = 128; // of those that YAML reads in one line with their value

class Writer {
public:
    std::string text;

    /// What stands behind "key:" or "-", with the line break at its end.
    void value(const Node& node, const SchemaBranch* branch, std::size_t indent) {
        if (node.isList() && !node.items.empty()) {
            text += '\n';
            list(node, branch, indent);
        } else if (node.isMap() && !node.entries.empty()) {
            text += '\n';
            map(node, branch, indent, false);
        } else {
            text += ' ' + inLine(node, indent) + '\n';
        }
    }

    void map(const Node& node, const SchemaBranch* branch, std::size_t indent, bool isBegun) {
        for (const NodeEntry* entry : inOrder(node, branch)) {
            if (!isBegun)
                text.append(indent, ' ');
            isBegun = false;
            const SchemaBranch* below = branch == nullptr        ? nullptr
                                        : branch->any != nullptr ? branch->any.get()
                                                                 : branch->find(entry->key);
            const std::string key = yamlText(entry->key);
            if (key.size() > kLongestKey)
                (text += "? " + key + '\n').append(indent, ' ');
            else
                text += key;
            text += ':';
            value(entry->value, below, indent + kIndent);
        }
    }

    void list(const Node& node, const SchemaBranch* branch, std::size_t indent) {
        const SchemaBranch* below = branch == nullptr ? nullptr : branch->item.get();
        for (const Node& item : node.items) {
            text.append(indent, ' ') += '-';
            if (item.isMap() && !item.entries.empty()) {
                text += ' ';
                map(item, below, indent + kIndent, true);
            } else {
                value(item, below, indent + kIndent);
            }
        }
    }

    static std::string inLine(const Node& node, std::size_t indent) {
        switch (node.kind) {
        case NodeKind::Null:
            return "null";
        case NodeKind::List:
            return "[]";
        case NodeKind::Map:
            return "{}";
        case NodeKind::Scalar:
            break;
        }
        if (!node.quoted && node.raw.empty() && (booleanOf(node) || numberOf(node)))
            return node.text;
        return fitsBlock(node.text) ? yamlBlock(node.text, indent) : yamlText(node.text);
    }
};

} // namespace

std::string writeYaml(const Node& node) {
    Writer writer;
    if (node.isMap() && !node.entries.empty())
        writer.map(node, &schemaTree(), 0, false);
    else if (node.isList() && !node.items.empty())
        writer.list(node, nullptr, 0);
    else
        writer.text = Writer::inLine(node, kIndent) + '\n';
    return std::move(writer.text);
}

} // namespace escale::compose
