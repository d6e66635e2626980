// In which networks containers are, as Networks.List tells it, and in the form that the Docker Engine API has
// for it. Pure.
#pragma once

#include "engine/base/json.h"
#include "engine/network/network_record.h"
#include "helper/docker-api/containers/listed_container.h"

#include <QHash>

#include <string>
#include <vector>

namespace escale::docker_api {

struct NetworkPlace {
    const dbus::Network* network = nullptr;
    const dbus::NetworkEndpoint* endpoint = nullptr;
};
using NetworkPlaces = std::vector<NetworkPlace>;

/// All containers' places, by their id; borrows the list.
class NetworkIndex {
public:
    explicit NetworkIndex(const dbus::NetworkList& networks);
    [[nodiscard]] const NetworkPlaces& of(const QString& container) const;

private:
    QHash<QString, NetworkPlaces> m_places;
    NetworkPlaces m_none;
};

/// HostConfig.NetworkMode: "bridge", "none", "host", "container:ID", or the name of the first network.
std::string networkMode(const ListedContainer& container);

/// What was asked of one of a container's networks, by the network's name.
using NetworkChoices = std::vector<NetworkChoice>;

/// One network as "EndpointSettings". `asked`: or null.
Json endpointJson(const NetworkPlace& place, const EndpointRequest* asked);
/// {"bridge": …}: NetworkSettings.Networks, with "host" and "none".
Json networksJson(const ListedContainer& container, const NetworkPlaces& places,
                  const NetworkChoices& choices = {});

} // namespace escale::docker_api
