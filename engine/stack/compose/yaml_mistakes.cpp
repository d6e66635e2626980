#include "engine/stack/compose/yaml_mistakes.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <optional>

namespace escale::compose {
namespace {

namespace Reason = YAML::ErrorMsg;
constexpr auto npos = std::string_view::npos;

struct Words {
    std::string what;
    std::string hint;
};

std::string_view trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t");
    return from == npos ? std::string_view() : text.substr(from, text.find_last_not_of(" \t") + 1 - from);
}

Problem told(Place place, Words words) {
    return {Problem::Severity::Error, place, {}, std::move(words.what), std::move(words.hint)};
}

bool isNameLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' || letter == '.';
}

/// Where in a line "name:value" misses its space; npos: nowhere. "http://…" and "80:80" are no such thing.
std::size_t missingSpace(std::string_view line) {
    auto from = line.find_first_not_of(" \t");
    if (from != npos && line.substr(from).starts_with("- "))
        from = line.find_first_not_of(" \t", from + 2);
    if (from == npos || (line[from] >= '0' && line[from] <= '9'))
        return npos;
    const auto end =
        std::find_if_not(line.begin() + static_cast<std::ptrdiff_t>(from), line.end(), isNameLetter);
    const auto colon = static_cast<std::size_t>(end - line.begin());
    const bool fits = colon > from && colon + 1 < line.size() && line[colon] == ':' &&
                      line[colon + 1] != ' ' && line[colon + 1] != '\t' && line[colon + 1] != '/';
    return fits ? colon : npos;
}

std::optional<Problem> tabMistake(std::size_t position, std::string_view text, const TextPlaces& places) {
    const std::size_t start = places.lineStart(position);
    const auto first = text.find_first_not_of(" \t-", start); // behind a list's dash, too
    const auto tab = text.find('\t', start);
    if (tab == npos || (first != npos && tab > first))
        return std::nullopt;
    return told(places.at(tab, 1),
                {"a tab indents this line, and YAML takes only spaces", "replace each tab by two spaces"});
}

std::optional<Problem> spaceMistake(std::size_t position, std::string_view text, const TextPlaces& places) {
    std::size_t start = places.lineStart(position);
    // The parser stumbles over the line, or over the next one, which it takes for the same text.
    for (int lines = 0; lines < 2; ++lines) {
        const auto line = places.lineAt(start);
        if (const auto colon = missingSpace(line); colon != npos) {
            const auto from = line.find_first_not_of(" \t-");
            const std::string key(line.substr(from, colon + 1 - from));
            return told(places.at(start + from, colon + 1 - from),
                        {"a space is missing after the colon of \"" + key + "\"",
                         "write \"" + key + " " + std::string(trimmed(line.substr(colon + 1))) + "\""});
        }
        if (start == 0)
            break;
        start = places.lineStart(text.rfind('\n', start - 1) == npos ? 0 : start - 1);
    }
    return std::nullopt;
}

/// A text in quotes over several lines, and something wrong behind it: the closing quote was forgotten, and
/// the next one that opens was taken for it.
std::optional<Problem> quoteMistake(const YamlStop& stop, std::string_view text, const TextPlaces& places) {
    if (stop.quote == npos || stop.quote >= stop.position)
        return std::nullopt;
    const auto between = text.substr(stop.quote, stop.position - stop.quote);
    if (between.size() < 2 || between.find('\n') == npos)
        return std::nullopt;
    const auto last = between.find_last_not_of(" \t\r\n");
    if (last == npos || between[last] != between.front())
        return std::nullopt;
    return told(places.at(stop.quote, places.lineAt(stop.quote).size()),
                {"the quote that opens here is closed only in line " +
                     std::to_string(places.at(stop.quote + last).line) +
                     ", and what follows there cannot be read",
                 "close it where the text ends"});
}

/// "key: value: more", or a key deeper than the value above it allows.
Words colonWords(std::string_view before) {
    if (before.find(": ") != npos)
        return {"there is a second colon in this value",
                "put the value into quotes, or on a line of its own, indented"};
    return {"this line is indented as a part of the value above it, which is a text",
            "indent it like the line above it"};
}

Words tokenWords(std::string_view rest) {
    const std::string letter(rest.substr(0, 1));
    return {"a value cannot begin with \"" + letter + "\"",
            "put it into quotes: \"" + std::string(trimmed(rest.substr(0, rest.find(" #")))) + "\""};
}

Words indentWords(std::string_view rest) {
    if (rest.starts_with("- ") || rest == "-")
        return {"this item of a list stands where no list is", "indent it like the items above it"};
    return {"this line does not fit the ones above it", "indent it as deep as the lines that it belongs to"};
}

