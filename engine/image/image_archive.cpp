#include "engine/image/image_archive.h"

#include "engine/base/json.h"
#include "engine/image/decompress.h"
#include "engine/image/entry_path.h"
#include "engine/image/image_config.h"
#include "engine/image/media_types.h"

#include <algorithm>
#include <array>
#include <set>

namespace escale {
namespace {

constexpr int kDeepestIndex = 4;
// Documents that are read to find one image.
constexpr int kMostReads = 200;
constexpr std::size_t kPiece = 256 * 1024;

tl::unexpected<Error> bad(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the archive is not valid: " + why,
                "Save the image again; when it came from somebody else, ask how it was made.");
}

bool isIndex(std::string_view type) {
    return type == kOciIndex || type == kDockerList;
}
bool isManifest(std::string_view type) {
    return type == kOciManifest || type == kDockerManifest;
}

std::string blobPath(const Digest& digest) {
    return "blobs/sha256/" + std::string(digest.hex());
}

/// A descriptor of an index, with what makes it an image or not.
struct Entry {
    Descriptor descriptor;
    std::optional<Platform> platform;
    const Json* annotations = nullptr;
};

/// Nothing for what is no image: attestations, signatures, artifacts.
Result<std::optional<Entry>> readEntry(const Json& json) {
    std::string type = json.at("mediaType").toString();
    if (!isIndex(type) && !isManifest(type))
        return std::optional<Entry>();
    auto digest = Digest::parse(json.at("digest").toString());
    const auto size = json.at("size").toUnsigned();
    if (!digest || !size)
        return bad("an entry of its index has no digest or no size");
    Entry entry{{std::move(type), *std::move(digest), *size}, {}, &json.at("annotations")};
    if (entry.annotations->contains("vnd.docker.reference.type"))
        return std::optional<Entry>();
    if (const Json& platform = json.at("platform"); platform.isObject()) {
        entry.platform = Platform{platform.at("os").toString(), platform.at("architecture").toString(),
                                  platform.at("variant").toString()};
        if (entry.platform->architecture == "unknown")
            return std::optional<Entry>();
    }
    return std::optional(std::move(entry));
}

Result<Json> parseIndex(std::string_view bytes, const std::string& what) {
    auto index = Json::parse(bytes);
    if (!index)
        return bad(what + ": " + index.error().message);
    if (!index->at("manifests").isArray())
        return bad(what + " lists no manifests");
    if (index->at("manifests").items().size() > kMostIndexEntries)
        return bad(what + " has more than " + std::to_string(kMostIndexEntries) + " entries");
    return index;
}

Result<std::string> checkedName(const std::string& name) {
    if (name.size() > ImageArchive::kLongestName)
        return bad("it names an image " + quotedName(name));
    return name;
}

Result<Digest> digestOf(const ArchiveMember& member) {
    DigestHasher hasher;
    std::vector<std::uint8_t> piece(kPiece);
    for (std::uint64_t done = 0; done < member.size;) {
        TRY_ASSIGN(const std::size_t got, member.read(done, piece));
        if (got == 0)
            return bad("a layer ends in the middle");
        hasher.update(piece.data(), got);
        done += got;
    }
    return hasher.finish();
}

} // namespace

struct ImageArchive::Candidates {
    ImageIndex index; // flat
    int reads = 0;
    std::optional<Error> other; // why something that was found is no image
};

