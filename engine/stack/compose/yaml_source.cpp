#include "engine/stack/compose/yaml_source.h"

#include <algorithm>

namespace escale::compose {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kSpace = " \t\r\n";

std::optional<std::size_t> known(std::size_t position) {
    return position == npos ? std::nullopt : std::optional(position);
}

} // namespace

std::size_t YamlSource::find(std::string_view letters, std::size_t position) const {
    return std::min(m_text.find_first_of(letters, position), m_text.size());
}

std::optional<std::size_t> YamlSource::wordBefore(std::size_t position) const {
    return known(m_text.substr(0, position).find_last_not_of(kSpace));
}

std::optional<std::size_t> YamlSource::wordFrom(std::size_t position) const {
    return known(m_text.find_first_not_of(kSpace, position));
}

std::size_t YamlSource::propertyEnd(std::size_t position) const {
    if (m_text.substr(position).starts_with("!<"))
        return std::min(find(">", position) + 1, m_text.size());
    return find(" \t\r\n,[]{}", position);
}

std::size_t YamlSource::behindProperties(std::size_t position) const {
    while (at(position) == '!' || at(position) == '&') {
        position = propertyEnd(position);
        while (position < m_text.size() && (kSpace.find(at(position)) != npos || at(position) == '#'))
            position = at(position) == '#' ? find("\n", position) : position + 1;
    }
    return position;
}

bool YamlSource::opensText(std::size_t position, bool isEmpty) const {
    const auto rest = m_text.substr(std::min(position, m_text.size()), 2);
    if (isEmpty && rest != "''" && rest != "\"\"")
        return rest.starts_with('|') || rest.starts_with('>');
    return !rest.empty() && std::string_view("\"'|>").find(rest.front()) != npos;
}

std::size_t YamlSource::nullEnd(std::size_t position) const {
    if (at(position) == '~')
        return position + 1;
    const auto word = m_text.substr(position, 4);
    const bool isNull = word == "null" || word == "Null" || word == "NULL";
    return isNull && std::string_view(" \t\r\n,]}:").find(at(position + 4)) != npos ? position + 4 : position;
}

std::size_t YamlSource::plainEnd(std::size_t position, std::string_view value) const {
    if (m_text.compare(position, value.size(), value) == 0)
        return position + value.size();
    const auto rest = m_text.substr(position, find("\n", position) - position);
    return position + rest.find_last_not_of(kSpace) + 1;
}

std::optional<std::size_t> YamlSource::quoteEnd(std::size_t position) const {
    const char quote = at(position);
    for (std::size_t end = position + 1; end < m_text.size(); ++end) {
        if (at(end) == '\\' && quote == '"')
            ++end;
        else if (at(end) == quote && quote == '\'' && at(end + 1) == quote)
            ++end;
        else if (at(end) == quote)
            return end + 1;
    }
    return std::nullopt;
}

std::size_t YamlSource::headerEnd(std::size_t position) const {
    return find(kSpace, position);
}

bool YamlSource::beginsDocument(std::size_t position) const {
    if (m_text.substr(position).starts_with("---"))
        return true;
    std::size_t start = m_places.lineStart(position);
    while (start > 0) {
        start = m_places.lineStart(start - 1);
        const auto line = m_places.lineAt(start);
        if (line.starts_with("---") || line.starts_with("..."))
            return true;
        const auto first = line.find_first_not_of(" \t");
        if (first != npos && line[first] != '#' && line[first] != '%')
            return false;
    }
    return false;
}

} // namespace escale::compose
