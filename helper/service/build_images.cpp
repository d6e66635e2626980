#include "helper/service/build_images.h"

#include "engine/base/clock.h"
#include "engine/base/go_duration.h"
#include "engine/image/image_documents.h"
#include "engine/image/media_types.h"
#include "engine/image/platform.h"
#include "engine/image/reference.h"
#include "helper/service/layer_steps.h"
#include "helper/worker/pull.h"

#include <algorithm>

namespace escale {
namespace {

constexpr const char* kNameless = "localhost/build";

Result<std::uint64_t> milliseconds(const std::string& duration) {
    if (duration.empty())
        return std::uint64_t{0};
    TRY_ASSIGN(const std::int64_t nanoseconds, parseGoDuration(duration));
    return static_cast<std::uint64_t>(nanoseconds) / 1'000'000;
}

Result<HealthConfig> healthOf(const HealthInstruction& health) {
    HealthConfig config;
    config.command = health.command.words;
    TRY_ASSIGN(config.interval, milliseconds(health.interval));
    TRY_ASSIGN(config.timeout, milliseconds(health.timeout));
    TRY_ASSIGN(config.startPeriod, milliseconds(health.startPeriod));
    TRY_ASSIGN(config.startInterval, milliseconds(health.startInterval));
    config.retries = health.retries;
    return config;
}

Result<ImageConfig> settingsOf(const BuiltImage& image) {
    const StageConfig& stage = image.config;
    ImageConfig settings;
    settings.architecture = image.architecture;
    settings.os = image.os;
    settings.variant = image.variant;
    settings.user = stage.user;
    settings.workingDir = stage.workingDirectory;
    settings.stopSignal = stage.stopSignal;
    settings.created = image.created;
    settings.entrypoint = stage.entrypoint.value_or(std::vector<std::string>());
    settings.command = stage.command.value_or(std::vector<std::string>());
    for (const auto& [name, value] : stage.environment)
        settings.environment.push_back(name + "=" + value);
    settings.exposedPorts.assign(stage.exposedPorts.begin(), stage.exposedPorts.end());
    settings.volumes.assign(stage.volumes.begin(), stage.volumes.end());
    settings.labels.assign(stage.labels.begin(), stage.labels.end());
    if (stage.health) {
        TRY_ASSIGN(settings.health, healthOf(*stage.health));
    }
    return settings;
}

/// When things were made that nobody has said it of: a step's layer when the step was done, the rest with
/// the layer below. So a build that finds everything in the cache makes the same image again.
std::vector<HistoryRecord> historyOf(const BuiltImage& image, const BuildRoot& root) {
    std::vector<HistoryRecord> history;
    const auto told = static_cast<std::size_t>(std::count_if(image.history.begin(), image.history.end(),
                                                             [](const auto& line) { return !line.isEmpty; }));
    // Images need not tell of all of their layers.
    for (std::size_t i = told; i < root.layers.size(); ++i)
        history.push_back({0, "a layer of the image below", {}, {}, false});
    std::size_t layer = history.size();
    std::int64_t last = layer == 0 ? 0 : root.layers[layer - 1].madeAt;
    for (const HistoryLine& line : image.history) {
        if (!line.isEmpty && layer < root.layers.size())
            last = root.layers[layer++].madeAt;
        history.push_back({line.created != 0 ? line.created : last, line.createdBy, line.author, line.comment,
                           line.isEmpty});
    }
    return history;
}

} // namespace

bool runsOn(const Image& image, const std::string& platform) {
    const auto wanted = Platform::parseOrThisMachine(platform);
    const ImageConfig& settings = image.settings;
    return wanted && wanted->distance({settings.os, settings.architecture, settings.variant}) >= 0;
}

Result<PullRequest> pullRequestWith(const RegistryChoices& choices, uid_t owner, const std::string& reference,
                                    const std::string& platform) {
    TRY_ASSIGN(const Reference name, Reference::parse(reference));
    PullRequest request;
    request.owner = owner;
    request.reference = reference;
    request.platform = platform;
    for (const BuildAccount& account : choices.accounts) {
        if (account.registry == name.registry)
            request.credentials = account.credentials;
    }
    request.access.insecure = choices.insecure.contains(name.registry);
    return request;
}

Result<ResolvedImage> BuildImages::resolve(const std::string& reference, const std::string& platform) {
    TRY_ASSIGN(const Reference name, Reference::parse(reference));
    TRY_ASSIGN(const Image image, obtain(name.toString(), platform));
    {
        TRY_ASSIGN(KeptImage kept, m_work.parts.store.keepImage(image.digest));
        const std::lock_guard lock(m_mutex);
        m_kept.push_back(std::move(kept));
    }
    TRY_ASSIGN(std::string config, m_work.parts.store.readBlob(image.configDigest));
    TRY_ASSIGN(const auto blobs, m_work.parts.store.layersOf(image.digest));
    BuildRoot root;
    for (std::size_t i = 0; i < image.layers.size() && i < blobs.size(); ++i)
        root.layers.push_back({image.layers[i], blobs[i].blobDigest, blobs[i].blobSize, blobs[i].mediaType,
                               image.settings.created});
    Reference full = name;
    full.digest = image.digest;
    ResolvedImage resolved{0, full.toString(), std::move(config), root.chain()};
    resolved.root = m_work.roots.add(std::move(root));
    return resolved;
}

Result<Image> BuildImages::obtain(const std::string& reference, const std::string& platform) {
    if (!m_work.order.pulls) {
        auto found = m_work.parts.store.findImage(m_work.owner, reference);
        if (found && runsOn(*found, platform))
            return found;
    }
    return pull(reference, platform);
}

Result<Image> BuildImages::pull(const std::string& reference, const std::string& platform) {
    TRY_ASSIGN(const PullRequest request,
               pullRequestWith(m_work.order.registries, m_work.owner, reference, platform));
    const auto step = m_work.progress.begin(reference, QStringLiteral("downloading"));
    const auto report = [&step](const std::vector<LayerProgress>& layers) {
        const auto sum = toReport(layers);
        step.moved(sum.done, sum.total);
    };
    TRY_ASSIGN(const Pulled pulled, pullImage(m_work.parts.store, m_work.parts.workerProgram, request, report,
                                              m_work.cancellation));
    m_work.parts.news.happened(m_work.owner, "pull", pulled.imageDigest, pulled.name);
    TRY_ASSIGN(const Digest digest, Digest::parse(pulled.imageDigest));
    return m_work.parts.store.imageByDigest(digest);
}

Result<std::vector<ImageLayer>> BuildImages::layersOf(const BuildRoot& root) {
    std::vector<ImageLayer> layers;
    for (const RootLayer& each : root.layers) {
        std::uint64_t blobSize = each.blobSize;
        if (blobSize == 0) {
            TRY_ASSIGN(blobSize, m_work.parts.store.tarSizeOf(each.layer.number));
        }
        layers.push_back(
            {each.layer.diffId, each.blobDigest, blobSize, each.mediaType, each.layer.size, std::nullopt});
    }
    return layers;
}

Result<CommittedImage> BuildImages::commit(const BuiltImage& image) {
    Store& store = m_work.parts.store;
    TRY_ASSIGN(const BuildRoot root, m_work.roots.find(image.root));
    TRY_ASSIGN(auto layers, layersOf(root));
    TRY_ASSIGN(ImageConfig settings, settingsOf(image));
    const BuiltDocument built{historyOf(image, root), image.config.author, image.config.onBuild,
                              image.config.shell};
    if (settings.created == 0)
        settings.created = root.layers.empty() ? nowMilliseconds() : root.layers.back().madeAt;
    TRY_ASSIGN(std::string config, writeBuiltConfig(settings, layers, built));
    std::string manifest = writeManifest(config, layers);
    std::vector<ImageTag> names;
    CommittedImage committed{Digest::ofData(manifest).toString(), {}, 0};
    for (const auto& tag : m_work.order.tags) {
        TRY_ASSIGN(const Reference reference, Reference::parse(tag));
        names.push_back({reference.name(), reference.tag});
        committed.names.push_back(reference.toString());
    }
    if (names.empty()) {
        names.push_back({kNameless, ""});
        committed.names.push_back(std::string(kNameless) + "@" + committed.digest);
    }
    for (const ImageLayer& layer : layers)
        committed.size += layer.size;
    TRY(m_work.cancellation.check());
    const Digest digest = Digest::ofData(manifest);
    TRY_ASSIGN(const bool wasThere, store.nameImage(m_work.owner, digest, names));
    if (!wasThere) {
        const Digest configDigest = Digest::ofData(config);
        const ImageTag first = names.front();
        names.erase(names.begin());
        TRY(store.commitImage({.owner = m_work.owner,
                               .repository = first.repository,
                               .tag = first.tag,
                               .mediaType = kOciManifest,
                               .manifest = std::move(manifest),
                               .config = std::move(config),
                               .manifestDigest = digest,
                               .configDigest = configDigest,
                               .settings = std::move(settings),
                               .layers = std::move(layers),
                               .moreNames = std::move(names)}));
    }
    for (const auto& name : committed.names)
        m_work.parts.news.happened(m_work.owner, "tag", committed.digest, name);
    return committed;
}

} // namespace escale
