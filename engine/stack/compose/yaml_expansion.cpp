#include "engine/stack/compose/yaml_expansion.h"

namespace escale::compose {
namespace {

constexpr std::size_t kGrowth = 4; // how many times its own size a file's texts may become by aliases

bool isMergeKey(const RawNode& key) {
    return key.kind == NodeKind::Scalar && !key.quoted && key.text == "<<";
}

} // namespace

YamlExpansion::YamlExpansion(const std::vector<RawNode>& raw, const YamlLimits& limits, Problems& problems)
    : m_raw(raw)
    , m_limits(limits)
    , m_problems(problems)
    , m_open(raw.size())
    , m_told(raw.size()) {}

std::optional<Node> YamlExpansion::expand(std::uint32_t root) {
    Node node;
    if (!expand(root, 0, node))
        return std::nullopt;
    return node;
}

std::uint32_t YamlExpansion::resolved(std::uint32_t index) const {
    return m_raw[index].isAlias ? m_raw[index].target : index;
}

void YamlExpansion::tell(const RawNode& node, std::string what, std::string hint) {
    m_problems.push_back({Problem::Severity::Error, node.place, {}, std::move(what), std::move(hint)});
}

bool YamlExpansion::stop(const RawNode& node, std::string what, std::string hint) {
    tell(node, std::move(what), std::move(hint));
    return false;
}

void YamlExpansion::tellTwice(std::uint32_t key, std::uint32_t first) {
    m_told[key] = true;
    const RawNode& resolvedKey = m_raw[resolved(key)];
    tell(m_raw[key],
         "\"" + resolvedKey.text + "\" is there twice in this map, first in line " +
             std::to_string(m_raw[first].place.line),
         isMergeKey(resolvedKey) ? "merge several at once: <<: [*one, *other]" : "remove one of the two");
}

bool YamlExpansion::spend(const RawNode& node, unsigned depth) {
    m_bytes += node.text.size();
    if (++m_nodes > m_limits.nodes || m_bytes > m_limits.bytes * kGrowth)
        return stop(node, "the file becomes too large when its aliases are replaced",
                    "use fewer aliases of large parts: at most " + std::to_string(m_limits.nodes) +
                        " values are read");
    if (depth > m_limits.depth)
        return stop(node, "lists and maps are nested too deeply",
                    "at most " + std::to_string(m_limits.depth) + " levels are read");
    return true;
}

bool YamlExpansion::expand(std::uint32_t index, unsigned depth, Node& node) {
    const std::uint32_t own = resolved(index);
    const RawNode& raw = m_raw[own];
    if (m_open[own])
        return stop(m_raw[index], "the alias stands inside the part that it repeats, which has no end",
                    "anchor a smaller part, or write the value out");
    if (!spend(raw, depth))
        return false;
    node.kind = raw.kind;
    node.tag = raw.tag;
    node.quoted = raw.quoted;
    node.text = raw.text;
    node.place = raw.place;
    m_open[own] = true;
    bool fits = true;
    if (raw.kind == NodeKind::Map) {
        fits = expandMap(own, depth, node);
    } else if (raw.kind == NodeKind::List) {
        node.items.resize(raw.children.size());
        for (std::size_t i = 0; fits && i < raw.children.size(); ++i)
            fits = expand(raw.children[i], depth + 1, node.items[i]);
    }
    m_open[own] = false;
    return fits;
}

bool YamlExpansion::expandMap(std::uint32_t index, unsigned depth, Node& node) {
    Seen seen;
    std::vector<Pair> pairs;
    if (!collect(index, depth, false, seen, pairs))
        return false;
    node.entries.resize(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const RawNode& key = m_raw[resolved(pairs[i].key)];
        node.entries[i].key = key.text;
        node.entries[i].place = key.place;
        m_bytes += key.text.size();
        if (!expand(pairs[i].value, depth + 1, node.entries[i].value))
            return false;
    }
    return true;
}

/// A map's own keys win over merged ones, wherever they stand; merged ones come where "<<" stands.
bool YamlExpansion::collect(std::uint32_t map, unsigned depth, bool merged, Seen& seen,
                            std::vector<Pair>& pairs) {
    const auto& children = m_raw[map].children;
    Seen own;
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
        const RawNode& key = m_raw[resolved(children[i])];
        const bool isText = key.kind == NodeKind::Scalar; // told when it was read
        const auto [there, isNew] = isText ? own.emplace(key.text, children[i]) : std::pair(own.end(), false);
        // A key that becomes a value is paid for there.
        if ((merged || !isNew) && !spend(key, depth))
            return false;
        if (isNew)
            seen.emplace(key.text, children[i]);
        else if (isText && !m_told[children[i]])
            tellTwice(children[i], there->second);
    }
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
        const RawNode& key = m_raw[resolved(children[i])];
        if (key.kind != NodeKind::Scalar || own.at(key.text) != children[i])
            continue;
        if (isMergeKey(key)) {
            if (!collectMerged(children[i + 1], depth, seen, pairs))
                return false;
        } else if (seen.at(key.text) == children[i]) {
            pairs.push_back({children[i], children[i + 1]});
        }
    }
    return true;
}

bool YamlExpansion::collectMerged(std::uint32_t source, unsigned depth, Seen& seen,
                                  std::vector<Pair>& pairs) {
    const std::uint32_t own = resolved(source);
    const RawNode& raw = m_raw[own];
    if (m_open[own])
        return stop(m_raw[source], "the map is merged into itself, which has no end",
                    "anchor another map, and merge that");
    if (!spend(raw, depth))
        return false;
    m_open[own] = true;
    bool fits = true;
    if (raw.kind == NodeKind::Map) {
        fits = collect(own, depth + 1, true, seen, pairs);
    } else if (raw.kind == NodeKind::List) {
        for (std::size_t i = 0; fits && i < raw.children.size(); ++i) {
            const bool isMap = m_raw[resolved(raw.children[i])].kind == NodeKind::Map;
            if (isMap)
                fits = collectMerged(raw.children[i], depth + 1, seen, pairs);
            else
                tell(m_raw[raw.children[i]], "\"<<\" merges maps, and this is none", "name a map: <<: *name");
        }
    } else {
        tell(m_raw[source], "\"<<\" merges maps, and this is none",
             "name a map: <<: *name, or <<: [*one, *other]");
    }
    m_open[own] = false;
    return fits;
}

} // namespace escale::compose
