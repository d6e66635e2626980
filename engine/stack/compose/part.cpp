#include "engine/stack/compose/part.h"

#include "engine/stack/compose/canonical_form.h"

#include <charconv>
#include <limits>

namespace escale::compose {
namespace {

template <class Number>
std::optional<Number> parse(std::string_view text, int base) {
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

// In quotes or not: the canonical form has numbers as texts where a text may stand there, too.
std::optional<std::int64_t> parseInteger(std::string_view text) {
    if (text.starts_with("0x"))
        return parse<std::int64_t>(text.substr(2), 16);
    if (text.starts_with("0o"))
        return parse<std::int64_t>(text.substr(2), 8);
    if (text.size() > 1 && text.front() == '0')
        return parse<std::int64_t>(text.substr(1), 8);
    return parse<std::int64_t>(text, 10);
}

} // namespace

std::string inQuotes(std::string_view text) {
    return '"' + std::string(text.substr(0, 80)) + '"';
}

Part::Part(Problems& problems, const Node* node, std::string path, Place around)
    : m_problems(&problems)
    , m_node(node)
    , m_path(std::move(path))
    , m_place(node != nullptr && node->place.line != 0 ? node->place : around) {}

Part Part::operator[](std::string_view key) const {
    std::string path = m_path.empty() ? std::string(key) : m_path + '.' + std::string(key);
    return {*m_problems, m_node == nullptr ? nullptr : m_node->find(key), std::move(path), m_place};
}

std::vector<Part> Part::items() const {
    std::vector<Part> parts;
    if (m_node == nullptr)
        return parts;
    for (std::size_t i = 0; i < m_node->items.size(); ++i)
        parts.emplace_back(*m_problems, &m_node->items[i], m_path + '[' + std::to_string(i) + ']', m_place);
    return parts;
}

std::vector<std::pair<std::string, Part>> Part::entries() const {
    std::vector<std::pair<std::string, Part>> parts;
    if (m_node == nullptr)
        return parts;
    for (const NodeEntry& entry : m_node->entries)
        parts.emplace_back(entry.key, Part(*m_problems, &entry.value, m_path + '.' + entry.key,
                                           entry.place.line != 0 ? entry.place : m_place));
    return parts;
}

std::string Part::text() const {
    return m_node != nullptr && m_node->isScalar() ? m_node->text : std::string();
}

Texts Part::texts() const {
    Texts texts;
    if (m_node == nullptr)
        return texts;
    if (m_node->isScalar())
        texts.push_back(m_node->text);
    for (const Node& item : m_node->items)
        texts.push_back(item.text);
    return texts;
}

TextMap Part::textMap() const {
    TextMap map;
    if (m_node == nullptr)
        return map;
    for (const NodeEntry& entry : m_node->entries)
        map[entry.key] = entry.value.text;
    for (const Node& item : m_node->items) {
        const auto equals = item.text.find('=');
        map[item.text.substr(0, equals)] =
            equals == std::string::npos ? std::string() : item.text.substr(equals + 1);
    }
    return map;
}

bool Part::flag(bool otherwise) const {
    const std::string value = text();
    if (value == "true" || value == "false")
        return value == "true";
    if (*this)
        error(inQuotes(value) + " is neither true nor false");
    return otherwise;
}

std::optional<std::int64_t> Part::integer() const {
    if (!*this)
        return std::nullopt;
    const auto value = parseInteger(text());
    if (!value)
        error(inQuotes(text()) + " is no whole number");
    return value;
}

std::optional<std::int64_t> Part::integer(std::int64_t least, std::int64_t most) const {
    const auto value = integer();
    if (value && (*value < least || *value > most)) {
        error(std::to_string(*value) + " is not from " + std::to_string(least) + " to " +
              std::to_string(most));
        return std::nullopt;
    }
    return value;
}

std::optional<double> Part::number() const {
    if (!*this)
        return std::nullopt;
    const std::string value = text();
    double number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failed != std::errc() || end != value.data() + value.size()) {
        error(inQuotes(value) + " is no number");
        return std::nullopt;
    }
    return number;
}

std::optional<std::uint64_t> Part::bytes() const {
    if (!*this)
        return std::nullopt;
    const auto value = bytesOf(*m_node);
    if (!value)
        error(inQuotes(text()) + " is no size", "Write a number and b, k, m or g, such as 512m.");
    return value;
}

std::optional<std::uint64_t> Part::milliseconds() const {
    if (!*this)
        return std::nullopt;
    const auto value = durationOf(*m_node);
    if (!value || *value < 0) {
        error(inQuotes(text()) + " is no duration", "Write numbers with units, such as 1m30s.");
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(*value);
}

void Part::error(std::string what, std::string hint) const {
    tell(Problem::Severity::Error, std::move(what), std::move(hint));
}
void Part::warn(std::string what, std::string hint) const {
    tell(Problem::Severity::Warning, std::move(what), std::move(hint));
}
void Part::note(std::string what, std::string hint) const {
    tell(Problem::Severity::Note, std::move(what), std::move(hint));
}
void Part::refuse(std::string_view what, std::string_view because, std::string hint) const {
    error("not supported: " + std::string(what) + ", because " + std::string(because), std::move(hint));
}
void Part::leaveOut(std::string_view what, std::string_view because, std::string hint) const {
    warn("not supported: " + std::string(what) + ", because " + std::string(because), std::move(hint));
}

void Part::tell(Problem::Severity severity, std::string what, std::string hint) const {
    m_problems->push_back({severity, m_place, m_path, std::move(what), std::move(hint)});
}

} // namespace escale::compose
