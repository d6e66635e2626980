// What belongs to a swarm, as an engine that is in none answers it; and what Docker keeps beside it and
// Escale does not have: plugins and checkpoints.
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/http/exchange.h"

#include <array>

namespace escale::docker_api {
namespace {

constexpr auto kNoManager = "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm "
                            "join\" to connect this node to swarm "
                            "and try again.";
constexpr int kServiceUnavailable = 503;

Result<void> outsideOfSwarm(Exchange& exchange, const Bus& /*bus*/) {
    return exchange.reply(kServiceUnavailable, Json().set("message", kNoManager));
}

Result<void> leaveSwarm(Exchange& exchange, const Bus& /*bus*/) {
    return exchange.reply(kServiceUnavailable, Json().set("message", "This node is not part of a swarm"));
}

Result<void> refuseSwarm(Exchange& /*exchange*/, const Bus& /*bus*/) {
    return fail(
        ErrorCode::Unsupported, "Escale is the engine of one machine: it makes no swarm and joins none",
        "Run several containers of an application with `docker compose` or a stack in Escale's window.");
}

Result<void> listPlugins(Exchange& exchange, const Bus& /*bus*/) {
    return exchange.reply(200, Json(Json::Array{}));
}

Result<void> noSuchPlugin(Exchange& exchange, const Bus& /*bus*/) {
    return fail(ErrorCode::NotFound, "plugin \"" + exchange.parameter("name") + "\" not found");
}

Result<void> refusePlugins(Exchange& /*exchange*/, const Bus& /*bus*/) {
    return fail(
        ErrorCode::Unsupported,
        "Escale has no plugins: they would be programs with the engine's rights over this machine",
        "Volumes of NFS and other file systems, and the networks bridge, macvlan and ipvlan, need none.");
}

Result<void> refuseCheckpoints(Exchange& /*exchange*/, const Bus& /*bus*/) {
    return fail(ErrorCode::Unsupported,
                "Escale has no checkpoints: it does not write the memory of processes to a disk",
                "Pause the container (`docker pause`), or keep its files (`docker commit`).");
}

constexpr std::string_view kAsOutside = "as an engine outside a swarm answers";

constexpr Route ofSwarm(std::string_view method, std::string_view path) {
    return {method, path, outsideOfSwarm, Support::Whole, kAsOutside};
}
constexpr Route ofPlugin(std::string_view method, std::string_view path) {
    return {method, path, noSuchPlugin, Support::Whole, "there is no plugin that it could be about"};
}
constexpr Route newPlugin(std::string_view method, std::string_view path) {
    return {method, path, refusePlugins, Support::Refused,
            "a plugin would be a program with the engine's rights"};
}
constexpr Route ofCheckpoint(std::string_view method, std::string_view path) {
    return {method, path, refuseCheckpoints, Support::Refused,
            "the memory of processes is not written to a disk"};
}

constexpr std::array kRoutes{
    ofSwarm("GET", "/swarm"),
    Route{"POST", "/swarm/init", refuseSwarm, Support::Refused, "Escale is the engine of one machine"},
    Route{"POST", "/swarm/join", refuseSwarm, Support::Refused, "Escale is the engine of one machine"},
    Route{"POST", "/swarm/leave", leaveSwarm, Support::Whole, kAsOutside},
    ofSwarm("POST", "/swarm/update"),
    ofSwarm("GET", "/swarm/unlockkey"),
    ofSwarm("POST", "/swarm/unlock"),
    ofSwarm("GET", "/nodes"),
    ofSwarm("GET", "/nodes/{id}"),
    ofSwarm("DELETE", "/nodes/{id}"),
    ofSwarm("POST", "/nodes/{id}/update"),
    ofSwarm("GET", "/services"),
    ofSwarm("POST", "/services/create"),
    ofSwarm("GET", "/services/{id}"),
    ofSwarm("DELETE", "/services/{id}"),
    ofSwarm("POST", "/services/{id}/update"),
    ofSwarm("GET", "/services/{id}/logs"),
    ofSwarm("GET", "/tasks"),
    ofSwarm("GET", "/tasks/{id}"),
    ofSwarm("GET", "/tasks/{id}/logs"),
    ofSwarm("GET", "/secrets"),
    ofSwarm("POST", "/secrets/create"),
    ofSwarm("GET", "/secrets/{id}"),
    ofSwarm("DELETE", "/secrets/{id}"),
    ofSwarm("POST", "/secrets/{id}/update"),
    ofSwarm("GET", "/configs"),
    ofSwarm("POST", "/configs/create"),
    ofSwarm("GET", "/configs/{id}"),
    ofSwarm("DELETE", "/configs/{id}"),
    ofSwarm("POST", "/configs/{id}/update"),
    Route{"GET", "/plugins", listPlugins, Support::Whole, "there are none"},
    newPlugin("GET", "/plugins/privileges"),
    newPlugin("POST", "/plugins/pull"),
    newPlugin("POST", "/plugins/create"),
    ofPlugin("GET", "/plugins/{name...}/json"),
    ofPlugin("DELETE", "/plugins/{name...}"),
    ofPlugin("POST", "/plugins/{name...}/enable"),
    ofPlugin("POST", "/plugins/{name...}/disable"),
    ofPlugin("POST", "/plugins/{name...}/upgrade"),
    ofPlugin("POST", "/plugins/{name...}/push"),
    ofPlugin("POST", "/plugins/{name...}/set"),
    ofCheckpoint("GET", "/containers/{id}/checkpoints"),
    ofCheckpoint("POST", "/containers/{id}/checkpoints"),
    ofCheckpoint("DELETE", "/containers/{id}/checkpoints/{checkpoint}"),
};

} // namespace

std::span<const Route> swarmRoutes() {
    return kRoutes;
}

} // namespace escale::docker_api
