// From what was asked (ContainerOptions) and what the image says (ImageConfig) to what the runtime takes:
// config.json of runtime-spec 1.2. Pure: equal input gives equal bytes.
//   oci_config.cpp  process and root
//   oci_mounts.cpp  mounts
//   oci_linux.cpp   namespaces, limits, devices, masks
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/container/container.h"
#include "engine/container/container_user.h"
#include "engine/container/host_device.h"
#include "engine/store/store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

/// Files that name another container's namespaces; empty: the container has its own, or the host's.
struct JoinedPaths {
    std::string user;
    std::string network;
    std::string ipc;
    std::string pid;
};

/// What somebody asked for to be mounted: a member of config.json's mounts.
struct UserMount {
    std::string target;
    std::string type;
    std::string source;
    Texts options;
};

struct OciInput {
    std::string id;
    ContainerOptions options;
    ImageConfig image;
    ContainerUser user;           // looked up in the root file system
    std::string workingDirectory; // absolute, exists in the root file system
    std::string bundle;           // absolute; holds rootfs/, resolv.conf, hosts and hostname
    std::string cgroupPath;       // "/escale/<id>"
    std::uint32_t idBase = 0;     // host id of the container's root
    std::uint64_t mostOpenFiles =
        524288;                // RLIMIT_NOFILE's hard limit (systemd's default); not above the engine's own
    std::string hostName = {}; // of this machine, or of the container whose network is joined
    JoinedPaths joined = {};
    std::string sharedMemory = {};      // folder that is bound on /dev/shm; empty: a tmpfs of its own
    std::string initProgram = {};       // of this machine, for the option init
    HostDevices devices = {};           // every device that the options name
    Texts deviceNodes = {};             // where <bundle>/devices/0, 1 … belong
    std::vector<UserMount> mounts = {}; // without those of the option tmpfs
};

/// Entrypoint and command as image-spec config.md says; the options' take the place of the image's. Where the
/// entrypoint is replaced, the image's Cmd is not used. InvalidArgument when nothing is left to run.
Result<std::vector<std::string>> processArguments(const ContainerOptions& options, const ImageConfig& image);

/// PATH and HOME by default, then HOSTNAME, TERM with a terminal, the image's variables and the options',
/// each later one over the former.
std::vector<std::string> processEnvironment(const OciInput& input);

/// What uname(2) says inside: the option, that of whom the network belongs to, or the id's first digits.
/// Empty when it is the host's own (uts=host).
std::string hostnameOf(const OciInput& input);

/// Where the options' ids are those of this machine: userns=host, or privileged.
bool sharesUserIds(const ContainerOptions& options);

Result<Json> makeOciConfig(const OciInput& input);

// Parts of the above.
Json makeMounts(const OciInput& input);
Result<Json> makeLinux(const OciInput& input);
/// linux.resources.cpu.
Json makeCpuLimits(const ContainerOptions& options);

/// The path of an init inside the container.
constexpr const char* kInitPath = "/sbin/docker-init";

} // namespace escale
