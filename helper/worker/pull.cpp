#include "helper/worker/pull.h"

#include "engine/image/reference.h"
#include "engine/store/store.h"
#include "helper/worker/layer_claims.h"
#include "helper/worker/layer_transfer.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

#include <map>

namespace escale {
namespace {

using worker::Description;
using worker::Documents;
using worker::Kind;

constexpr int kMostAttempts = 3;

std::uint32_t number(Kind kind) {
    return static_cast<std::uint32_t>(kind);
}

/// One pull, step by step, on the caller's thread.
class Pull {
public:
    Pull(Store& store, const std::string& program, const PullRequest& request,
         const Cancellation& cancellation)
        : m_store(store)
        , m_program(program)
        , m_request(request)
        , m_cancellation(cancellation) {}

    Result<Pulled> run(const PullProgress& progress);

private:
    Result<Platform> platform() const;
    Result<Documents> resolve(WorkerProcess& fetch, const Platform& platform);
    Result<Description> describe(const Documents& documents, const Platform& platform);
    Result<void> checkDigest(const Documents& documents) const;
    Result<std::vector<ImageLayer>> obtainLayers(WorkerProcess& fetch, const Description& description,
                                                 const PullProgress& progress);
    Result<void> fetchClaimed(WorkerProcess& fetch, const Description& description,
                              const std::map<Digest, std::size_t>& first, std::vector<ImageLayer>& layers,
                              std::vector<LayerProgress>& states, const PullProgress& progress);

