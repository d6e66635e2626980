// What somebody types to find a file. Pure.
#pragma once

#include <string>
#include <string_view>

namespace escale {

/// Reads the system's table of letters, once; without it only those of ASCII have two cases. To be called
/// before the process gives up the system's files.
void loadLetterCases();

/// "mak*file": matches names that hold such a text, whatever its case; "*" stands for any characters, "?" for
/// one. In UTF-8, where a name is.
class NamePattern {
public:
    explicit NamePattern(std::string_view text);
    [[nodiscard]] bool matches(std::string_view name) const;

private:
    std::u32string m_pattern;
};

} // namespace escale
