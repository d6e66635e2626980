// A process on a file system in the making: RUN of a Dockerfile. No record, no name, no log: a container that
// lasts as long as the call. It has its owner's ids, limits, network and profile as any other.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/unique_fd.h"
#include "engine/container/container.h"
#include "engine/container/oci_config.h"
#include "engine/store/store.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

/// A root file system: layers of the store, and on top of them folders as overlay leaves its upper ones
/// (absolute paths, the owner's shifted ids). Both base first.
struct StepRoot {
    std::vector<Layer> layers;
    std::vector<std::string> folders;
};

struct StepContainerMount {
    enum class Kind : std::uint8_t {
        Folder,  // `source`, with the owner's ids; what is written there stays
        Scratch, // `source`, and what is written there is gone afterwards
        Tmpfs,
        File,   // with `content`, on no disk
        Socket, // `source`: an O_PATH descriptor of the socket
    };
    Kind kind = Kind::Folder;
    std::string target; // absolute; made when it is missing, and taken away again when it is empty then
    UniqueFd source;
    bool readOnly = false;
    std::uint64_t size = 0; // of a tmpfs, bytes; 0: no limit
    std::string content;
    std::uint32_t mode = 0400, user = 0, group = 0; // of a file
};

struct StepContainer {
    uid_t owner = 0;
    StepRoot root;
    /// A folder of the caller's on the store's disk, empty: gets upper/ (what the process changes) and work/.
    std::string folder;
    Texts words;
    Texts environment; // all of it: nothing is added but PATH, HOME, HOSTNAME where they are missing
    std::string workingDirectory;
    std::string user;                // "name:group", looked up in the root file system
    std::string network = "default"; // "none", "host"; else a network's name
    bool isPrivileged = false;       // --security=insecure: all capabilities that user namespaces allow
    Texts extraHosts;                // "name:address"
    std::uint64_t memory = 0;        // bytes; 0: no limit
    double cpus = 0;
    std::uint64_t shmSize = 64ULL << 20U;
    std::vector<StepContainerMount> mounts;
    int output = -1; // both streams of the process; borrowed
};

} // namespace escale
