// Pulling an image: the helper's side. A fetch worker talks to the registry; the rest is obtain_image.h's.
// Blocking: call it on a job's thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/registry/credentials.h"
#include "engine/registry/registry_settings.h"
#include "helper/worker/obtain_image.h"

#include <optional>
#include <string>
#include <sys/types.h>

namespace escale {

struct PullRequest {
    uid_t owner = 0;
    std::string reference;                  // as the user wrote it
    std::string platform;                   // "linux/arm64/v8"; empty: this machine's
    std::optional<Credentials> credentials; // reach the fetch worker by its socket, are kept nowhere
    RegistryAccess access;                  // the owner's own choice; the machine's is added to it
};

struct Pulled {
    std::string imageDigest; // of this platform's manifest
    std::string name;        // the full reference, "docker.io/library/debian:12"
};

/// All or nothing: the image is in the store under the owner's name, or the store is as before.
Result<Pulled> pullImage(Store& store, const std::string& workerProgram, const PullRequest& request,
                         const LayersProgress& progress, const Cancellation& cancellation);

} // namespace escale
