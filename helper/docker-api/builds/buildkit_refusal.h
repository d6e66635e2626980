// What clients get that speak to BuildKit (docker 23 and later by its plugin buildx, DOCKER_BUILDKIT=1): the
// sentence that says what to do instead, where they show it.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace escale::docker_api {

class Bus;
class Exchange;

/// POST /grpc: an HTTP/2 connection (RFC 9113) on which every gRPC call is answered with UNIMPLEMENTED and
/// the sentence.
Result<void> refuseGrpc(Exchange& exchange, const Bus& bus);
/// POST /session: the client waits to be asked for files, and nobody asks; the build that it belongs to is
/// refused.
Result<void> refuseSession(Exchange& exchange, const Bus& bus);
Error noBuildKit();

/// The answer to a call, a frame of headers; pure.
std::string grpcRefusal(std::uint32_t stream, std::string_view message);

} // namespace escale::docker_api
