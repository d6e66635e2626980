// "Config" of a container: what it was given and, where that says nothing, what its image says.
#include "engine/base/identifier.h"
#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/container_details.h"
#include "helper/docker-api/containers/host_config_json.h"
#include "helper/docker-api/containers/mount_json.h"

#include <algorithm>
#include <set>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;
constexpr unsigned kStopTimeout = 10; // seconds, when nobody says otherwise

Texts textsOf(const QVariantMap& image, const char* key) {
    return fromStringList(image.value(QLatin1String(key)).toStringList());
}

std::string textOf(const QVariantMap& image, const char* key) {
    return image.value(QLatin1String(key)).toString().toStdString();
}

std::string firstGiven(const std::string& given, const std::string& other) {
    return given.empty() ? other : given;
}

// The image's variables, those of the options in their places and behind them.
Texts environmentOf(const ContainerFacts& facts) {
    Texts variables = textsOf(facts.image, "environment");
    for (const std::string& variable : facts.options.environment) {
        const std::string name = variable.substr(0, variable.find('=')) + "=";
        const auto same = std::find_if(variables.begin(), variables.end(),
                                       [&](const std::string& other) { return other.starts_with(name); });
        if (same == variables.end())
            variables.push_back(variable);
        else
            *same = variable;
    }
    return variables;
}

Json exposedPortsJson(const ContainerFacts& facts) {
    std::set<std::string> ports;
    for (const std::string& port : textsOf(facts.image, "exposed-ports"))
        ports.insert(port.find('/') == std::string::npos ? port + "/tcp" : port);
    const Json bindings = portBindingsJson(facts.options.publish);
    for (const auto& [port, list] : bindings.members())
        ports.insert(port);
    Json json;
    for (const std::string& port : ports)
        json.set(port, Json::Object());
    return json;
}

Json volumesJson(const ContainerFacts& facts) {
    Json volumes = anonymousVolumesJson(mountSpecs(toStringList(facts.options.mounts)));
    for (const std::string& path : textsOf(facts.image, "volumes"))
        volumes.set(path, Json::Object());
    return volumes;
}

Json healthcheckJson(const ContainerFacts& facts) {
    const ContainerOptions& o = facts.options;
    const Texts command = o.healthCommand.empty() ? textsOf(facts.image, "health-command") : o.healthCommand;
    if (command.empty())
        return {};
    Json json = Json().set("Test", Json::strings(command));
    const auto set = [&](const char* name, const char* option, std::uint64_t given) {
        const std::uint64_t time =
            given != 0 ? given : facts.image.value(QLatin1String(option)).toULongLong();
        if (time != 0)
            json.set(name, static_cast<std::int64_t>(time) * kNanosecondsPerMillisecond);
    };
    set("Interval", "health-interval", o.healthInterval);
    set("Timeout", "health-timeout", o.healthTimeout);
    set("StartPeriod", "health-start-period", o.healthStartPeriod);
    set("StartInterval", "health-start-interval", o.healthStartInterval);
    const unsigned retries =
        o.healthRetries != 0 ? o.healthRetries : facts.image.value(QStringLiteral("health-retries")).toUInt();
    if (retries != 0)
        json.set("Retries", retries);
    return json;
}

// Entrypoint and Cmd; an entrypoint of one's own drops the image's Cmd.
void setCommand(Json& json, const ContainerFacts& facts) {
    const ContainerOptions& o = facts.options;
    const bool takesImages = o.command.empty() && !o.entrypoint;
    const Texts command = takesImages ? textsOf(facts.image, "command") : o.command;
    const Texts entrypoint = o.entrypoint ? *o.entrypoint : textsOf(facts.image, "entrypoint");
    json.set("Cmd", textsOrNull(command))
        .set("Entrypoint", o.entrypoint ? Json::strings(entrypoint) : textsOrNull(entrypoint));
}

void setStop(Json& json, const ContainerFacts& facts) {
    const std::string signal = firstGiven(facts.options.stopSignal, textOf(facts.image, "stop-signal"));
    if (!signal.empty())
        json.set("StopSignal", signal);
    if (facts.options.stopTimeoutSeconds != kStopTimeout)
        json.set("StopTimeout", facts.options.stopTimeoutSeconds);
}

} // namespace

Json containerConfigJson(const ContainerFacts& facts) {
    const ContainerOptions& o = facts.options;
    Json json;
    json.set("Hostname", firstGiven(o.hostname, shortId(facts.container.id.toStdString())))
        .set("Domainname", o.domainname)
        .set("User", firstGiven(o.user, textOf(facts.image, "user")))
        .set("AttachStdin", o.inputOnce)
        .set("AttachStdout", true)
        .set("AttachStderr", true);
    if (Json ports = exposedPortsJson(facts); !ports.isNull())
        json.set("ExposedPorts", std::move(ports));
    json.set("Tty", o.terminal)
        .set("OpenStdin", o.openInput)
        .set("StdinOnce", o.inputOnce)
        .set("Env", Json::strings(environmentOf(facts)));
    setCommand(json, facts);
    if (Json check = healthcheckJson(facts); !check.isNull())
        json.set("Healthcheck", std::move(check));
    json.set("Image", facts.container.image.toStdString())
        .set("Volumes", volumesJson(facts))
        .set("WorkingDir", firstGiven(o.workingDirectory, textOf(facts.image, "workdir")))
        .set("OnBuild", Json())
        .set("Labels", textsJson(facts.container.labels));
    if (!o.macAddress.empty())
        json.set("MacAddress", o.macAddress);
    setStop(json, facts);
    return json;
}

} // namespace escale::docker_api
