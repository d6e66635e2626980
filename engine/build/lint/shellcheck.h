// What ShellCheck says of the scripts in a Dockerfile (SC… rules): the program is another package, run when
// it is there. hadolint asks the same of it: the shell of SHELL, ARG and ENV taken as set, three rules left
// out.
#pragma once

#include "engine/base/result.h"
#include "engine/build/lint/lint.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// The script of one RUN as ShellCheck reads it: lines before it name the shell and its variables.
struct ShellcheckScript {
    std::string text;
    int linesBefore = 0;
    LogicalLine places; // of what comes behind them
};

/// One for each RUN in the shell form that a shell runs which ShellCheck knows.
std::vector<ShellcheckScript> shellcheckScripts(const Dockerfile& file, const BuildFile& build);

/// Its answer in JSON ("json1") as findings; comments on script `n` have the file name "n" or a path that
/// ends with "/n". InvalidArgument: it is no such answer. Not silenced yet: withPragmas().
Result<std::vector<LintFinding>> readShellcheckAnswer(std::string_view json,
                                                      const std::vector<ShellcheckScript>& scripts,
                                                      int firstNumber = 0);

struct ShellcheckOutcome {
    std::vector<LintFinding> findings; // silenced, sorted
    std::string note;                  // why nothing was asked, English; empty: it was
};

/// Where the program is; nothing when it is not installed.
std::optional<std::string> findShellcheck();

/// One process for all scripts, which are given to it as memory files: nothing is written. Blocks. A program
/// that is missing, fails or takes longer leaves a note: never an error.
ShellcheckOutcome runShellcheck(const Dockerfile& file, const BuildFile& build, const LintSettings& settings,
                                const std::optional<std::string>& program = findShellcheck(),
                                std::chrono::milliseconds limit = std::chrono::seconds(20));

} // namespace escale
