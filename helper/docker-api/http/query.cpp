#include "helper/docker-api/http/query.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale::docker_api {
namespace {

constexpr std::size_t kMostParameters = 1000;

int digitValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

std::string percentDecoded(std::string_view text, bool plusIsSpace) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? digitValue(text[i + 1]) : -1;
        const int low = high >= 0 ? digitValue(text[i + 2]) : -1;
        if (low >= 0) {
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '+' && plusIsSpace ? ' ' : text[i];
        }
    }
    return decoded;
}

Query Query::parse(std::string_view text) {
    Query query;
    while (!text.empty() && query.m_parameters.size() < kMostParameters) {
        const std::string_view part = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        if (part.empty())
            continue;
        const std::size_t equals = std::min(part.find('='), part.size());
        query.m_parameters.emplace_back(percentDecoded(part.substr(0, equals), true),
                                        equals < part.size() ? percentDecoded(part.substr(equals + 1), true)
                                                             : std::string());
    }
    return query;
}

bool Query::has(std::string_view name) const {
    return std::any_of(m_parameters.begin(), m_parameters.end(),
                       [&](const auto& parameter) { return parameter.first == name; });
}

std::string Query::text(std::string_view name) const {
    for (const auto& [key, value] : m_parameters) {
        if (key == name)
            return value;
    }
    return {};
}

std::vector<std::string> Query::texts(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : m_parameters) {
        if (key == name)
            values.push_back(value);
    }
    return values;
}

bool Query::flag(std::string_view name, bool fallback) const {
    if (!has(name))
        return fallback;
    std::string value = text(name);
    std::transform(value.begin(), value.end(), value.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    constexpr std::array<std::string_view, 5> kFalse{"", "0", "no", "false", "none"};
    return std::find(kFalse.begin(), kFalse.end(), value) == kFalse.end();
}

std::optional<std::int64_t> Query::number(std::string_view name) const {
    const std::string value = text(name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc() || end != value.data() + value.size())
        return std::nullopt;
    return number;
}

} // namespace escale::docker_api
