#include "engine/image/image_efficiency.h"

#include <algorithm>
#include <sys/stat.h>
#include <unordered_set>

namespace escale {
namespace {

struct Met {
    std::uint32_t times = 0;
    std::uint64_t bytes = 0, smallest = 0;
};

class Counting {
public:
    explicit Counting(const LayerStack& stack)
        : m_stack(stack)
        , m_met(stack.nodeCount()) {}
    ImageEfficiency run();

private:
    void countLayer(std::size_t layer);
    [[nodiscard]] std::uint64_t sizeBelow(LayerStack::NodeId id, std::size_t layer) const;

    const LayerStack& m_stack;
    std::vector<Met> m_met;
};

/// Of the files in the folder as the layers below `layer` show it; 0 of anything else.
std::uint64_t Counting::sizeBelow(LayerStack::NodeId id, std::size_t layer) const {
    if (layer == 0 || !m_stack.existsAt(id, layer - 1) || !S_ISDIR(m_stack.entryAt(id, layer - 1)->mode))
        return 0;
    std::uint64_t size = 0;
    std::vector<LayerStack::NodeId> waiting{id};
    while (!waiting.empty()) {
        const LayerStack::NodeId folder = waiting.back();
        waiting.pop_back();
        for (const LayerStack::NodeId child : m_stack.children(folder)) {
            if (!m_stack.existsAt(child, layer - 1))
                continue;
            const LayerEntry& entry = *m_stack.entryAt(child, layer - 1);
            if (S_ISDIR(entry.mode))
                waiting.push_back(child);
            else
                size += S_ISREG(entry.mode) ? entry.size : 0;
        }
    }
    return size;
}

void Counting::countLayer(std::size_t layer) {
    const std::vector<LayerEntry>& entries = m_stack.entries(layer);
    std::vector<bool> isParent(entries.size());
    for (std::uint32_t number = 1; number < entries.size(); ++number)
        isParent[entries[number].parent] = true;
    std::unordered_set<std::uint64_t> linked; // dive reads archives, where a further name has no size
    for (std::uint32_t number = 1; number < entries.size(); ++number) {
        const LayerEntry& entry = entries[number];
        if (isParent[number])
            continue;
        const LayerStack::NodeId node = m_stack.nodeOf(layer, number);
        std::uint64_t size = 0;
        if (entry.whiteout)
            size = sizeBelow(node, layer);
        else if (S_ISREG(entry.mode) && (entry.link == 0 || linked.insert(entry.link).second))
            size = entry.size;
        Met& met = m_met[node];
        met.smallest = met.times == 0 ? size : std::min(met.smallest, size);
        met.bytes += size;
        ++met.times;
    }
}

ImageEfficiency Counting::run() {
    for (std::size_t layer = 0; layer < m_stack.layerCount(); ++layer)
        countLayer(layer);
    ImageEfficiency found;
    std::uint64_t needed = 0, all = 0;
    for (LayerStack::NodeId id = 0; id < m_met.size(); ++id) {
        const Met& met = m_met[id];
        needed += met.smallest;
        all += met.bytes;
        if (met.times < 2)
            continue;
        found.wastedBytes += met.bytes;
        found.paths.push_back({id, met.times, met.bytes});
    }
    if (all > 0)
        found.score = static_cast<double>(needed) / static_cast<double>(all);
    std::stable_sort(found.paths.begin(), found.paths.end(),
                     [](const WastedPath& one, const WastedPath& other) { return one.bytes > other.bytes; });
    return found;
}

} // namespace

ImageEfficiency imageEfficiency(const LayerStack& stack) {
    return Counting(stack).run();
}

} // namespace escale
