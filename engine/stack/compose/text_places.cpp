#include "engine/stack/compose/text_places.h"

#include <algorithm>
#include <cstring>

namespace escale::compose {
namespace {

constexpr std::size_t kBlock = 256;

bool continues(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the character that begins with `lead`, and the smallest code point that needs so many.
std::pair<std::size_t, char32_t> sizeOf(unsigned char lead) {
    if (lead < 0x80)
        return {1, 0};
    if (lead >= 0xC0 && lead < 0xE0)
        return {2, 0x80};
    if (lead >= 0xE0 && lead < 0xF0)
        return {3, 0x800};
    if (lead >= 0xF0 && lead < 0xF8)
        return {4, 0x10000};
    return {0, 0};
}

} // namespace

TextPlaces::TextPlaces(std::string_view text, std::uint32_t file)
    : m_text(text)
    , m_file(file)
    , m_lineStarts{0}
    , m_blocks{0} {
    std::size_t characters = 0;
    for (std::size_t position = 0; position < text.size(); ++position) {
        if (position != 0 && position % kBlock == 0)
            m_blocks.push_back(characters);
        characters += continues(text[position]) ? 0 : 1;
        if (text[position] == '\n')
            m_lineStarts.push_back(position + 1);
    }
}

std::size_t TextPlaces::charactersBefore(std::size_t position) const {
    const std::size_t block = std::min(position / kBlock, m_blocks.size() - 1);
    return m_blocks[block] + characterCount(m_text.substr(block * kBlock, position - block * kBlock));
}

std::size_t TextPlaces::lineStart(std::size_t position) const {
    return *std::prev(std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), position));
}

std::string_view TextPlaces::lineAt(std::size_t position) const {
    const std::size_t start = lineStart(std::min(position, m_text.size()));
    auto line = m_text.substr(start, m_text.find('\n', start) - start);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

Place TextPlaces::at(std::size_t position, std::size_t length) const {
    position = std::min(position, m_text.size());
    const auto next = std::upper_bound(m_lineStarts.begin(), m_lineStarts.end(), position);
    const std::size_t lineEnd = next == m_lineStarts.end() ? m_text.size() : *next - 1;
    const std::size_t end = std::clamp(position + length, position, std::max(position, lineEnd));
    const std::size_t before = charactersBefore(position);
    return {m_file, static_cast<std::uint32_t>(next - m_lineStarts.begin()),
            static_cast<std::uint32_t>(before - charactersBefore(*std::prev(next)) + 1),
            static_cast<std::uint32_t>(charactersBefore(end) - before)};
}

std::size_t characterCount(std::string_view text) {
    // Eight bytes at a time: of one that continues a character the upper bits are 10. The product's highest
    // byte is the sum of all.
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    std::size_t continuing = 0;
    std::size_t position = 0;
    for (std::uint64_t word = 0; position + sizeof word <= text.size(); position += sizeof word) {
        std::memcpy(&word, text.data() + position, sizeof word);
        continuing += static_cast<std::size_t>((((word >> 7U) & ~(word >> 6U) & kOnes) * kOnes) >> 56U);
    }
    for (; position < text.size(); ++position)
        continuing += continues(text[position]) ? 1 : 0;
    return text.size() - continuing;
}

std::size_t invalidUtf8(std::string_view text) {
    std::size_t position = 0;
    while (position < text.size()) {
        const auto lead = static_cast<unsigned char>(text[position]);
        const auto [size, smallest] = sizeOf(lead);
        if (size == 0 || position + size > text.size())
            return position;
        char32_t code = size == 1 ? lead : lead & (0xFFU >> (size + 1));
        for (std::size_t i = 1; i < size; ++i) {
            if (!continues(text[position + i]))
                return position;
            code = code << 6U | (static_cast<unsigned char>(text[position + i]) & 0x3FU);
        }
        if (code < smallest || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
            return position;
        position += size;
    }
    return std::string_view::npos;
}

} // namespace escale::compose
