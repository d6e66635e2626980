#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/sessions/attach.h"
#include "helper/docker-api/sessions/exec.h"
#include "helper/docker-api/sessions/session_container.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr std::array kRoutes{
    Route{"POST", "/containers/{id}/attach", attach, Support::Partly,
          "A client that takes nothing of the output for ten seconds is let go, but for the one that a "
          "container made with StdinOnce (docker run -i) has its input from; once the container "
          "has ended, for ten minutes."},
    Route{"GET", "/containers/{id}/attach/ws", attachWebSocket, Support::Refused,
          "No WebSockets: POST /containers/{id}/attach carries the same."},
    Route{"POST", "/containers/{id}/resize", resizeContainer},
    Route{"POST", "/containers/{id}/exec", createExec, Support::Partly,
          "A user or a working directory that the container does not have is an error of the start."},
    Route{"POST", "/exec/{id}/start", startExec},
    Route{"POST", "/exec/{id}/resize", resizeExec, Support::Partly,
          "One that was started with Detach keeps the size that it began with."},
    Route{"GET", "/exec/{id}/json", inspectExec, Support::Partly,
          "Known until the service ends: it holds them in memory, 4096 at most."},
};

} // namespace

std::span<const Route> sessionRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
