#include "engine/image/hidden_files.h"

#include <algorithm>
#include <sys/stat.h>
#include <unordered_map>
#include <utility>

namespace escale {
namespace {

/// The version that comes after `layer`'s own; null when the file is seen.
const LayerStack::Version* nextVersion(const LayerStack& stack, LayerStack::NodeId node, std::size_t layer,
                                       std::size_t layers) {
    for (const LayerStack::Version& version : stack.versions(node)) {
        if (version.layer > layer)
            return version.layer < layers ? &version : nullptr;
    }
    return nullptr;
}

// Files that have another name by which they are seen.
std::unordered_map<std::uint64_t, bool> seenLinks(const LayerStack& stack, std::size_t layer,
                                                  std::size_t layers) {
    std::unordered_map<std::uint64_t, bool> seen;
    const std::vector<LayerEntry>& entries = stack.entries(layer);
    for (std::uint32_t number = 0; number < entries.size(); ++number) {
        if (const std::uint64_t link = entries[number].link; link != 0)
            seen[link] |= nextVersion(stack, stack.nodeOf(layer, number), layer, layers) == nullptr;
    }
    return seen;
}

void addLayer(HiddenFiles& hidden, const LayerStack& stack, std::size_t layer, std::size_t layers) {
    std::unordered_map<std::uint64_t, bool> isCounted = seenLinks(stack, layer, layers);
    const std::vector<LayerEntry>& entries = stack.entries(layer);
    for (std::uint32_t number = 0; number < entries.size(); ++number) {
        const LayerEntry& entry = entries[number];
        if (!S_ISREG(entry.mode) || entry.whiteout)
            continue;
        const LayerStack::NodeId node = stack.nodeOf(layer, number);
        const LayerStack::Version* next = nextVersion(stack, node, layer, layers);
        if (next == nullptr)
            continue;
        const bool isFree = entry.link != 0 && std::exchange(isCounted[entry.link], true);
        const std::uint64_t bytes = isFree ? 0 : entry.size;
        hidden.files.push_back({node, static_cast<std::uint32_t>(layer), next->layer,
                                next->change == LayerChange::Removed, bytes});
        hidden.byLayer[layer] += bytes;
        hidden.bytes += bytes;
    }
}

} // namespace

HiddenFiles hiddenFiles(const LayerStack& stack, std::size_t layers) {
    HiddenFiles hidden;
    hidden.byLayer.resize(layers);
    for (std::size_t layer = 0; layer < layers; ++layer)
        addLayer(hidden, stack, layer, layers);
    std::stable_sort(hidden.files.begin(), hidden.files.end(),
                     [](const HiddenFile& one, const HiddenFile& other) { return one.bytes > other.bytes; });
    return hidden;
}

} // namespace escale
