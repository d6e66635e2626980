// The file systems of one build, by the numbers that its builder knows them by: layers of the store, base
// first, which the build keeps. Thread-safe.
#pragma once

#include "engine/build/build_operations.h"
#include "engine/container/step_container.h"
#include "engine/store/store.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace escale {

/// A layer of a root, as an image's manifest will name it.
struct RootLayer {
    Layer layer;
    Digest blobDigest;
    std::uint64_t blobSize = 0; // 0: the size of its tar
    std::string mediaType;
    std::int64_t madeAt = 0; // Unix milliseconds; of an image's layers when the image was made

    /// One that a step has made: its blob is its tar.
    static RootLayer ofStep(const Layer& layer, std::int64_t madeAt);
};

struct BuildRoot {
    std::vector<RootLayer> layers;

    [[nodiscard]] StepRoot toStepRoot() const;
    [[nodiscard]] BuildRoot with(const RootLayer& layer) const;
    /// As ResolvedImage::layers.
    [[nodiscard]] std::string chain() const;
};

class BuildRoots {
public:
    RootId add(BuildRoot root);
    /// 0 is the empty one. Untrusted: no such number was given.
    Result<BuildRoot> find(RootId id);

private:
    std::mutex m_mutex;
    std::map<RootId, BuildRoot> m_roots;
    RootId m_last = 0;
};

} // namespace escale
