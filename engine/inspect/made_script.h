// The same container by hand: each step that was recorded as the shell command that does the same, and all of
// them as one script. Pure.
#pragma once

#include "engine/base/made_step.h"

#include <string>

namespace escale {

struct ShellEquivalent {
    std::string command; // one or more lines; empty: a shell has no word for it
    std::string manPage; // "mount(8)", "clone(2)"; what to read of the step itself
};

/// Words that come from the container or its options are quoted. Never runs anything by itself.
ShellEquivalent shellEquivalent(const MadeStep& step);

struct ScriptFacts {
    std::string container; // name, for the comment at the top and the names of what it makes
    std::string image;     // the same
};

/// A script for /bin/sh as root of a machine with util-linux, iproute2, nftables and perl: makes a container
/// like this one beside it, runs its program in it in the foreground, and takes everything down when that has
/// ended. What it makes has names of its own, which stand as variables at the top: the cgroup, interfaces,
/// addresses (100 further in the same subnet), published ports (none: the container's are taken). What a
/// shell cannot do is said in a comment.
std::string madeScript(const MadeSteps& steps, const ScriptFacts& facts);

} // namespace escale
