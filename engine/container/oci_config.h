// From what was asked (ContainerOptions) and what the image says (ImageConfig) to what the runtime takes:
// config.json of runtime-spec 1.2. Pure: equal input gives equal bytes.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/container/container.h"
#include "engine/container/container_user.h"
#include "engine/store/store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

struct OciInput {
    std::string id;
    ContainerOptions options;
    ImageConfig image;
    ContainerUser user;           // the image's user, looked up
    std::string workingDirectory; // absolute, exists in the root file system
    std::string bundle;           // absolute; holds rootfs/, resolv.conf, hosts and hostname
    std::string cgroupPath;       // "/escale/<id>"
    std::uint32_t idBase = 0;     // host id of the container's root
    std::uint64_t mostOpenFiles =
        524288; // RLIMIT_NOFILE's hard limit (systemd's default); not above the engine's own
};

/// Entrypoint and command as image-spec config.md says; the options' command takes the place of the image's
/// Cmd. InvalidArgument when nothing is left to run.
Result<std::vector<std::string>> processArguments(const ContainerOptions& options, const ImageConfig& image);

/// PATH and HOME by default, then HOSTNAME, the image's variables and the options', each later one over the
/// former.
std::vector<std::string> processEnvironment(const OciInput& input);

/// Docker's fourteen default capabilities.
const std::vector<std::string>& defaultCapabilities();

Result<Json> makeOciConfig(const OciInput& input);

} // namespace escale
