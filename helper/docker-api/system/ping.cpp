#include "helper/docker-api/system/ping.h"

#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"

#include <sys/utsname.h>

namespace escale::docker_api {
namespace {

std::string text(ApiVersion version) {
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

std::string goArchitecture(const std::string& machine) {
    if (machine == "x86_64")
        return "amd64";
    return machine == "aarch64" ? "arm64" : machine;
}

} // namespace

Result<void> ping(Exchange& exchange, const Bus& /*bus*/) {
    // "1": the classic builder, no BuildKit.
    return exchange.replyText(200, "OK", "text/plain; charset=utf-8",
                              {{"Builder-Version", "1"},
                               {"Cache-Control", "no-cache, no-store, must-revalidate"},
                               {"Pragma", "no-cache"},
                               {"Swarm", "inactive"}});
}

Result<void> version(Exchange& exchange, const Bus& /*bus*/) {
    utsname machine{};
    ::uname(&machine);
    const std::string architecture = goArchitecture(&machine.machine[0]);
    Json details;
    details.set("ApiVersion", text(kNewestVersion))
        .set("Arch", architecture)
        .set("KernelVersion", &machine.release[0])
        .set("MinAPIVersion", text(kOldestVersion))
        .set("Os", "linux")
        .set("BuildTime", "")
        .set("Experimental", "false")
        .set("GitCommit", "")
        .set("GoVersion", "");
    Json engine;
    engine.set("Name", "Engine").set("Version", ESCALE_VERSION).set("Details", details);
    Json answer;
    answer.set("Platform", Json().set("Name", "Escale"))
        .set("Components", Json().append(engine))
        .set("Version", ESCALE_VERSION)
        .set("ApiVersion", text(kNewestVersion))
        .set("MinAPIVersion", text(kOldestVersion))
        .set("GitCommit", "")
        .set("GoVersion", "")
        .set("Os", "linux")
        .set("Arch", architecture)
        .set("KernelVersion", &machine.release[0]);
    return exchange.reply(200, answer);
}

} // namespace escale::docker_api
