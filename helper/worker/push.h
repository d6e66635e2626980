// Pushing an image: the helper's side. One worker talks to the registry (push_protocol.h); a layer that the
// registry does not have is packed by a worker of its own (pack.h) into a file without a name, which the
// first then sends. Blocking: call it on a job's thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/image/manifest.h"
#include "engine/registry/credentials.h"
#include "engine/registry/registry_settings.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class Store;

struct PushRequest {
    uid_t owner = 0;
    std::string image;                                     // a reference of the owner's, or a digest
    std::string target;                                    // a reference; empty: the image's own
    LayerCompression compression = LayerCompression::Gzip; // of what must be packed
    std::optional<Credentials> credentials;                // reach the worker by its socket, are kept nowhere
    RegistryAccess access; // the owner's own choice; the machine's is added to it
};

enum class PushPhase : std::uint8_t { Waiting, Packing, Sending, Present, Done };

struct PushedLayer {
    std::string digest; // of the blob, as far as it is known
    PushPhase phase = PushPhase::Waiting;
    std::uint64_t done = 0;  // bytes of its tar while it is packed, of the blob while it is sent
    std::uint64_t total = 0; // the same
    std::uint64_t size = 0;  // of the blob; before it was packed, that of the one it was pulled as
};

using PushProgress = std::function<void(const std::vector<PushedLayer>&)>;

struct Pushed {
    std::string image;      // the digest of its manifest here
    std::string digest;     // of the manifest in the registry
    std::uint64_t size = 0; // of that manifest
    std::string reference;  // the full target
    unsigned present = 0;   // layers that the registry had
    unsigned mounted = 0;   // those it had in another repository
    unsigned sent = 0;
    std::uint64_t bytes = 0; // that were sent
};

/// The image is in the registry under the target's name, or that name is as before. Blobs that were sent
/// until a failure stay there without a name (the error says how many): the next push goes on with them, or
/// the registry's garbage collection takes them.
Result<Pushed> pushImage(Store& store, const std::string& workerProgram, const PushRequest& request,
                         const PushProgress& progress, const Cancellation& cancellation);

} // namespace escale
