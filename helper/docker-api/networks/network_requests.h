// What clients ask of networks, in the words of org.escale.Engine1.Networks. Pure. What Docker has and Escale
// has not is refused with its reason, unless it is what happens anyway. InvalidArgument, Unsupported.
#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"

#include <QVariantMap>

#include <string>

namespace escale::docker_api {

struct NetworkRequest {
    std::string name;
    QVariantMap options; // of Create
};
/// The body of /networks/create.
Result<NetworkRequest> networkRequest(const Json& body);

/// A container's place in a network ("EndpointConfig"): the options of Connect.
Result<QVariantMap> endpointOptions(const Json& config);

} // namespace escale::docker_api
