// Talks to the registry: finds the image for the platform, then sends the layers the helper asks for into its
// pipes, each on a thread with a client of its own. The helper decides how many at a time.
#include "engine/base/file.h"
#include "engine/base/thread.h"
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"
#include "engine/image/reference.h"
#include "engine/registry/client.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

#include <cerrno>
#include <memory>
#include <mutex>
#include <unistd.h>

namespace escale::worker {
namespace {

class FetchJob {
public:
    FetchJob(const MessageChannel& channel, FetchRequest request, Reference reference)
        : m_channel(channel)
        , m_request(std::move(request))
        , m_reference(std::move(reference)) {}

    Result<void> resolve();
    Result<void> serveLayers();

private:
    [[nodiscard]] Result<std::unique_ptr<RegistryClient>> makeClient() const {
        return RegistryClient::create(m_reference.registry,
                                      {.credentials = m_request.credentials, .access = m_request.access});
    }
    Result<void> sendLayer(const LayerRequest& layer, const UniqueFd& pipe);
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

Result<void> FetchJob::sendLayer(const LayerRequest& layer, const UniqueFd& pipe) {
    TRY_ASSIGN(const Digest digest, Digest::parse(layer.digest));
    TRY_ASSIGN(auto client, takeClient());
    bool dropped = false;
    const auto sink = [&](std::string_view bytes) -> Result<void> {
        while (!bytes.empty()) {
            const ssize_t written = ::write(pipe.get(), bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            dropped = written < 0 && errno == EPIPE;
            if (written < 0)
                return failErrno("cannot pass the layer on");
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    };
    const auto progress = [&](std::uint64_t received) {
        MessageWriter message(static_cast<std::uint32_t>(Kind::Received));
        // When the helper has gone, so will this process be soon.
        (void)m_channel.send(message.number(layer.number).number(received));
    };
    auto fetched =
        client->fetchBlob(m_reference.repository, digest, layer.size, sink, progress, m_cancellation);
    // The unpacking worker has ended: the helper knows better than we why.
    if (!fetched && dropped)
        return {};
    if (!fetched)
        return fetched;
    {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(client));
    }
    MessageWriter sent(static_cast<std::uint32_t>(Kind::LayerSent));
    return m_channel.send(sent.number(layer.number));
}

Result<void> FetchJob::serveLayers() {
    for (;;) {
        auto message = m_channel.receive();
        // Nothing of ours outlives the process, so threads that wait for the network or a pipe just go with
        // it.
        if (!message)
            ::_exit(0);
        TRY_ASSIGN(auto request, readLayerRequest(*message));
        // A function object must be copyable, a descriptor is not.
        auto pipe = std::make_shared<UniqueFd>(std::move(request.second));
        TRY_ASSIGN(std::thread thread, startThread([this, layer = std::move(request.first), pipe] {
                       if (const auto sent = sendLayer(layer, *pipe); !sent)
                           (void)sendError(m_channel, sent.error());
                   }));
        thread.detach();
    }
}

} // namespace

Result<void> fetch(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(FetchRequest request, readFetch(message));
    TRY_ASSIGN(Reference reference, Reference::parse(request.reference));
    FetchJob job(channel, std::move(request), std::move(reference));
    TRY(job.resolve());
    return job.serveLayers();
}

} // namespace escale::worker
