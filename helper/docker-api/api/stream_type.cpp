#include "helper/docker-api/api/stream_type.h"

namespace escale::docker_api {

std::string_view streamType(const Request& request, bool isFramed) {
    constexpr ApiVersion kTold{1, 42};
    return isFramed && request.version >= kTold ? "application/vnd.docker.multiplexed-stream"
                                                : "application/vnd.docker.raw-stream";
}

} // namespace escale::docker_api
