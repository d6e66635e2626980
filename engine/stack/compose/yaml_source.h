// What yaml-cpp does not tell of a node, read from the text where it says that the node begins.
#pragma once

#include "engine/stack/compose/text_places.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace escale::compose {

/// Positions in bytes. Each question costs the length of what it asks about, never that of the text.
class YamlSource {
public:
    /// Both must outlive it.
    YamlSource(std::string_view text, const TextPlaces& places)
        : m_text(text)
        , m_places(places) {}

    [[nodiscard]] char at(std::size_t position) const {
        return position < m_text.size() ? m_text[position] : ' ';
    }
    [[nodiscard]] std::size_t size() const { return m_text.size(); }
    [[nodiscard]] Place placeOf(std::size_t begin, std::size_t end) const {
        return m_places.at(begin, end - begin);
    }
    /// The first character before, or from, a position that is no blank and no line end.
    [[nodiscard]] std::optional<std::size_t> wordBefore(std::size_t position) const;
    [[nodiscard]] std::optional<std::size_t> wordFrom(std::size_t position) const;

    /// Of an anchor, a tag or an alias.
    [[nodiscard]] std::size_t propertyEnd(std::size_t position) const;
    /// Where the node itself begins: behind anchors, tags, and the blanks and comments after them.
    [[nodiscard]] std::size_t behindProperties(std::size_t position) const;

    /// Whether a quoted or a block text begins here. Where no value is written at all, the next key may.
    [[nodiscard]] bool opensText(std::size_t position, bool isEmpty) const;
    /// Of "~" or "null"; the position itself where neither stands.
    [[nodiscard]] std::size_t nullEnd(std::size_t position) const;
    /// In its first line, when it has several.
    [[nodiscard]] std::size_t plainEnd(std::size_t position, std::string_view value) const;
    /// Behind the closing quote; nullopt: there is none.
    [[nodiscard]] std::optional<std::size_t> quoteEnd(std::size_t position) const;
    /// Of the line with "|" or ">".
    [[nodiscard]] std::size_t headerEnd(std::size_t position) const;

    /// A document but the first begins with "---", or after "...".
    [[nodiscard]] bool beginsDocument(std::size_t position) const;

private:
    [[nodiscard]] std::size_t find(std::string_view letters, std::size_t position) const;

    std::string_view m_text;
    const TextPlaces& m_places;
};

} // namespace escale::compose
