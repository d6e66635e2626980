// The layers of an image, laid over each other: one tree of every path that any layer has, and what each
// layer did to it (overlay semantics: Linux, Documentation/filesystems/overlayfs.rst). Built once, then
// read-only: to be read from any thread.
#pragma once

#include "engine/image/layer_records.h"
#include "engine/image/overlay_changes.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// What a layer did to a path, seen from it.
enum class LayerChange : std::uint8_t { Added, Changed, Removed, Unchanged };

class LayerStack {
public:
    using NodeId = std::uint32_t;
    static constexpr NodeId kRoot = 0;

    /// What one layer says of a path. Removed also of what lies below a folder that was removed.
    struct Version {
        std::uint32_t layer = 0;
        LayerChange change = LayerChange::Added;
        bool isExplicit = false; // the layer has an entry of its own for it
        std::uint32_t entry = 0; // of that layer; of what was removed: none
    };

    struct Node {
        NodeId parent = kRoot;                            // smaller than its own number but for the root
        std::uint32_t firstChild = 0, childCount = 0;     // in children()
        std::uint32_t firstVersion = 0, versionCount = 0; // in versions()
    };

    struct LayerSummary {
        std::uint64_t size = 0; // bytes of file content; the names of one file count once
        std::uint32_t added = 0, changed = 0, removed = 0; // files, without folders
        std::uint32_t entries = 0;
    };

    /// `layers` base first, each as LayerRecordReader gives it.
    explicit LayerStack(std::vector<std::vector<LayerEntry>> layers);

    [[nodiscard]] std::size_t layerCount() const { return m_layers.size(); }
    [[nodiscard]] std::size_t nodeCount() const { return m_nodes.size(); }
    [[nodiscard]] const Node& node(NodeId id) const { return m_nodes[id]; }
    [[nodiscard]] const LayerSummary& summary(std::size_t layer) const { return m_summaries[layer]; }
    [[nodiscard]] const std::vector<LayerEntry>& entries(std::size_t layer) const { return m_layers[layer]; }
    /// The path that the entry is at.
    [[nodiscard]] NodeId nodeOf(std::size_t layer, std::uint32_t entry) const {
        return m_nodeOf[layer][entry];
    }

    /// In the order of their names' bytes.
    [[nodiscard]] std::span<const NodeId> children(NodeId id) const;
    /// In the order of their layers.
    [[nodiscard]] std::span<const Version> versions(NodeId id) const;
    [[nodiscard]] std::string_view name(NodeId id) const { return m_names[id]; }
    /// "/usr/bin"; "/" of the root.
    [[nodiscard]] std::string path(NodeId id) const;
    /// nodeCount() when no layer has it.
    [[nodiscard]] NodeId find(std::string_view path) const;

    /// The last version up to that layer; null when the path is not there yet.
    [[nodiscard]] const Version* versionAt(NodeId id, std::size_t layer) const;
    /// The entry that is seen there when the layers up to that one are laid over each other; of a file that
    /// this layer removed the one that it removed. Null when there is none.
    [[nodiscard]] const LayerEntry* entryAt(NodeId id, std::size_t layer) const;
    /// Removed: it is not there (any more). Unchanged: a layer below has made it as it is.
    [[nodiscard]] LayerChange changeAt(NodeId id, std::size_t layer) const;
    [[nodiscard]] bool existsAt(NodeId id, std::size_t layer) const;

private:
    class Builder;
    std::vector<std::vector<LayerEntry>> m_layers;
    std::vector<std::vector<NodeId>> m_nodeOf; // by layer and entry
    std::vector<LayerSummary> m_summaries;
    std::vector<Node> m_nodes;
    std::vector<std::string_view> m_names; // into the entries
    std::vector<NodeId> m_children;
    std::vector<Version> m_versions;
};

} // namespace escale
