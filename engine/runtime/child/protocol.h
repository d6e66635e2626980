// What the runtime (parent) and the container's first process (child) say to each other while it is set up.
//
//   parent                                    child, from clone3(2) to execve(2)
//   ------                                    ----------------------------------
//   clone3 ─────────────────────────────────▶ born in its new namespaces, all signals at their default
//   write cgroup limits, uid_map, gid_map,    makes its network namespace, then waits on the channel (a
//   socket rlimits; idmap the prepared mounts        pair, close-on-exec) 'G' (kGo)
//   ──────────────────────────────▶ walks the list of steps: cgroups, mounts, pivot_root, paths,
//                                             identity, capabilities, look-up of the program
//             ◀────────────────── Report Failed   step, errno — and exits; the parent undoes and explains
//             ◀────────────────── Report Ready    everything but seccomp and exec is done
//   (prestart and createRuntime hooks: the child reports Ready before the mounts, and waits for one more 'G')
//   `create` returns                          accepts on the start socket (a file in the state folder)
//
//   `start`, maybe another process
//   connect, 'S' (kStart) ──────────────────▶ loads the seccomp filter (when privileges are given up for
//   good),
//                                             execve
//             ◀────────────────── end of file     execve closed the connection: the program runs
//             ◀────────────────── Report Failed   execve refused; the child exits with 127
//
// `exec` brings a process into a container that lives. What the container could see of it is in its last
// state from the first moment on: the joiner is in no pid namespace of the container, so that not even a
// process with CAP_SYS_PTRACE there finds it (CVE-2016-9962); it gives up everything, and only then clones
// the member.
//
//   parent                                    joiner                          member
//   ------                                    ------                          ------
//   clone3 (into the v2 cgroup) ────────────▶
//   limits; 'G' (kGo) ──────────────────────▶ v1 cgroups, all namespaces at
//                                             once, identity, capabilities,
//                                             look-up of the program
//             ◀────────────── Report Failed   (either of them)
//                                             clone (CLONE_PARENT) ─────────▶ born in the pid namespace
//             ◀────────────── Report Member   its pid; exits
//   pid file, signals; 'G' (kGo) ───────────────────────────────────────────▶ seccomp filter, execve
//             ◀────────────── end of file     the program runs
//
// Reports are one fixed-size packet: the child formats nothing and allocates nothing.
#pragma once

#include <cstdint>

namespace escale::child {

constexpr char kGo = 'G';
constexpr char kStart = 'S';

/// 'G', and the receiver's pid as the runtime sees it (0: not told).
struct Go {
    char kind = kGo;
    std::uint32_t pid = 0;
};

enum class ReportKind : std::uint32_t { Ready = 1, Failed = 2, Member = 3, HookFailed = 4 };

struct Report {
    ReportKind kind = ReportKind::Ready;
    std::uint32_t step = 0;  // index into the list of steps; HookFailed: into the list of hooks
    std::int32_t number = 0; // errno; 0 when the hook was run and failed
    // Member: its pid. HookFailed: the exit status, or 128 + the signal that ended the hook.
    std::uint32_t detail = 0;
};

} // namespace escale::child
