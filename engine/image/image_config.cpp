#include "engine/image/image_config.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace escale {
namespace {

// Together they must fit execve(2)'s stack and a database row; Linux gives a single string 128 KiB.
constexpr std::size_t kMostStrings = 4096;
constexpr std::size_t kLongestString = 128 * 1024 - 1;

tl::unexpected<Error> bad(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the image's configuration is not valid: " + why,
                "tell whoever published the image; another tag may work");
}

Result<void> checkText(std::string_view text, std::string_view name) {
    if (text.find('\0') != std::string_view::npos)
        return bad("\"" + std::string(name) + "\" contains a NUL byte");
    if (text.size() > kLongestString)
        return bad("\"" + std::string(name) + "\" is too long");
    return {};
}

Result<std::string> text(const Json& json, std::string_view key) {
    auto value = json.getOptionalString(key);
    if (!value)
        return bad(value.error().message);
    TRY(checkText(*value, key));
    return value;
}

Result<std::vector<std::string>> texts(const Json& json, std::string_view key) {
    auto values = json.getStrings(key);
    if (!values)
        return bad(values.error().message);
    if (values->size() > kMostStrings)
        return bad("\"" + std::string(key) + "\" has more than " + std::to_string(kMostStrings) + " entries");
    for (const std::string& value : *values)
        TRY(checkText(value, key));
    return values;
}

// "8080/tcp", "53/udp"; Docker also writes "8080" alone.
Result<std::string> port(const std::string& written) {
    const std::size_t slash = written.find('/');
    const std::string protocol = slash == std::string::npos ? "tcp" : written.substr(slash + 1);
    const std::string_view digits = std::string_view(written).substr(0, slash);
    const auto isNumber = [](std::string_view part) {
        unsigned number = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
        return error == std::errc() && end == part.data() + part.size() && number >= 1 && number <= 65535;
    };
    const std::size_t dash = digits.find('-'); // "8000-8010/tcp" is allowed too
    const bool good = isNumber(digits.substr(0, dash)) &&
                      (dash == std::string_view::npos || isNumber(digits.substr(dash + 1))) &&
                      (protocol == "tcp" || protocol == "udp" || protocol == "sctp");
    if (!good)
        return bad("\"ExposedPorts\" has an entry that is no port");
    return std::string(digits) + "/" + protocol;
}

Result<void> readObjects(const Json& config, ImageConfig& settings) {
    const Json& ports = config.at("ExposedPorts");
    const Json& labels = config.at("Labels");
    const Json& volumes = config.at("Volumes");
    for (const Json* object : {&ports, &labels, &volumes}) {
        if (!object->isNull() && !object->isObject())
            return bad("\"ExposedPorts\", \"Labels\" and \"Volumes\" must be objects");
        if (object->members().size() > kMostStrings)
            return bad("\"ExposedPorts\", \"Labels\" or \"Volumes\" has too many entries");
    }
    for (const auto& [path, ignored] : volumes.members()) {
        TRY(checkText(path, "Volumes"));
        settings.volumes.push_back(path);
    }
    for (const auto& [name, ignored] : ports.members()) {
        TRY_ASSIGN(std::string known, port(name));
        settings.exposedPorts.push_back(std::move(known));
    }
    for (const auto& [name, value] : labels.members()) {
        if (!value.isString())
            return bad("\"Labels\" must hold strings");
        TRY(checkText(name, "Labels"));
        TRY(checkText(value.toString(), "Labels"));
        settings.labels.emplace_back(name, value.toString());
    }
    return {};
}

Result<std::vector<Digest>> readDiffIds(const Json& rootfs, std::size_t layers) {
    if (rootfs.at("type").toString() != "layers")
        return bad("\"rootfs\" must have the type \"layers\"");
    const auto written = rootfs.getStrings("diff_ids");
    if (!written)
        return bad(written.error().message);
    if (written->size() != layers)
        return bad("it lists " + std::to_string(written->size()) + " layers where the manifest has " +
                   std::to_string(layers));
    std::vector<Digest> diffIds;
    for (const std::string& diffId : *written) {
        auto digest = Digest::parse(diffId);
        if (!digest)
            return bad("\"diff_ids\" holds a malformed digest");
        diffIds.push_back(std::move(*digest));
    }
    return diffIds;
}

