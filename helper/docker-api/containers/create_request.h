// The body of POST /containers/create as the engine's options. Pure: nothing here looks at the machine or the
// engine.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/container/container.h"
#include "engine/volume/mount_spec.h"
#include "helper/docker-api/http/request.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale::docker_api {

/// A port that may be any of several of this machine: "8000-8010:80".
struct HostPortRange {
    std::string address; // empty: every one
    std::uint16_t first = 0, last = 0;
    std::string inside; // "80/tcp"
};

struct CreateRequest {
    /// Docker's defaults where nothing is said (no limit of memory, new privileges), but for the number of
    /// processes, which stays Escale's. Without `mounts`.
    ContainerOptions options;
    std::vector<MountSpec> mounts;
    std::vector<HostPortRange> portRanges;

    // What needs a look at the image.
    Texts exposedPorts; // "80/tcp"
    bool publishesAll = false;
    Texts withoutVariables;         // "NAME": not even when the image sets it
    bool keepsImageCommand = false; // the image's entrypoint is dropped, its command stays

    Texts warnings;
};

/// InvalidArgument: what is wrong, and where. Unsupported: what Escale has not, and why.
Result<CreateRequest> readCreateRequest(const Json& body, ApiVersion version);

/// "[::1]:8080:80/tcp", as the option "publish" has it; `hostPort` empty: a free one.
std::string publishText(const std::string& address, const std::string& hostPort, const std::string& inside);

} // namespace escale::docker_api
