#include "helper/worker/push.h"

#include "engine/base/file.h"
#include "engine/base/thread.h"
#include "engine/image/image_documents.h"
#include "engine/image/media_types.h"
#include "engine/image/named_image.h"
#include "engine/store/store.h"
#include "helper/worker/pack.h"
#include "helper/worker/push_worker.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace escale {
namespace {

using Clock = std::chrono::steady_clock;
using worker::BlobState;

constexpr std::size_t kMostAtATime = 3;    // one is packed while others are sent
constexpr std::size_t kMostMountTries = 3; // repositories that are asked for a blob
constexpr std::chrono::milliseconds kProgressInterval{50};

/// A blob that the image needs, and what has become of it.
struct Part {
    std::optional<Layer> layer; // none: the configuration
    std::vector<std::size_t>
        positions;      // in the manifest, and in what is told of progress; a layer may be there twice
    Descriptor blob;    // as the manifest names it; later as it is in the registry
    bool isNew = false; // it was packed anew, or is another blob than the manifest's
    std::vector<std::string> mountFrom;
};

std::string compressionName(LayerCompression compression) {
    return compression == LayerCompression::Zstd ? "zstd" : "gzip";
}

/// The name in OCI's words of a layer's type in Docker's.
std::string ociLayerType(const std::string& type) {
    if (!type.starts_with(kDockerLayer))
        return type;
    return std::string(kOciLayer) + (type.ends_with(".gzip")   ? "+gzip"
                                     : type.ends_with(".zstd") ? "+zstd"
                                                               : "");
}

/// As a file that can be read only.
Result<UniqueFd> forReading(const UniqueFd& file) {
    return openFile("/proc/self/fd/" + std::to_string(file.get()), O_RDONLY);
}

/// One push, step by step.
class Push {
public:
    Push(Store& store, const std::string& program, const PushRequest& request, const PushProgress& progress,
         const Cancellation& cancellation)
        : m_store(store)
        , m_program(program)
        , m_request(request)
        , m_progress(progress)
        , m_cancellation(cancellation) {}

    Result<Pushed> run();
    /// For the error of a push that did not end well.
    [[nodiscard]] std::string remains() const;

private:
    Result<void> findImage();
    Result<void> findParts();
    void addMountPlaces(const std::vector<ImageName>& names, Part& part) const;
    Result<std::unique_ptr<PushWorker>> startWorker() const;
    Result<void> bringAll();
    void bringSome();
    Result<void> bring(Part& part);
    Result<bool> isThere(Part& part);
    Result<UniqueFd> pack(Part& part);
    Result<void> send(Part& part, const UniqueFd& file);
    void settle(Part& part, BlobState state);
    Result<void> putManifest();
    [[nodiscard]] bool isDocker() const { return m_image->mediaType == kDockerManifest; }
    [[nodiscard]] std::string newLayerType() const;
    [[nodiscard]] std::string nameOf(const Part& part) const;
    void giveUp(Error error);
    void tell(const Part& part, PushPhase phase, std::uint64_t done, std::uint64_t total);

    Store& m_store;
    const std::string& m_program;
    const PushRequest& m_request;
    const PushProgress& m_progress;
    const Cancellation& m_cancellation;

    Reference m_target;
    std::optional<Image> m_image;
    std::optional<KeptImage> m_kept; // the same
    std::string m_manifest;
    std::vector<Part> m_parts;
    std::unique_ptr<PushWorker> m_worker;
    Cancellation m_stop; // of packing, at the first error
    Pushed m_pushed;

