#include "helper/docker-api/containers/port_json.h"

#include "engine/network/published_port.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <tuple>

namespace escale::docker_api {
namespace {

std::string key(const PortPlace& place) {
    return std::to_string(place.port) + "/" + place.protocol;
}

// "80/tcp", "80"
PortPlace exposedPlace(const std::string& word) {
    PortPlace place;
    const std::size_t slash = std::min(word.find('/'), word.size());
    std::from_chars(word.data(), word.data() + slash, place.port);
    place.protocol = slash == word.size() ? "tcp" : word.substr(slash + 1);
    return place;
}

} // namespace

std::vector<PortPlace> portPlaces(const QStringList& published, const QStringList& exposed) {
    std::vector<PortPlace> places;
    std::set<std::string> known;
    for (const QString& word : published) {
        const auto ports = parsePortWords(word.toStdString());
        if (!ports)
            continue;
        for (const PublishedPort& port : *ports) {
            places.push_back({port.hostIp ? port.hostIp->toString() : "0.0.0.0", port.hostPort,
                              port.containerPort, std::string(protocolName(port.protocol))});
            known.insert(key(places.back()));
        }
    }
    for (const QString& word : exposed) {
        const PortPlace place = exposedPlace(word.toStdString());
        if (place.port != 0 && known.insert(key(place)).second)
            places.push_back(place);
    }
    std::stable_sort(places.begin(), places.end(), [](const PortPlace& a, const PortPlace& b) {
        return std::tie(a.port, a.protocol, a.hostPort) < std::tie(b.port, b.protocol, b.hostPort);
    });
    return places;
}

Json portList(const std::vector<PortPlace>& places) {
    Json list = Json::Array();
    for (const PortPlace& place : places) {
        Json port;
        if (!place.hostAddress.empty())
            port.set("IP", place.hostAddress);
        port.set("PrivatePort", unsigned(place.port));
        if (!place.hostAddress.empty())
            port.set("PublicPort", unsigned(place.hostPort));
        list.append(port.set("Type", place.protocol));
    }
    return list;
}

Json portMap(const std::vector<PortPlace>& places) {
    Json map = Json::Object();
    std::map<std::string, Json> lists;
    for (const PortPlace& place : places) {
        Json& list = lists[key(place)];
        if (!place.hostAddress.empty())
            list.append(
                Json().set("HostIp", place.hostAddress).set("HostPort", std::to_string(place.hostPort)));
    }
    for (auto& [name, list] : lists)
        map.set(name, std::move(list));
    return map;
}

} // namespace escale::docker_api
