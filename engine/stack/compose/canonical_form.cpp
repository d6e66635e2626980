#include "engine/stack/compose/canonical_form.h"

#include "engine/base/byte_size.h"
#include "engine/base/go_duration.h"
#include "engine/stack/compose/scalar_types.h"
#include "engine/stack/compose/schema_tree.h"
#include "engine/stack/compose/short_forms.h"

#include <charconv>
#include <cmath>

namespace escale::compose {
namespace {

constexpr std::size_t kMostPorts = 200'000; // that short texts of one file may mean

/// As Go prints a float64.
std::string goNumber(double number) {
    char text[64];
    const double size = std::abs(number);
    const bool isPlain = size == 0 || (size >= 1e-4 && size < 1e21);
    const auto end = std::to_chars(std::begin(text), std::end(text), number,
                                   isPlain ? std::chars_format::fixed : std::chars_format::scientific);
    return {std::begin(text), end.ptr};
}

/// A scalar that YAML has read as a number or boolean, as a text.
void becomeText(Node& node) {
    if (!node.quoted && node.raw.empty()) {
        if (const auto boolean = booleanOf(node))
            node.text = *boolean ? "true" : "false";
        else if (const auto integer = integerOf(node))
            node.text = std::to_string(*integer);
        else if (const auto number = numberOf(node); number && std::isfinite(*number))
            node.text = goNumber(*number);
    }
    node.quoted = true;
}

void become(Node& node, std::string text, bool quoted) {
    node.text = std::move(text);
    node.quoted = quoted;
}

/// What the table says that a scalar is.
void cast(Node& node, std::uint16_t types, FormPart& part) {
    if ((types & kBoolean) != 0 && (types & kText) == 0) {
        const auto boolean = booleanIn(node);
        if (!boolean)
            return;
        const std::string word = node.text;
        become(node, *boolean ? "true" : "false", false);
        if (word.size() != node.text.size())
            part.tell(node.place, '"' + word + "\" is read as " + node.text, "Write " + node.text + '.',
                      Problem::Severity::Note);
        return;
    }
    if ((types & kText) != 0)
        return becomeText(node);
    if ((types & kBytes) != 0) {
        if (const auto bytes = bytesOf(node))
            return become(node, std::to_string(*bytes), true);
        if (const auto integer = integerIn(node)) // -1
            return become(node, std::to_string(*integer), true);
    }
    if ((types & (kInteger | kNumber)) != 0) {
        if (const auto integer = integerIn(node))
            return become(node, std::to_string(*integer), false);
        if (const auto number = numberIn(node); number && std::isfinite(*number) && (types & kNumber) != 0)
            return become(node, goNumber(*number), false);
    }
    if ((types & kDuration) != 0) {
        if (const auto duration = parseGoDuration(node.text))
            become(node, goDurationText(*duration), true);
    }
}

class CanonicalWalk {
public:
    explicit CanonicalWalk(Problems& problems)
        : m_problems(problems) {}

    /// `types` of the node; `property`: its own, null for items and values of free keys.
    void visit(Node& node, const SchemaBranch* branch, std::uint16_t types, const Property* property,
               const std::string& path) {
        if (node.tag == NodeTag::Reset)
            return;
        FormPart part(m_problems, path, m_room);
        const NodeTag tag = node.tag;
        if (const Form form = branch == nullptr ? nullptr : formOf(branch->path))
            form(node, part);
        node.tag = tag;
        if (node.isScalar())
            cast(node, types, part);
        else if (node.isList())
            visitItems(node, branch, property, path);
        else if (node.isMap())
            visitEntries(node, branch, property, path);
    }

private:
    void visitItems(Node& list, const SchemaBranch* branch, const Property* property,
                    const std::string& path) {
        if (property == nullptr)
            return;
        const SchemaBranch* item = branch == nullptr ? nullptr : branch->item.get();
        for (std::size_t i = 0; i < list.items.size(); ++i)
            visit(list.items[i], item, property->items, nullptr, path + '[' + std::to_string(i) + ']');
    }

    void visitEntries(Node& map, const SchemaBranch* branch, const Property* property,
                      const std::string& path) {
        if (branch == nullptr)
            return;
        for (NodeEntry& entry : map.entries) {
            const std::string below = path.empty() ? entry.key : path + '.' + entry.key;
            const std::uint16_t members = property == nullptr ? std::uint16_t(0) : property->members;
            if (branch->any != nullptr) {
                visit(entry.value, branch->any.get(), members, nullptr, below);
            } else if (const SchemaBranch* child = branch->find(entry.key)) {
                visit(entry.value, child, child->property->types, child->property, below);
            } else if (branch->keys.empty() && members != 0) {
                visit(entry.value, nullptr, members, nullptr, below);
            }
        }
    }

    Problems& m_problems;
    std::size_t m_room = kMostPorts;
};

} // namespace

void makeCanonical(Node& file, Problems& problems) {
    CanonicalWalk(problems).visit(file, &schemaTree(), kMap, nullptr, {});
}

std::optional<std::int64_t> durationOf(const Node& node) {
    if (!node.isScalar())
        return std::nullopt;
    const auto nanoseconds = parseGoDuration(node.text);
    return nanoseconds ? std::optional(*nanoseconds / 1'000'000) : std::nullopt;
}

std::optional<std::uint64_t> bytesOf(const Node& node) {
    if (!node.isScalar())
        return std::nullopt;
    std::string text = node.text;
    if (const auto space = text.find(' '); space != std::string::npos && space > 0 &&
                                           space + 1 < text.size() &&
                                           text.find_first_not_of("0123456789.") == space)
        text.erase(space, 1); // "1.5 gb"
    // A p is rarer than a typing mistake, and no machine has one.
    const auto bytes = parseByteSize(text);
    return bytes ? std::optional(*bytes) : std::nullopt;
}

} // namespace escale::compose