    std::mutex m_mutex; // guards what follows, and m_pushed
    std::size_t m_nextPart = 0;
    std::optional<Error> m_error; // the first
    std::vector<PushedLayer> m_states;
    Clock::time_point m_told;
};

std::string Push::remains() const {
    const unsigned there = m_pushed.present + m_pushed.mounted + m_pushed.sent;
    if (there == 0)
        return {};
    return std::to_string(there) + " of " + std::to_string(m_states.size()) + " layers are in " +
           m_target.name() + " by now, without a name: the next push goes on with them";
}

Result<void> Push::findImage() {
    TRY_ASSIGN(KeptNamedImage image, keepImageAsWritten(m_store, m_request.owner, m_request.image));
    m_kept.emplace(std::move(image.kept));
    m_image = std::move(image.found.image);
    if (m_request.target.empty() && !image.found.name)
        return fail(ErrorCode::InvalidArgument,
                    "an image that is given by its digest needs a name to be pushed under");
    TRY_ASSIGN(m_target, Reference::parse(m_request.target.empty() ? m_request.image : m_request.target));
    if (m_target.digest)
        return fail(ErrorCode::InvalidArgument, "an image is pushed under a tag, not under a digest");
    m_pushed.image = m_image->digest.toString();
    m_pushed.reference = m_target.toString();
    return {};
}

Result<void> Push::findParts() {
    TRY_ASSIGN(m_manifest, m_store.readBlob(m_image->digest));
    TRY_ASSIGN(const auto described, m_store.layersOf(m_image->digest));
    TRY_ASSIGN(const auto names, m_store.images(m_request.owner));
    for (std::size_t i = 0; i < described.size(); ++i) {
        const Layer& layer = m_image->layers.at(i);
        m_states.push_back(
            {described[i].blobDigest.toString(), PushPhase::Waiting, 0, 0, described[i].blobSize});
        const auto same = std::find_if(m_parts.begin(), m_parts.end(), [&](const Part& part) {
            return part.layer->number == layer.number && part.blob.digest == described[i].blobDigest;
        });
        if (same != m_parts.end()) {
            same->positions.push_back(i);
            continue;
        }
        Part part{layer, {i}, {described[i].mediaType, described[i].blobDigest, described[i].blobSize}};
        addMountPlaces(names, part);
        m_parts.push_back(std::move(part));
    }
    TRY_ASSIGN(const std::string config, m_store.readBlob(m_image->configDigest));
    Part part{std::nullopt, {}, {{}, m_image->configDigest, config.size()}};
    addMountPlaces(names, part);
    m_parts.push_back(std::move(part));
    // The largest first: what is long is not begun when everything else is done.
    std::stable_sort(m_parts.begin(), m_parts.end(),
                     [](const Part& one, const Part& other) { return one.blob.size > other.blob.size; });
    return {};
}

/// Repositories of the same registry from which, or into which, an image with this layer was brought: the
/// owner's names say so, or do no harm.
void Push::addMountPlaces(const std::vector<ImageName>& names, Part& part) const {
    const std::string registry = m_target.registry + "/";
    for (const ImageName& name : names) {
        if (!name.repository.starts_with(registry) || part.mountFrom.size() >= kMostMountTries)
            continue;
        const auto& layers = name.image.layers;
        const bool has = part.layer
                             ? std::any_of(layers.begin(), layers.end(),
                                           [&](const Layer& its) { return its.number == part.layer->number; })
                             : name.image.configDigest == part.blob.digest;
        const std::string repository = name.repository.substr(registry.size());
        if (has && repository != m_target.repository &&
            std::find(part.mountFrom.begin(), part.mountFrom.end(), repository) == part.mountFrom.end())
            part.mountFrom.push_back(repository);
    }
}

Result<std::unique_ptr<PushWorker>> Push::startWorker() const {
    // Read anew for each push, as for a pull. The file is root's own.
    TRY_ASSIGN(const RegistrySettings machine, RegistrySettings::ofMachine());
    TRY_ASSIGN(const RegistryAccess access, machine.accessTo(m_target.registry));
    return PushWorker::start(m_program, {.reference = m_target.toString(),
                                         .platform = {},
                                         .credentials = m_request.credentials,
                                         .access = access.overlaidWith(m_request.access)});
}

std::string Push::nameOf(const Part& part) const {
    return part.layer ? "layer " + part.blob.digest.shortHex() : "the configuration";
}

/// Of what is packed here.
std::string Push::newLayerType() const {
    return isDocker() ? std::string(kDockerLayer) + ".gzip"
                      : std::string(kOciLayer) + "+" + compressionName(m_request.compression);
}

void Push::tell(const Part& part, PushPhase phase, std::uint64_t done, std::uint64_t total) {
    const std::lock_guard lock(m_mutex);
    bool isStep = false;
    for (const std::size_t position : part.positions) {
        PushedLayer& state = m_states.at(position);
        isStep = isStep || state.phase != phase;
        state = {part.blob.digest.toString(), phase, std::min(done, total), total, part.blob.size};
    }
    if (!m_progress || part.positions.empty() || (!isStep && Clock::now() - m_told < kProgressInterval))
        return;
    m_told = Clock::now();
    m_progress(m_states);
}

/// The manifest's own blob, or one that was packed here before.
Result<bool> Push::isThere(Part& part) {
    std::vector<Descriptor> candidates{part.blob};
    if (part.layer) {
        TRY_ASSIGN(const auto packed, m_store.packedLayerBlobs(part.layer->number));
        for (const PackedLayerBlob& blob : packed) {
            if (isDocker() && blob.compression != "gzip")
                continue;
            const std::string type = isDocker() ? std::string(kDockerLayer) + ".gzip"
                                                : std::string(kOciLayer) + "+" + blob.compression;
            if (blob.digest != part.blob.digest)
                candidates.push_back({type, blob.digest, blob.size});
        }
    }
    for (const Descriptor& blob : candidates) {
        TRY_ASSIGN(const BlobState state, m_worker->ask({0, blob.digest, blob.size, part.mountFrom}, -1, {}));
        if (state == BlobState::Absent)
            continue;
        part.isNew = blob.digest != part.blob.digest;
        part.blob = blob;
        settle(part, state);
        return true;
    }
    return false;
}

Result<UniqueFd> Push::pack(Part& part) {
    TRY_ASSIGN(UniqueFd spool, m_store.openSpool());
    if (!part.layer) {
        TRY_ASSIGN(const std::string config, m_store.readBlob(m_image->configDigest));
        TRY(writeAll(spool.get(), config, "the image's configuration"));
        return spool;
    }
    if (isDocker() && m_request.compression == LayerCompression::Zstd)
        return fail(ErrorCode::Unsupported, "this image's manifest is of Docker's type, which knows no zstd",
                    "push it with gzip");
    TRY_ASSIGN(const std::uint64_t tarSize, m_store.tarSizeOf(part.layer->number));
    tell(part, PushPhase::Packing, 0, tarSize);
    TRY_ASSIGN(const PackedLayer packed,
               packLayer(
                   m_store, m_program,
                   {part.layer->number, part.layer->diffId, m_request.compression, spool.get()},
                   [&](std::uint64_t done) { tell(part, PushPhase::Packing, done, tarSize); }, m_stop));
    part.isNew = packed.blobDigest != part.blob.digest;
    part.blob = {newLayerType(), packed.blobDigest, packed.blobSize};
    TRY(m_store.rememberPackedLayer(
        part.layer->number, {compressionName(m_request.compression), packed.blobDigest, packed.blobSize}));
    return spool;
}

Result<void> Push::send(Part& part, const UniqueFd& file) {
    TRY_ASSIGN(const UniqueFd readable, forReading(file));
    tell(part, PushPhase::Sending, 0, part.blob.size);
    TRY_ASSIGN(const BlobState state, m_worker->ask({0, part.blob.digest, part.blob.size, part.mountFrom},
                                                    readable.get(), [&](std::uint64_t sent) {
                                                        tell(part, PushPhase::Sending, sent, part.blob.size);
                                                    }));
    settle(part, state);
    return {};
}

void Push::settle(Part& part, BlobState state) {
    {
        const std::lock_guard lock(m_mutex);
        const auto layers = static_cast<unsigned>(part.positions.size());
        m_pushed.present += state == BlobState::Present ? layers : 0;
        m_pushed.mounted += state == BlobState::Mounted ? layers : 0;
        m_pushed.sent += state == BlobState::Sent ? layers : 0;
        m_pushed.bytes += state == BlobState::Sent ? part.blob.size : 0;
    }
    tell(part, state == BlobState::Sent ? PushPhase::Done : PushPhase::Present, part.blob.size,
         part.blob.size);
}

Result<void> Push::bring(Part& part) {
    TRY_ASSIGN(const bool there, isThere(part));
    if (there)
        return {};
    TRY_ASSIGN(const UniqueFd file, pack(part));
    return send(part, file);
}

/// Another error may come of the first, and is not kept.
void Push::giveUp(Error error) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_error)
            m_error = std::move(error);
    }
    m_stop.cancel();
    m_worker->stop();
}

