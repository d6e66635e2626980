// What escale-worker does in each mode, after it has been confined (sandbox.h). Each talks over the channel
// to the helper and returns when its work is done or the helper has gone; an error is sent as Failed by the
// caller.
#pragma once

#include "engine/base/message_channel.h"

namespace escale {
struct MountRequest;
}

namespace escale::worker {

Result<void> fetch(const MessageChannel& channel);
Result<void> push(const MessageChannel& channel);
Result<void> describe(const MessageChannel& channel);

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
