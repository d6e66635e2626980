// Networks that Docker shows beside those that people make. "bridge" is Escale's own default network and has
// its id; the two here are none of the engine's: a container with one of them has no network of its own.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace escale::docker_api {

struct PredefinedNetwork {
    std::string_view name, driver;
    std::string_view id; // always the same one: there is nothing that could have another
};
inline constexpr PredefinedNetwork kHostNetwork{
    "host", "host", "80732327aa1e7339392e53c8341922e61344b4f0079c442d70d735fe5253daec"};
inline constexpr PredefinedNetwork kNoneNetwork{
    "none", "null", "e544716a787faa977c5628ddb909d4d0dfb6cfba0ab2111d0ba453279389d7a7"};
inline constexpr std::array kPredefinedNetworks{kHostNetwork, kNoneNetwork};

/// "bridge", "host", "none": names that nobody can give to a network of their own.
bool isPredefinedNetwork(std::string_view name);

/// Docker's id of a container's place in a network, 64 hex digits: made of both ids, as Escale has none for
/// it.
std::string endpointId(std::string_view network, std::string_view container);

} // namespace escale::docker_api
