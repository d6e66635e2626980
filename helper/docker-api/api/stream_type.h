// How the streams of a container are said to be, where they are attached and where its log is read.
#pragma once

#include "helper/docker-api/http/request.h"

#include <string_view>

namespace escale::docker_api {

/// The content type of a terminal's bytes, or of frames (since 1.42 these are told apart).
std::string_view streamType(const Request& request, bool isFramed);

} // namespace escale::docker_api
