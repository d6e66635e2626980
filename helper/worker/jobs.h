// What escale-worker does in each mode, after it has been confined (sandbox.h). Each talks over the channel
// to the helper and returns when its work is done or the helper has gone; an error is sent as Failed by the
// caller.
#pragma once

#include "engine/base/message_channel.h"

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

} // namespace escale::worker
