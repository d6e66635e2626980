// The words between the helper and a worker that mounts another file system.
//
//   helper            escale-worker mount (root, in the machine's mount namespace)
//     |-- Mount --------->|
//     |<-- Mounted -------|  or Failed, as in protocol.h; then it ends
#pragma once

#include "engine/base/message_channel.h"
#include "engine/volume/volumes.h"

namespace escale::worker {

Result<void> sendMount(const MessageChannel& channel, const MountRequest& request);
Result<MountRequest> readMount(Message& message);

Result<void> sendMounted(const MessageChannel& channel, const MountAnswer& answer);
Result<MountAnswer> readMounted(Message& message);

} // namespace escale::worker
