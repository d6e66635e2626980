#include "helper/worker/save.h"

#include "engine/base/thread.h"
#include "engine/image/image_documents.h"
#include "engine/image/media_types.h"
#include "engine/image/named_image.h"
#include "engine/image/saved_archive.h"
#include "helper/worker/pack.h"
#include "helper/worker/relay.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <map>
#include <set>
#include <unistd.h>

namespace escale {
namespace {

const char* layerType(LayerCompression compression) {
    switch (compression) {
    case LayerCompression::Gzip:
        return "application/vnd.oci.image.layer.v1.tar+gzip";
    case LayerCompression::Zstd:
        return "application/vnd.oci.image.layer.v1.tar+zstd";
    case LayerCompression::None:
        break;
    }
    return kOciLayer;
}

/// An image to be saved, with all the names it was asked for by.
struct Wanted {
    Image image;
    KeptImage kept;
    std::vector<Reference> names;
};

class Save {
public:
    Save(Store& store, const std::string& program, const SaveRequest& request, const SaveProgress& progress,
         const Cancellation& cancellation, Relay& relay)
        : m_store(store)
        , m_program(program)
        , m_request(request)
        , m_progress(progress)
        , m_cancellation(cancellation)
        , m_relay(relay) {}

    Result<void> run(const std::vector<Wanted>& images);

private:
    Result<void> measure(const std::vector<Wanted>& images);
    Result<void> addLayer(const Layer& layer);
    Result<PackedLayer> streamLayer(const Layer& layer);
    Result<PackedLayer> spoolLayer(const Layer& layer);
    Result<void> addImage(const Wanted& wanted);
    Result<void> addBlob(const Digest& digest, const std::string& bytes);
    Result<void> addFile(const std::string& path, const std::string& bytes);
    void report(std::uint64_t bytesOfLayer) const {
        if (m_progress)
            m_progress(m_done + bytesOfLayer, m_total);
    }

