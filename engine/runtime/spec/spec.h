// A bundle's config.json (runtime-spec 1.2, config.md and config-linux.md) as a struct: what Escale's runtime
// acts on. Names follow the specification.
#pragma once

#include "engine/base/result.h"
#include "engine/cgroup/limits.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace escale::spec {

struct IdMapping {
    std::uint32_t containerId = 0;
    std::uint32_t hostId = 0;
    std::uint32_t size = 0;

    bool operator==(const IdMapping&) const = default;
};

struct TimeOffset {
    std::string clock; // "monotonic" or "boottime"
    std::int64_t seconds = 0;
    std::uint32_t nanoseconds = 0;
};

struct Namespace {
    int flag = 0;     // CLONE_NEW…
    std::string type; // "pid", "network", …
    std::string path; // empty: a new one
};

struct Mount {
    std::string destination; // absolute, in the container
    std::string type;
    std::string source;
    std::vector<std::string> options;
    std::vector<IdMapping> uidMappings; // an idmapped mount; empty with "idmap": the container's own
    std::vector<IdMapping> gidMappings;
};

struct Rlimit {
    int resource = 0; // RLIMIT_…
    std::uint64_t soft = 0;
    std::uint64_t hard = 0;
};

/// One bit a capability, bit n is capability number n (capabilities(7)).
struct Capabilities {
    std::uint64_t bounding = 0;
    std::uint64_t effective = 0;
    std::uint64_t inheritable = 0;
    std::uint64_t permitted = 0;
    std::uint64_t ambient = 0;
    std::vector<std::string> unknown{}; // names that nobody here knows
};

/// In characters.
struct ConsoleSize {
    std::uint16_t height = 0;
    std::uint16_t width = 0;
};

/// sched_setattr(2)
struct Scheduler {
    unsigned policy = 0; // SCHED_…
    int nice = 0;
    unsigned priority = 0;
    std::uint64_t flags = 0;   // SCHED_FLAG_…
    std::uint64_t runtime = 0; // nanoseconds, SCHED_DEADLINE
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};

/// ioprio_set(2)
struct IoPriority {
    unsigned kind = 0; // IOPRIO_CLASS_…
    unsigned level = 0;
};

struct Process {
    bool terminal = false;
    ConsoleSize consoleSize; // 0: the kernel's default, or the caller's terminal
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::vector<std::uint32_t> additionalGids;
    std::optional<unsigned> umask;
    std::vector<std::string> args;
    std::vector<std::string> env;
    std::string cwd;
    Capabilities capabilities;
    std::vector<Rlimit> rlimits;
    bool noNewPrivileges = false;
    std::string apparmorProfile;
    std::string selinuxLabel;
    std::optional<int> oomScoreAdj;
    std::optional<Scheduler> scheduler;
    std::optional<IoPriority> ioPriority;
    std::string
        initialAffinity; // "0-1,3": processors of an exec'd process until it is in the container's cgroup
    std::string finalAffinity; // and from then on; empty: the container's
};

struct SeccompArgument {
    unsigned index = 0;
    std::uint64_t value = 0;
    std::uint64_t valueTwo = 0;
    std::string op; // SCMP_CMP_…
};

struct SeccompRule {
    std::vector<std::string> names;
    std::string action; // SCMP_ACT_…
    std::optional<std::uint32_t> errnoRet;
    std::vector<SeccompArgument> args;
};

struct Seccomp {
    std::string defaultAction;
    std::optional<std::uint32_t> defaultErrnoRet;
    std::vector<std::string> architectures; // SCMP_ARCH_…
    std::vector<std::string> flags;         // SECCOMP_FILTER_FLAG_…
    std::vector<SeccompRule> syscalls;
    std::string listenerPath; // a socket; for SCMP_ACT_NOTIFY
    std::string listenerMetadata;
    bool failUnknown = false; // a system call that nobody here knows is an error (annotation, as of crun)
};

struct Device {
    std::string path;
    char type = 'c';
    std::int64_t major = 0;
    std::int64_t minor = 0;
    std::uint32_t fileMode = 0666;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
};

