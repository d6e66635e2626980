#include "engine/store/image_config.h"

#include "engine/base/json.h"

namespace escale {

std::string imageConfigToJson(const ImageConfig& config) {
    Json labels = Json::Array();
    for (const auto& [name, value] : config.labels)
        labels.append(Json::strings({name, value}));
    const HealthConfig& health = config.health;
    Json json;
    if (!health.command.empty())
        json.set("health", Json::Object{{"command", Json::strings(health.command)},
                                        {"interval", health.interval},
                                        {"timeout", health.timeout},
                                        {"startPeriod", health.startPeriod},
                                        {"startInterval", health.startInterval},
                                        {"retries", health.retries}});
    json.set("architecture", config.architecture)
        .set("os", config.os)
        .set("variant", config.variant)
        .set("user", config.user)
        .set("workingDir", config.workingDir)
        .set("stopSignal", config.stopSignal)
        .set("created", config.created)
        .set("entrypoint", Json::strings(config.entrypoint))
        .set("command", Json::strings(config.command))
        .set("environment", Json::strings(config.environment))
        .set("exposedPorts", Json::strings(config.exposedPorts))
        .set("volumes", Json::strings(config.volumes))
        .set("labels", std::move(labels));
    return json.dump();
}

Result<ImageConfig> imageConfigFromJson(const std::string& text) {
    TRY_ASSIGN(const Json json, Json::parse(text));
    ImageConfig config;
    TRY_ASSIGN(config.architecture, json.getString("architecture"));
    TRY_ASSIGN(config.os, json.getString("os"));
    TRY_ASSIGN(config.variant, json.getString("variant"));
    TRY_ASSIGN(config.user, json.getString("user"));
    TRY_ASSIGN(config.workingDir, json.getString("workingDir"));
    TRY_ASSIGN(config.stopSignal, json.getString("stopSignal"));
    TRY_ASSIGN(config.created, json.getInteger("created"));
    TRY_ASSIGN(config.entrypoint, json.getStrings("entrypoint"));
    TRY_ASSIGN(config.command, json.getStrings("command"));
    TRY_ASSIGN(config.environment, json.getStrings("environment"));
    TRY_ASSIGN(config.exposedPorts, json.getStrings("exposedPorts"));
    TRY_ASSIGN(config.volumes, json.getStrings("volumes")); // absent in what an older Escale wrote
    for (const Json& label : json.at("labels").items()) {
        if (label.items().size() != 2)
            return fail(ErrorCode::InvalidArgument, "a label must be a name and a value");
        config.labels.emplace_back(label.items()[0].toString(), label.items()[1].toString());
    }
    const Json& health = json.at("health"); // absent in what an older Escale wrote
    TRY_ASSIGN(config.health.command, health.getStrings("command"));
    config.health.interval = health.at("interval").toUnsigned().value_or(0);
    config.health.timeout = health.at("timeout").toUnsigned().value_or(0);
    config.health.startPeriod = health.at("startPeriod").toUnsigned().value_or(0);
    config.health.startInterval = health.at("startInterval").toUnsigned().value_or(0);
    config.health.retries = static_cast<unsigned>(health.at("retries").toUnsigned().value_or(0));
    return config;
}

} // namespace escale
