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

/// A script for /bin/sh as root of a machine with util-linux, iproute2, nftables and libcap2-bin: makes a container
/// like this one beside it (names of interfaces and cgroups, and addresses, get a suffix or a place of their own, given
/// as variables at the top), runs its program in it in the foreground, and takes everything down when that has ended.
/// What a shell cannot do is said in a comment where it belongs.
std::string madeScript(const MadeSteps& steps, const ScriptFacts& facts);

} // namespace escale
