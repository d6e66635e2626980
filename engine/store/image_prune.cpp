// Giving names, and taking many away at once.
#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/labels.h"
#include "engine/store/store.h"

#include <algorithm>
#include <map>

namespace escale {
namespace {

/// As Docker has it: one that has no tag dangles, also when it has a name by its digest.
bool isWanted(const std::vector<const ImageName*>& names, const PruneFilter& filter) {
    const ImageConfig& settings = names.front()->image.settings;
    const bool dangles =
        std::all_of(names.begin(), names.end(), [](const ImageName* name) { return name->tag.empty(); });
    return (filter.all || dangles) && (filter.until == 0 || settings.created < filter.until) &&
           std::all_of(filter.labels.begin(), filter.labels.end(),
                       [&](const auto& label) { return hasLabel(settings.labels, label); });
}

Result<bool> isUsed(Database& database, uid_t owner, const Digest& image) {
    TRY_ASSIGN(auto rows, database.prepare("SELECT 1 FROM container WHERE owner = ?1 AND image_digest = ?2",
                                           owner, image.toString()));
    return rows.step();
}

} // namespace

Result<void> Store::tagImage(uid_t owner, const std::string& source, const std::string& repository,
                             const std::string& tag) {
    TRY(removeRows([&]() -> Result<void> {
        TRY_ASSIGN(const Image image, findImage(owner, source));
        const std::string digest = image.digest.toString();
        // The image was pulled when it was, whatever it is called.
        TRY_ASSIGN(auto pulled, m_database->prepare(
                                    "SELECT max(pulled_at) FROM image_name WHERE owner = ?1 AND image = ?2",
                                    owner, digest));
        TRY(pulled.step());
        // Without a tag it is kept by its digest, beside others of the repository.
        if (!tag.empty())
            TRY(m_database->run("DELETE FROM image_name WHERE owner = ?1 AND repository = ?2 AND tag = ?3",
                                owner, repository, tag));
        return m_database->run(
            "INSERT INTO image_name(owner, repository, tag, image, pulled_at) VALUES (?1, ?2, ?3, ?4, ?5) "
            "ON CONFLICT(owner, repository, tag, image) DO NOTHING",
            owner, repository, tag, digest, pulled.number(0));
    }));
    return {};
}

Result<bool> Store::nameImage(uid_t owner, const Digest& image, const std::vector<ImageTag>& names) {
    const std::string digest = image.toString();
    bool isThere = false;
    bool isNamed = true;
    {
        const auto held = lock();
        const auto found = loadImage(digest);
        isThere = found.has_value() && exists(blobPath(image)) && exists(blobPath(found->configDigest));
        for (std::size_t i = 0; isThere && i < found->layers.size(); ++i) {
            TRY_ASSIGN(const auto layer, recordedLayer(found->layers[i].diffId));
            isThere = layer && layer->isWhole;
        }
        for (const ImageTag& name : names) {
            TRY_ASSIGN(auto row, m_database->prepare("SELECT 1 FROM image_name WHERE owner = ?1 AND "
                                                     "repository = ?2 AND tag = ?3 AND image = ?4",
                                                     owner, name.repository, name.tag, digest));
            TRY_ASSIGN(const bool has, row.step());
            isNamed = isNamed && has;
        }
    }
    if (!isThere || isNamed)
        return isThere;
    bool isStillThere = false;
    TRY(removeRows([&]() -> Result<void> {
        isStillThere = loadImage(digest).has_value();
        if (!isStillThere)
            return {};
        for (const ImageTag& name : names)
            TRY(recordName(owner, name, digest, nowMilliseconds()));
        return {};
    }));
    return isStillThere;
}

Result<PrunedImages> Store::pruneImages(uid_t owner, const PruneFilter& filter) {
    PrunedImages pruned;
    const auto takeNames = [&]() -> Result<void> {
        pruned = {}; // of a first attempt, on a full disk
        TRY_ASSIGN(const auto names, images(owner));
        std::map<Digest, std::vector<const ImageName*>> byImage;
        for (const ImageName& name : names)
            byImage[name.image.digest].push_back(&name);
        for (const auto& [image, its] : byImage) {
            TRY_ASSIGN(const bool used, isUsed(*m_database, owner, image));
            if (used || !isWanted(its, filter))
                continue;
            TRY(m_database->run("DELETE FROM image_name WHERE owner = ?1 AND image = ?2", owner,
                                image.toString()));
            pruned.images.push_back(image);
            for (const ImageName* name : its)
                pruned.names.push_back(name->text());
        }
        return {};
    };
    TRY_ASSIGN(pruned.bytes, removeRows(takeNames));
    std::sort(pruned.names.begin(), pruned.names.end());
    return pruned;
}

} // namespace escale
