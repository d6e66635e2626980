// A build's images: those that it begins with or copies from, and the one that it makes.
#pragma once

#include "helper/service/build_work.h"

#include <mutex>
#include <vector>

namespace escale {

class BuildImages {
public:
    explicit BuildImages(const BuildWork& work)
        : m_work(work) {}

    // As BuildOperations has them. Thread-safe.
    Result<ResolvedImage> resolve(const std::string& reference, const std::string& platform);
    Result<CommittedImage> commit(const BuiltImage& image);

private:
    Result<Image> obtain(const std::string& reference, const std::string& platform);
    Result<Image> pull(const std::string& reference, const std::string& platform);
    Result<std::vector<ImageLayer>> layersOf(const BuildRoot& root);

    const BuildWork& m_work;
    std::mutex m_mutex;
    std::vector<KeptImage> m_kept; // as long as the build
};

} // namespace escale
