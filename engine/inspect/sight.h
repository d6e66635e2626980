// What one process can see of another, and do to it, and why: the kernel's rules (namespaces(7),
// pid_namespaces(7), user_namespaces(7), ptrace(2) "access mode checking", kill(2), capabilities(7)) applied
// to what was read of both. Pure; the words are the caller's.
#pragma once

#include "engine/inspect/process_facts.h"

#include <string>
#include <vector>

namespace escale {

enum class Question : std::uint8_t {
    SeesIt,           // finds it in its own /proc, under which number
    Signals,          // may send it signals
    Traces,           // may read its memory (ptrace, /proc/PID/mem, /proc/PID/root)
    SharesMounts,     // sees the same file systems
    SharesNetwork,    // reaches what it listens to on 127.0.0.1
    SharesIpc,        // sees its shared memory, semaphores and queues
    SharesHostname,   // a change of the name is seen
    SharesUsers,      // user ids mean the same
    SharesCgroupView, // sees the same cgroup tree
    SharesClock,      // reads the same monotonic clock
};

enum class Why : std::uint8_t {
    SameNamespace,      // of the type that decides
    OtherNamespace,     // neither is inside of the other
    InsideOf,           // its namespace lies inside of ours: seen from outside, with a number of its own
    Above,              // ours lies inside of its: nobody looks out
    SameUser,           // their ids are equal
    Capability,         // `detail`: the capability that allows it ("CAP_KILL")
    MissingCapability,  // `detail`: the one that would
    UserNamespaceAbove, // a capability here counts nothing there: its user namespace is no part of ours
    MoreCapabilities,   // it has capabilities that the other lacks
    Itself,
    UserNamespaceOwner, // our user made its user namespace from ours: that counts as all capabilities there
};

struct Sight {
    Question question;
    bool yes = false;
    Why why = Why::SameNamespace;
    std::string detail; // a pid as `from` sees it, a capability's name; often empty
};

/// In the order of Question, each once. What cannot be read of a process is left out: whether it may be
/// dumped (PR_SET_DUMPABLE), what a security module adds (Yama, AppArmor), and whether a filter lets `from`
/// make the call at all. Signals and Traces are about a process that is named by its number, so none that is
/// not seen.
std::vector<Sight> sightsBetween(const ProcessFacts& from, const ProcessFacts& to);

/// "CAP_SYS_TIME"; "CAP_63" for one that there is no name for.
std::string capabilityName(unsigned number);
/// How many this build knows: 41 since Linux 5.9.
unsigned capabilityCount();

} // namespace escale
