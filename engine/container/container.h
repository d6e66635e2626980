// The container model: what was asked for, and how it stands. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

/// Docker's container and host config, as far as this engine honours it.
struct ContainerOptions {
    std::string name;                       // empty: one is made up
    std::string image;                      // reference or id as the owner wrote it
    std::vector<std::string> command;       // empty: the image's Cmd
    std::vector<std::string> environment;   // "NAME=value", over the image's
    std::uint64_t memoryBytes = 512u << 20; // hard limit; 0: none
    double cpus = 0;                        // 0: no limit; 1.5 means one and a half
    std::uint64_t pidsLimit = 1024;         // 0: none
    unsigned stopTimeoutSeconds = 10;       // grace before SIGKILL
    std::string network = "bridge";         // "bridge" or "none"
    bool removeWhenStopped = false;         // --rm
};

enum class ContainerState : std::uint8_t { Created, Running, Exited };
std::string_view stateName(ContainerState state); // "created", "running", "exited": Docker's words

struct Container {
    std::string id; // 64 hex digits
    uid_t owner = 0;
    std::string imageDigest;    // of the manifest
    ContainerOptions options;   // with the name filled in
    std::int64_t createdAt = 0; // Unix time, milliseconds; 0: not yet
    std::int64_t startedAt = 0;
    std::int64_t finishedAt = 0;
    ContainerState state = ContainerState::Created;
    pid_t pid = 0;    // of the container's init, while it runs
    int exitCode = 0; // 128 + signal when a signal ended it
    bool oomKilled = false;
    std::string address; // on the bridge, while it runs
    std::string error;   // why the last start failed
};

} // namespace escale