Result<ImageArchive> ImageArchive::open(std::unique_ptr<ArchiveMembers> members) {
    ImageArchive archive;
    archive.m_members = std::move(members);
    TRY_ASSIGN(const auto index, archive.m_members->find("index.json"));
    TRY_ASSIGN(const auto manifest, archive.m_members->find("manifest.json"));
    if (index) {
        TRY_ASSIGN(const std::string bytes, readMember(*index, kLongestManifest, "index.json"));
        TRY(archive.listLayout(bytes));
    }
    if (archive.m_images.empty() && manifest) {
        TRY_ASSIGN(const std::string bytes, readMember(*manifest, kLongestManifest, "manifest.json"));
        TRY(archive.listDocker(bytes));
    }
    if (!index && !manifest) {
        TRY_ASSIGN(const auto repositories, archive.m_members->find("repositories"));
        return fail(ErrorCode::Unsupported,
                    repositories
                        ? "the archive was saved by a Docker older than 1.10"
                        : "this is no archive of images: it holds neither manifest.json nor index.json",
                    repositories ? "Load it into a newer Docker and save it again."
                                 : "A container's or a system's files are imported instead.");
    }
    if (archive.m_images.empty())
        return fail(ErrorCode::Unsupported, "the archive holds no image");
    if (archive.m_images.size() > kMostImages)
        return bad("it holds more than " + std::to_string(kMostImages) + " images");
    return archive;
}

const std::vector<std::string>& ImageArchive::names(std::size_t image) const {
    return m_images.at(image).names;
}

const std::string& ImageArchive::tag(std::size_t image) const {
    return m_images.at(image).tag;
}

Result<ImageDocuments> ImageArchive::documents(std::size_t image, const Platform& platform) {
    const Listed& listed = m_images.at(image);
    return listed.dockerItem ? dockerDocuments(m_dockerItems.at(*listed.dockerItem))
                             : layoutDocuments(listed, platform);
}

Result<ArchiveMember> ImageArchive::layer(const Digest& blob) const {
    const auto known = m_dockerLayers.find(blob);
    TRY_ASSIGN(auto member, m_members->find(known != m_dockerLayers.end() ? known->second : blobPath(blob)));
    if (!member)
        return bad("it lacks the layer " + blob.toString());
    return *std::move(member);
}

// ---- OCI image layout

Result<void> ImageArchive::listLayout(const std::string& index) {
    TRY_ASSIGN(const Json parsed, parseIndex(index, "index.json"));
    std::map<std::string, std::size_t> byName;
    for (const Json& entry : parsed.at("manifests").items()) {
        TRY(addEntry(entry, byName));
    }
    // An image of several names stands in the index once a name.
    std::map<std::vector<Digest>, std::size_t> first;
    std::vector<Listed> images;
    for (Listed& image : m_images) {
        std::vector<Digest> digests;
        for (const Descriptor& entry : image.entries)
            digests.push_back(entry.digest);
        const auto [known, isNew] = first.emplace(std::move(digests), images.size());
        if (isNew) {
            images.push_back(std::move(image));
            continue;
        }
        Listed& same = images[known->second];
        same.names.insert(same.names.end(), image.names.begin(), image.names.end());
        if (same.names.size() > kMostNames)
            return bad("an image in it has more than " + std::to_string(kMostNames) + " names");
        if (same.tag.empty())
            same.tag = image.tag;
    }
    m_images = std::move(images);
    return {};
}

Result<void> ImageArchive::addEntry(const Json& json, std::map<std::string, std::size_t>& byName) {
    TRY_ASSIGN(auto entry, readEntry(json));
    if (!entry)
        return {};
    const std::string reference = entry->annotations->at("org.opencontainers.image.ref.name").toString();
    std::string name = entry->annotations->at("io.containerd.image.name").toString();
    // image-spec annotations.md leaves open what it is; a tag alone is most common, then a whole name.
    if (name.empty() && reference.find_first_of("/:@") != std::string::npos)
        name = reference;
    TRY_ASSIGN(name, checkedName(name));
    TRY_ASSIGN(const std::string tag, checkedName(name.empty() ? reference : std::string()));
    // One image may have an entry a platform.
    const bool isOneOfMany = !name.empty() || !tag.empty() || entry->platform;
    const auto [known, isNew] = byName.emplace(name + ' ' + tag, m_images.size());
    if (isOneOfMany && !isNew) {
        auto& entries = m_images.at(known->second).entries;
        const bool isThere = std::any_of(entries.begin(), entries.end(), [&](const Descriptor& each) {
            return each.digest == entry->descriptor.digest;
        });
        if (!isThere)
            entries.push_back(std::move(entry->descriptor));
        return {};
    }
    Listed image;
    image.entries.push_back(std::move(entry->descriptor));
    if (!name.empty())
        image.names.push_back(std::move(name));
    image.tag = tag;
    m_images.push_back(std::move(image));
    return {};
}

