#include "engine/registry/docker_hub.h"

#include "engine/base/json.h"
#include "engine/registry/exchange.h"
#include "engine/registry/receivers.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kLongestAnswer = 4u << 20;
constexpr std::size_t kLongestQuery = 200;
constexpr std::size_t kLongestDescription = 500;

std::string encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain)
            result += c;
        else
            result.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
    return result;
}

/// A stranger's words for one line.
std::string oneLine(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; },
        ' ');
    if (text.size() > kLongestDescription) {
        std::size_t end = kLongestDescription;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) // not inside a character
            --end;
        text.resize(end);
    }
    return text;
}

std::optional<HubRepository> repositoryOf(const Json& entry) {
    HubRepository found;
    found.name = entry.at("repo_name").toString();
    if (found.name.find('/') == std::string::npos)
        found.name = "library/" + found.name;
    if (!isRepositoryName(found.name)) // what breaks the rules cannot be pulled either
        return std::nullopt;
    found.description = oneLine(entry.at("short_description").toString());
    found.stars = entry.at("star_count").toUnsigned().value_or(0);
    found.pulls = entry.at("pull_count").toUnsigned().value_or(0);
    found.isOfficial = entry.at("is_official").toBool();
    return found;
}

} // namespace

Result<std::vector<HubRepository>> searchDockerHub(const std::string& host, std::string_view query, int count,
                                                   RegistryOptions options,
                                                   const Cancellation& cancellation) {
    options.credentials.reset();
    HttpSettings settings;
    settings.userAgent = options.userAgent;
    settings.connectTimeout = options.connectTimeout;
    settings.stallTimeout = options.stallTimeout;
    settings.proxy = options.access.proxy.isSet() ? options.access.proxy : ProxySettings::ofEnvironment();
    TRY_ASSIGN(const auto session, HttpSession::create(std::move(settings)));
    RegistryEndpoint endpoint{.registry = host, .host = host, .plain = isLoopbackRegistry(host)};
    RegistryAuthorization authorization(host, std::nullopt, endpoint.plain);
    RegistryRequest request;
    request.target = "/v2/search/repositories/?query=" + encoded(query.substr(0, kLongestQuery)) +
                     "&page_size=" + std::to_string(std::clamp(count, 1, 100));
    request.what = "a search";
    request.accept = "application/json";
    DocumentReceiver receiver(kLongestAnswer, host);
    TRY(Exchange(*session, endpoint, authorization, options, cancellation).run(request, receiver));
    const auto json = Json::parse(receiver.text());
    if (!json || !json->at("results").isArray())
        return fail(ErrorCode::RemoteFailure, host + " answered with something else than a search's results");
    std::vector<HubRepository> all;
    for (const Json& entry : json->at("results").items()) {
        if (auto found = repositoryOf(entry))
            all.push_back(std::move(*found));
    }
    return all;
}

} // namespace escale
