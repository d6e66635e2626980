// Pulling an image: the helper's side. One fetch worker talks to the registry, one unpack worker a layer
// writes the files; neither is trusted, every word from them is checked here. Blocking: call it on a job's
// thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
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

struct PullRequest {
    uid_t owner = 0;
    std::string reference;                  // as the user wrote it
    std::string platform;                   // "linux/arm64/v8"; empty: this machine's
    std::optional<Credentials> credentials; // reach the fetch worker by its socket, are kept nowhere
    RegistryAccess access;                  // the owner's own choice; the machine's is added to it
};

enum class LayerPhase : std::uint8_t { Waiting, Downloading, Present, Done };

struct LayerProgress {
    std::string digest; // of the blob
    LayerPhase phase = LayerPhase::Waiting;
    std::uint64_t received = 0; // bytes of the blob; it is unpacked while it arrives
    std::uint64_t total = 0;
};

using PullProgress = std::function<void(const std::vector<LayerProgress>&)>;

struct Pulled {
    std::string imageDigest; // of this platform's manifest
    std::string name;        // the full reference, "docker.io/library/debian:12"
};

/// All or nothing: the image is in the store under the owner's name, or the store is as before.
Result<Pulled> pullImage(Store& store, const std::string& workerProgram, const PullRequest& request,
                         const PullProgress& progress, const Cancellation& cancellation);

} // namespace escale
