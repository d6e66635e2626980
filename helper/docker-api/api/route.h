// One endpoint of the Docker Engine API: how a folder tells what it answers. The table of all of them
// (routing_table.h) is what the server looks requests up in, and what docs/docker-api.md is made of.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string_view>

namespace escale::docker_api {

class Bus;
class Exchange;

/// Answers a request (http/exchange.h). An error that is returned before the answer began becomes one (answers.h).
using Handler = Result<void> (*)(Exchange& exchange, const Bus& bus);

enum class Support : std::uint8_t {
    Whole,   // as dockerd
    Partly,  // `note` says what is missing or different
    Refused, // `note` says why; the answer says it, too
};

struct Route {
    std::string_view method; // "GET"
    /// "/containers/{id}/json": a name stands for one part of the path, "{name...}" for one or more ("library/debian").
    std::string_view path;
    Handler handler;
    Support support = Support::Whole;
    std::string_view note{}; // for the documentation
};

} // namespace escale::docker_api
