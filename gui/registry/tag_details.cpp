#include "gui/registry/tag_details.h"

#include "engine/image/manifest.h"
#include "engine/registry/docker_hub.h"
#include "gui/registry/registry_accounts.h"

namespace escale::gui {
namespace {

QString text(const std::string& bytes) {
    return QString::fromStdString(bytes);
}

// An image's manifest and configuration.
struct Image {
    ImageManifest manifest;
    ParsedImageConfig config;
    std::string configBytes;
};

// The manifest that a tag names: an index or an image.
struct Named {
    FetchedManifest fetched;
    ManifestDocument document;
    [[nodiscard]] const ImageIndex* index() const { return std::get_if<ImageIndex>(&document); }
};

Result<Named> readNamed(RegistryClient& client, const std::string& repository, const std::string& tag,
                        const Cancellation& cancellation) {
    const Reference reference{client.registry(), repository, tag, std::nullopt};
    TRY_ASSIGN(FetchedManifest fetched, client.fetchManifest(reference, cancellation));
    TRY_ASSIGN(ManifestDocument document, parseManifest(fetched.bytes, fetched.mediaType));
    return Named{std::move(fetched), std::move(document)};
}

QStringList platformsOf(const ImageIndex& index) {
    QStringList platforms;
    for (const IndexEntry& entry : index.entries) {
        if (const QString name = text(entry.platform.toString()); !platforms.contains(name))
            platforms.append(name);
    }
    return platforms;
}

Result<ImageManifest> manifestOf(RegistryClient& client, const std::string& repository, const Named& named,
                                 const Platform& wanted, const Cancellation& cancellation) {
    if (const auto* image = std::get_if<ImageManifest>(&named.document))
        return *image;
    TRY_ASSIGN(const IndexEntry entry, choosePlatform(*named.index(), wanted));
    TRY_ASSIGN(const FetchedManifest fetched,
               client.fetchManifest(repository, entry.manifest.digest, cancellation));
    TRY_ASSIGN(ManifestDocument document, parseManifest(fetched.bytes, fetched.mediaType));
    if (auto* image = std::get_if<ImageManifest>(&document))
        return std::move(*image);
    return fail(ErrorCode::Unsupported, "the index leads to another index");
}

Result<Image> readImage(RegistryClient& client, const std::string& repository, ImageManifest manifest,
                        const Cancellation& cancellation) {
    TRY_ASSIGN(std::string bytes, client.readBlob(repository, manifest.config.digest, manifest.config.size,
                                                  kLongestImageConfig, cancellation));
    TRY_ASSIGN(ParsedImageConfig config, parseImageConfig(bytes, manifest.layers.size()));
    return Image{std::move(manifest), std::move(config), std::move(bytes)};
}

QString platformOf(const ImageConfig& config) {
    return text(Platform{config.os, config.architecture, config.variant}.toString());
}

QList<TagLayer> layersOf(const Image& image) {
    QList<TagLayer> layers;
    for (std::size_t i = 0; i < image.manifest.layers.size(); ++i) {
        const LayerDescriptor& layer = image.manifest.layers[i];
        layers.append(
            {text(image.config.diffIds[i].toString()), text(layer.digest.toString()), layer.size, {}});
    }
    // Who made which layer is a help; an image without a history is one all the same.
    if (const auto history = imageHistory(image.configBytes, image.manifest.layers.size())) {
        for (const HistoryStep& step : *history) {
            if (step.layer)
                layers[static_cast<qsizetype>(*step.layer)].instruction = text(step.instruction).simplified();
        }
    }
    return layers;
}

} // namespace

Result<TagFacts> readTagFacts(RegistryClient& client, const std::string& repository, const std::string& tag,
                              const Cancellation& cancellation) {
    TRY_ASSIGN(const Named named, readNamed(client, repository, tag, cancellation));
    TagFacts facts;
    facts.digest = text(named.fetched.digest.toString());
    if (const ImageIndex* index = named.index()) {
        facts.platforms = platformsOf(*index);
        if (!choosePlatform(*index, Platform::ofThisMachine()))
            return facts; // the platforms say so
    }
    TRY_ASSIGN(ImageManifest manifest,
               manifestOf(client, repository, named, Platform::ofThisMachine(), cancellation));
    facts.size = manifest.downloadSize();
    TRY_ASSIGN(const Image image, readImage(client, repository, std::move(manifest), cancellation));
    facts.created = image.config.settings.created;
    if (named.index() == nullptr) {
        facts.platforms = QStringList(platformOf(image.config.settings));
        if (!checkPlatform(image.config.settings, Platform::ofThisMachine()))
            facts.size.reset();
    }
    return facts;
}

Result<TagFacts> readHubTagFacts(const RegistryOptions& options, const std::string& repository,
                                 const std::string& tag, const Cancellation& cancellation) {
    TRY_ASSIGN(const HubTag found,
               readHubTag(hubHost(), repository, tag, Platform::ofThisMachine(), options, cancellation));
    TagFacts facts;
    facts.digest = text(found.digest);
    for (const Platform& platform : found.platforms)
        facts.platforms.append(text(platform.toString()));
    facts.size = found.size;
    facts.created = found.updated;
    facts.isUpload = true;
    return facts;
}

Result<TagDetails> readTagDetails(RegistryClient& client, const std::string& repository,
                                  const std::string& tag, const QString& platform,
                                  const Cancellation& cancellation) {
    TRY_ASSIGN(const Named named, readNamed(client, repository, tag, cancellation));
    TagDetails details;
    details.digest = text(named.fetched.digest.toString());
    details.mediaType = text(named.fetched.mediaType);
    details.rateLimit = client.rateLimit();
    Platform wanted = Platform::ofThisMachine();
    if (!platform.isEmpty()) {
        TRY_ASSIGN(wanted, Platform::parse(platform.toStdString()));
    }
    if (const ImageIndex* index = named.index()) {
        details.platforms = platformsOf(*index);
        if (!choosePlatform(*index, wanted))
            return details; // not for this machine: the platforms say so
    }
    TRY_ASSIGN(ImageManifest manifest, manifestOf(client, repository, named, wanted, cancellation));
    TRY_ASSIGN(const Image image, readImage(client, repository, std::move(manifest), cancellation));
    details.config = image.config.settings;
    details.platform = platformOf(details.config);
    if (details.platforms.isEmpty())
        details.platforms = QStringList(details.platform);
    details.layers = layersOf(image);
    return details;
}

std::string hubHost() {
    return qEnvironmentVariable("ESCALE_HUB", QStringLiteral("hub.docker.com")).toStdString();
}

Result<RegistryOptions> optionsForAsking(const QString& registry) {
    RegistryOptions options;
    TRY_ASSIGN(RegistryAccess own, RegistryChoices::load(registry).access());
    TRY_ASSIGN(options.access, RegistryAccounts::access(registry, std::move(own)));
    options.attempts = 2;
    options.stallTimeout = std::chrono::seconds(15);
    options.longestWait = std::chrono::seconds(5);
    return options;
}

} // namespace escale::gui
