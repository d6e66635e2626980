// The target of a request, taken apart: path and query (RFC 3986, application/x-www-form-urlencoded).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale::docker_api {

/// "%2F" and, in queries, "+" as what they stand for; a "%" that is no escape stays.
std::string percentDecoded(std::string_view text, bool plusIsSpace);

class Query {
public:
    Query() = default;
    /// "all=1&filters=%7B%7D"; at most 1000 parameters are read.
    static Query parse(std::string_view text);

    [[nodiscard]] bool has(std::string_view name) const;
    /// The first of that name; "" when there is none.
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;
    /// As dockerd reads truth: everything but "", "0", "no", "false" and "none".
    [[nodiscard]] bool flag(std::string_view name, bool fallback = false) const;
    /// Nothing when it is missing or no whole number.
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> m_parameters;
};

} // namespace escale::docker_api
