// What silences rules: comments above instructions, the directive "# check=", the settings. Part of lint().
#pragma once

#include "engine/build/lint/lint.h"

namespace escale::lintrules {

/// "hadolint global ignore=DL3008,SC2086 # why": its scope and its rules; nothing when it is no such comment.
struct Pragma {
    std::string scope; // "", "stage", "global"
    std::set<std::string, std::less<>> rules;
};
std::optional<Pragma> readPragma(std::string_view comment);

/// "skip=A,B;error=true;experimental=all": BuildKit's checks alone.
struct CheckOptions {
    bool skipsAll = false;
    std::set<std::string, std::less<>> skipped;
    bool experimentalAll = false;
    std::set<std::string, std::less<>> experimental;
    bool isError = false;
};
CheckOptions readCheckOptions(std::string_view text);

/// The instruction that stands at that line, or before it; nothing before the first one.
std::optional<std::size_t> instructionAt(const Dockerfile& file, int line);

/// Whether a rule is one of BuildKit's.
bool isBuildCheck(std::string_view rule);

} // namespace escale::lintrules
