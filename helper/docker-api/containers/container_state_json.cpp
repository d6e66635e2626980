// "State" of a container, with its health.
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/containers/container_details.h"
#include "helper/docker-api/containers/status_text.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

Json healthJson(const QString& status, const dbus::HealthProbes& probes) {
    Json log = Json::Array();
    for (const dbus::HealthProbe& probe : probes)
        log.append(Json()
                       .set("Start", timeText(probe.started))
                       .set("End", timeText(probe.ended))
                       .set("ExitCode", probe.exitCode)
                       .set("Output", probe.output.toStdString()));
    const auto lastGood =
        std::find_if(probes.rbegin(), probes.rend(), [](const auto& p) { return p.exitCode == 0; });
    return Json()
        .set("Status", status.toStdString())
        .set("FailingStreak", static_cast<std::int64_t>(std::distance(probes.rbegin(), lastGood)))
        .set("Log", log);
}

} // namespace

Json containerStateJson(const dbus::Container& container, const dbus::HealthProbes& probes) {
    const auto is = [&](const char* state) { return container.state == QLatin1String(state); };
    // While it runs, its last end is that of the run before.
    const bool isRunning = countsAsRunning(container);
    Json json;
    json.set("Status", container.state.toStdString())
        .set("Running", isRunning)
        .set("Paused", is("paused"))
        .set("Restarting", is("restarting"))
        .set("OOMKilled", container.oomKilled)
        .set("Dead", is("dead"))
        .set("Pid", container.pid)
        .set("ExitCode", isRunning && !is("restarting") ? 0 : container.exitCode)
        .set("Error", container.error.toStdString())
        .set("StartedAt", timeText(container.started))
        .set("FinishedAt", timeText(container.finished));
    if (!container.health.isEmpty())
        json.set("Health", healthJson(container.health, probes));
    return json;
}

} // namespace escale::docker_api