/// config.md#posix-platform-hooks: a program that is told the container's state on its standard input.
struct Hook {
    std::string path; // absolute
    std::vector<std::string> args;
    std::optional<std::vector<std::string>> env; // none: that of whoever runs it
    int timeoutSeconds = 0;                      // 0: none
};

/// Each list in the order in which it is run.
struct Hooks {
    std::vector<Hook> prestart; // these two by the runtime, before the container's root is entered
    std::vector<Hook> createRuntime;
    std::vector<Hook> createContainer; // in the container's namespaces, found on the host
    std::vector<Hook> startContainer;  // in the container, found in its root
    std::vector<Hook> poststart;       // these two by the runtime
    std::vector<Hook> poststop;
    [[nodiscard]] bool any() const;
};

struct Spec {
    std::string ociVersion;
    std::string rootPath; // absolute on the host
    bool rootReadonly = false;
    std::string hostname;
    std::string domainname;
    std::vector<Mount> mounts;
    Process process;
    std::vector<std::pair<std::string, std::string>> annotations;
    Hooks hooks;
    // linux
    std::vector<Namespace> namespaces;
    std::vector<IdMapping> uidMappings;
    std::vector<IdMapping> gidMappings;
    std::vector<Device> devices;
    std::vector<TimeOffset> timeOffsets;
    std::string mountLabel;  // SELinux's, of the file systems that are made
    std::string cgroupsPath; // a path, or slice:prefix:name for systemd; empty: the runtime chooses
    CgroupLimits resources;
    std::optional<Seccomp> seccomp;
    std::optional<unsigned long> personality; // PER_…
    std::string rootfsPropagation;            // "" (private), private, rprivate, slave, rslave
    std::vector<std::string> maskedPaths;
    std::vector<std::string> readonlyPaths;
    std::vector<std::pair<std::string, std::string>> sysctl; // "net.ipv4.ip_forward" → "1"

    /// The namespace of that kind, or null when the container shares the host's.
    [[nodiscard]] const Namespace* findNamespace(int flag) const;
    /// Listed, and without a path.
    [[nodiscard]] bool makesNamespace(int flag) const;
    /// The id as the host sees it, or nothing when it is not mapped.
    [[nodiscard]] std::optional<std::uint32_t> hostUid(std::uint32_t uid) const;
    [[nodiscard]] std::optional<std::uint32_t> hostGid(std::uint32_t gid) const;
};

/// Reads <bundle>/config.json, parses and validates it. Relative paths are made absolute below the bundle.
/// Errors: NotFound (no such file), InvalidArgument (which member is wrong, and how), Unsupported (a part of
/// the specification this runtime does not implement: refused, never silently left out).
Result<Spec> load(const std::string& bundle);
/// Only the text of <bundle>/config.json, or of another file.
Result<std::string> readConfig(const std::string& bundle, const std::string& file = "config.json");
Result<Spec> parse(std::string_view json, const std::string& bundle);
/// A list of small checks over the parsed values; parse() calls it.
Result<void> validate(const Spec& spec);

/// A sysctl's file below /proc/sys: "net.ipv4.conf.eth0/1.forwarding" → "net/ipv4/conf/eth0.1/forwarding".
std::string sysctlFile(std::string name);
/// "CAP_CHOWN" → 0; nothing for a name this build does not know.
std::optional<unsigned> capabilityNumber(const std::string& name);
std::vector<std::string> capabilityNames();
/// The kinds that linux.namespaces may list.
std::vector<std::string> namespaceTypes();
/// "RLIMIT_NOFILE" → RLIMIT_NOFILE.
std::optional<int> rlimitNumber(std::string_view name);
/// RLIMIT_NOFILE → "nofile"; the number itself for one this build does not know.
std::string rlimitWord(int number);
/// Bits of capabilities in small letters, commas between: "chown,net_raw".
std::string capabilityWords(std::uint64_t mask);

} // namespace escale::spec