Words wordsOf(const YamlStop& stop, std::string_view before, std::string_view rest) {
    const std::size_t position = std::max(stop.position, stop.quote == npos ? 0 : stop.quote);
    const auto is = [&](std::string_view reason) { return stop.reason == reason; };
    if (is(Reason::MAP_VALUE))
        return colonWords(before);
    if (is(Reason::UNKNOWN_TOKEN))
        return tokenWords(rest);
    if (is(Reason::END_OF_MAP) && rest.starts_with(','))
        return tokenWords(rest);
    if (is(Reason::END_OF_MAP) && stop.quote != npos && before.size() >= position - stop.quote)
        return {"text follows the closing quote",
                "put all of it into the quotes; a quote within them is written \\\" or \'\'"};
    if (is(Reason::END_OF_MAP) || is(Reason::END_OF_SEQ))
        return indentWords(rest);
    if (is(Reason::UNKNOWN_ANCHOR)) {
        const std::string name(rest.substr(0, rest.find_first_of(" \t,]}#")));
        return {"nothing above has the anchor that " + name + " refers to",
                "write " + (name.empty() ? name : "&" + name.substr(1)) +
                    " before the value that is to be repeated"};
    }
    if (is(Reason::BLOCK_ENTRY))
        return {"a list cannot begin in the line of its key",
                "begin it in the next line, or write [one, two]"};
    if (is(Reason::MAP_KEY))
        return {"a \"?\" cannot stand here", "put the value into quotes"};
    if (is(Reason::FLOW_END))
        return {"this bracket closes none", "remove it, or put the value into quotes"};
    if (is(Reason::ANCHOR_NOT_FOUND) || is(Reason::CHAR_IN_ANCHOR))
        return {"\"&\" begins an anchor, and no name follows", "put the value into quotes"};
    if (is(Reason::ALIAS_NOT_FOUND) || is(Reason::CHAR_IN_ALIAS))
        return {"\"*\" begins an alias, and no name follows", "put the value into quotes: \"*\""};
    if (is(Reason::CHAR_IN_BLOCK) || is(Reason::ZERO_INDENT_IN_BLOCK))
        return {"nothing may follow \"|\" and \">\" but \"-\", \"+\" or a digit from 1",
                "begin the text in the next line, indented"};
    if (is(Reason::ALIAS_CONTENT) || is(Reason::MULTIPLE_ALIASES) || is(Reason::MULTIPLE_ANCHORS) ||
        is(Reason::MULTIPLE_TAGS))
        return {"a value has one anchor, one tag, or is one alias", "remove the second one"};
    if (stop.reason.starts_with(Reason::INVALID_ESCAPE))
        return {"\"\\" + std::string(stop.reason.substr(std::string_view(Reason::INVALID_ESCAPE).size())) +
                    "\" is no escape sequence",
                "write \\\\ for a backslash, or use single quotes"};
    if (is(Reason::INVALID_HEX) || stop.reason.starts_with(Reason::INVALID_UNICODE))
        return {"\\x, \\u and \\U want the number of a character, of 2, 4 and 8 digits from 0 to f",
                "write \\\\ for a backslash, or use single quotes"};
    if (is(Reason::BAD_FILE))
        return {"lists and maps are nested too deeply", "write the inner ones apart"};
    if (is(Reason::EOF_IN_SCALAR) || is(Reason::DOC_IN_SCALAR))
        return {"the quote that opens before is never closed", "close it where the text ends"};
    if (stop.reason.find("YAML") != npos || stop.reason.find("TAG") != npos)
        return {"a line that begins with \"%\" is a directive, and this one is wrong",
                "remove it: Compose files need none"};
    if (stop.reason.find("tag") != npos)
        return {"\"!\" begins a tag, and this is none", "put the value into quotes"};
    return {"this is no YAML: " + std::string(stop.reason), {}};
}

} // namespace

Problem explainYamlStop(const YamlStop& stop, std::string_view text, const TextPlaces& places) {
    const std::size_t position = std::min(stop.position, text.size());
    const bool inFlow = stop.reason == Reason::END_OF_SEQ_FLOW || stop.reason == Reason::END_OF_MAP_FLOW;
    if (inFlow && stop.bracket != npos) {
        const bool list = text.substr(stop.bracket).starts_with('[');
        return told(places.at(stop.bracket, 1),
                    {std::string("the ") + (list ? "[" : "{") + " that opens here is not closed",
                     std::string("close it with ") + (list ? "]" : "}") +
                         ", and see that a comma stands between the items"});
    }
    const auto line = places.lineAt(position);
    const auto column = std::min(line.size(), position - places.lineStart(position));
    const auto before = line.substr(0, column);
    const auto rest = line.substr(column);
    const bool isMap = stop.reason == Reason::MAP_VALUE || stop.reason == Reason::END_OF_MAP ||
                       stop.reason == Reason::END_OF_SEQ || stop.reason == Reason::TAB_IN_INDENTATION;
    if (auto problem = isMap ? tabMistake(position, text, places) : std::nullopt)
        return *problem;
    if (auto problem = isMap ? quoteMistake(stop, text, places) : std::nullopt)
        return *problem;
    if (auto problem = isMap ? spaceMistake(position, text, places) : std::nullopt)
        return *problem;
    const auto length = rest.substr(0, rest.find_first_of(" \t,]}")).size();
    return told(places.at(position, std::max<std::size_t>(length, 1)), wordsOf(stop, before, rest));
}

} // namespace escale::compose
