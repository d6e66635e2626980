// Bringing a pulled image into the store, all or nothing.
//
//   staging/…  --rename-->  layers/<n>, blobs/sha256/<hex>  --syncfs-->  safe on the disk  --transaction-->
//   named
//
// Everything is in its place before the one syncfs(2), so that it covers the names in the folders too; only
// then does the transaction make it count. A crash before that leaves folders no row names, which open()
// removes.
#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/base/revert.h"
#include "engine/store/crash_point.h"
#include "engine/store/image_config.h"
#include "engine/store/layer_digest.h"
#include "engine/store/store.h"

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <future>
#include <map>
#include <unistd.h>

namespace escale {
namespace {

Result<void> checkDigest(const std::string& content, const Digest& digest, const char* what) {
    if (const Digest actual = Digest::ofData(content); actual != digest)
        return fail(ErrorCode::Untrusted, std::string("the ") + what + " has digest " + actual.toString() +
                                              ", not " + digest.toString() + " as declared");
    return {};
}

Result<void> moveFile(const std::string& from, const std::string& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0)
        return failErrno("cannot rename " + from + " to " + to);
    return {};
}

Result<void> removeFile(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + path);
    return {};
}

/// Not synced here: one syncfs comes after all of them.
Result<void> writeBlob(const std::string& temporary, const std::string& path, const std::string& content) {
    auto written = [&]() -> Result<void> {
        TRY_ASSIGN(const UniqueFd fd, openFile(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
        TRY(writeAll(fd.get(), content, temporary));
        return moveFile(temporary, path);
    }();
    if (!written)
        ::unlink(temporary.c_str()); // not there when making it failed
    return written;
}

std::vector<int> stagedFiles(const std::vector<ImageLayer>& layers) {
    std::vector<int> files;
    for (const ImageLayer& layer : layers) {
        if (layer.staged && !isFolder(layer.staged->content()))
            files.push_back(layer.staged->content());
    }
    return files;
}

Result<std::map<int, Digest>> digestsOf(const std::vector<int>& files) {
    std::map<int, Digest> digests;
    for (const int file : files) {
        TRY_ASSIGN(Digest digest, digestOfFile(file, [](std::uint64_t) -> Result<void> { return {}; }));
        digests.emplace(file, std::move(digest));
    }
    return digests;
}

} // namespace

struct Store::Placed {
    struct PlacedLayer {
        Layer layer;
        StagedLayer* staged = nullptr; // it was ours until now, and has no row yet
    };
    std::vector<PlacedLayer> layers;    // as in the image
    std::map<int, Digest> files;        // of staged layers that are files, by their descriptor
    std::vector<std::int64_t> replaced; // numbers of damaged layers whose place was taken
    std::string settings;
    Revert revert;
};

/// For a layer as older versions kept it. It is the same layer, and containers may be running on it: what it
/// lacks is all that is taken. Synced first, since a record that is there is taken for a whole one.
Result<void> Store::placeRecord(const StagedLayer& staged, std::int64_t layer, Placed& placed) {
    const std::string from = staged.m_path + ".record";
    const std::string to = recordPath(layer);
    if (::fsync(staged.record()) != 0)
        return failErrno("cannot write " + from + " to the disk");
    TRY(moveFile(from, to));
    placed.revert.add([from, to] { return moveFile(to, from); });
    return {};
}

Result<void> Store::placeLayers(std::vector<ImageLayer>& layers, Placed& placed) {
    std::map<Digest, Layer> ours; // an image may have the same layer twice
    for (ImageLayer& wanted : layers) {
        if (const auto known = ours.find(wanted.diffId); known != ours.end()) {
            placed.layers.push_back({known->second, nullptr});
            continue;
        }
        TRY_ASSIGN(const auto recorded, recordedLayer(wanted.diffId));
        if (recorded && recorded->isWhole) {
            if (!recorded->hasRecord && wanted.staged)
                TRY(placeRecord(*wanted.staged, recorded->layer.number, placed));
            placed.layers.push_back({recorded->layer, nullptr});
            continue;
        }
        if (!wanted.staged)
            return fail(ErrorCode::WrongState,
                        "layer " + wanted.diffId.toString() + " has gone from the store meanwhile",
                        "Pull the image again.");
        // One that is replaced gets a new number, too: the old one may be mounted still.
        const Layer layer{m_nextLayer++, wanted.diffId, wanted.size};
        if (recorded)
            placed.replaced.push_back(recorded->layer.number);
        const std::string from = wanted.staged->m_path;
        const std::string to = layerFolder(layer.number);
        for (const char* suffix : {".record", ""}) {
            TRY(moveFile(from + suffix, to + suffix));
            // Back to staging: the StagedLayer removes it, after the lock was given up.
            placed.revert.add([from = from + suffix, to = to + suffix] { return moveFile(to, from); });
            crashPoint(*suffix == '\0' ? "layer placed" : "record placed");
        }
        placed.layers.push_back({layer, &*wanted.staged});
        ours.emplace(wanted.diffId, layer);
    }
    return {};
}

Result<void> Store::placeContent(NewImage& image, Placed& placed) {
    TRY(placeLayers(image.layers, placed));
    for (const auto& [digest, content] :
         {std::pair(&image.manifestDigest, &image.manifest), std::pair(&image.configDigest, &image.config)}) {
        const std::string path = blobPath(*digest);
        const bool isNew = !exists(path);
        // One that exists is written again all the same: that heals what the disk may have done to it.
        TRY(writeBlob(m_folder + "/staging/blob-" + std::to_string(++m_staged), path, *content));
        if (isNew)
            placed.revert.add([path] { return removeFile(path); });
        crashPoint("blob placed");
    }
    return {};
}

/// In the place of the damaged one, if there is one.
Result<void> Store::recordLayer(const Layer& layer, const std::optional<Digest>& file) {
    const std::string diffId = layer.diffId.toString();
    TRY(m_database->run("UPDATE layer SET diff_id = diff_id || ' replaced' WHERE diff_id = ?1", diffId));
    TRY(m_database->run("INSERT INTO layer(number, diff_id, size, digest) VALUES (?1, ?2, ?3, ?4)",
                        layer.number, diffId, layer.size,
                        file ? std::optional<std::string_view>(file->toString()) : std::nullopt));
    for (const std::string table : {"image_layer", "build_step", "temp.kept_layer"})
        TRY(m_database->run("UPDATE " + table +
                                " SET layer = ?1 WHERE layer IN "
                                "(SELECT number FROM layer WHERE diff_id = ?2 || ' replaced')",
                            layer.number, diffId));
    return m_database->run("DELETE FROM layer WHERE diff_id = ?1 || ' replaced'", diffId);
}

Result<void> Store::recordImage(const NewImage& image, const Placed& placed) {
    const auto held = lock();
    const std::string digest = image.manifestDigest.toString();
    const std::int64_t now = nowMilliseconds();
    TRY_ASSIGN(auto transaction, Transaction::begin(*m_database));
    for (const auto& [layer, staged] : placed.layers) {
        if (staged == nullptr)
            continue;
        const auto file = placed.files.find(staged->content());
        TRY(recordLayer(layer, file == placed.files.end() ? std::nullopt : std::optional(file->second)));
    }
    TRY(m_database->run("INSERT INTO image(digest, config_digest, media_type, manifest_size, config_size, "
                        "settings, added_at) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(digest) DO NOTHING",
                        digest, image.configDigest.toString(), image.mediaType, image.manifest.size(),
                        image.config.size(), placed.settings, now));
    // An image that was there has its layers already: its digest says which.
    if (m_database->changes() > 0) {
        for (std::size_t i = 0; i < image.layers.size(); ++i) {
            const ImageLayer& layer = image.layers[i];
            TRY(m_database->run(
                "INSERT INTO image_layer(image, position, layer, blob_digest, blob_size, media_type) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                digest, i, placed.layers.at(i).layer.number, layer.blobDigest.toString(), layer.blobSize,
                layer.mediaType));
        }
    }
    TRY(recordName(image.owner, {image.repository, image.tag}, digest, now));
    for (const ImageTag& name : image.moreNames)
        TRY(recordName(image.owner, name, digest, now));
    return transaction.commit();
}

Result<void> Store::recordName(uid_t owner, const ImageTag& name, const std::string& image,
                               std::int64_t now) {
    if (!name.tag.empty())
        TRY(m_database->run("DELETE FROM image_name WHERE owner = ?1 AND repository = ?2 AND tag = ?3", owner,
                            name.repository, name.tag));
    return m_database->run(
        "INSERT INTO image_name(owner, repository, tag, image, pulled_at) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT(owner, repository, tag, image) DO UPDATE SET pulled_at = excluded.pulled_at",
        owner, name.repository, name.tag, image, now);
}

Result<void> Store::commitImage(NewImage image) {
    TRY(checkDigest(image.manifest, image.manifestDigest, "manifest"));
    TRY(checkDigest(image.config, image.configDigest, "image configuration"));
    Placed placed;
    placed.settings = imageConfigToJson(image.settings);
    // What cannot be read again must not be written (text that is no UTF-8).
    if (auto readable = imageConfigFromJson(placed.settings); !readable)
        return fail(ErrorCode::Untrusted,
                    "the image configuration is malformed: " + readable.error().message);
    // What the files hold, for verifyImages(); read from the cache while the disk writes.
    auto digests = std::async(std::launch::async, digestsOf, stagedFiles(image.layers));
    std::vector<std::string> aside;
    {
        const std::lock_guard one(m_changes);
        auto done = placeContent(image, placed);
        if (done && ::syncfs(m_folderLock.get()) != 0)
            done = failErrno("cannot write the image to the disk");
        auto files = digests.get();
        if (done && !files)
            done = fail(std::move(files).error());
        else if (files)
            placed.files = std::move(*files);
        crashPoint("synced");
        if (done)
            done = recordImage(image, placed);
        if (!done) {
            Error error = std::move(done).error().prefixed("cannot store image " + image.repository);
            if (error.code == ErrorCode::NoSpace && error.hint.empty())
                error.hint = "Free some space on the disk and try again.";
            return fail(placed.revert.undo(std::move(error)));
        }
        placed.revert.commit();
        for (const auto& [layer, staged] : placed.layers) {
            if (staged != nullptr)
                staged->m_path.clear();
        }
        crashPoint("recorded");
        aside = setAside(placed.replaced);
    }
    clearAside(aside);
    // The image is in; that the one whose name it took could not be cleared away is no failure of the pull.
    if (const auto cleared = removeUnusedImages(); !cleared)
        logWarning("images without a name stay until the next start: " + cleared.error().text());
    return {};
}

Result<Layer> Store::commitLayer(ImageLayer layer, KeptLayers& keeper) {
    Placed placed;
    std::vector<ImageLayer> layers;
    layers.push_back(std::move(layer));
    TRY_ASSIGN(placed.files, digestsOf(stagedFiles(layers)));
    const auto record = [&]() -> Result<void> {
        const auto held = lock();
        // A power cut loses row and files together: nothing names them yet.
        const Unsynced soon(*m_database);
        TRY_ASSIGN(auto transaction, Transaction::begin(*m_database));
        const auto& [made, staged] = placed.layers.front();
        if (staged != nullptr) {
            const auto file = placed.files.find(staged->content());
            TRY(recordLayer(made, file == placed.files.end() ? std::nullopt : std::optional(file->second)));
        }
        TRY(keepLayer(keeper.m_number, made.number));
        return transaction.commit();
    };
    std::vector<std::string> aside;
    {
        const std::lock_guard one(m_changes);
        auto done = placeLayers(layers, placed);
        if (done)
            done = record();
        if (!done)
            return fail(placed.revert.undo(std::move(done).error().prefixed("cannot store a layer")));
        placed.revert.commit();
        if (StagedLayer* staged = placed.layers.front().staged; staged != nullptr)
            staged->m_path.clear();
        aside = setAside(placed.replaced);
    }
    clearAside(aside);
    return placed.layers.front().layer;
}

Result<void> Store::sync() {
    if (::syncfs(m_folderLock.get()) != 0)
        return failErrno("cannot write what was built to the disk");
    return {};
}

} // namespace escale
