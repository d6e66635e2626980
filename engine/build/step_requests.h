// What a stage's instructions ask of BuildOperations, beyond their words: targets made absolute, sources
// sorted, mounts read, here-documents made files or a shell's text. Pure.
#pragma once

#include "engine/build/build_operations.h"

#include <set>

namespace escale {

/// Where an instruction stands.
struct StepPlace {
    std::string workingDirectory; // absolute; empty: "/"
    std::optional<std::int64_t> latestTime;
};

/// InvalidArgument.
Result<CopyRequest> copyRequest(const CopyInstruction& copy, const SourceFolder& from,
                                const StepPlace& place);

/// A mount with its defaults; `target` absolute.
/// InvalidArgument: no target, or "/".
Result<RunMount> placedMount(RunMount mount, const StepPlace& place, std::size_t agentsBefore);

/// What a RUN instruction runs.
struct RunCommand {
    CommandLine command; // without the shell
    std::vector<InlineFile> files;
};
/// A here-document alone is the shell's script, or a program of its own if it begins with "#!"; one with a
/// command is the shell's business.
RunCommand runCommand(const RunInstruction& run);

} // namespace escale
