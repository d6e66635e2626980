// The query parameter "filters": {"label": ["a=b"], "status": ["exited"]}, or the older {"label": {"a=b":
// true}}.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"
#include "helper/docker-api/http/query.h"

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale::docker_api {

class Filters {
public:
    /// InvalidArgument (400, as dockerd says it): no such JSON, or a key other than `known`.
    static Result<Filters> parse(const Query& query, std::initializer_list<std::string_view> known);

    [[nodiscard]] bool isEmpty() const { return m_values.empty(); }
    [[nodiscard]] bool has(std::string_view key) const { return !values(key).empty(); }
    [[nodiscard]] const std::vector<std::string>& values(std::string_view key) const;
    /// One of the values; also when there is none for this key.
    [[nodiscard]] bool matchesAny(std::string_view key, std::string_view value) const;
    /// One of the values, a regular expression, is found in it, or is its beginning; also when there is none
    /// for this key. As dockerd takes names and ids.
    [[nodiscard]] bool matchesPattern(std::string_view key, std::string_view value) const;
    /// Every "label" ("name" or "name=value") is among them, and no "label!".
    [[nodiscard]] bool matchesLabels(const dbus::TextMap& labels) const;
    /// "true", "1" … ; nothing when it is not given. InvalidArgument for another word.
    [[nodiscard]] Result<std::optional<bool>> flag(std::string_view key) const;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
};

} // namespace escale::docker_api