// Docker's extension of the configuration: {"Test": ["CMD", …], "Interval": nanoseconds, …}.
Result<void> readHealth(const Json& health, HealthConfig& into) {
    if (health.isNull())
        return {};
    if (!health.isObject())
        return bad("\"Healthcheck\" must be an object");
    TRY_ASSIGN(into.command, texts(health, "Test"));
    if (into.command.empty())
        return {};
    const std::string& kind = into.command.front();
    const bool good = kind == "NONE" || (kind == "CMD-SHELL" && into.command.size() == 2) ||
                      (kind == "CMD" && into.command.size() > 1);
    if (!good)
        return bad("\"Healthcheck\" has a test of no known form");
    // Longer than a day is a mistake that would only hide itself: the default serves.
    const auto time = [&health](std::string_view key) -> std::uint64_t {
        const auto nanoseconds = health.at(key).toUnsigned().value_or(0);
        return nanoseconds > 86'400'000'000'000U ? 0 : nanoseconds / 1'000'000;
    };
    into.interval = time("Interval");
    into.timeout = time("Timeout");
    into.startPeriod = time("StartPeriod");
    into.startInterval = time("StartInterval");
    into.retries =
        static_cast<unsigned>(std::min<std::uint64_t>(health.at("Retries").toUnsigned().value_or(0), 1000));
    return {};
}

Result<void> readRunSettings(const Json& config, ImageConfig& settings) {
    if (!config.isNull() && !config.isObject())
        return bad("\"config\" must be an object");
    TRY_ASSIGN(settings.user, text(config, "User"));
    TRY_ASSIGN(settings.workingDir, text(config, "WorkingDir"));
    TRY_ASSIGN(settings.stopSignal, text(config, "StopSignal"));
    TRY_ASSIGN(settings.entrypoint, texts(config, "Entrypoint"));
    TRY_ASSIGN(settings.command, texts(config, "Cmd"));
    TRY_ASSIGN(settings.environment, texts(config, "Env"));
    for (const std::string& variable : settings.environment) {
        const std::size_t equals = variable.find('=');
        if (equals == 0 || equals == std::string::npos)
            return bad("\"Env\" has an entry that is not NAME=value");
    }
    TRY(readHealth(config.at("Healthcheck"), settings.health));
    return readObjects(config, settings);
}

} // namespace

Result<ParsedImageConfig> parseImageConfig(std::string_view bytes, std::size_t layers) {
    if (bytes.size() > kLongestImageConfig)
        return bad("it is longer than 4 MiB");
    const auto json = Json::parse(bytes);
    if (!json)
        return bad(json.error().message);
    if (!json->isObject())
        return bad("it is not a JSON object");
    ImageConfig settings;
    TRY_ASSIGN(settings.os, text(*json, "os"));
    TRY_ASSIGN(settings.architecture, text(*json, "architecture"));
    TRY_ASSIGN(settings.variant, text(*json, "variant"));
    if (settings.os.empty() || settings.architecture.empty())
        return bad("it does not say its \"os\" and \"architecture\"");
    const auto platform = Platform::parse(settings.os + "/" + settings.architecture +
                                          (settings.variant.empty() ? "" : "/" + settings.variant));
    if (!platform)
        return bad("its \"os\" or \"architecture\" is no such name");
    if (settings.os != "linux")
        return fail(ErrorCode::Unsupported, "the image is made for " + settings.os + ", not for Linux");
    settings.architecture = platform->architecture;
    settings.variant = platform->variant;
    TRY_ASSIGN(const std::string created, text(*json, "created"));
    settings.created = parseTimestamp(created);
    TRY_ASSIGN(auto diffIds, readDiffIds(json->at("rootfs"), layers));
    TRY(readRunSettings(json->at("config"), settings));
    return ParsedImageConfig{std::move(settings), std::move(diffIds)};
}

Result<void> checkPlatform(const ImageConfig& config, const Platform& wanted) {
    const Platform offered{config.os, config.architecture, config.variant};
    if (wanted.distance(offered) < 0)
        return fail(ErrorCode::Unsupported,
                    "the image is made for " + offered.toString() + ", not for " + wanted.toString(),
                    "choose another tag, or an image made for " + wanted.toString());
    return {};
}

} // namespace escale