/// On a thread: one part after another, until there are no more.
void Push::bringSome() {
    while (!m_stop.isCancelled()) {
        Part* part = nullptr;
        {
            const std::lock_guard lock(m_mutex);
            if (m_nextPart < m_parts.size())
                part = &m_parts[m_nextPart++];
        }
        if (part == nullptr)
            return;
        if (auto brought = bring(*part); !brought)
            giveUp(std::move(brought).error().prefixed(nameOf(*part)));
    }
}

/// The threads ask and wait, this one listens to the worker. The last of them puts the manifest, when all is
/// there.
Result<void> Push::bringAll() {
    const UniqueFd finished(::eventfd(0, EFD_CLOEXEC));
    if (!finished)
        return failErrno("cannot make an eventfd");
    const std::size_t wanted = std::min(kMostAtATime, m_parts.size());
    std::atomic<std::size_t> running = wanted;
    std::vector<std::thread> threads;
    while (threads.size() < wanted) {
        auto thread = startThread([&] {
            bringSome();
            if (--running != 0)
                return;
            if (auto put = m_stop.isCancelled() ? Result<void>() : putManifest(); !put)
                giveUp(std::move(put).error());
            (void)::eventfd_write(finished.get(), 1);
        });
        if (!thread) {
            giveUp(std::move(thread).error());
            break;
        }
        threads.push_back(std::move(*thread));
    }
    if (threads.size() == wanted) {
        if (auto heard = m_worker->listen(finished.get(), m_cancellation); !heard)
            giveUp(std::move(heard).error());
    }
    for (std::thread& thread : threads)
        thread.join();
    return m_error ? Result<void>(fail(std::move(*m_error))) : Result<void>();
}