Result<std::string> ImageArchive::readBlob(const Descriptor& descriptor, std::size_t limit) const {
    const std::string path = blobPath(descriptor.digest);
    TRY_ASSIGN(const auto member, m_members->find(path));
    if (!member)
        return fail(ErrorCode::NotFound, "the archive lacks " + path);
    if (member->size != descriptor.size)
        return bad(path + " has " + std::to_string(member->size) + " bytes, not " +
                   std::to_string(descriptor.size) + " as what names it says");
    TRY_ASSIGN(std::string bytes, readMember(*member, limit, path));
    if (Digest::ofData(bytes) != descriptor.digest)
        return bad(path + " has other content than its digest says");
    return bytes;
}

/// Adds the manifests that a descriptor leads to. What the archive lacks is left out: an index may name
/// platforms that were not saved.
Result<void> ImageArchive::collect(const Descriptor& descriptor, int depth, Candidates& candidates) const {
    if (depth > kDeepestIndex || ++candidates.reads > kMostReads)
        return bad("its indexes are nested too deep, or name too many images");
    auto bytes = readBlob(descriptor, kLongestManifest);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) {
        candidates.other = bytes.error();
        return {};
    }
    if (!bytes)
        return fail(std::move(bytes).error());
    if (isManifest(descriptor.mediaType)) {
        auto platform = platformOf(*bytes, descriptor.mediaType);
        if (platform && *platform)
            candidates.index.entries.push_back({descriptor, **platform});
        else if (!platform && platform.error().code != ErrorCode::Unsupported)
            return fail(std::move(platform).error());
        else if (!platform)
            candidates.other = platform.error();
        return {};
    }
    TRY_ASSIGN(const Json index, parseIndex(*bytes, "an index"));
    for (const Json& json : index.at("manifests").items()) {
        TRY_ASSIGN(const auto entry, readEntry(json));
        if (!entry)
            continue;
        if (entry->platform && isManifest(entry->descriptor.mediaType)) {
            TRY_ASSIGN(const auto member, m_members->find(blobPath(entry->descriptor.digest)));
            if (member)
                candidates.index.entries.push_back({entry->descriptor, *entry->platform});
        } else {
            TRY(collect(entry->descriptor, depth + 1, candidates));
        }
    }
    return {};
}

/// As its configuration says; nothing when that is missing.
Result<std::optional<Platform>> ImageArchive::platformOf(const std::string& manifest,
                                                         const std::string& type) const {
    TRY_ASSIGN(const ManifestDocument document, parseManifest(manifest, type));
    const auto* image = std::get_if<ImageManifest>(&document);
    if (image == nullptr)
        return bad("a manifest is an index");
    TRY_ASSIGN(const std::string config, readBlob(image->config, kLongestImageConfig));
    const auto parsed = Json::parse(config);
    if (!parsed)
        return bad("a configuration: " + parsed.error().message);
    return std::optional(Platform{parsed->at("os").toString(), parsed->at("architecture").toString(),
                                  parsed->at("variant").toString()});
}

Result<ImageDocuments> ImageArchive::layoutDocuments(const Listed& image, const Platform& platform) const {
    Candidates candidates;
    for (const Descriptor& entry : image.entries) {
        TRY(collect(entry, 0, candidates));
    }
    if (candidates.index.entries.empty() && candidates.other)
        return fail(*candidates.other);
    TRY_ASSIGN(const IndexEntry chosen, choosePlatform(candidates.index, platform));
    ImageDocuments documents;
    documents.manifestType = chosen.manifest.mediaType;
    TRY_ASSIGN(documents.manifest, readBlob(chosen.manifest, kLongestManifest));
    TRY_ASSIGN(const ManifestDocument document, parseManifest(documents.manifest, documents.manifestType));
    const auto* manifest = std::get_if<ImageManifest>(&document);
    if (manifest == nullptr)
        return bad("a manifest is an index");
    TRY_ASSIGN(documents.config, readBlob(manifest->config, kLongestImageConfig));
    return documents;
}

