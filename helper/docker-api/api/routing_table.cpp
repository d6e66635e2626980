#include "helper/docker-api/api/routing_table.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace escale::docker_api {
namespace {

using Parts = std::vector<std::string>;

// Decoded one by one: an encoded slash is part of a name, and divides nothing.
Parts partsOf(std::string_view path) {
    Parts parts;
    while (!path.empty()) {
        path.remove_prefix(path.starts_with('/') ? 1 : 0);
        const std::size_t end = std::min(path.find('/'), path.size());
        parts.push_back(percentDecoded(path.substr(0, end), false));
        path.remove_prefix(end);
    }
    return parts;
}

using Parameters = std::vector<std::pair<std::string, std::string>>;

// Whether the parts of a path fit a pattern's; {name...} takes as many as are left for it (one at least).
bool fits(std::span<const std::string> pattern, std::span<const std::string> path, Parameters& found) {
    if (pattern.empty() || path.empty())
        return pattern.empty() && path.empty();
    const std::string& first = pattern.front();
    if (!first.starts_with('{'))
        return first == path.front() && fits(pattern.subspan(1), path.subspan(1), found);
    const bool isLong = first.ends_with("...}");
    const std::string name = first.substr(1, first.size() - (isLong ? 5 : 2));
    const std::size_t rest = pattern.size() - 1;
    if (path.size() < rest + 1 || (!isLong && path.front().empty()))
        return false;
    const std::size_t taken = isLong ? path.size() - rest : 1;
    std::string value;
    for (const auto& part : path.first(taken))
        value += (&part == path.data() ? "" : "/") + part;
    found.emplace_back(name, value);
    return fits(pattern.subspan(1), path.subspan(taken), found);
}

// "v1.41"
std::optional<ApiVersion> versionOf(std::string_view part) {
    if (!part.starts_with('v') || part.size() < 2 || part[1] < '0' || part[1] > '9')
        return std::nullopt;
    ApiVersion version{0, 0};
    const char* const end = part.data() + part.size();
    const auto major = std::from_chars(part.data() + 1, end, version.major);
    if (major.ec != std::errc())
        return std::nullopt;
    if (major.ptr == end)
        return version;
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (*major.ptr != '.' || minor.ec != std::errc() || minor.ptr != end)
        return std::nullopt;
    return version;
}

std::string text(ApiVersion version) {
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

Result<void> takeVersion(Request& request) {
    const std::size_t slash = std::min(request.path.find('/', 1), request.path.size());
    const auto version =
        versionOf(std::string_view(request.path).substr(0, slash).substr(std::min<std::size_t>(1, slash)));
    if (!version)
        return {};
    if (*version < kOldestVersion)
        return fail(ErrorCode::InvalidArgument,
                    "client version " + text(*version) + " is too old. Minimum supported API version is " +
                        text(kOldestVersion) + ", please upgrade your client to a newer version");
    if (*version > kNewestVersion)
        return fail(ErrorCode::InvalidArgument, "client version " + text(*version) +
                                                    " is too new. Maximum supported API version is " +
                                                    text(kNewestVersion));
    request.version = *version;
    request.path.erase(0, slash);
    return {};
}

std::string_view supportText(Support support) {
    switch (support) {
    case Support::Whole:
        return "yes";
    case Support::Partly:
        return "in part";
    case Support::Refused:
        return "refused";
    }
    return {};
}

} // namespace

std::vector<std::span<const Route>> allRoutes() {
    return {systemRoutes(),  containerRoutes(), containerViewRoutes(), containerFileRoutes(),
            sessionRoutes(), imageRoutes(),     imageTransferRoutes(), buildRoutes(),
            networkRoutes(), volumeRoutes(),    swarmRoutes()};
}

Result<const Route*> findRoute(Request& request) {
    TRY(takeVersion(request));
    const auto path = partsOf(request.path);
    bool isKnown = false;
    for (const auto routes : allRoutes()) {
        for (const Route& route : routes) {
            Parameters found;
            if (!fits(partsOf(route.path), path, found))
                continue;
            isKnown = true;
            if (route.method != request.method)
                continue;
            request.parameters = std::move(found);
            return &route;
        }
    }
    if (isKnown)
        return fail(ErrorCode::NotFound, request.method + " is not allowed for this page");
    return fail(ErrorCode::NotFound, "page not found");
}

std::string describeRoutes() {
    std::string table = "| Endpoint | Answered | What is different |\n| --- | --- | --- |\n";
    for (const auto routes : allRoutes()) {
        for (const Route& route : routes)
            table += "| `" + std::string(route.method) + " " + std::string(route.path) + "` | " +
                     std::string(supportText(route.support)) + " | " + std::string(route.note) + " |\n";
    }
    return table;
}

} // namespace escale::docker_api
