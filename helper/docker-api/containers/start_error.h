// Why a container did not start, as clients understand it.
#pragma once

#include "engine/base/error.h"

namespace escale::docker_api {

/// A program that is missing or may not be executed is the request's fault (400), and clients make exit
/// statuses of the words
/// ("executable file not found", "no such file or directory": 127; "permission denied": 126), so these stand
/// in the message; as does "port is already allocated".
Error startError(Error error);

} // namespace escale::docker_api
