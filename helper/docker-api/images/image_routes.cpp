#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/images/image_handlers.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array kRoutes{
    Route{"GET", "/images/json", listImages, Support::Whole, "An image's Id is its manifest's digest."},
    Route{"GET", "/images/{name...}/json", inspectImage},
    Route{"GET", "/images/{name...}/history", imageHistory},
    Route{"POST", "/images/{name...}/tag", tagImage},
    Route{"DELETE", "/images/{name...}", removeImage, Support::Partly,
          "\"force\" does not take the last name of an image that a container uses."},
    Route{"POST", "/images/prune", pruneImages, Support::Partly, "No filter \"label!\"."},
    Route{"GET", "/images/search", searchImages, Support::Partly, "Docker Hub only."},
    Route{"GET", "/distribution/{name...}/json", inspectDistribution},
};

} // namespace

std::span<const Route> imageRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
