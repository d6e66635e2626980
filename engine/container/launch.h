// What the start of a container has made so far; shared by the files that start one.
#pragma once

#include "engine/container/containers_state.h"
#include "engine/container/oci_config.h"

namespace escale {

struct Containers::State::Launch {
    Container container;
    bool awaitsClient = false; // StartOptions
    std::vector<Layer> layers;
    ImageConfig imageConfig;
    std::uint32_t idBase = 0; // 0: ids are not shifted
    std::string bundle;
    std::vector<EndpointRecord> endpoints;
    std::vector<NetworkRecord> networks; // of these, in the same order
    std::vector<PublishedPort> ports;    // reserved
    JoinedPaths joined;
    std::string sharedMemory;
    std::vector<UserMount> mounts;
    std::vector<UniqueFd> mountFds;   // what they name, until the container is made
    std::string networkOf;            // id of the container whose network is joined
    std::string networkName;          // its host name; empty: this machine's
    std::vector<UniqueFd> namespaces; // what `joined` names, until the container is made
    ProcessRecord process;
    MadeSteps steps; // of what the engine did, when it is done
};

/// What a descriptor of ours is called by the runtime: a source of mounts.
std::string pathForRuntime(const UniqueFd& fd);

} // namespace escale
