#include "engine/image/layer_stack.h"

#include <algorithm>
#include <sys/stat.h>
#include <unordered_map>
#include <unordered_set>

namespace escale {
namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

std::uint64_t keyOf(std::uint32_t parent, std::string_view name) {
    return std::hash<std::string_view>()(name) * 0x9e3779b97f4a7c15ULL + parent;
}

} // namespace

// Nodes and versions are chained lists while layers come in, and lie in rows once all are there.
class LayerStack::Builder {
public:
    explicit Builder(LayerStack& stack)
        : m_stack(stack) {}
    void build();

private:
    struct Draft {
        NodeId parent;
        std::string_view name;
        NodeId firstChild = kNone, nextSibling = kNone;
        std::uint32_t firstVersion = kNone, lastVersion = kNone;
    };
    struct Link {
        Version version;
        std::uint32_t next = kNone;
    };

    NodeId nodeFor(NodeId parent, std::string_view name);
    void addLayer(std::uint32_t layer);
    void place(NodeId id, std::uint32_t layer, std::uint32_t number);
    void removeBelow(NodeId id, std::uint32_t layer);
    void remove(NodeId id, std::uint32_t layer, bool isExplicit, std::uint32_t entry);
    void addVersion(NodeId id, const Version& version);
    void count();
    void layOut();
    [[nodiscard]] const Version* last(NodeId id) const;
    [[nodiscard]] const LayerEntry* liveEntry(NodeId id) const;
    [[nodiscard]] const LayerEntry* entryBelow(NodeId id, std::uint32_t layer) const;

    LayerStack& m_stack;
    std::vector<Draft> m_nodes;
    std::vector<Link> m_versions;
    std::unordered_multimap<std::uint64_t, NodeId> m_byName;
};

LayerStack::NodeId LayerStack::Builder::nodeFor(NodeId parent, std::string_view name) {
    const std::uint64_t key = keyOf(parent, name);
    const auto [begin, end] = m_byName.equal_range(key);
    for (auto each = begin; each != end; ++each) {
        if (m_nodes[each->second].parent == parent && m_nodes[each->second].name == name)
            return each->second;
    }
    const auto id = static_cast<NodeId>(m_nodes.size());
    m_nodes.push_back({parent, name});
    m_nodes[id].nextSibling = m_nodes[parent].firstChild;
    m_nodes[parent].firstChild = id;
    m_byName.emplace(key, id);
    return id;
}

const LayerStack::Version* LayerStack::Builder::last(NodeId id) const {
    const std::uint32_t link = m_nodes[id].lastVersion;
    return link == kNone ? nullptr : &m_versions[link].version;
}

const LayerEntry* LayerStack::Builder::liveEntry(NodeId id) const {
    const Version* version = last(id);
    return version == nullptr || version->change == LayerChange::Removed
               ? nullptr
               : &m_stack.m_layers[version->layer][version->entry];
}

void LayerStack::Builder::addVersion(NodeId id, const Version& version) {
    Draft& node = m_nodes[id];
    const auto link = static_cast<std::uint32_t>(m_versions.size());
    m_versions.push_back({version});
    if (node.lastVersion == kNone)
        node.firstVersion = link;
    else
        m_versions[node.lastVersion].next = link;
    node.lastVersion = link;
}

// With all that is in it. By a list of its own: folders may be deep.
void LayerStack::Builder::remove(NodeId id, std::uint32_t layer, bool isExplicit, std::uint32_t entry) {
    if (liveEntry(id) == nullptr)
        return; // nothing is hidden by it
    removeBelow(id, layer);
    addVersion(id, {layer, LayerChange::Removed, isExplicit, entry});
}

void LayerStack::Builder::removeBelow(NodeId id, std::uint32_t layer) {
    std::vector<NodeId> waiting{id};
    while (!waiting.empty()) {
        const NodeId folder = waiting.back();
        waiting.pop_back();
        for (NodeId child = m_nodes[folder].firstChild; child != kNone; child = m_nodes[child].nextSibling) {
            const LayerEntry* entry = liveEntry(child);
            if (entry == nullptr || last(child)->layer == layer)
                continue;
            addVersion(child, {layer, LayerChange::Removed, false, kNone});
            waiting.push_back(child);
        }
    }
}

