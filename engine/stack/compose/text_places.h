// Positions in a text's bytes → lines and columns in characters. A place costs the logarithm of the lines'
// number, however long a line is.
#pragma once

#include "engine/stack/compose/node.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace escale::compose {

class TextPlaces {
public:
    /// `text` must outlive it.
    TextPlaces(std::string_view text, std::uint32_t file);

    /// `length` in bytes; what goes beyond the line's end is not counted.
    [[nodiscard]] Place at(std::size_t position, std::size_t length = 0) const;
    /// Of the line that a position is in, without its end.
    [[nodiscard]] std::string_view lineAt(std::size_t position) const;
    [[nodiscard]] std::size_t lineStart(std::size_t position) const;

private:
    /// Characters that begin before a position.
    [[nodiscard]] std::size_t charactersBefore(std::size_t position) const;

    std::string_view m_text;
    std::uint32_t m_file;
    std::vector<std::size_t> m_lineStarts;
    std::vector<std::size_t> m_blocks; // characters before each block of bytes
};

std::size_t characterCount(std::string_view text);
/// Of the first byte that is no UTF-8; npos: all is.
std::size_t invalidUtf8(std::string_view text);

} // namespace escale::compose
