// All endpoints, and which one a request means.
#pragma once

#include "helper/docker-api/api/route.h"
#include "helper/docker-api/http/request.h"

#include <span>
#include <string>
#include <vector>

namespace escale::docker_api {

// Each resource's, in its folder.
std::span<const Route> buildRoutes();
std::span<const Route> containerRoutes();       // containers/: the life of one
std::span<const Route> containerViewRoutes();   // containers/: lists, inspect, logs, stats
std::span<const Route> containerFileRoutes();   // containers/: archive, export, changes, commit
std::span<const Route> imageRoutes();
std::span<const Route> imageTransferRoutes();   // images/: pull, push, load, save
std::span<const Route> networkRoutes();
std::span<const Route> sessionRoutes();         // attach, exec, resize
std::span<const Route> swarmRoutes();           // system/: what an engine outside a swarm says, and plugins
std::span<const Route> systemRoutes();
std::span<const Route> volumeRoutes();

/// All of them, in the order of the documentation.
std::vector<std::span<const Route>> allRoutes();

/// The route of a request, whose version and parameters are filled in. InvalidArgument: a version that is too old or too
/// new, in dockerd's words; NotFound: no such page.
Result<const Route*> findRoute(Request& request);

/// docs/docker-api.md: the table as Markdown.
std::string describeRoutes();

} // namespace escale::docker_api
