// One step of a container's set-up. The parent fills the list, with every string, file descriptor and filter
// ready; the child only walks it. Plain data: the child reads the parent's memory as it was at clone3(2).
#pragma once

#include <cstdint>

namespace escale::child {

enum class StepKind : std::uint8_t {
    NewSession,          // setsid, and all signals at their default
    NewNetworkNamespace, // that of Walk, or our own; its loopback is up
    JoinCgroup,          // fd: a v1 `tasks` file
    JoinNamespaces,      // fd: a pidfd; flags: CLONE_NEW…; `exec` only
    WaitForGo,           // until the parent has written the id maps
    BecomeRoot,          // uid, gid: of the new user namespace
    NewCgroupNamespace,  // or the one that is joined
    NewKeyring,          // its own session keyring
    SetHostname,         // text
    SetDomainname,       // text
    WriteSysctl,         // path below Walk::proc, text
    PrivateMounts,       // nothing that we mount may show on the host; flags: kOldMounts
    OpenSource,          // path, into slot; kOldMounts only
    // text: type; list: option, value (or null), …; flags: MOUNT_ATTR_…; number: MS_SHARED, …; into slot
    MakeFilesystem,
    EnterRoot,     // slot: the prepared root becomes "/" and the host's mounts are gone; flags: kNoPivot
    AttachMount,   // slot → path; flags: kAttach…
    ReadonlyMount, // slot: an attached mount that is complete now
    MakeDevice,    // path, number: dev_t, mode, uid, gid
    MakeLink,      // path → text
    MaskPath,      // path, base; slot: a /dev/null, slot2: an empty read-only tmpfs
    ReadonlyPath,  // path, base
    ReadonlyRoot,
    RootPropagation, // number: MS_SHARED, …; flags: AT_RECURSIVE
    MakeDirectory,   // path
    ChangeDirectory, // path; must end inside the root
    // path: the container's ptmx; fd: a socket that gets the master; uid: the slave's owner; number: rows <<
    // 16 | columns, or 0; flags: kBindConsole. The slave becomes 0, 1 and 2 and the controlling terminal.
    OpenTerminal,
    SetUmask,         // number
    Redirect,         // fd → number (0, 1, 2)
    CloseDescriptors, // number: all from there on but the sockets, which move there; fd: a listener, or -1
    DropBounding,     // number: the capabilities to keep
    SetIdentity,      // uid, gid, list32/count: additional groups
    SetCapabilities,  // capabilities
    NoNewPrivileges,
    SetPersonality, // number: PER_…
    // bytes/count: struct sock_filter[count]; flags: SECCOMP_FILTER_FLAG_…; with NEW_LISTENER the descriptor
    // goes with buffer, a text, to the listener of CloseDescriptors; number, mode: where in it our pid
    // belongs
    LoadSeccomp,
    FindHome,     // uid: whose home is added to the environment; buffer: "HOME=/", kHomeSize bytes
    FindProgram,  // list: paths to try, in order
    WaitForStart, // reports Ready
    TakeTerminal, // standard input becomes the new session's controlling terminal
    WaitForHooks, // reports Ready, and waits until the parent has run the hooks of the runtime
    StageRoot,    // slot, path: the prepared root is attached there and made complete before it is entered
    // path, list, list2, text: program, arguments, environment, working directory or null; buffer/count: the
    // state for its standard input, number: where in it our pid belongs (kPidWidth bytes); flags:
    // milliseconds, or 0; mode: its index
    RunHook,
    OpenAttribute,  // path below Walk::proc, or text where that is missing; slot: 0 or 1
    WriteAttribute, // slot: opened before; text
    BecomeMember,   // the process that goes on is a new one, born in the pid namespace; reports Member
    Execute,        // list: arguments, list2: environment, number: descriptors from there on are closed
};

// Flag of PrivateMounts: mount(2) has to do. The steps from there on are the same, but for: no
// MakeFilesystem; AttachMount, StageRoot and MaskPath (for a folder) have an OldMount in bytes; a slot holds
// the source that OpenSource has opened, or -1, and once it is attached the mount; StageRoot is always there.
constexpr std::uint64_t kOldMounts = 1;

// Flags of Attach. The mount's root is no folder: a missing target is made as an empty file.
constexpr std::uint64_t kAttachFile = 1;
// No symbolic link on the way: /proc and /sys must be what they seem (CVE-2019-16884).
constexpr std::uint64_t kAttachNoSymlinks = 2;
// The target may lie in a procfs. Elsewhere a mount there is refused: what looks like /proc/self/attr or
// /proc/sys to whoever writes to it must be that (CVE-2019-19921, CVE-2025-52881).
constexpr std::uint64_t kAttachInProc = 4;

// Room for a pid in a hook's state.
constexpr unsigned kPidWidth = 10;

// Size of FindHome's buffer.
constexpr unsigned kHomeSize = 4200;

// Flag of EnterRoot: the host's mounts stay below, out of reach by path; for a root that pivot_root(2)
// refuses (the initramfs).
constexpr std::uint64_t kNoPivot = 1;

// Flag of OpenTerminal: the slave is /dev/console, too.
constexpr std::uint64_t kBindConsole = 1;
// The session is made later, and takes it then.
constexpr std::uint64_t kTakeLater = 2;

struct OldMount {
    const char* type = nullptr;   // of a new file system; null: the slot's source is bound
    const char* source = nullptr; // what the new file system's mountinfo says
    const char* data = nullptr;   // its options, with commas
    std::uint64_t attributes = 0; // its MOUNT_ATTR_…
    std::uint64_t set = 0;        // MOUNT_ATTR_… of a bind
    std::uint64_t clear = 0;
    std::uint64_t propagation = 0; // MS_SHARED, …; 0: private
    bool recursive = false;
};

struct CapabilitySets {
    std::uint64_t effective = 0;
    std::uint64_t permitted = 0;
    std::uint64_t inheritable = 0;
    std::uint64_t ambient = 0;
};

struct Step {
    StepKind kind = StepKind::NewSession;
    int fd = -1;
    int slot = -1; // index into Plan::slots
    int slot2 = -1;
    int base = -1; // the slot of an attached mount that `path` begins in; -1: the root
    std::uint64_t flags = 0;
    std::uint64_t number = 0;
    std::uint32_t mode = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint32_t count = 0;
    const char* path = nullptr;
    const char* text = nullptr;
    const char* const* list = nullptr; // ends with a null pointer; options of MakeFilesystem: with two
    const char* const* list2 = nullptr;
    const std::uint32_t* list32 = nullptr;
    const void* bytes = nullptr;
    char* buffer = nullptr; // the child writes into its own copy
    CapabilitySets capabilities{};
};

// What a step returns that was done in another way than the usual one: nothing, for a path to mask that is
// not there or a device or link that is; with the mount that the parent has prepared, for a file system that
// the kernel refuses.
constexpr int kOtherWay = 1;
// MaskPath: it was a folder.
constexpr int kMaskedFolder = 2;

/// How the walk went, for the record of a start: written by the child, in memory that it shares with the
/// parent.
struct Trace {
    // stepCount + 1 numbers: CLOCK_MONOTONIC in nanoseconds, before the first step and after each that is
    // done.
    std::int64_t* times = nullptr; // null: nothing is recorded
    // stepCount numbers: what each has returned: see kOtherWay; for FindProgram, which of its list it is.
    std::int32_t* ways = nullptr;
    std::int64_t clockOffset = 0;   // of the child's clock, which may be one of a time namespace; nanoseconds
    bool filterAllowsClock = false; // the seccomp filter lets clock_gettime(2) pass
};

/// Among Trace::times: done, but nobody could ask for the time.
constexpr std::int64_t kTimeUnknown = -1;

/// What the child gets: pointers into the parent's memory, copied by clone3.
struct Walk {
    const Step* steps = nullptr;
    std::uint32_t stepCount = 0;
    int* slots = nullptr;     // mounts not yet attached: prepared by the parent, or made by MakeFilesystem
    int channel = -1;         // to the parent
    int startSocket = -1;     // listening; -1 for a process that joins, and for `run`: started by the channel
    int cgroupNamespace = -1; // joined by its path; -1: a new one
    int proc = -1;            // openProcfs() (base/procfs.h)
    int networkNamespace = -1; // made by the parent; -1: NewNetworkNamespace makes one
    Trace trace;
};

/// The child's whole life. Never returns.
[[noreturn]] void walk(const Walk& plan);

} // namespace escale::child
