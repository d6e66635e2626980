// Talks to the registry: looks for blobs, has them mounted, sends them from the files that the helper hands
// over, each on a thread with a client of its own; at last the manifest. The helper decides how many at a
// time.
#include "engine/base/thread.h"
#include "engine/image/image_documents.h"
#include "engine/image/reference.h"
#include "engine/registry/client.h"
#include "helper/worker/jobs.h"
#include "helper/worker/push_protocol.h"

#include <memory>
#include <mutex>
#include <unistd.h>

namespace escale::worker {
namespace {

class PushJob {
public:
    PushJob(const MessageChannel& channel, FetchRequest request, Reference target)
        : m_channel(channel)
        , m_request(std::move(request))
        , m_target(std::move(target)) {}

    Result<void> serve();

private:
    using Client = std::unique_ptr<RegistryClient>;
    Result<Client> takeClient();
    void giveBack(Client client);
    Result<void> startBlob(Message& message);
    Result<void> answer(const BlobRequest& request, const UniqueFd& file);
    Result<BlobState> lookFor(RegistryClient& client, const BlobRequest& request);
    Result<BlobState> send(RegistryClient& client, const BlobRequest& request, const UniqueFd& file);
    Result<void> putManifest(Message& message);

    const MessageChannel& m_channel;
    FetchRequest m_request;
    Reference m_target;
    Documents m_documents;
    ManifestRequest m_manifest;
    Cancellation m_cancellation; // never set: the helper ends this process instead
    std::mutex m_mutex;
    std::vector<Client> m_idle; // with their connections and tokens
};

Result<PushJob::Client> PushJob::takeClient() {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto client = std::move(m_idle.back());
            m_idle.pop_back();
            return client;
        }
    }
    return RegistryClient::create(m_target.registry,
                                  {.credentials = m_request.credentials, .access = m_request.access});
}

void PushJob::giveBack(Client client) {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(client));
}

Result<BlobState> PushJob::lookFor(RegistryClient& client, const BlobRequest& request) {
    TRY_ASSIGN(const bool isThere, client.hasBlob(m_target.repository, request.digest, m_cancellation));
    if (isThere)
        return BlobState::Present;
    for (const std::string& from : request.mountFrom) {
        TRY_ASSIGN(const bool mounted,
                   client.mountBlob(m_target.repository, request.digest, from, m_cancellation));
        if (mounted)
            return BlobState::Mounted;
    }
    return BlobState::Absent;
}

Result<BlobState> PushJob::send(RegistryClient& client, const BlobRequest& request, const UniqueFd& file) {
    const auto progress = [&](std::uint64_t sent) {
        MessageWriter message(static_cast<std::uint32_t>(Kind::Received));
        // When the helper has gone, so will this process be soon.
        (void)m_channel.send(message.number(request.number).number(sent));
    };
    TRY(client.uploadBlob(m_target.repository, request.digest, request.size, sourceOfFile(file.get()),
                          progress, m_cancellation));
    return BlobState::Sent;
}

Result<void> PushJob::answer(const BlobRequest& request, const UniqueFd& file) {
    TRY_ASSIGN(Client client, takeClient());
    TRY_ASSIGN(BlobState state, lookFor(*client, request));
    if (state == BlobState::Absent && file) {
        TRY_ASSIGN(state, send(*client, request, file));
    }
    giveBack(std::move(client));
    return sendBlobState(m_channel, request.number, state);
}

Result<void> PushJob::startBlob(Message& message) {
    // A function object must be copyable, a descriptor is not.
    TRY_ASSIGN(ReceivedBlobRequest received, readBlobRequest(message));
    const auto blob = std::make_shared<ReceivedBlobRequest>(std::move(received));
    TRY_ASSIGN(std::thread thread, startThread([this, blob] {
                   if (const auto answered = answer(blob->request, blob->file); !answered)
                       (void)sendError(m_channel, answered.error());
               }));
    thread.detach();
    return {};
}

Result<void> PushJob::putManifest(Message& message) {
    TRY(takeManifestEnd(message, m_manifest));
    std::string manifest = std::move(m_documents.manifest);
    if (!m_manifest.newLayers.empty()) {
        TRY_ASSIGN(manifest, withNewLayers(manifest, m_manifest.newLayers));
    }
    TRY_ASSIGN(Client client, takeClient());
    TRY_ASSIGN(const Digest digest, client->putManifest(m_target.repository, m_manifest.tag, manifest,
                                                        m_manifest.mediaType, m_cancellation));
    giveBack(std::move(client));
    return sendManifestPut(m_channel, {digest, manifest.size()});
}

Result<void> PushJob::serve() {
    for (;;) {
        auto message = m_channel.receive();
        // Nothing of ours outlives the process, so threads that wait for the network just go with it.
        if (!message)
            ::_exit(0);
        switch (static_cast<Kind>(message->kind())) {
        case Kind::WantBlob:
            TRY(startBlob(*message));
            break;
        case Kind::Document:
            TRY(takeDocument(*message, m_documents));
            break;
        case Kind::NewLayer:
            TRY(takeNewLayer(*message, m_manifest));
            break;
        case Kind::PutManifest:
            TRY(putManifest(*message));
            break;
        default:
            return fail(ErrorCode::Internal, "the helper sent an unexpected message");
        }
    }
}

} // namespace

Result<void> push(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(FetchRequest request, readFetch(message));
    TRY_ASSIGN(Reference target, Reference::parse(request.reference));
    return PushJob(channel, std::move(request), std::move(target)).serve();
}

} // namespace escale::worker
