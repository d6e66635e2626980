#include "helper/service/build_roots.h"

#include "engine/build/step_key.h"
#include "engine/image/media_types.h"

namespace escale {
namespace {

constexpr std::size_t kMostRoots = 20'000; // a builder that asks for more is no builder
constexpr std::size_t kMostLayers = 127;   // what overlayfs and Docker take

} // namespace

RootLayer RootLayer::ofStep(const Layer& layer, std::int64_t madeAt) {
    return {layer, layer.diffId, 0, kOciLayer, madeAt};
}

StepRoot BuildRoot::toStepRoot() const {
    StepRoot root;
    for (const RootLayer& each : layers)
        root.layers.push_back(each.layer);
    return root;
}

BuildRoot BuildRoot::with(const RootLayer& layer) const {
    BuildRoot result = *this;
    result.layers.push_back(layer);
    return result;
}

std::string BuildRoot::chain() const {
    std::vector<std::string> diffIds;
    for (const RootLayer& each : layers)
        diffIds.push_back(each.layer.diffId.toString());
    return chainOf(diffIds);
}

RootId BuildRoots::add(BuildRoot root) {
    const std::lock_guard lock(m_mutex);
    if (root.layers.empty())
        return 0;
    m_roots.emplace(++m_last, std::move(root));
    return m_last;
}

Result<BuildRoot> BuildRoots::find(RootId id) {
    if (id == 0)
        return BuildRoot();
    const std::lock_guard lock(m_mutex);
    const auto found = m_roots.find(id);
    if (found == m_roots.end() || m_roots.size() > kMostRoots)
        return fail(ErrorCode::Untrusted, "the builder names a file system that there is not");
    if (found->second.layers.size() > kMostLayers)
        return fail(ErrorCode::Unsupported,
                    "the image would have more than " + std::to_string(kMostLayers) + " layers",
                    "Join RUN and COPY instructions.");
    return found->second;
}

} // namespace escale
