// Which paths of an image are shown: those of one layer, or all up to it, by what the layer did to them and
// by a text. Computed in one pass over the tree; cheap enough to be made anew at each keystroke.
#pragma once

#include "engine/image/layer_stack.h"

#include <array>
#include <string>
#include <vector>

namespace escale {

struct LayerQuery {
    std::size_t layer = 0;
    bool thisLayerOnly = false; // else the file system as it is once this layer lies on those below
    std::array<bool, 4> wanted{true, true, true, true}; // by LayerChange
    std::string text; // in a name, or in the path when it holds a "/"; small and capital letters are one
};

class LayerSelection {
public:
    /// `stack` outlives this.
    LayerSelection(const LayerStack& stack, const LayerQuery& query);

    [[nodiscard]] bool isShown(LayerStack::NodeId id) const { return m_states[id].isShown; }
    /// Of a folder Changed, too, when something in it is other than unchanged.
    [[nodiscard]] LayerChange change(LayerStack::NodeId id) const { return m_states[id].change; }
    /// Bytes of the file, or of the shown files in the folder. What was removed counts by what it was.
    [[nodiscard]] std::uint64_t size(LayerStack::NodeId id) const { return m_states[id].size; }
    /// Shown files, without folders.
    [[nodiscard]] std::size_t fileCount() const { return m_files; }
    /// The shown ones, folders first, then by name.
    [[nodiscard]] std::vector<LayerStack::NodeId> children(LayerStack::NodeId id) const;
    [[nodiscard]] bool hasChildren(LayerStack::NodeId id) const { return m_states[id].hasShownChild; }
    [[nodiscard]] const LayerEntry* entry(LayerStack::NodeId id) const {
        return m_stack.entryAt(id, m_query.layer);
    }
    [[nodiscard]] bool isFolder(LayerStack::NodeId id) const;
    [[nodiscard]] const LayerQuery& query() const { return m_query; }

private:
    struct State {
        std::uint64_t size = 0;
        LayerChange change = LayerChange::Unchanged;
        bool isShown = false, hasShownChild = false, matches = false, hasChange = false;
    };
    void match();
    void show(LayerStack::NodeId id);

    const LayerStack& m_stack;
    LayerQuery m_query;
    std::vector<State> m_states;
    std::size_t m_files = 0;
};

} // namespace escale
