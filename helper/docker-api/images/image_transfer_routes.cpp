#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"

#include <array>

namespace escale::docker_api {
namespace {

Result<void> createImage(Exchange& exchange, const Bus& bus) {
    return exchange.query().text("fromSrc").empty() ? pullImage(exchange, bus) : importImage(exchange, bus);
}

constexpr std::array kRoutes{
    Route{"POST", "/images/create", createImage, Support::Partly,
          "Pull and import. An import of an address (\"fromSrc=https://…\") is refused, and so is a registry "
          "token."},
    Route{"POST", "/images/{name...}/push", pushImage},
    Route{"GET", "/images/get", saveImages, Support::Whole, "A Docker archive and an OCI archive at once."},
    Route{"GET", "/images/{name...}/get", saveImage},
    Route{"POST", "/images/load", loadImages, Support::Partly,
          "Without progress before the names of the images."},
};

} // namespace

std::span<const Route> imageTransferRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
