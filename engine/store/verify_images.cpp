// fsck of one owner's images: what is missing or damaged, of which image; and marking it, so that a pull
// brings it again.
#include "engine/base/file.h"
#include "engine/store/layer_digest.h"
#include "engine/store/store.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

using Names = std::vector<std::string>;

struct CheckedLayer {
    std::int64_t number = 0;
    Digest diffId;
    std::optional<Digest> file;
    bool isMarked = false;
    bool hasRecord = true;
    Names images;
};

struct Checked {
    std::map<Digest, Names> blobs;
    std::map<std::int64_t, CheckedLayer> layers;
};

Result<void> addLayers(Database& database, const std::string& image, const Names& names, Checked& checked) {
    TRY_ASSIGN(auto rows,
               database.prepare("SELECT DISTINCT layer.number, layer.diff_id, layer.digest, layer.damaged "
                                "FROM image_layer JOIN layer ON layer.number = image_layer.layer "
                                "WHERE image_layer.image = ?1",
                                image));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return {};
        TRY_ASSIGN(Digest diffId, Digest::parse(rows.text(1)));
        std::optional<Digest> file;
        if (!rows.isNull(2)) {
            TRY_ASSIGN(file, Digest::parse(rows.text(2)));
        }
        const std::int64_t number = rows.number(0);
        const auto [layer, isNew] = checked.layers.emplace(
            number, CheckedLayer{number, std::move(diffId), std::move(file), rows.number(3) != 0, true, {}});
        layer->second.images.insert(layer->second.images.end(), names.begin(), names.end());
    }
}

/// The owner's images with their names; those that only a container of theirs keeps under their digest.
Result<std::map<std::string, Names>> imagesOf(Database& database, uid_t owner) {
    std::map<std::string, Names> images;
    TRY_ASSIGN(auto rows,
               database.prepare(
                   "SELECT image, repository || CASE tag WHEN '' THEN '@' || image ELSE ':' || tag END"
                   " AS name FROM image_name WHERE owner = ?1 "
                   "UNION SELECT image_digest, '' FROM container WHERE owner = ?1 ORDER BY 1, name DESC",
                   owner));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            return images;
        Names& names = images[rows.text(0)];
        if (!rows.text(1).empty())
            names.push_back(rows.text(1));
        else if (names.empty())
            names.push_back(rows.text(0));
    }
}

Result<Checked> toCheck(Database& database, uid_t owner) {
    Checked checked;
    TRY_ASSIGN(const auto images, imagesOf(database, owner));
    for (const auto& [image, names] : images) {
        TRY_ASSIGN(auto row, database.prepare("SELECT config_digest FROM image WHERE digest = ?1", image));
        TRY(row.step());
        for (const std::string& blob : {image, row.text(0)}) {
            TRY_ASSIGN(Digest digest, Digest::parse(blob));
            Names& its = checked.blobs[std::move(digest)];
            its.insert(its.end(), names.begin(), names.end());
        }
        TRY(addLayers(database, image, names, checked));
    }
    return checked;
}

struct Found {
    StoreFault fault;
    std::int64_t layer = 0; // its number
    bool isDamaged = false; // it must be replaced; else its record is what a pull brings
};

using Step = std::function<Result<void>(std::uint64_t)>;

Result<std::string> problemOfFolder(const CheckedLayer& layer, const Store::FolderCheck& check,
                                    const Step& step) {
    const auto checked = check(layer.number, layer.diffId, step);
    if (checked)
        return std::string();
    const ErrorCode code = checked.error().code;
    if (code == ErrorCode::Unsupported) // nobody can tell
        return std::string();
    if (code != ErrorCode::Untrusted && code != ErrorCode::NotFound)
        return fail(checked.error());
    return "was changed on the disk: " + checked.error().message;
}

