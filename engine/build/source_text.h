// A Dockerfile's text as logical lines: continuation lines joined, comments and empty lines left out, and for
// every byte of a logical line where it stands in the file. Pure.
// docs.docker.com/reference/dockerfile (Format, Parser directives, escape)
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// Both count from 1; a column counts bytes.
struct SourcePosition {
    int line = 1;
    int column = 1;
    auto operator<=>(const SourcePosition&) const = default;
};

/// `end` is the position after the last byte.
struct SourceRange {
    SourcePosition begin;
    SourcePosition end;
    bool operator==(const SourceRange&) const = default;
};

struct Comment {
    std::string text; // without "#" and the spaces around it
    SourceRange range;
};

class LogicalLine {
public:
    [[nodiscard]] const std::string& text() const { return m_text; }
    /// Where the byte at `offset` stands; the length gives the position after the last one.
    [[nodiscard]] SourcePosition position(std::size_t offset) const;
    [[nodiscard]] SourceRange range(std::size_t begin, std::size_t end) const;
    /// From `begin` on, as a line of its own: ONBUILD's instruction.
    [[nodiscard]] LogicalLine from(std::size_t begin) const;

    void append(std::string_view text, SourcePosition where);

private:
    struct Piece {
        std::size_t offset;
        SourcePosition where;
    };
    std::string m_text;
    std::vector<Piece> m_pieces; // in their order
};

/// The file's physical lines, and a place in them.
class SourceReader {
public:
    explicit SourceReader(std::string_view text);
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    /// With its line end, if any.
    std::string_view next();
    /// Of the line that next() gave last.
    [[nodiscard]] int line() const { return m_line; }

private:
    std::string_view m_rest;
    int m_line = 0;
};

// unicode.IsSpace of Go, below 0x80.
constexpr bool isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
std::string_view trimmedLeft(std::string_view text);
std::string_view trimmed(std::string_view text);
std::string_view withoutLineEnd(std::string_view line);
std::string lowerCase(std::string_view text); // of ASCII
std::string upperCase(std::string_view text);

} // namespace escale
