#include "helper/docker-api/api/network_names.h"

#include "engine/base/digest.h"

#include <algorithm>

namespace escale::docker_api {

bool isPredefinedNetwork(std::string_view name) {
    return name == "bridge" || std::any_of(kPredefinedNetworks.begin(), kPredefinedNetworks.end(),
                                           [&](const auto& network) { return network.name == name; });
}

std::string endpointId(std::string_view network, std::string_view container) {
    return std::string(Digest::ofData(std::string(network) + "/" + std::string(container)).hex());
}

} // namespace escale::docker_api
