// The second half of reading YAML: what a file says, with aliases as references → Nodes, with aliases and
// merge keys replaced (10-fragments.md). Here a YAML bomb goes off, in a bunker: all that is made is counted
// first.
#pragma once

#include "engine/stack/compose/parse_yaml.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace escale::compose {

/// A part of a file as it is written.
struct RawNode {
    NodeKind kind = NodeKind::Null;
    NodeTag tag = NodeTag::None;
    bool quoted = false;
    bool isAlias = false;
    std::uint32_t target = 0; // of an alias; always an earlier one, or one that it stands in
    std::string text;
    Place place;
    std::vector<std::uint32_t> children; // of a map: key, value, key, value …
};

class YamlExpansion {
public:
    YamlExpansion(const std::vector<RawNode>& raw, const YamlLimits& limits, Problems& problems);

    /// Nullopt, and a problem, when it would become larger or deeper than the limits.
    std::optional<Node> expand(std::uint32_t root);

private:
    struct Pair {
        std::uint32_t key;
        std::uint32_t value;
    };
    using Seen = std::unordered_map<std::string_view, std::uint32_t>; // key's text → its node

    bool expand(std::uint32_t index, unsigned depth, Node& node);
    bool expandMap(std::uint32_t index, unsigned depth, Node& node);
    bool collect(std::uint32_t map, unsigned depth, bool merged, Seen& seen, std::vector<Pair>& pairs);
    bool collectMerged(std::uint32_t source, unsigned depth, Seen& seen, std::vector<Pair>& pairs);
    std::uint32_t resolved(std::uint32_t index) const;
    /// Whether it still fits; tells once.
    bool spend(const RawNode& node, unsigned depth);
    bool stop(const RawNode& node, std::string what, std::string hint);
    void tellTwice(std::uint32_t key, std::uint32_t first);
    void tell(const RawNode& node, std::string what, std::string hint);

    const std::vector<RawNode>& m_raw;
    YamlLimits m_limits;
    Problems& m_problems;
    std::vector<bool> m_open; // nodes that are being expanded: an alias to one of them has no end
    std::vector<bool> m_told; // keys that are there twice: an alias shows the map again
    std::size_t m_nodes = 0;
    std::size_t m_bytes = 0;
};

} // namespace escale::compose
