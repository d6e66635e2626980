#include "engine/image/layer_selection.h"

#include <algorithm>
#include <sys/stat.h>

namespace escale {
namespace {

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view wanted) {
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(),
                       [](char one, char other) { return small(one) == other; }) != text.end();
}

} // namespace

LayerSelection::LayerSelection(const LayerStack& stack, const LayerQuery& query)
    : m_stack(stack)
    , m_query(query)
    , m_states(stack.nodeCount()) {
    std::transform(m_query.text.begin(), m_query.text.end(), m_query.text.begin(), small);
    match();
    // A node's number is larger than its folder's: backwards, all that is in a folder comes before it.
    for (auto id = static_cast<LayerStack::NodeId>(m_states.size()); id-- > 0;)
        show(id);
}

void LayerSelection::match() {
    const std::string& text = m_query.text;
    if (text.empty()) {
        for (State& state : m_states)
            state.matches = true;
        return;
    }
    const bool wholePath = text.find('/') != std::string::npos;
    for (LayerStack::NodeId id = 1; id < m_states.size(); ++id)
        m_states[id].matches = m_states[m_stack.node(id).parent].matches ||
                               contains(wholePath ? m_stack.path(id) : m_stack.name(id), text);
}

void LayerSelection::show(LayerStack::NodeId id) {
    State& state = m_states[id];
    const LayerStack::Version* version = m_stack.versionAt(id, m_query.layer);
    const bool isOfLayer = version != nullptr && version->layer == m_query.layer;
    // Where it is gone since a layer below, nothing is to be seen.
    const bool isThere = version != nullptr && (isOfLayer || version->change != LayerChange::Removed);
    const LayerEntry* found = isThere ? entry(id) : nullptr;
    if (found == nullptr)
        return;
    state.change = isOfLayer ? version->change : LayerChange::Unchanged;
    state.hasChange = state.hasChange || state.change != LayerChange::Unchanged;
    const bool isFolder = S_ISDIR(found->mode);
    // A folder with a change in it is told as changed, but it is shown for the sake of what is in it.
    const bool matches = state.matches && (isOfLayer || !m_query.thisLayerOnly) &&
                         m_query.wanted.at(static_cast<std::size_t>(state.change)) &&
                         !(isFolder && state.change == LayerChange::Unchanged && state.hasChange);
    state.isShown = matches || state.hasShownChild || id == LayerStack::kRoot;
    if (!isFolder) {
        state.size = state.isShown && S_ISREG(found->mode) ? found->size : 0;
        m_files += state.isShown ? 1 : 0;
    }
    if (state.change == LayerChange::Unchanged && state.hasChange)
        state.change = LayerChange::Changed;
    if (id == LayerStack::kRoot)
        return;
    State& parent = m_states[m_stack.node(id).parent];
    parent.size += state.size;
    parent.hasShownChild = parent.hasShownChild || state.isShown;
    parent.hasChange = parent.hasChange || state.hasChange;
}

bool LayerSelection::isFolder(LayerStack::NodeId id) const {
    const LayerEntry* found = entry(id);
    return found != nullptr && S_ISDIR(found->mode);
}

std::vector<LayerStack::NodeId> LayerSelection::children(LayerStack::NodeId id) const {
    std::vector<LayerStack::NodeId> shown;
    for (const LayerStack::NodeId child : m_stack.children(id)) {
        if (m_states[child].isShown)
            shown.push_back(child);
    }
    std::stable_partition(shown.begin(), shown.end(),
                          [this](LayerStack::NodeId child) { return isFolder(child); });
    return shown;
}

} // namespace escale