/// What the layers below `layer` show there.
const LayerEntry* LayerStack::Builder::entryBelow(NodeId id, std::uint32_t layer) const {
    const LayerEntry* entry = nullptr;
    for (std::uint32_t link = m_nodes[id].firstVersion; link != kNone; link = m_versions[link].next) {
        const Version& version = m_versions[link].version;
        if (version.layer >= layer)
            break;
        entry = version.change == LayerChange::Removed ? nullptr
                                                       : &m_stack.m_layers[version.layer][version.entry];
    }
    return entry;
}

void LayerStack::Builder::place(NodeId id, std::uint32_t layer, std::uint32_t number) {
    const LayerEntry& entry = m_stack.m_layers[layer][number];
    if (entry.whiteout)
        return remove(id, layer, true, number);
    const LayerEntry* before = entryBelow(id, layer);
    const bool isFolder = S_ISDIR(entry.mode);
    if (before != nullptr && S_ISDIR(before->mode) && (!isFolder || entry.opaque))
        removeBelow(id, layer);
    if (before == nullptr)
        return addVersion(id, {layer, LayerChange::Added, true, number});
    // A layer repeats the folders on the way to its files: that alone is no change.
    const bool isSameFolder = isFolder && S_ISDIR(before->mode) && !entry.opaque &&
                              before->mode == entry.mode && before->owner == entry.owner &&
                              before->group == entry.group;
    const Version* known = last(id);
    if (known->layer == layer) { // removed with its folder, which this layer fills anew
        m_versions[m_nodes[id].lastVersion].version = {layer, LayerChange::Changed, true, number};
        return;
    }
    if (!isSameFolder)
        addVersion(id, {layer, LayerChange::Changed, true, number});
}

void LayerStack::Builder::addLayer(std::uint32_t layer) {
    const std::vector<LayerEntry>& entries = m_stack.m_layers[layer];
    std::vector<NodeId>& nodes = m_stack.m_nodeOf[layer];
    nodes.reserve(entries.size());
    for (std::uint32_t number = 0; number < entries.size(); ++number) {
        const LayerEntry& entry = entries[number];
        nodes.push_back(number == 0 ? kRoot : nodeFor(nodes[entry.parent], entry.name));
        place(nodes.back(), layer, number);
    }
}

void LayerStack::Builder::build() {
    std::size_t total = 0;
    for (const auto& layer : m_stack.m_layers)
        total += layer.size();
    m_nodes.reserve(total + 1);
    m_versions.reserve(total + 1);
    m_byName.reserve(total + 1);
    m_nodes.push_back({kRoot, {}});
    m_stack.m_nodeOf.resize(m_stack.m_layers.size());
    m_stack.m_summaries.resize(m_stack.m_layers.size());
    for (std::uint32_t layer = 0; layer < m_stack.m_layers.size(); ++layer)
        addLayer(layer);
    layOut();
    count();
}

void LayerStack::Builder::layOut() {
    LayerStack& stack = m_stack;
    stack.m_nodes.resize(m_nodes.size());
    stack.m_names.resize(m_nodes.size());
    stack.m_children.reserve(m_nodes.size());
    stack.m_versions.reserve(m_versions.size());
    for (NodeId id = 0; id < m_nodes.size(); ++id) {
        const Draft& draft = m_nodes[id];
        Node& node = stack.m_nodes[id];
        node.parent = draft.parent;
        stack.m_names[id] = draft.name;
        node.firstVersion = static_cast<std::uint32_t>(stack.m_versions.size());
        for (std::uint32_t link = draft.firstVersion; link != kNone; link = m_versions[link].next)
            stack.m_versions.push_back(m_versions[link].version);
        node.versionCount = static_cast<std::uint32_t>(stack.m_versions.size()) - node.firstVersion;
        node.firstChild = static_cast<std::uint32_t>(stack.m_children.size());
        for (NodeId child = draft.firstChild; child != kNone; child = m_nodes[child].nextSibling)
            stack.m_children.push_back(child);
        node.childCount = static_cast<std::uint32_t>(stack.m_children.size()) - node.firstChild;
        std::sort(stack.m_children.begin() + node.firstChild, stack.m_children.end(),
                  [this](NodeId one, NodeId other) { return m_nodes[one].name < m_nodes[other].name; });
    }
}

