// .dockerignore: which files of a build context stay at home. The rules are those of Go's filepath.Match with
// "**" and "!" (docs.docker.com/build/concepts/context, "dockerignore files"). Pure.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// One pattern: "*" and "?" stay within a folder's name, "**" does not, "[a-z]" is a character, "\" takes a
/// meaning away.
class PathPattern {
public:
    /// InvalidArgument: "[" without its end, or "\" at the end.
    static Result<PathPattern> parse(std::string_view text);
    [[nodiscard]] bool matches(std::string_view path) const;

private:
    enum class Kind : unsigned char { Letter, One, Name, Anything, Folders, Set };
    struct Range {
        unsigned low, high;
    };
    struct Part {
        Kind kind = Kind::Letter;
        unsigned letter = 0;
        bool isNegated = false;
        std::vector<Range> set;
        [[nodiscard]] bool fits(unsigned code) const; // of the kinds that are one character
    };
    static Result<Part> parseSet(std::string_view text, std::size_t& at);
    std::vector<Part> m_parts;
};

/// The patterns of a file that is read from its top to its end: the last one that says something of a path
/// holds.
class IgnoreFile {
public:
    IgnoreFile() = default;
    /// InvalidArgument names the line.
    static Result<IgnoreFile> parse(std::string_view text);
    /// Of COPY's exclude flags: patterns without comments.
    static Result<IgnoreFile> fromPatterns(const std::vector<std::string>& patterns);

    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    /// Whether a "!" may bring back what is in a folder that is ignored.
    [[nodiscard]] bool hasExceptions() const;
    /// "src/main.cpp": relative, with "/" between names, without "." and "..". What is in an ignored folder
    /// is ignored.
    [[nodiscard]] bool ignores(std::string_view path) const;
    /// Whether nothing in that folder can be wanted: a walk need not enter it.
    [[nodiscard]] bool ignoresAllIn(std::string_view folder) const;

private:
    struct Rule {
        PathPattern pattern;
        std::string text;
        bool isException = false;
    };
    Result<void> add(std::string_view text);
    std::vector<Rule> m_rules;
};

/// Go's filepath.Clean: "a//b/./c/../d" → "a/b/d".
std::string cleanPath(std::string_view path);

} // namespace escale