/// The stored bytes, and so the same digest, unless a layer is another blob there. The configuration stays in
/// any case, and with it what Docker calls the image's id.
Result<void> Push::putManifest() {
    worker::ManifestRequest request{m_target.tag, m_image->mediaType, {}};
    for (const Part& part : m_parts) {
        if (!part.isNew)
            continue;
        for (const std::size_t position : part.positions)
            request.newLayers.insert_or_assign(position, part.blob);
    }
    const bool isVerbatim = request.newLayers.empty();
    // An image that was made here may stand on one of Docker's types. When it is written anew, then in one
    // tongue.
    for (const Part& part : m_parts) {
        if (isVerbatim || isDocker() || ociLayerType(part.blob.mediaType) == part.blob.mediaType)
            continue;
        for (const std::size_t position : part.positions)
            request.newLayers.insert_or_assign(
                position, Descriptor{ociLayerType(part.blob.mediaType), part.blob.digest, part.blob.size});
    }
    TRY_ASSIGN(const worker::ManifestPut put, m_worker->putManifest(m_manifest, request));
    if (isVerbatim && put.digest != m_image->digest)
        return fail(ErrorCode::Untrusted, "the registry has another manifest than was sent");
    m_pushed.digest = put.digest.toString();
    m_pushed.size = put.size;
    return {};
}

Result<Pushed> Push::run() {
    TRY(findImage());
    TRY(findParts());
    TRY(m_cancellation.check());
    TRY_ASSIGN(m_worker, startWorker());
    TRY(bringAll());
    return m_pushed;
}

} // namespace

Result<Pushed> pushImage(Store& store, const std::string& workerProgram, const PushRequest& request,
                         const PushProgress& progress, const Cancellation& cancellation) {
    Push push(store, workerProgram, request, progress, cancellation);
    auto pushed = push.run();
    if (pushed)
        return pushed;
    const std::string what = request.image + (request.target.empty() ? "" : " to " + request.target);
    Error error = cancellation.isCancelled()
                      ? Error{ErrorCode::Cancelled, "the push of " + what + " was cancelled", {}, {}}
                      : std::move(pushed).error().prefixed("cannot push " + what);
    if (const std::string remains = push.remains(); !remains.empty())
        error.message += "; " + remains;
    return fail(std::move(error));
}

} // namespace escale