// ---- docker archive

Result<void> ImageArchive::listDocker(const std::string& manifest) {
    const auto parsed = Json::parse(manifest);
    if (!parsed)
        return bad("manifest.json: " + parsed.error().message);
    if (!parsed->isArray() || parsed->items().size() > kMostImages)
        return bad("manifest.json is no list of images, or too long a one");
    for (const Json& item : parsed->items()) {
        const auto config = item.getString("Config");
        auto layers = item.getStrings("Layers");
        auto names = item.getStrings("RepoTags");
        if (!config || !layers || !names)
            return bad("manifest.json has an item without \"Config\", or with malformed lists");
        if (layers->size() > kMostLayers || names->size() > kMostNames)
            return bad("an image in manifest.json has too many layers or names");
        Listed image;
        for (const std::string& name : *names) {
            TRY_ASSIGN(std::string checked, checkedName(name));
            image.names.push_back(std::move(checked));
        }
        image.dockerItem = m_dockerItems.size();
        m_images.push_back(std::move(image));
        m_dockerItems.push_back({*config, *std::move(layers)});
    }
    return {};
}

Result<LayerDescriptor> ImageArchive::dockerLayer(const std::string& path, const Digest& diffId) {
    TRY_ASSIGN(const auto member, m_members->find(path));
    if (!member)
        return bad("it lacks the layer " + quotedName(path));
    std::array<std::uint8_t, kStreamHead> head{};
    TRY_ASSIGN(const std::size_t size, member->read(0, head));
    const StreamForm form = streamForm(std::span(head).first(size));
    LayerDescriptor layer{std::string(kDockerLayer), diffId, member->size, LayerCompression::None};
    if (form == StreamForm::Gzip)
        layer.mediaType += ".gzip";
    else if (form == StreamForm::Zstd)
        layer.mediaType += ".zstd";
    if (form == StreamForm::Gzip || form == StreamForm::Zstd) {
        TRY_ASSIGN(layer.digest, digestOf(*member));
    }
    m_dockerLayers.emplace(layer.digest, path);
    return layer;
}

Result<ImageDocuments> ImageArchive::dockerDocuments(const DockerItem& item) {
    TRY_ASSIGN(const auto member, m_members->find(item.config));
    if (!member)
        return bad("it lacks the configuration " + quotedName(item.config));
    ImageDocuments documents{{}, std::string(kDockerManifest), {}};
    TRY_ASSIGN(documents.config, readMember(*member, kLongestImageConfig, item.config));
    const Digest configDigest = Digest::ofData(documents.config);
    if (item.config.starts_with("blobs/sha256/") && item.config != blobPath(configDigest))
        return bad(quotedName(item.config) + " has other content than its digest says");
    TRY_ASSIGN(const ParsedImageConfig config, parseImageConfig(documents.config, item.layers.size()));
    Json::Array layers;
    for (std::size_t i = 0; i < item.layers.size(); ++i) {
        TRY_ASSIGN(const LayerDescriptor layer, dockerLayer(item.layers[i], config.diffIds.at(i)));
        layers.emplace_back(Json::Object{
            {"mediaType", layer.mediaType}, {"digest", layer.digest.toString()}, {"size", layer.size}});
    }
    documents.manifest =
        Json(Json::Object{{"schemaVersion", 2},
                          {"mediaType", kDockerManifest},
                          {"config", Json::Object{{"mediaType", kDockerConfig},
                                                  {"digest", configDigest.toString()},
                                                  {"size", std::uint64_t(documents.config.size())}}},
                          {"layers", std::move(layers)}})
            .dump();
    return documents;
}

} // namespace escale