void LayerStack::Builder::count() {
    LayerStack& stack = m_stack;
    for (std::size_t layer = 0; layer < stack.m_layers.size(); ++layer) {
        LayerSummary& summary = stack.m_summaries[layer];
        std::unordered_set<std::uint64_t> linked;
        summary.entries = static_cast<std::uint32_t>(stack.m_layers[layer].size());
        for (const LayerEntry& entry : stack.m_layers[layer]) {
            if (S_ISREG(entry.mode) && (entry.link == 0 || linked.insert(entry.link).second))
                summary.size += entry.size;
        }
    }
    for (NodeId id = 0; id < stack.m_nodes.size(); ++id) {
        for (const Version& version : stack.versions(id)) {
            const LayerEntry* entry = stack.entryAt(id, version.layer);
            if (entry == nullptr || S_ISDIR(entry->mode))
                continue;
            LayerSummary& summary = stack.m_summaries[version.layer];
            summary.added += version.change == LayerChange::Added ? 1U : 0U;
            summary.changed += version.change == LayerChange::Changed ? 1U : 0U;
            summary.removed += version.change == LayerChange::Removed ? 1U : 0U;
        }
    }
}

LayerStack::LayerStack(std::vector<std::vector<LayerEntry>> layers)
    : m_layers(std::move(layers)) {
    Builder(*this).build();
}

std::span<const LayerStack::NodeId> LayerStack::children(NodeId id) const {
    return std::span(m_children).subspan(m_nodes[id].firstChild, m_nodes[id].childCount);
}

std::span<const LayerStack::Version> LayerStack::versions(NodeId id) const {
    return std::span(m_versions).subspan(m_nodes[id].firstVersion, m_nodes[id].versionCount);
}

std::string LayerStack::path(NodeId id) const {
    if (id == kRoot)
        return "/";
    std::vector<std::string_view> names;
    std::size_t size = 0;
    for (; id != kRoot; id = m_nodes[id].parent) {
        names.push_back(m_names[id]);
        size += names.back().size() + 1;
    }
    std::string text;
    text.reserve(size);
    for (auto each = names.rbegin(); each != names.rend(); ++each)
        text.append("/").append(*each);
    return text;
}

LayerStack::NodeId LayerStack::find(std::string_view path) const {
    NodeId id = kRoot;
    while (!path.empty()) {
        const auto slash = path.find('/');
        const std::string_view name = path.substr(0, slash);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (name.empty())
            continue;
        const auto all = children(id);
        const auto found =
            std::lower_bound(all.begin(), all.end(), name, [this](NodeId child, std::string_view wanted) {
                return m_names[child] < wanted;
            });
        if (found == all.end() || m_names[*found] != name)
            return static_cast<NodeId>(m_nodes.size());
        id = *found;
    }
    return id;
}

const LayerStack::Version* LayerStack::versionAt(NodeId id, std::size_t layer) const {
    const Version* found = nullptr;
    for (const Version& version : versions(id)) {
        if (version.layer > layer)
            break;
        found = &version;
    }
    return found;
}

const LayerEntry* LayerStack::entryAt(NodeId id, std::size_t layer) const {
    const LayerEntry* found = nullptr;
    for (const Version& version : versions(id)) {
        if (version.layer > layer)
            break;
        if (version.change != LayerChange::Removed)
            found = &m_layers[version.layer][version.entry];
        else if (version.layer < layer)
            found = nullptr;
    }
    return found;
}

LayerChange LayerStack::changeAt(NodeId id, std::size_t layer) const {
    const Version* version = versionAt(id, layer);
    if (version == nullptr)
        return LayerChange::Removed;
    return version->layer == layer || version->change == LayerChange::Removed ? version->change
                                                                              : LayerChange::Unchanged;
}

bool LayerStack::existsAt(NodeId id, std::size_t layer) const {
    const Version* version = versionAt(id, layer);
    return version != nullptr && version->change != LayerChange::Removed;
}

} // namespace escale
