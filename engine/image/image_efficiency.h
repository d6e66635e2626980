// How much of an image's layers is of use: the score and the wasted bytes that wagoodman/dive shows, by its
// definition (dive/filetree/efficiency.go), so that the figures of both can be compared.
//
// Each path that stands in a layer as a leaf counts with its size; a removed file with 0, a removed folder
// with what was in it. Of each path only the smallest of its sizes was needed:
//
//   score = sum of the smallest sizes / sum of all sizes        wasted = sum of all sizes of paths met twice
#pragma once

#include "engine/image/layer_stack.h"

#include <vector>

namespace escale {

struct WastedPath {
    LayerStack::NodeId node = 0;
    std::uint32_t times = 0; // in how many layers it stands
    std::uint64_t bytes = 0; // all of them together
};

struct ImageEfficiency {
    double score = 1; // 0…1
    std::uint64_t wastedBytes = 0;
    std::vector<WastedPath> paths; // met twice or more, the largest first
};

ImageEfficiency imageEfficiency(const LayerStack& stack);

} // namespace escale
