// A build's images: those that it begins with or copies from, and the one that it makes.
#pragma once

#include "helper/service/build_work.h"
#include "helper/worker/pull.h"

#include <mutex>
#include <vector>

namespace escale {

/// As an account and the choices of one who builds say. InvalidArgument: no reference.
Result<PullRequest> pullRequestWith(const RegistryChoices& choices, uid_t owner, const std::string& reference,
                                    const std::string& platform);
/// Whether the image is of that platform, "" being this machine's, or runs there.
bool runsOn(const Image& image, const std::string& platform);

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
