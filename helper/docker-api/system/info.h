// What the engine and its machine are: `docker info`.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <string>

namespace escale::docker_api {

class Bus;
class Exchange;

Result<void> info(Exchange& exchange, const Bus& bus); // GET /info

/// What the machine says of itself.
struct MachineFacts {
    std::string hostname, kernel, architecture; // uname(2)
    std::string operatingSystem, osVersion;     // os-release(5): PRETTY_NAME, VERSION_ID
    std::string id;                             // stable, and of this user; not the machine's own
    unsigned processors = 1;
    std::uint64_t memory = 0; // bytes
    unsigned cgroupVersion = 2;
    bool hasSystemd = false;
};
/// Pure.
Json infoJson(const MachineFacts& machine, const dbus::ContainerList& containers,
              const dbus::ImageList& images, const dbus::NetworkDrivers& drivers);
/// The value of NAME in an os-release file, without its quotes.
std::string osReleaseValue(std::string_view file, std::string_view name);
/// A UUID's form, made of the machine's id and the user's.
std::string engineId(std::string_view machineId, unsigned user);

} // namespace escale::docker_api