    Store& m_store;
    const std::string& m_program;
    const PullRequest& m_request;
    const Cancellation& m_cancellation;
    Reference m_reference;
    std::optional<LayerClaim> m_claim; // until the image is in the store
};

Result<Platform> Pull::platform() const {
    if (m_request.platform.empty())
        return Platform::ofThisMachine();
    return Platform::parse(m_request.platform);
}

Result<Documents> Pull::resolve(WorkerProcess& fetch, const Platform& platform) {
    // Read anew for each pull: a mirror that is added counts at once. The file is root's own.
    TRY_ASSIGN(const RegistrySettings machine, RegistrySettings::ofMachine());
    TRY_ASSIGN(const RegistryAccess access, machine.accessTo(m_reference.registry));
    TRY(worker::sendFetch(fetch.channel(), {.reference = m_reference.toString(),
                                            .platform = platform.toString(),
                                            .credentials = m_request.credentials,
                                            .access = access.overlaidWith(m_request.access)}));
    Documents documents;
    for (;;) {
        TRY_ASSIGN(Message message, fetch.receive(m_cancellation));
        if (message.kind() == number(Kind::Failed))
            return fail(worker::readError(message));
        if (message.kind() == number(Kind::Document)) {
            TRY(worker::takeDocument(message, documents));
            continue;
        }
        if (message.kind() != number(Kind::Resolved))
            return fail(ErrorCode::Untrusted,
                        "the worker sent an unexpected message " + worker::kindName(message.kind()));
        TRY_ASSIGN(documents.indexType, message.text(500));
        TRY_ASSIGN(documents.manifestType, message.text(500));
        TRY(message.end());
        return documents;
    }
}

/// What was asked for by digest is the manifest, or the index that led to it.
Result<void> Pull::checkDigest(const Documents& documents) const {
    if (!m_reference.digest)
        return {};
    const Digest actual = Digest::ofData(documents.index.empty() ? documents.manifest : documents.index);
    if (actual != *m_reference.digest)
        return fail(ErrorCode::Untrusted, "the registry sent content with digest " + actual.toString() +
                                              " for " + m_reference.toString());
    return {};
}

Result<Description> Pull::describe(const Documents& documents, const Platform& platform) {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(m_program, "describe"));
    MessageWriter request(number(Kind::Describe));
    request.text(platform.toString()).text(documents.indexType).text(documents.manifestType);
    auto sent = worker::sendDocuments(process.channel(), documents);
    if (sent)
        sent = process.channel().send(request);
    // A worker that died meanwhile says why below.
    if (!sent && sent.error().code != ErrorCode::Unreachable)
        return fail(std::move(sent).error());
    worker::DescriptionReader reader;
    for (;;) {
        TRY_ASSIGN(Message message, process.receive(m_cancellation));
        TRY_ASSIGN(const bool complete, reader.take(message));
        if (complete)
            return reader.finish();
    }
}

Result<std::vector<ImageLayer>> Pull::obtainLayers(WorkerProcess& fetch, const Description& description,
                                                   const PullProgress& progress) {
    std::vector<ImageLayer> layers;
    std::vector<Digest> missing;
    std::vector<LayerProgress> states;
    std::map<Digest, std::size_t> first; // the image may have a layer twice: it comes once
    for (const auto& described : description.layers) {
        const std::size_t position = layers.size();
        layers.push_back(
            {described.diffId, described.blobDigest, described.blobSize, described.mediaType, 0, {}});
        states.push_back({described.blobDigest.toString(), LayerPhase::Present, 0, described.blobSize});
        const auto [known, isNew] = first.emplace(described.diffId, position);
        TRY_ASSIGN(const auto present, m_store.findLayer(described.diffId));
        if (present) {
            layers.back().size = present->size;
        } else if (isNew) {
            states.back().phase = LayerPhase::Waiting;
            missing.push_back(described.diffId);
        }
    }
    m_claim.emplace(m_store, LayerSource{m_reference.registry, m_request.access}, std::move(missing));
    TRY(fetchClaimed(fetch, description, first, layers, states, progress));
    for (ImageLayer& layer : layers) {
        if (layer.size == 0)
            layer.size = layers.at(first.at(layer.diffId)).size;
    }
    return layers;
}

/// Its own layers first, then those that other pulls were bringing: from the store, or they are its own now.
Result<void> Pull::fetchClaimed(WorkerProcess& fetch, const Description& description,
                                const std::map<Digest, std::size_t>& first, std::vector<ImageLayer>& layers,
                                std::vector<LayerProgress>& states, const PullProgress& progress) {
    for (;;) {
        if (progress)
            progress(states);
        TRY_ASSIGN(const std::vector<Digest> own, m_claim->next(m_cancellation));
        if (own.empty())
            return {};
        std::vector<LayerTransfer> transfers;
        for (const Digest& diffId : own) {
            const std::size_t position = first.at(diffId);
            TRY_ASSIGN(const auto present, m_store.findLayer(diffId));
            if (!present) {
                transfers.push_back({position, description.layers.at(position)});
                continue;
            }
            layers.at(position).size = present->size;
            states.at(position).phase = LayerPhase::Present;
            m_claim->release(diffId);
        }
        TRY(transferLayers(m_store, m_program, fetch, std::move(transfers), layers, states, progress,
                           m_cancellation));
    }
}

Result<Pulled> Pull::run(const PullProgress& progress) {
    TRY_ASSIGN(m_reference, Reference::parse(m_request.reference));
    TRY_ASSIGN(const Platform wanted, platform());
    TRY(m_cancellation.check());
    TRY_ASSIGN(WorkerProcess fetch, WorkerProcess::start(m_program, "fetch"));
    TRY_ASSIGN(Documents documents, resolve(fetch, wanted));
    TRY(checkDigest(documents));
    TRY_ASSIGN(Description description, describe(documents, wanted));
    Digest manifestDigest = Digest::ofData(documents.manifest);
    const Digest configDigest = Digest::ofData(documents.config);
    if (description.configDigest != configDigest)
        return fail(ErrorCode::Untrusted, "the image's configuration is not the one that its manifest names");
    TRY_ASSIGN(auto layers, obtainLayers(fetch, description, progress));
    TRY(m_cancellation.check());
    Pulled pulled{manifestDigest.toString(), m_reference.toString()};
    TRY(m_store.commitImage({.owner = m_request.owner,
                             .repository = m_reference.name(),
                             .tag = m_reference.tag,
                             .mediaType = std::move(description.mediaType),
                             .manifest = std::move(documents.manifest),
                             .config = std::move(documents.config),
                             .manifestDigest = std::move(manifestDigest),
                             .configDigest = configDigest,
                             .settings = std::move(description.settings),
                             .layers = std::move(layers)}));
    return pulled;
}

} // namespace

Result<Pulled> pullImage(Store& store, const std::string& workerProgram, const PullRequest& request,
                         const PullProgress& progress, const Cancellation& cancellation) {
    auto pulled = Pull(store, workerProgram, request, cancellation).run(progress);
    // A layer that the store had may go, or be found damaged, before the image is in: then it is fetched.
    for (int again = 1; again < kMostAttempts && !pulled && pulled.error().code == ErrorCode::WrongState &&
                        !cancellation.isCancelled();
         ++again)
        pulled = Pull(store, workerProgram, request, cancellation).run(progress);
    // A worker that was ended by the cancellation must not hide it behind an error of its own.
    if (!pulled && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "the pull of " + request.reference + " was cancelled");
    if (!pulled)
        return fail(std::move(pulled).error().prefixed("cannot pull " + request.reference));
    return pulled;
}

} // namespace escale
