#include "engine/build/base_config.h"

#include "engine/base/go_duration.h"
#include "engine/base/json.h"
#include "engine/base/timestamp.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kLongestDocument = 4u << 20; // Docker's own limit
constexpr std::size_t kMostHistoryLines = 10'000;

tl::unexpected<Error> bad(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the base image's configuration is not valid: " + why,
                "Tell whoever published the image; another tag may work.");
}

bool hasNul(const Json& json) {
    const auto& members = json.members();
    const auto& items = json.items();
    return json.toString().find('\0') != std::string::npos ||
           std::any_of(items.begin(), items.end(), hasNul) ||
           std::any_of(members.begin(), members.end(), [](const auto& member) {
               return member.first.find('\0') != std::string::npos || hasNul(member.second);
           });
}

/// Nothing when the member is missing or empty, as Docker has it.
Result<std::optional<std::vector<std::string>>> command(const Json& config, std::string_view name) {
    TRY_ASSIGN(auto words, config.getStrings(name));
    if (words.empty())
        return std::nullopt;
    return std::optional(std::move(words));
}

Result<std::set<std::string>> names(const Json& config, std::string_view name) {
    std::set<std::string> found;
    const Json& object = config.at(name);
    if (!object.isNull() && !object.isObject())
        return bad("\"" + std::string(name) + "\" is no object");
    for (const auto& [key, ignored] : object.members())
        found.insert(key);
    return found;
}

Result<std::optional<HealthInstruction>> health(const Json& written) {
    if (written.isNull())
        return std::nullopt;
    TRY_ASSIGN(auto words, written.getStrings("Test"));
    if (words.empty())
        return std::nullopt;
    HealthInstruction check;
    check.isNone = words.front() == "NONE";
    check.command = {false, std::move(words)};
    const auto duration = [&written](std::string_view key) {
        const std::int64_t nanoseconds = written.at(key).toInteger();
        return nanoseconds <= 0 ? std::string() : goDurationText(nanoseconds);
    };
    check.interval = duration("Interval");
    check.timeout = duration("Timeout");
    check.startPeriod = duration("StartPeriod");
    check.startInterval = duration("StartInterval");
    check.retries = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(written.at("Retries").toUnsigned().value_or(0), 1000));
    return std::optional(std::move(check));
}

Result<void> readEnvironment(const Json& config, StageConfig& into) {
    TRY_ASSIGN(const auto lines, config.getStrings("Env"));
    for (const auto& line : lines) {
        const auto equals = line.find('=');
        if (equals == 0 || equals == std::string::npos)
            return bad("\"Env\" has an entry that is not NAME=value");
        into.environment.push_back({line.substr(0, equals), line.substr(equals + 1)});
    }
    return {};
}

Result<StageConfig> readConfig(const Json& config) {
    StageConfig into;
    if (!config.isNull() && !config.isObject())
        return bad("\"config\" is no object");
    TRY(readEnvironment(config, into));
    TRY_ASSIGN(into.user, config.getOptionalString("User"));
    TRY_ASSIGN(into.workingDirectory, config.getOptionalString("WorkingDir"));
    TRY_ASSIGN(into.stopSignal, config.getOptionalString("StopSignal"));
    TRY_ASSIGN(into.entrypoint, command(config, "Entrypoint"));
    TRY_ASSIGN(into.command, command(config, "Cmd"));
    TRY_ASSIGN(into.shell, config.getStrings("Shell"));
    TRY_ASSIGN(into.onBuild, config.getStrings("OnBuild"));
    TRY_ASSIGN(into.exposedPorts, names(config, "ExposedPorts"));
    TRY_ASSIGN(into.volumes, names(config, "Volumes"));
    TRY_ASSIGN(into.health, health(config.at("Healthcheck")));
    for (const auto& [name, value] : config.at("Labels").members()) {
        if (!value.isString())
            return bad("\"Labels\" holds something else than texts");
        into.labels[name] = value.toString();
    }
    return into;
}

Result<std::vector<HistoryLine>> readHistory(const Json& history) {
    std::vector<HistoryLine> lines;
    if (!history.isNull() && !history.isArray())
        return bad("\"history\" is no list");
    if (history.items().size() > kMostHistoryLines)
        return bad("its history is too long");
    for (const Json& written : history.items()) {
        lines.push_back({parseTimestamp(written.at("created").toString()),
                         written.at("created_by").toString(), written.at("author").toString(),
                         written.at("comment").toString(), written.at("empty_layer").toBool()});
    }
    return lines;
}

Result<BaseConfig> read(const Json& document) {
    BaseConfig base;
    TRY_ASSIGN(base.os, document.getString("os"));
    TRY_ASSIGN(base.architecture, document.getString("architecture"));
    TRY_ASSIGN(base.variant, document.getOptionalString("variant"));
    TRY_ASSIGN(base.config, readConfig(document.at("config")));
    TRY_ASSIGN(base.config.author, document.getOptionalString("author"));
    TRY_ASSIGN(base.history, readHistory(document.at("history")));
    return base;
}

} // namespace

Result<BaseConfig> readBaseConfig(std::string_view document) {
    if (document.size() > kLongestDocument)
        return bad("it is longer than 4 MiB");
    const auto json = Json::parse(document);
    if (!json)
        return bad(json.error().message);
    if (hasNul(*json))
        return bad("it holds a NUL character"); // which no environment and no argument could have
    auto base = read(*json);
    if (!base && base.error().code != ErrorCode::Untrusted)
        return bad(base.error().message);
    return base;
}

} // namespace escale
