#include "engine/registry/docker_config.h"

#include "engine/base/file.h"
#include "engine/base/json.h"

#include <array>
#include <cstdlib>

namespace escale {
namespace {

constexpr std::size_t kLongestFile = 4u << 20;
constexpr std::string_view kHubServer = "https://index.docker.io/v1/";

/// Standard base64 with or without padding; nothing when a character is none of it.
std::optional<std::string> decoded(std::string_view text) {
    while (text.ends_with('='))
        text.remove_suffix(1);
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t digit = kDigits.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = bits << 6 | static_cast<unsigned>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += static_cast<char>(bits >> count & 0xff);
        }
    }
    return bytes;
}

/// Keys are host names, or addresses that older versions wrote: "https://host/v1/"
/// (credentials.ConvertToHostname).
std::string serverOfKey(std::string_view key) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (key.starts_with(scheme))
            key.remove_prefix(scheme.size());
    }
    return DockerConfig::serverName(std::string(key.substr(0, key.find('/'))));
}

std::optional<Credentials> account(const Json& entry) {
    Credentials found{entry.at("username").toString(), entry.at("password").toString(),
                      entry.at("identitytoken").toString()};
    if (const auto pair = decoded(entry.at("auth").toString()); pair && !pair->empty()) {
        const std::size_t colon = pair->find(':');
        if (colon == std::string::npos || colon == 0)
            return std::nullopt;
        found.username = pair->substr(0, colon);
        found.password = pair->substr(colon + 1);
        while (found.password.ends_with('\0'))
            found.password.pop_back();
    }
    if (!found.identityToken.empty())
        found.password.clear(); // what stands beside it is a place holder
    if (found.identityToken.empty() && (found.username.empty() || found.password.empty()))
        return std::nullopt;
    return found;
}

} // namespace

std::string DockerConfig::serverName(const std::string& registry) {
    constexpr std::array<std::string_view, 3> kHub{"docker.io", "index.docker.io", "registry-1.docker.io"};
    for (const std::string_view name : kHub) {
        if (registry == name)
            return std::string(kHubServer);
    }
    return registry;
}

std::string DockerConfig::path() {
    if (const char* folder = std::getenv("DOCKER_CONFIG"); folder != nullptr && *folder != '\0')
        return std::string(folder) + "/config.json";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "" : home) + "/.docker/config.json";
}

Result<DockerConfig> DockerConfig::parse(std::string_view text) {
    TRY_ASSIGN(const Json json, Json::parse(text));
    if (!json.isObject())
        return fail(ErrorCode::InvalidArgument, "it is no JSON object");
    DockerConfig config;
    for (const auto& [key, entry] : json.at("auths").members()) {
        if (auto found = account(entry))
            config.m_accounts.insert_or_assign(serverOfKey(key), std::move(*found));
    }
    for (const auto& [key, helper] : json.at("credHelpers").members()) {
        if (helper.isString())
            config.m_helpers.insert_or_assign(serverOfKey(key), helper.toString());
    }
    config.m_store = json.at("credsStore").toString();
    return config;
}

Result<DockerConfig> DockerConfig::load(const std::string& file) {
    if (!exists(file))
        return DockerConfig();
    TRY_ASSIGN(const std::string text, readFile(file, kLongestFile));
    auto config = parse(text);
    if (!config)
        return fail(std::move(config).error().prefixed(file));
    return config;
}

std::string DockerConfig::helperFor(const std::string& registry) const {
    const auto own = m_helpers.find(serverName(registry));
    return own != m_helpers.end() && !own->second.empty() ? own->second : m_store;
}

std::optional<Credentials> DockerConfig::stored(const std::string& registry) const {
    const auto found = m_accounts.find(serverName(registry));
    if (found == m_accounts.end() || !helperFor(registry).empty())
        return std::nullopt;
    return found->second;
}

} // namespace escale
