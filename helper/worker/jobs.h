// What escale-worker does in each mode, after it has been confined (sandbox.h). Each talks over the channel
// to the helper and returns when its work is done or the helper has gone; an error is sent as Failed by the
// caller.
#pragma once

#include "engine/base/message_channel.h"

#include <vector>

namespace escale {
struct MountRequest;
}

namespace escale::worker {

Result<void> fetch(const MessageChannel& channel);
Result<void> push(const MessageChannel& channel);
Result<void> describe(const MessageChannel& channel);
Result<void> build(const MessageChannel& channel);
Result<void> download(const MessageChannel& channel);

struct GitOrder;
/// Not confined before: it takes namespaces of its own, and confines the one in them.
Result<void> git(const MessageChannel& channel, const GitOrder& order);

struct AgentOrder;
Result<void> agent(const MessageChannel& channel, const AgentOrder& order);

struct ArchiveRequest;
Result<void> archive(const MessageChannel& channel, const ArchiveRequest& request);

struct UnpackRequest;
Result<void> unpack(const MessageChannel& channel, const UnpackRequest& request);

struct ReceivedPack;
Result<void> pack(const MessageChannel& channel, const ReceivedPack& request);

struct ReceivedRelay;
Result<void> relay(const MessageChannel& channel, const ReceivedRelay& request);

struct ReceivedFiles;
Result<void> files(const MessageChannel& channel, ReceivedFiles& received);

struct ReceivedSource;
struct ReceivedFetched;
Result<void> source(const MessageChannel& channel, ReceivedSource& received,
                    const std::vector<ReceivedFetched>& fetched);

/// What mounting needs that a confined worker cannot get.
struct MountPreparation {
    std::string address;    // of the NFS server
    UniqueFd userNamespace; // of a container's ids, for a test
};
Result<MountPreparation> prepareMount(const MountRequest& request);
/// Mounts, tests, opens or unmounts (engine/volume/volumes.h).
Result<void> mountVolume(const MessageChannel& channel, const MountRequest& request,
                         const MountPreparation& prepared);

} // namespace escale::worker
