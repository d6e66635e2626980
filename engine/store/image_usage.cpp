#include "engine/store/image_usage.h"

#include "engine/store/folder_bytes.h"
#include "engine/store/store.h"

#include <set>
#include <sys/stat.h>

namespace escale {
namespace {

struct LayerUse {
    unsigned images = 0;
    bool isOwners = false;
    bool isHeld = false;
};

/// Rows of (image, layer), put to their images.
Result<std::vector<CountedImage>> allImages(Database& database, uid_t owner) {
    std::vector<CountedImage> images;
    std::map<std::string, std::size_t> places;
    TRY_ASSIGN(auto rows,
               database.prepare(
                   "SELECT digest,"
                   " EXISTS(SELECT 1 FROM image_name WHERE image = digest AND owner = ?1),"
                   " EXISTS(SELECT 1 FROM image_name WHERE image = digest AND owner <> ?1),"
                   " (SELECT count(*) FROM container WHERE image_digest = digest AND owner = ?1),"
                   " (SELECT count(*) FROM container WHERE image_digest = digest) FROM image ORDER BY digest",
                   owner));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            break;
        places.emplace(rows.text(0), images.size());
        images.push_back({rows.text(0),
                          rows.number(1) != 0 || rows.number(3) > 0,
                          rows.number(2) != 0 || rows.number(4) > 0,
                          static_cast<unsigned>(rows.number(3)),
                          {}});
    }
    TRY_ASSIGN(auto layers, database.prepare("SELECT image, layer FROM image_layer"));
    for (;;) {
        TRY_ASSIGN(const bool more, layers.step());
        if (!more)
            return images;
        if (const auto place = places.find(layers.text(0)); place != places.end())
            images.at(place->second).layers.push_back(layers.number(1));
    }
}

} // namespace

ImagesUsage countImages(const std::vector<CountedImage>& images,
                        const std::map<std::int64_t, std::uint64_t>& bytes) {
    const auto bytesOf = [&](std::int64_t layer) {
        const auto found = bytes.find(layer);
        return found == bytes.end() ? std::uint64_t{0} : found->second;
    };
    std::map<std::int64_t, LayerUse> uses;
    for (const CountedImage& image : images) {
        for (const std::int64_t layer : std::set(image.layers.begin(), image.layers.end())) {
            LayerUse& use = uses[layer];
            ++use.images;
            use.isOwners = use.isOwners || image.isOwners;
            use.isHeld = use.isHeld || image.isHeld;
        }
    }
    ImagesUsage usage;
    for (const CountedImage& image : images) {
        if (!image.isOwners)
            continue;
        ImageUsage one{image.digest, 0, 0, 0, image.containers};
        for (const std::int64_t layer : std::set(image.layers.begin(), image.layers.end()))
            (uses.at(layer).images > 1 ? one.shared : one.unique) += bytesOf(layer);
        one.size = one.shared + one.unique;
        usage.images.push_back(std::move(one));
    }
    for (const auto& [layer, use] : uses) {
        usage.total += use.isOwners ? bytesOf(layer) : 0;
        usage.reclaimable += use.isOwners && !use.isHeld ? bytesOf(layer) : 0;
    }
    return usage;
}

std::uint64_t Store::layerBytes(const std::string& path, std::uint64_t recorded) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0)
        return 0;
    // To walk a folder takes as long as it has files; what its files hold was recorded.
    const std::uint64_t content =
        S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_blocks) * 512 : recorded;
    const bool hasRecord = ::lstat((path + ".record").c_str(), &info) == 0;
    return content + (hasRecord ? static_cast<std::uint64_t>(info.st_blocks) * 512 : 0);
}

Result<ImagesUsage> Store::imagesUsage(uid_t owner) {
    std::vector<CountedImage> images;
    std::map<std::int64_t, std::uint64_t> bytes;
    {
        const auto held = lock();
        TRY_ASSIGN(images, allImages(*m_database, owner));
        TRY_ASSIGN(auto layers, m_database->prepare("SELECT number, size FROM layer"));
        for (;;) {
            TRY_ASSIGN(const bool more, layers.step());
            if (!more)
                break;
            bytes.emplace(layers.number(0), static_cast<std::uint64_t>(layers.number(1)));
        }
    }
    for (auto& [number, size] : bytes)
        size = layerBytes(layerFolder(number), size);
    return countImages(images, bytes);
}

Result<std::vector<ContainerUsage>> Store::containersUsage(uid_t owner,
                                                           std::chrono::steady_clock::time_point deadline) {
    std::vector<ContainerUsage> containers;
    {
        const auto held = lock();
        TRY_ASSIGN(auto rows, m_database->prepare("SELECT id, state IN ('running', 'paused', 'restarting') "
                                                  "FROM container WHERE owner = ?1 ORDER BY id",
                                                  owner));
        for (;;) {
            TRY_ASSIGN(const bool more, rows.step());
            if (!more)
                break;
            containers.push_back({rows.text(0), 0, 0, rows.number(1) != 0, true});
        }
    }
    for (ContainerUsage& container : containers) {
        const std::string folder = containerFolder(container.id);
        const FolderBytes logs = bytesBelow(folder + "/log", deadline); // first: few files
        const FolderBytes upper = bytesBelow(folder + "/upper", deadline);
        container.logs = logs.bytes;
        container.writable = upper.bytes;
        container.isWhole = logs.isWhole && upper.isWhole;
    }
    return containers;
}

} // namespace escale
