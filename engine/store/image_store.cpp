// Finding and listing images.
#include "engine/store/image_config.h"
#include "engine/store/store.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kShortestHex = 6;
constexpr std::size_t kHexLength = 64;
constexpr std::string_view kDigestPrefix = "sha256:";

bool isHex(std::string_view text) {
    return text.size() >= kShortestHex && text.size() <= kHexLength &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct Reference {
    std::string repository; // empty: a digest alone
    std::string tag;
    std::string hex; // the first digits of the digest, or all
};

Reference split(const std::string& text) {
    const auto bare = [](std::string_view digest) {
        if (digest.starts_with(kDigestPrefix))
            digest.remove_prefix(kDigestPrefix.size());
        return digest;
    };
    if (isHex(bare(text)))
        return {{}, {}, std::string(bare(text))};
    if (const auto at = text.find('@'); at != std::string::npos) {
        std::string repository = text.substr(0, at);
        // "name:tag@digest": the digest decides, as everywhere in the OCI world.
        if (const auto colon = repository.rfind(':');
            colon != std::string::npos && repository.find('/', colon) == std::string::npos)
            repository.resize(colon);
        return {repository, {}, std::string(bare(std::string_view(text).substr(at + 1)))};
    }
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || text.find('/', colon) != std::string::npos)
        return {text, {}, {}};
    return {text.substr(0, colon), text.substr(colon + 1), {}};
}

Result<Statement> matches(Database& database, uid_t owner, const Reference& wanted) {
    if (wanted.hex.empty())
        return database.prepare(
            "SELECT DISTINCT image FROM image_name WHERE owner = ?1 AND repository = ?2 AND tag = ?3", owner,
            wanted.repository, wanted.tag);
    return database.prepare(
        "SELECT DISTINCT image FROM image_name WHERE owner = ?1 AND substr(image, 8, ?2) = ?3 "
        "AND (?4 = '' OR repository = ?4) LIMIT 2",
        owner, wanted.hex.size(), wanted.hex, wanted.repository);
}

} // namespace

Result<Image> Store::loadImage(const std::string& digest) {
    TRY_ASSIGN(
        auto row,
        m_database->prepare(
            "SELECT config_digest, settings, config_size, media_type FROM image WHERE digest = ?1", digest));
    TRY_ASSIGN(const bool found, row.step());
    if (!found)
        return fail(ErrorCode::NotFound, "no image " + digest);
    TRY_ASSIGN(auto own, Digest::parse(digest));
    TRY_ASSIGN(auto configDigest, Digest::parse(row.text(0)));
    TRY_ASSIGN(auto settings, imageConfigFromJson(row.text(1)));
    Image image{std::move(own),
                std::move(configDigest),
                std::move(settings),
                static_cast<std::uint64_t>(row.number(2)),
                0,
                {},
                row.text(3)};
    TRY_ASSIGN(auto layers,
               m_database->prepare("SELECT layer.number, layer.diff_id, layer.size, image_layer.blob_size "
                                   "FROM image_layer JOIN layer ON layer.number = image_layer.layer "
                                   "WHERE image_layer.image = ?1 ORDER BY image_layer.position",
                                   digest));
    for (;;) {
        TRY_ASSIGN(const bool more, layers.step());
        if (!more)
            return image;
        TRY_ASSIGN(auto diffId, Digest::parse(layers.text(1)));
        const auto size = static_cast<std::uint64_t>(layers.number(2));
        image.layers.push_back({layers.number(0), std::move(diffId), size});
        image.size += size;
        image.downloadSize += static_cast<std::uint64_t>(layers.number(3));
    }
}

Result<std::vector<ImageLayer>> Store::layersOf(const Digest& image) {
    const auto held = lock();
    TRY(loadImage(image.toString())); // is there one?
    TRY_ASSIGN(auto rows,
               m_database->prepare("SELECT layer.diff_id, image_layer.blob_digest, image_layer.blob_size, "
                                   "image_layer.media_type, layer.size "
                                   "FROM image_layer JOIN layer ON layer.number = image_layer.layer "
                                   "WHERE image_layer.image = ?1 ORDER BY image_layer.position",
                                   image.toString()));
    std::vector<ImageLayer> layers;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return layers;
        TRY_ASSIGN(auto diffId, Digest::parse(rows.text(0)));
        TRY_ASSIGN(auto blobDigest, Digest::parse(rows.text(1)));
        layers.push_back({std::move(diffId), std::move(blobDigest),
                          static_cast<std::uint64_t>(rows.number(2)), rows.text(3),
                          static_cast<std::uint64_t>(rows.number(4)), std::nullopt});
    }
}

Result<std::vector<ImageName>> Store::images(uid_t owner) {
    const auto held = lock();
    std::vector<ImageName> names;
    TRY_ASSIGN(auto rows, m_database->prepare(
                              "SELECT repository, tag, pulled_at, image FROM image_name WHERE owner = ?1 "
                              "ORDER BY repository, tag, image",
                              owner));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return names;
        TRY_ASSIGN(auto image, loadImage(rows.text(3)));
        names.push_back({rows.text(0), rows.text(1), rows.number(2), std::move(image)});
    }
}

Result<Image> Store::findImage(uid_t owner, const std::string& reference) {
    const auto held = lock();
    TRY_ASSIGN(auto rows, matches(*m_database, owner, split(reference)));
    TRY_ASSIGN(const bool found, rows.step());
    if (!found)
        return fail(ErrorCode::NotFound, "no image \"" + reference + "\"", "Pull it first.");
    const std::string digest = rows.text(0);
    TRY_ASSIGN(const bool another, rows.step());
    if (another)
        return fail(ErrorCode::InvalidArgument, "\"" + reference + "\" could be several images",
                    "Give a tag, or more digits of the digest.");
    return loadImage(digest);
}

Result<Image> Store::imageByDigest(const Digest& digest) {
    const auto held = lock();
    return loadImage(digest.toString());
}

} // namespace escale
