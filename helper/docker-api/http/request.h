// The head of a request as handlers see it.
#pragma once

#include "helper/docker-api/http/query.h"

#include <string>
#include <utility>
#include <vector>

namespace escale::docker_api {

struct ApiVersion {
    unsigned major = 1, minor = 47;
    auto operator<=>(const ApiVersion&) const = default;
};
/// What is announced; a path without a version means this one.
inline constexpr ApiVersion kNewestVersion{1, 47};
inline constexpr ApiVersion kOldestVersion{1, 24};

struct Request {
    std::string method;                  // "GET"
    std::string path;                    // decoded, without the version
    ApiVersion version = kNewestVersion; // that the client speaks
    Query query;
    std::vector<std::pair<std::string, std::string>> headers;    // names in lower case
    std::vector<std::pair<std::string, std::string>> parameters; // {id} of the route's path
    bool isGuest = false; // comes from another user id: out of a container that the socket was given to

    /// The first of that name (in lower case); "" when there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
    /// What a route's path calls {name}.
    [[nodiscard]] std::string parameter(std::string_view name) const;
};

} // namespace escale::docker_api
