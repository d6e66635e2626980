// A store on a throw-away folder, and small images to put into it.
#pragma once

#include "engine/base/file.h"
#include "engine/store/store.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <algorithm>
#include <fcntl.h>
#include <set>

namespace escale::test {

constexpr uid_t kAlice = 1000;
constexpr uid_t kBob = 1001;
inline const std::string kRepository = "docker.io/library/demo";

/// A digest made of a word, so that tests can name layers.
inline Digest digestOf(const std::string& word) {
    return Digest::ofData(word);
}

/// A staged layer with one file, "content", that holds `word`; its diffId is digestOf(word).
inline Result<ImageLayer> stagedLayer(Store& store, const std::string& word) {
    TRY_ASSIGN(StagedLayer staged, store.stageLayer());
    TRY_ASSIGN(const UniqueFd file, openFileAt(staged.content(), "content", O_WRONLY | O_CREAT, 0644));
    TRY(writeAll(file.get(), word, "content"));
    return ImageLayer{
        digestOf(word), digestOf(word + ".gz"), 100, "application/vnd.oci.image.layer.v1.tar+gzip",
        word.size(),    std::move(staged)};
}

/// An image of these layers; those that the store has are not staged.
inline Result<NewImage> newImage(Store& store, uid_t owner, const std::string& tag,
                                 const std::vector<std::string>& words,
                                 const std::string& compression = "gzip") {
    std::string config = "config of";
    for (const auto& word : words)
        config += " " + word;
    const std::string manifest = "manifest (" + compression + ") of " + config;
    NewImage image{owner,
                   kRepository,
                   tag,
                   "application/vnd.oci.image.manifest.v1+json",
                   manifest,
                   config,
                   digestOf(manifest),
                   digestOf(config),
                   {},
                   {}};
    image.settings.architecture = "amd64";
    image.settings.os = "linux";
    image.settings.command = {"/bin/sh", "-c", "true"};
    for (const auto& word : words) {
        TRY_ASSIGN(const auto present, store.findLayer(digestOf(word)));
        TRY_ASSIGN(auto layer, stagedLayer(store, word));
        if (present)
            layer.staged.reset();
        image.layers.push_back(std::move(layer));
    }
    return image;
}

inline Result<void> commit(Store& store, uid_t owner, const std::string& tag,
                           const std::vector<std::string>& words, const std::string& compression = "gzip") {
    TRY_ASSIGN(NewImage image, newImage(store, owner, tag, words, compression));
    return store.commitImage(std::move(image));
}

/// What a container's record needs at least.
inline Result<void> addContainer(Store& store, uid_t owner, const std::string& name, const Digest& image) {
    const auto held = store.lock();
    return store.database().run(
        "INSERT INTO container(id, owner, name, image_digest, image_reference, options, state) "
        "VALUES (?1, ?2, ?3, ?4, 'x', '{}', 'created')",
        name, owner, name, image.toString());
}

inline std::size_t entries(const std::string& folder) {
    const auto names = listDirectory(folder);
    return names ? names->size() : 0;
}

/// How many layers lie in the store, whatever its rows say.
inline std::size_t storedLayers(const Store& store) {
    const auto names = listDirectory(store.layersFolder());
    return names ? static_cast<std::size_t>(
                       std::count_if(names->begin(), names->end(),
                                     [](const auto& name) { return !name.ends_with(".record"); }))
                 : 0;
}

/// What must hold after any crash: each named image can be read with all its layers, and nothing lies around.
inline Result<void> checkInvariants(Store& store, const std::vector<uid_t>& owners = {kAlice, kBob}) {
    std::set<std::int64_t> layers;
    std::set<std::string> blobs;
    for (const uid_t owner : owners) {
        TRY_ASSIGN(const auto names, store.images(owner));
        for (const auto& name : names) {
            TRY(store.readBlob(name.image.digest));
            TRY(store.readBlob(name.image.configDigest));
            blobs.insert(name.image.digest.toString());
            blobs.insert(name.image.configDigest.toString());
            for (const auto& layer : name.image.layers) {
                layers.insert(layer.number);
                TRY_ASSIGN(const auto word,
                           readFile(store.layersFolder() + "/" + std::to_string(layer.number) + "/content"));
                if (digestOf(word) != layer.diffId)
                    return fail(ErrorCode::Internal,
                                "layer " + std::to_string(layer.number) + " has another's content");
            }
        }
    }
    std::set<std::string> expected;
    for (const std::int64_t number : layers)
        expected.insert({std::to_string(number), std::to_string(number) + ".record"});
    TRY_ASSIGN(const auto there, listDirectory(store.layersFolder()));
    if (std::set(there.begin(), there.end()) != expected)
        return fail(ErrorCode::Internal, std::to_string(there.size()) + " files and folders for " +
                                             std::to_string(layers.size()) + " layers and their records");
    if (entries(store.folder() + "/blobs/sha256") != blobs.size())
        return fail(ErrorCode::Internal, "blobs lie around");
    if (entries(store.folder() + "/staging") != 0)
        return fail(ErrorCode::Internal, "staging is not empty");
    return {};
}

} // namespace escale::test
