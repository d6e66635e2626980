#include "engine/stack/compose/scalar_types.h"

#include "engine/stack/compose/canonical_form.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace escale::compose {
namespace {

/// As YAML would read it without its quotes.
Node unquoted(const Node& node) {
    return Node::scalar(node.text, node.place, false);
}

bool isText(const Node& node) {
    return node.quoted || !node.raw.empty() || (!booleanOf(node) && !numberOf(node));
}

} // namespace

std::optional<bool> booleanIn(const Node& node) {
    if (!node.isScalar())
        return std::nullopt;
    std::string word = node.text;
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
    static constexpr std::array<std::string_view, 6> kTrue{"true", "1", "t", "y", "yes", "on"};
    static constexpr std::array<std::string_view, 6> kFalse{"false", "0", "f", "n", "no", "off"};
    if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end())
        return true;
    if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end())
        return false;
    return std::nullopt;
}

std::optional<std::int64_t> integerIn(const Node& node) {
    return node.isScalar() ? integerOf(unquoted(node)) : std::nullopt;
}

std::optional<double> numberIn(const Node& node) {
    return node.isScalar() ? numberOf(unquoted(node)) : std::nullopt;
}

bool fits(const Node& node, std::uint16_t types) {
    switch (node.kind) {
    case NodeKind::Null:
        return (types & kNull) != 0;
    case NodeKind::List:
        return (types & kList) != 0;
    case NodeKind::Map:
        return (types & kMap) != 0;
    case NodeKind::Scalar:
        break;
    }
    return ((types & kText) != 0 && isText(node)) || ((types & kBoolean) != 0 && booleanIn(node)) ||
           ((types & kInteger) != 0 && integerIn(node)) || ((types & kNumber) != 0 && numberIn(node)) ||
           ((types & kBytes) != 0 && bytesOf(node)) || ((types & kDuration) != 0 && durationOf(node));
}

std::string kindInWords(const Node& node) {
    switch (node.kind) {
    case NodeKind::Null:
        return "nothing";
    case NodeKind::List:
        return "a list";
    case NodeKind::Map:
        return "a map";
    case NodeKind::Scalar:
        break;
    }
    const std::string shown = '"' + node.text.substr(0, 60) + '"';
    if (isText(node))
        return node.text.empty() ? "an empty text" : "the text " + shown;
    return booleanOf(node) ? "the boolean " + node.text : "the number " + node.text.substr(0, 60);
}

std::string typesInWords(std::uint16_t types) {
    struct Word {
        std::uint16_t type;
        std::string_view word;
    };
    static constexpr std::array<Word, 8> kWords{{{kText, "a text"},
                                                 {kDuration, "a duration"},
                                                 {kBytes, "a size"},
                                                 {kInteger, "a whole number"},
                                                 {kNumber, "a number"},
                                                 {kBoolean, "true or false"},
                                                 {kList, "a list"},
                                                 {kMap, "a map"}}};
    std::vector<std::string_view> words;
    for (const Word& word : kWords) {
        if ((types & word.type) != 0)
            words.push_back(word.word);
    }
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i)
        text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + std::string(words[i]);
    return text;
}

} // namespace escale::compose
