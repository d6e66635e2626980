// What ps(1) prints, as `docker top` shows it: the rows of a container's processes. Pure.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <set>
#include <string_view>

namespace escale::docker_api {

/// {"Titles": […], "Processes": [[…]]} of ps's output. Threads ("-" for their process id) stay with their
/// process. InvalidArgument: there is no column PID to know them by.
Result<Json> processTable(std::string_view output, const std::set<unsigned>& pids);

} // namespace escale::docker_api
