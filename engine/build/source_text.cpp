#include "engine/build/source_text.h"

#include <algorithm>

namespace escale {

void LogicalLine::append(std::string_view text, SourcePosition where) {
    m_pieces.push_back({m_text.size(), where});
    m_text += text;
}

SourcePosition LogicalLine::position(std::size_t offset) const {
    auto piece = std::upper_bound(m_pieces.begin(), m_pieces.end(), offset,
                                  [](std::size_t at, const Piece& each) { return at < each.offset; });
    if (piece == m_pieces.begin())
        return {};
    --piece;
    return {piece->where.line, piece->where.column + static_cast<int>(offset - piece->offset)};
}

SourceRange LogicalLine::range(std::size_t begin, std::size_t end) const {
    if (end <= begin)
        return {position(begin), position(begin)};
    // The end belongs to the piece of the last byte, not to the line that follows.
    SourcePosition last = position(end - 1);
    ++last.column;
    return {position(begin), last};
}

LogicalLine LogicalLine::from(std::size_t begin) const {
    LogicalLine rest;
    rest.m_text = m_text.substr(begin);
    rest.m_pieces.push_back({0, position(begin)});
    for (const Piece& piece : m_pieces) {
        if (piece.offset > begin)
            rest.m_pieces.push_back({piece.offset - begin, piece.where});
    }
    return rest;
}

SourceReader::SourceReader(std::string_view text)
    : m_rest(text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (m_rest.substr(0, kByteOrderMark.size()) == kByteOrderMark)
        m_rest.remove_prefix(kByteOrderMark.size());
}

std::string_view SourceReader::next() {
    const auto end = m_rest.find('\n');
    const auto size = end == std::string_view::npos ? m_rest.size() : end + 1;
    const auto line = m_rest.substr(0, size);
    m_rest.remove_prefix(size);
    ++m_line;
    return line;
}

std::string_view trimmedLeft(std::string_view text) {
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    return text;
}

std::string_view trimmed(std::string_view text) {
    text = trimmedLeft(text);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::string_view withoutLineEnd(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

std::string lowerCase(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

std::string upperCase(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return result;
}

} // namespace escale
