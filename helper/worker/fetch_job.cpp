// Talks to the registry: finds the image for the platform, then sends the layers the helper asks for into its
// pipes, each on a thread with a client of its own. The helper decides how many at a time.
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"
#include "engine/image/reference.h"
#include "engine/registry/client.h"
#include "helper/worker/jobs.h"
#include "helper/worker/serve_layers.h"

#include <memory>
#include <mutex>

namespace escale::worker {
namespace {

class FetchJob {
public:
    FetchJob(const MessageChannel& channel, FetchRequest request, Reference reference)
        : m_channel(channel)
        , m_request(std::move(request))
        , m_reference(std::move(reference)) {}

    Result<void> resolve();
    Result<void> bring(const LayerRequest& layer, LayerPipe& pipe);

private:
    [[nodiscard]] Result<std::unique_ptr<RegistryClient>> makeClient() const {
        return RegistryClient::create(m_reference.registry,
                                      {.credentials = m_request.credentials, .access = m_request.access});
    }
    Result<std::unique_ptr<RegistryClient>> takeClient();

    const MessageChannel& m_channel;
    FetchRequest m_request;
    Reference m_reference;
    Cancellation m_cancellation; // never set: the helper ends this process instead
    std::mutex m_mutex;
    std::vector<std::unique_ptr<RegistryClient>> m_idle; // with their connections and tokens
};

Result<void> FetchJob::resolve() {
    TRY_ASSIGN(const Platform platform, Platform::parse(m_request.platform));
    TRY_ASSIGN(auto client, makeClient());
    TRY_ASSIGN(FetchedManifest fetched, client->fetchManifest(m_reference, m_cancellation));
    TRY_ASSIGN(ManifestDocument document, parseManifest(fetched.bytes, fetched.mediaType));
    Documents documents;
    if (const auto* index = std::get_if<ImageIndex>(&document)) {
        TRY_ASSIGN(const IndexEntry entry, choosePlatform(*index, platform));
        documents.index = std::move(fetched.bytes);
        documents.indexType = std::move(fetched.mediaType);
        TRY_ASSIGN(fetched,
                   client->fetchManifest(m_reference.repository, entry.manifest.digest, m_cancellation));
        if (fetched.bytes.size() != entry.manifest.size)
            return fail(ErrorCode::Untrusted, "the manifest has " + std::to_string(fetched.bytes.size()) +
                                                  " bytes, not " + std::to_string(entry.manifest.size) +
                                                  " as its index says");
        TRY_ASSIGN(document, parseManifest(fetched.bytes, fetched.mediaType));
    }
    const auto* manifest = std::get_if<ImageManifest>(&document);
    if (manifest == nullptr)
        return fail(ErrorCode::Unsupported,
                    "the index of " + m_reference.familiar() + " leads to another index");
    documents.manifest = std::move(fetched.bytes);
    documents.manifestType = std::move(fetched.mediaType);
    TRY_ASSIGN(documents.config,
               client->readBlob(m_reference.repository, manifest->config.digest, manifest->config.size,
                                kLongestImageConfig, m_cancellation));
    TRY(sendDocuments(m_channel, documents));
    MessageWriter resolved(static_cast<std::uint32_t>(Kind::Resolved));
    TRY(m_channel.send(resolved.text(documents.indexType).text(documents.manifestType)));
    m_idle.push_back(std::move(client));
    return {};
}

Result<std::unique_ptr<RegistryClient>> FetchJob::takeClient() {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto client = std::move(m_idle.back());
            m_idle.pop_back();
            return client;
        }
    }
    return makeClient();
}

Result<void> FetchJob::bring(const LayerRequest& layer, LayerPipe& pipe) {
    TRY_ASSIGN(const Digest digest, Digest::parse(layer.digest));
    TRY_ASSIGN(auto client, takeClient());
    TRY(client->fetchBlob(
        m_reference.repository, digest, layer.size, [&](std::string_view bytes) { return pipe.write(bytes); },
        [&](std::uint64_t received) { pipe.received(received); }, m_cancellation));
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(client));
    return {};
}

} // namespace

Result<void> fetch(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(FetchRequest request, readFetch(message));
    TRY_ASSIGN(Reference reference, Reference::parse(request.reference));
    FetchJob job(channel, std::move(request), std::move(reference));
    TRY(job.resolve());
    return serveLayers(
        channel, [&job](const LayerRequest& layer, LayerPipe& pipe) { return job.bring(layer, pipe); },
        takeNoOther);
}

} // namespace escale::worker
