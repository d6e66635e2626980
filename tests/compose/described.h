// Trees and problems as one text, for the tables of the tests of Compose files.
#pragma once

#include "engine/stack/compose/problem.h"

#include <string>

namespace escale::compose {

/// "{a: 1, b: ['x', null]}": unquoted texts as they are, quoted ones in single quotes, tags before them.
inline std::string described(const Node& node) {
    std::string text = node.tag == NodeTag::Reset      ? "!reset "
                       : node.tag == NodeTag::Override ? "!override "
                                                       : "";
    if (node.isNull())
        return text + "null";
    if (node.isScalar())
        return text + (node.quoted ? "'" + node.text + "'" : node.text);
    std::string inside;
    for (const auto& item : node.items)
        inside += (inside.empty() ? "" : ", ") + described(item);
    for (const auto& entry : node.entries)
        inside += (inside.empty() ? "" : ", ") + entry.key + ": " + described(entry.value);
    return text + (node.isList() ? "[" + inside + "]" : "{" + inside + "}");
}

/// "2:5+4": line, column, length.
inline std::string described(const Place& place) {
    return std::to_string(place.line) + ":" + std::to_string(place.column) + "+" +
           std::to_string(place.length);
}

/// "error 2:5+4 what": a line each.
inline std::string described(const Problems& problems) {
    std::string text;
    for (const auto& problem : problems) {
        const bool isError = problem.severity == Problem::Severity::Error;
        const bool isNote = problem.severity == Problem::Severity::Note;
        text += (text.empty() ? "" : "\n") +
                std::string(isError  ? "error "
                            : isNote ? "note "
                                     : "warning ") +
                described(problem.place) + " " + problem.what;
    }
    return text;
}

} // namespace escale::compose
