// What an image still stores though nobody sees it: files of its layers that a later layer removes or
// replaces. Layers are only ever added; what a later one removes is downloaded and kept all the same.
#pragma once

#include "engine/image/layer_stack.h"

#include <cstdint>
#include <vector>

namespace escale {

struct HiddenFile {
    LayerStack::NodeId node = 0;
    std::uint32_t layer = 0;    // that holds it
    std::uint32_t hiddenBy = 0; // the next one above that says something of the path
    bool isRemoved = false;     // otherwise it is replaced
    std::uint64_t bytes = 0; // that are of no use; of several names of one file, all hidden, the first one's
};

struct HiddenFiles {
    std::vector<HiddenFile> files;      // the largest first
    std::vector<std::uint64_t> byLayer; // bytes hidden in each, base first
    std::uint64_t bytes = 0;
};

/// Of the first `layers` ones, laid over each other. A file with several names in its layer is hidden when
/// all of them are.
HiddenFiles hiddenFiles(const LayerStack& stack, std::size_t layers);

} // namespace escale
