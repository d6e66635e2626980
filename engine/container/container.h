// The container model: what was asked for, and how it stands. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace escale {

using Texts = std::vector<std::string>;
using TextMap = std::map<std::string, std::string>;

/// Docker's container and host config, as far as this engine honours it. Each member has one name in the
/// stored form and on the bus (container_options_fields.h); what is not set is Docker's default.
struct ContainerOptions {
    std::string name;                // empty: one is made up
    std::string image;               // reference or id as the owner wrote it
    std::optional<Texts> entrypoint; // set and empty: the image's is dropped
    Texts command;                   // empty: the image's Cmd
    Texts environment;               // "NAME=value", over the image's
    std::string workingDirectory;    // empty: the image's
    std::string user;                // "user", "uid", "user:group" …; empty: the image's
    Texts groups;                    // names or ids, beside the user's own
    std::string hostname;            // empty: the id's first 12 digits
    std::string domainname;
    TextMap labels; // over the image's
    TextMap annotations;

    bool terminal = false;  // -t
    bool openInput = false; // -i
    bool inputOnce = false; // its input ends with its first client, for whom its output waits
    bool init = false;      // a small init as first process
    bool removeWhenStopped = false;
    std::string restart = "no";  // "no", "always", "unless-stopped", "on-failure"
    unsigned restartMaximum = 0; // of on-failure; 0: no limit
    std::string stopSignal;      // empty: the image's, SIGTERM when it has none
    unsigned stopTimeoutSeconds = 10;

    Texts healthCommand;              // {"CMD-SHELL", text}, {"CMD", word…}, {"NONE"}; empty: the image's
    std::uint64_t healthInterval = 0; // milliseconds, as the next three; 0: the image's, or the default
    std::uint64_t healthTimeout = 0;
    std::uint64_t healthStartPeriod = 0;
    std::uint64_t healthStartInterval = 0;
    unsigned healthRetries = 0;

    std::uint64_t memoryBytes = 512u << 20; // hard limit; 0: none
    std::uint64_t memoryReservation = 0;    // soft limit
    std::int64_t memorySwap = 0;            // memory and swap together; -1: no limit; 0: twice the memory
    std::int64_t memorySwappiness = -1;     // -1: the machine's
    std::int32_t oomScoreAdj = 0;
    bool oomKillDisable = false;
    double cpus = 0; // 0: no limit; 1.5 means one and a half
    std::uint64_t cpuShares = 0;
    std::uint64_t cpuPeriod = 0; // microseconds, with cpuQuota
    std::int64_t cpuQuota = 0;
    std::string cpusetCpus;
    std::string cpusetMems;
    std::int64_t pidsLimit = 1024; // 0 and -1: none
    std::uint16_t blkioWeight = 0; // 10…1000
    Texts blkioWeightDevice;       // "/dev/sda:500"
    Texts deviceReadBps;           // "/dev/sda:1048576"
    Texts deviceWriteBps;
    Texts deviceReadIops;
    Texts deviceWriteIops;
    Texts ulimits;   // "nofile=1024:2048"
    TextMap sysctls; // of namespaces that are the container's own
    std::uint64_t shmSize = 64u << 20;
    TextMap tmpfs; // path → mount options
    /// "type=volume,source=web,target=/data" (engine/volume/mount_spec.h), in the one form of mountText().
    /// Those of a container that was made are all that it has: with the volumes that were chosen for it, the
    /// image's, and what came from volumesFrom, which is empty then.
    Texts mounts;
    Texts volumesFrom; // "container", "container:ro"
    bool readOnly = false;

    Texts devices;           // "/dev/fuse", "/dev/sda:/dev/xvda:r"
    Texts deviceCgroupRules; // "c 1:3 rwm"
    Texts capAdd;            // "NET_ADMIN", "CAP_NET_ADMIN", "ALL"
    Texts capDrop;
    bool noNewPrivileges = true;
    std::string seccomp;     // empty: ours; "unconfined"; or a profile's JSON
    std::string apparmor;    // empty: none; "unconfined"; or the name of a loaded profile
    std::string systemPaths; // "unconfined": nothing of /proc and /sys is masked
    bool privileged = false;

    std::string ipc = "private";      // "shareable", "none", "host", "container:ID"
    std::string pid;                  // "host", "container:ID"
    std::string uts;                  // "host"
    std::string userns;               // "host": ids are not shifted
    std::string cgroupns = "private"; // "host"
    std::string network = "bridge";   // "none", "host", "container:ID", or a network's name or id
    Texts networkAliases;             // these four: in that network
    std::string ip;
    std::string ip6;
    std::string macAddress;
    Texts networks; // further ones: "name=NETWORK,alias=…,ip=…"
    Texts dns;
    Texts dnsSearch;
    Texts dnsOptions;
    Texts extraHosts; // "name:address"; "host-gateway" is the bridge's own address
    Texts publish;    // "127.0.0.1:8080:80/tcp"

    std::string logDriver = "json-file"; // or "none"
    TextMap logOptions;                  // "max-size", "max-file", "compress"

    bool operator==(const ContainerOptions&) const = default;
};

enum class ContainerState : std::uint8_t { Created, Running, Paused, Restarting, Exited, Dead };
std::string_view stateName(ContainerState state); // "created", "running" …: Docker's words

/// It has processes: it runs, or is paused.
constexpr bool isAlive(ContainerState state) {
    return state == ContainerState::Running || state == ContainerState::Paused;
}

/// Which of somebody's containers a list is about. Running: those that a user takes for running, also paused,
/// or about to be restarted.
enum class ContainerChoice { All, Running };

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
    std::string address;        // on the bridge, while it runs
    Texts ports;                // published: "127.0.0.1:8080->80/tcp"; of one that does not run: the last
    std::string error;          // why the last start failed
    unsigned restartCount = 0;  // by the restart policy, since somebody started it
    bool stoppedByUser = false; // "unless-stopped" asks for it
    std::string health;         // "", "starting", "healthy", "unhealthy"
};

} // namespace escale
