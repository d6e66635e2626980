// Paths, queries and times of requests to the Docker Engine API, with a routing table of every form that
// there is.
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/api/times.h"
#include "tests/fuzz/promise.h"

#include <array>

using namespace escale;
using namespace escale::docker_api;
using fuzz::require;

namespace escale::docker_api {

constexpr std::array kRoutes{Route{"GET", "/_ping", nullptr},
                             Route{"GET", "/containers/json", nullptr},
                             Route{"GET", "/containers/{id}/json", nullptr},
                             Route{"GET", "/images/{name...}/json", nullptr},
                             Route{"DELETE", "/images/{name...}", nullptr},
                             Route{"POST", "/plugins/{name...}/{what}/x", nullptr}};

std::span<const Route> systemRoutes() {
    return kRoutes;
}
std::span<const Route> buildRoutes() {
    return {};
}
std::span<const Route> containerRoutes() {
    return {};
}
std::span<const Route> containerViewRoutes() {
    return {};
}
std::span<const Route> containerFileRoutes() {
    return {};
}
std::span<const Route> imageRoutes() {
    return {};
}
std::span<const Route> imageTransferRoutes() {
    return {};
}
std::span<const Route> networkRoutes() {
    return {};
}
std::span<const Route> sessionRoutes() {
    return {};
}
std::span<const Route> swarmRoutes() {
    return {};
}
std::span<const Route> volumeRoutes() {
    return {};
}

} // namespace escale::docker_api

// "METHOD /path?query"
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    const std::size_t space = std::min(text.find(' '), size), question = std::min(text.find('?'), size);
    Request request;
    request.method = text.substr(0, space);
    request.path = text.substr(std::min(space + 1, size), question > space ? question - space - 1 : 0);
    if (const auto route = findRoute(request)) {
        require((*route)->method == request.method, "the method is the route's");
        require(request.version >= kOldestVersion && request.version <= kNewestVersion,
                "the version is one of ours");
        for (const auto& [name, value] : request.parameters)
            require(!name.empty() && value.size() <= size, "parameters are parts of the path");
    }
    const Query query = Query::parse(text.substr(std::min(question + 1, size)));
    for (const char* name : {"since", "until", "t", "limit"}) {
        require(query.has(name) || query.text(name).empty(), "what is not there has no text");
        require(query.texts(name).empty() == !query.has(name), "what is there is listed");
        (void)query.flag(name);
        (void)query.number(name);
        if (const auto time = readTime(query.text(name)))
            require(!query.text(name).empty(), "a time has a text");
    }
    return 0;
}
