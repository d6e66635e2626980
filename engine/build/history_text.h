// The lines that a build writes into an image's history, as docker/dockerfile:1 words them. Pure.
#pragma once

#include "engine/build/instructions.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// What is not in the instruction itself.
struct HistoryContext {
    std::vector<std::string> words;     // of RUN, the shell's among them
    std::vector<std::string> arguments; // of RUN: "NAME=value" of each ARG so far
};

/// `instruction`: variables replaced (StageState::apply). Empty: it has no line (ONBUILD).
std::string historyText(const BuildInstruction& instruction, const HistoryContext& context = {});

/// strconv.Quote of Go.
std::string quoted(std::string_view text);

} // namespace escale
