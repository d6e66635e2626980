// A Compose file as a tree that knows where each part stood: what all steps of the loader work on, from YAML
// to the canonical form. Plain values; no YAML library is seen from here.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale::compose {

struct Place {
    std::uint32_t file = 0;   // index in Loaded::files
    std::uint32_t line = 0;   // from 1; 0: nowhere (a default, an environment)
    std::uint32_t column = 0; // from 1, in characters
    std::uint32_t length = 0; // in characters, of what stands there; 0: unknown
    bool operator==(const Place&) const = default;
};

enum class NodeKind : std::uint8_t { Null, Scalar, List, Map };
/// What `!reset` and `!override` of 13-merge.md say of a node.
enum class NodeTag : std::uint8_t { None, Reset, Override };

struct NodeEntry;

struct Node {
    NodeKind kind = NodeKind::Null;
    NodeTag tag = NodeTag::None;
    bool quoted = false; // a scalar that YAML makes no number, boolean or null of
    std::string text;    // of a scalar, after interpolation
    std::string raw;     // before it; empty when nothing was replaced
    std::vector<Node> items;
    std::vector<NodeEntry> entries; // in the file's order, each key once
    Place place;

    [[nodiscard]] bool isNull() const { return kind == NodeKind::Null; }
    [[nodiscard]] bool isScalar() const { return kind == NodeKind::Scalar; }
    [[nodiscard]] bool isList() const { return kind == NodeKind::List; }
    [[nodiscard]] bool isMap() const { return kind == NodeKind::Map; }
    /// The value of a map's key; null when it is no map or has no such key.
    [[nodiscard]] const Node* find(std::string_view key) const;
    [[nodiscard]] Node* find(std::string_view key);
    /// find() down a way: at({"deploy", "resources", "limits"}).
    [[nodiscard]] const Node* at(std::initializer_list<std::string_view> keys) const;
    /// The text of a scalar child; empty when there is none.
    [[nodiscard]] std::string textOf(std::string_view key) const;
    /// The value of a key, made (null) at the end when it is not there. Makes a map of a null.
    Node& set(std::string_view key);
    void erase(std::string_view key);

    static Node scalar(std::string text, Place place = {}, bool quoted = true);
    static Node list(); // no default argument instead: NodeEntry is not complete yet
    static Node list(std::vector<Node> items, Place place = {});
    static Node map(Place place = {});
};

struct NodeEntry {
    std::string key;
    Place place; // of the key
    Node value;
};

/// The same kinds, texts and order; places and raw texts do not count.
bool sameContent(const Node& a, const Node& b);

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words);

// Scalars as YAML 1.2 core and compose-go read them; nullopt: it is none.
std::optional<bool> booleanOf(const Node& node); // true, false; unquoted yes, no, on, off, y, n are texts
std::optional<std::int64_t> integerOf(const Node& node); // decimal, 0x, 0o and 0… (octal, for modes)
std::optional<double> numberOf(const Node& node);

} // namespace escale::compose
