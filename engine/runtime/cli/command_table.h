// What escale-runtime can do: every command with its options, in the words of runc and crun.
#pragma once

#include "engine/runtime/cli/arguments.h"

#include <span>
#include <string>

namespace escale {

std::span<const Command> commandTable();
/// For --help: the commands, or one command's options.
std::string usage(const Command* command);

} // namespace escale
