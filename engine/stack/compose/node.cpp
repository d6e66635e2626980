#include "engine/stack/compose/node.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace escale::compose {
namespace {

/// All of a text, or nothing.
template <class Number, class... Form>
std::optional<Number> wholly(std::string_view text, Form... form) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, form...);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// Drops the sign; whether it was a minus. A second sign is left for from_chars() to refuse.
bool takeSign(std::string_view& text) {
    if (text.empty() || (text.front() != '+' && text.front() != '-'))
        return false;
    const bool minus = text.front() == '-';
    text.remove_prefix(1);
    return minus;
}

int takeBase(std::string_view& digits) {
    if (digits.size() < 2 || digits.front() != '0')
        return 10;
    const char kind = digits[1];
    digits.remove_prefix(kind == 'x' || kind == 'o' ? 2 : 1);
    return kind == 'x' ? 16 : 8;
}

} // namespace

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

const Node* Node::find(std::string_view key) const {
    for (const auto& entry : entries) {
        if (entry.key == key)
            return &entry.value;
    }
    return nullptr;
}

Node* Node::find(std::string_view key) {
    return const_cast<Node*>(std::as_const(*this).find(key));
}

const Node* Node::at(std::initializer_list<std::string_view> keys) const {
    const Node* node = this;
    for (const auto key : keys) {
        if (node == nullptr)
            break;
        node = node->find(key);
    }
    return node;
}

std::string Node::textOf(std::string_view key) const {
    const Node* child = find(key);
    return child != nullptr && child->isScalar() ? child->text : std::string();
}

Node& Node::set(std::string_view key) {
    kind = NodeKind::Map;
    if (Node* there = find(key))
        return *there;
    entries.push_back({std::string(key), {}, {}});
    return entries.back().value;
}

void Node::erase(std::string_view key) {
    std::erase_if(entries, [&](const NodeEntry& entry) { return entry.key == key; });
}

Node Node::scalar(std::string text, Place place, bool quoted) {
    Node node;
    node.kind = NodeKind::Scalar;
    node.quoted = quoted;
    node.text = std::move(text);
    node.place = place;
    return node;
}

Node Node::list() {
    return list({});
}

Node Node::list(std::vector<Node> items, Place place) {
    Node node;
    node.kind = NodeKind::List;
    node.items = std::move(items);
    node.place = place;
    return node;
}

Node Node::map(Place place) {
    Node node;
    node.kind = NodeKind::Map;
    node.place = place;
    return node;
}

bool sameContent(const Node& a, const Node& b) {
    return a.kind == b.kind && a.text == b.text &&
           std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), sameContent) &&
           std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                      [](const NodeEntry& one, const NodeEntry& other) {
                          return one.key == other.key && sameContent(one.value, other.value);
                      });
}

std::optional<bool> booleanOf(const Node& node) {
    if (!node.isScalar() || node.quoted)
        return std::nullopt;
    if (isOneOf(node.text, {"true", "True", "TRUE"}))
        return true;
    if (isOneOf(node.text, {"false", "False", "FALSE"}))
        return false;
    return std::nullopt;
}

std::optional<std::int64_t> integerOf(const Node& node) {
    if (!node.isScalar() || node.quoted)
        return std::nullopt;
    std::string_view digits = node.text;
    const bool minus = takeSign(digits);
    const int base = takeBase(digits);
    const auto size = wholly<std::uint64_t>(digits, base);
    const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!size || *size > largest + (minus ? 1 : 0))
        return std::nullopt;
    return static_cast<std::int64_t>(minus ? 0 - *size : *size);
}

std::optional<double> numberOf(const Node& node) {
    if (!node.isScalar() || node.quoted)
        return std::nullopt;
    if (const auto integer = integerOf(node))
        return static_cast<double>(*integer);
    if (isOneOf(node.text, {".nan", ".NaN", ".NAN"}))
        return std::nan("");
    std::string_view digits = node.text;
    const double sign = takeSign(digits) ? -1 : 1;
    if (isOneOf(digits, {".inf", ".Inf", ".INF"}))
        return sign * std::numeric_limits<double>::infinity();
    // from_chars() would take "inf" and "nan", which are texts here.
    if (digits.find_first_not_of("0123456789.eE+-") != std::string_view::npos || digits.starts_with('-'))
        return std::nullopt;
    const auto size = wholly<double>(digits);
    return size ? std::optional(sign * *size) : std::nullopt;
}

} // namespace escale::compose
