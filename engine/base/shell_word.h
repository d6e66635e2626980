// Text as words of /bin/sh, and back. What is quoted here may come from anybody and end in a shell of root's:
// no character of it means anything there but itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// One word that is `text`: as it is where no character needs more, else in single quotes. A NUL, which no
/// word can hold, is left out. It may begin with "-": the caller puts "--" before it, or uses shellPath().
std::string shellWord(std::string_view text);

/// A word that no program takes for an option: a path that begins with "-" gets "./" before it.
std::string shellPath(std::string_view path);

/// The words, with spaces between.
std::string shellWords(const std::vector<std::string>& words);

/// The words of a line that shellWords() has written (or somebody with single quotes, double quotes and
/// backslashes); nothing where the shell would do more than take off quotes: an expansion, an operator, a
/// comment, a quote without its end.
std::optional<std::vector<std::string>> readShellWords(std::string_view line);

} // namespace escale