/// What is wrong with its files; empty when nothing is. Fails when `step` does.
Result<std::string> problemOf(const CheckedLayer& layer, const std::string& path,
                              const Store::FolderCheck& checkFolder, const Step& step) {
    if (layer.isMarked)
        return std::string("is damaged, and is fetched again by the next pull");
    const auto content = openFile(path, O_RDONLY | O_NOFOLLOW);
    if (!content && content.error().code == ErrorCode::NotFound)
        return std::string("is missing");
    if (!content)
        return fail(content.error()); // no fault of the layer
    if (isFolder(content->get()))
        return layer.hasRecord ? problemOfFolder(layer, checkFolder, step) : std::string();
    if (!layer.file)
        return std::string();
    Result<void> goOn;
    const auto digest = digestOfFile(content->get(), [&](std::uint64_t bytes) { return goOn = step(bytes); });
    TRY(std::move(goOn));
    if (!digest)
        return "cannot be read: " + digest.error().message;
    return std::string(*digest == *layer.file ? "" : "was changed on the disk");
}

} // namespace

/// What is wrong with a layer's record, by its head; nothing when that never held all, which is no damage.
Result<std::string> Store::problemOfRecord(std::int64_t layer) {
    const auto size = tarSizeOf(layer);
    if (size || size.error().code == ErrorCode::Unsupported)
        return std::string();
    if (size.error().code != ErrorCode::Untrusted && size.error().code != ErrorCode::NotFound)
        return fail(size.error());
    return "cannot be pushed or saved: " + size.error().message;
}

std::uint64_t Store::bytesToRead(std::int64_t layer) {
    struct stat info {};
    if (::lstat(layerFolder(layer).c_str(), &info) != 0)
        return 0;
    return S_ISDIR(info.st_mode) ? tarSizeOf(layer).value_or(0) : static_cast<std::uint64_t>(info.st_size);
}

Result<std::vector<StoreFault>> Store::verifyImages(uid_t owner, bool mend, const VerifyProgress& progress,
                                                    const FolderCheck& checkFolder) {
    Checked checked;
    {
        const auto held = lock();
        TRY_ASSIGN(checked, toCheck(*m_database, owner));
    }
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    for (auto& [number, layer] : checked.layers) {
        if (!layer.isMarked)
            total += bytesToRead(number);
    }
    std::vector<Found> found;
    for (auto& [digest, names] : checked.blobs) {
        TRY(progress(done, total));
        if (const auto content = readBlob(digest); !content)
            found.push_back({{false, digest, content.error().message, names}});
    }
    for (auto& [number, layer] : checked.layers) {
        const auto step = [&](std::uint64_t bytes) {
            done += bytes;
            return progress(done, total);
        };
        layer.hasRecord = exists(recordPath(number));
        TRY_ASSIGN(std::string problem, problemOf(layer, layerFolder(number), checkFolder, step));
        const bool isDamaged = !problem.empty();
        if (problem.empty()) {
            TRY_ASSIGN(problem, problemOfRecord(number));
        }
        if (!problem.empty())
            found.push_back(
                {{true, layer.diffId, "layer " + layer.diffId.toString() + " " + problem, layer.images},
                 number,
                 isDamaged});
    }
    std::vector<StoreFault> faults;
    const auto held = lock();
    TRY_ASSIGN(const Checked now, toCheck(*m_database, owner));
    for (auto& [fault, number, isDamaged] : found) {
        // What was removed or brought anew while we looked is no fault.
        if (fault.isLayer ? !now.layers.contains(number) : !now.blobs.contains(fault.digest))
            continue;
        if (mend && isDamaged)
            TRY(m_database->run("UPDATE layer SET damaged = 1 WHERE number = ?1", number));
        else if (mend && fault.isLayer && ::unlink(recordPath(number).c_str()) != 0 && errno != ENOENT)
            return failErrno("cannot remove " + recordPath(number));
        std::sort(fault.images.begin(), fault.images.end());
        faults.push_back(std::move(fault));
    }
    return faults;
}

} // namespace escale