    Store& m_store;
    const std::string& m_program;
    const SaveRequest& m_request;
    const SaveProgress& m_progress;
    const Cancellation& m_cancellation;
    Relay& m_relay;
    std::map<Digest, std::uint64_t> m_tarSizes; // by diffId
    std::map<Digest, PackedLayer> m_layers;     // that are in the archive, by diffId
    std::set<Digest> m_blobs;                   // that are in the archive
    std::vector<SavedImage> m_images;
    std::uint64_t m_done = 0;
    std::uint64_t m_total = 0;
};

Result<void> Save::measure(const std::vector<Wanted>& images) {
    for (const Wanted& wanted : images) {
        for (const Layer& layer : wanted.image.layers) {
            TRY_ASSIGN(const std::uint64_t size, m_store.tarSizeOf(layer.number));
            if (m_tarSizes.emplace(layer.diffId, size).second)
                m_total += size;
        }
    }
    return {};
}

/// From the packing worker through a pipe to the relay: its size is known before it is packed.
Result<PackedLayer> Save::streamLayer(const Layer& layer) {
    const std::uint64_t size = m_tarSizes.at(layer.diffId);
    TRY(m_relay.write(archiveHeader(archivedBlob(layer.diffId), size)));
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    UniqueFd readEnd(ends[0]);
    UniqueFd writeEnd(ends[1]);
    (void)::fcntl(writeEnd.get(), F_SETPIPE_SZ, 1 << 20); // a smaller one is only slower
    Result<PackedLayer> packed = fail(ErrorCode::Internal, "the layer was not packed");
    TRY_ASSIGN(std::thread packing, startThread([&] {
                   packed = packLayer(m_store, m_program,
                                      {layer.number, layer.diffId, LayerCompression::None, writeEnd.get()},
                                      {}, m_cancellation);
                   writeEnd.reset(); // with the worker's gone, too, this is the pipe's end
               }));
    auto moved = m_relay.moveFrom(readEnd.get(), size, [this](std::uint64_t bytes) { report(bytes); });
    readEnd.reset(); // a worker that still writes ends
    packing.join();
    if (!moved)
        return fail(std::move(moved).error());
    TRY(packed);
    if (*moved != size || packed->tarSize != size || packed->blobDigest != layer.diffId)
        return fail(ErrorCode::Untrusted, "layer " + layer.diffId.shortHex() + " is not what it was",
                    "Remove the image and pull it again.");
    TRY(m_relay.write(archivePadding(size)));
    return packed;
}

/// Compressed into a file of no name, as its size has to stand before it.
Result<PackedLayer> Save::spoolLayer(const Layer& layer) {
    TRY_ASSIGN(const UniqueFd spool, m_store.openSpool());
    TRY_ASSIGN(PackedLayer packed,
               packLayer(
                   m_store, m_program, {layer.number, layer.diffId, m_request.compression, spool.get()},
                   [this](std::uint64_t bytes) { report(bytes); }, m_cancellation));
    if (::lseek(spool.get(), 0, SEEK_SET) != 0)
        return failErrno("cannot read the packed layer");
    TRY(m_relay.write(archiveHeader(archivedBlob(packed.blobDigest), packed.blobSize)));
    TRY_ASSIGN(const std::uint64_t moved, m_relay.moveFrom(spool.get(), packed.blobSize));
    if (moved != packed.blobSize)
        return fail(ErrorCode::Untrusted,
                    "layer " + layer.diffId.shortHex() + " was packed shorter than said");
    TRY(m_relay.write(archivePadding(packed.blobSize)));
    return packed;
}

Result<void> Save::addLayer(const Layer& layer) {
    if (m_layers.contains(layer.diffId))
        return {};
    auto packed = m_request.compression == LayerCompression::None ? streamLayer(layer) : spoolLayer(layer);
    TRY(packed);
    m_blobs.insert(packed->blobDigest);
    m_done += m_tarSizes.at(layer.diffId);
    report(0);
    m_layers.emplace(layer.diffId, std::move(*packed));
    return {};
}

Result<void> Save::addFile(const std::string& path, const std::string& bytes) {
    return m_relay.write(archiveHeader(path, bytes.size()) + bytes + archivePadding(bytes.size()));
}

Result<void> Save::addBlob(const Digest& digest, const std::string& bytes) {
    return m_blobs.insert(digest).second ? addFile(archivedBlob(digest), bytes) : Result<void>();
}

Result<void> Save::addImage(const Wanted& wanted) {
    for (const Layer& layer : wanted.image.layers)
        TRY(addLayer(layer));
    TRY_ASSIGN(const std::string config, m_store.readBlob(wanted.image.configDigest));
    TRY_ASSIGN(std::vector<ImageLayer> layers, m_store.layersOf(wanted.image.digest));
    // Its own manifest, when that names the blobs as they are here; else one for these.
    bool isSame = true;
    std::vector<Digest> blobs;
    for (ImageLayer& layer : layers) {
        const PackedLayer& packed = m_layers.at(layer.diffId);
        isSame = isSame && layer.blobDigest == packed.blobDigest &&
                 layer.mediaType == layerType(m_request.compression);
        layer.blobDigest = packed.blobDigest;
        layer.blobSize = packed.blobSize;
        layer.mediaType = layerType(m_request.compression);
        blobs.push_back(packed.blobDigest);
    }
    std::string manifest;
    if (isSame) {
        TRY_ASSIGN(manifest, m_store.readBlob(wanted.image.digest));
    } else {
        manifest = writeManifest(config, layers);
    }
    const Digest digest = Digest::ofData(manifest);
    TRY(addBlob(wanted.image.configDigest, config));
    TRY(addBlob(digest, manifest));
    // One that is stored as two, compressed in two ways, is one here.
    const auto known = std::find_if(m_images.begin(), m_images.end(),
                                    [&](const auto& image) { return image.manifest == digest; });
    if (known != m_images.end())
        known->names.insert(known->names.end(), wanted.names.begin(), wanted.names.end());
    else
        m_images.push_back({digest, manifest.size(), kOciManifest, wanted.image.configDigest,
                            std::move(blobs), wanted.names});
    return {};
}

Result<void> Save::run(const std::vector<Wanted>& images) {
    TRY(measure(images));
    report(0);
    for (const Wanted& wanted : images)
        TRY(addImage(wanted));
    TRY(addFile("index.json", archiveIndex(m_images)));
    // Docker's readers take layers of no compression for granted.
    if (m_request.compression == LayerCompression::None)
        TRY(addFile("manifest.json", archiveManifest(m_images)));
    TRY(addFile("oci-layout", archiveLayout()));
    return m_relay.write(std::string(1024, '\0'));
}

Result<std::vector<Wanted>> findAll(Store& store, const SaveRequest& request,
                                    std::vector<std::string>& digests) {
    std::vector<Wanted> found;
    for (const std::string& text : request.images) {
        TRY_ASSIGN(KeptNamedImage image, keepImageAsWritten(store, request.owner, text));
        NamedImage& named = image.found;
        digests.push_back(named.image.digest.toString());
        auto known = std::find_if(found.begin(), found.end(), [&](const Wanted& wanted) {
            return wanted.image.digest == named.image.digest;
        });
        if (known == found.end()) {
            found.push_back({std::move(named.image), std::move(image.kept), {}});
            known = std::prev(found.end());
        }
        auto& names = known->names;
        if (named.name && std::find(names.begin(), names.end(), *named.name) == names.end())
            names.push_back(std::move(*named.name));
    }
    return found;
}

Result<SavedArchive> save(Store& store, const std::string& program, const SaveRequest& request,
                          const SaveProgress& progress, const Cancellation& cancellation) {
    SavedArchive saved;
    TRY_ASSIGN(const std::vector<Wanted> images, findAll(store, request, saved.digests));
    TRY_ASSIGN(Relay relay, Relay::start(program, request.output, cancellation));
    TRY(Save(store, program, request, progress, cancellation, relay).run(images));
    TRY_ASSIGN(saved.bytes, relay.finish());
    return saved;
}

} // namespace

Result<SavedArchive> saveImages(Store& store, const std::string& workerProgram, const SaveRequest& request,
                                const SaveProgress& progress, const Cancellation& cancellation) {
    auto saved = save(store, workerProgram, request, progress, cancellation);
    if (!saved && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "saving was cancelled");
    if (!saved)
        return fail(std::move(saved).error().prefixed("cannot save the images"));
    return saved;
}

} // namespace escale
