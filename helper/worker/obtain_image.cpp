#include "helper/worker/obtain_image.h"

#include "engine/store/store.h"
#include "helper/worker/layer_transfer.h"

#include <map>
#include <optional>

namespace escale {
namespace {

using worker::Description;
using worker::Documents;
using worker::Kind;

constexpr int kMostAttempts = 3;

std::uint32_t number(Kind kind) {
    return static_cast<std::uint32_t>(kind);
}

/// One image, step by step, on the caller's thread.
class Obtaining {
public:
    Obtaining(Store& store, const std::string& program, WorkerProcess& source, const Documents& documents,
              const ObtainRequest& request, const LayersProgress& progress, const Cancellation& cancellation)
        : m_store(store)
        , m_program(program)
        , m_source(source)
        , m_documents(documents)
        , m_request(request)
        , m_progress(progress)
        , m_cancellation(cancellation) {}

    Result<Digest> run();

private:
    Result<Description> describe();
    Result<std::vector<ImageLayer>> obtainLayers(const Description& description);
    Result<void> obtainClaimed(const Description& description, const std::map<Digest, std::size_t>& first,
                               std::vector<ImageLayer>& layers, std::vector<LayerProgress>& states);
    Result<void> commit(const Description& description);

    Store& m_store;
    const std::string& m_program;
    WorkerProcess& m_source;
    const Documents& m_documents;
    const ObtainRequest& m_request;
    const LayersProgress& m_progress;
    const Cancellation& m_cancellation;
    std::optional<LayerClaim> m_claim; // until the image is in the store
};

Result<Description> Obtaining::describe() {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(m_program, "describe"));
    MessageWriter request(number(Kind::Describe));
    request.text(m_request.platform.toString()).text(m_documents.indexType).text(m_documents.manifestType);
    auto sent = worker::sendDocuments(process.channel(), m_documents);
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

Result<std::vector<ImageLayer>> Obtaining::obtainLayers(const Description& description) {
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
    LayerSource source = m_request.source;
    if (source.registry.empty())
        source.registry = "archives of user " + std::to_string(m_request.owner);
    m_claim.emplace(m_store, std::move(source), std::move(missing));
    TRY(obtainClaimed(description, first, layers, states));
    for (ImageLayer& layer : layers) {
        if (layer.size == 0)
            layer.size = layers.at(first.at(layer.diffId)).size;
    }
    return layers;
}

/// Its own layers first, then those that others were bringing: from the store, or they are its own now.
Result<void> Obtaining::obtainClaimed(const Description& description,
                                      const std::map<Digest, std::size_t>& first,
                                      std::vector<ImageLayer>& layers, std::vector<LayerProgress>& states) {
    for (;;) {
        if (m_progress)
            m_progress(states);
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
        TRY(transferLayers(m_store, m_program, m_source, std::move(transfers), layers, states, m_progress,
                           m_cancellation));
    }
}

Result<void> Obtaining::commit(const Description& description) {
    TRY_ASSIGN(auto layers, obtainLayers(description));
    TRY(m_cancellation.check());
    return m_store.commitImage({.owner = m_request.owner,
                                .repository = m_request.repository,
                                .tag = m_request.tag,
                                .mediaType = description.mediaType,
                                .manifest = m_documents.manifest,
                                .config = m_documents.config,
                                .manifestDigest = Digest::ofData(m_documents.manifest),
                                .configDigest = description.configDigest,
                                .settings = description.settings,
                                .layers = std::move(layers)});
}

Result<Digest> Obtaining::run() {
    TRY_ASSIGN(const Description description, describe());
    if (description.configDigest != Digest::ofData(m_documents.config))
        return fail(ErrorCode::Untrusted, "the image's configuration is not the one that its manifest names");
    auto committed = commit(description);
    // A layer that the store had may go, or be found damaged, before the image is in: then it is brought.
    for (int again = 1; again < kMostAttempts && !committed &&
                        committed.error().code == ErrorCode::WrongState && !m_cancellation.isCancelled();
         ++again)
        committed = commit(description);
    if (!committed)
        return fail(std::move(committed).error());
    return Digest::ofData(m_documents.manifest);
}

} // namespace

Result<Documents> receiveDocuments(WorkerProcess& source, const Cancellation& cancellation) {
    Documents documents;
    for (;;) {
        TRY_ASSIGN(Message message, source.receive(cancellation));
        if (message.kind() == number(Kind::Failed))
            return fail(worker::readError(message));
        if (message.kind() == number(Kind::Document)) {
            TRY(worker::takeDocument(message, documents));
            continue;
        }
        // The last words about layers of the image before: they were whole before these could be read.
        if (message.kind() == number(Kind::LayerSent) || message.kind() == number(Kind::Received))
            continue;
        if (message.kind() != number(Kind::Resolved))
            return fail(ErrorCode::Untrusted,
                        "the worker sent an unexpected message " + worker::kindName(message.kind()));
        TRY_ASSIGN(documents.indexType, message.text(500));
        TRY_ASSIGN(documents.manifestType, message.text(500));
        TRY(message.end());
        return documents;
    }
}

Result<Digest> obtainImage(Store& store, const std::string& workerProgram, WorkerProcess& source,
                           const Documents& documents, const ObtainRequest& request,
                           const LayersProgress& progress, const Cancellation& cancellation) {
    return Obtaining(store, workerProgram, source, documents, request, progress, cancellation).run();
}

} // namespace escale
