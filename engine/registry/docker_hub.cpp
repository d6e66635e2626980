#include "engine/registry/docker_hub.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"
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

/// One answer of the hub's. An account is never sent there.
Result<Json> ask(const std::string& host, const std::string& target, const std::string& what,
                 RegistryOptions options, const Cancellation& cancellation) {
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
    request.target = target;
    request.what = what;
    request.accept = "application/json";
    DocumentReceiver receiver(kLongestAnswer, host);
    TRY(Exchange(*session, endpoint, authorization, options, cancellation).run(request, receiver));
    auto json = Json::parse(receiver.text());
    if (!json || !json->isObject())
        return fail(ErrorCode::RemoteFailure, host + " answered with something else than " + what);
    return json;
}

Result<void> checkName(const std::string& repository) {
    if (isRepositoryName(repository))
        return {};
    return fail(ErrorCode::InvalidArgument, "\"" + repository + "\" is no name of a repository");
}

Platform platformOf(const Json& image) {
    Platform platform;
    platform.os = image.at("os").toString();
    platform.architecture = image.at("architecture").toString();
    platform.variant = image.at("variant").toString();
    return platform;
}

/// Of the images behind a tag, the one for `wanted`; "unknown" ones are attestations.
void readImages(const Json& images, const Platform& wanted, HubTag& tag) {
    int best = -1;
    for (const Json& image : images.items()) {
        const Platform platform = platformOf(image);
        if (platform.os.empty() || platform.os == "unknown" || platform.architecture.empty())
            continue;
        tag.platforms.push_back(platform);
        const int distance = wanted.distance(platform);
        if (distance < 0 || (best >= 0 && distance >= best))
            continue;
        best = distance;
        tag.size = image.at("size").toUnsigned();
    }
}

} // namespace

Result<std::vector<HubRepository>> searchDockerHub(const std::string& host, std::string_view query, int count,
                                                   const RegistryOptions& options,
                                                   const Cancellation& cancellation) {
    const std::string target = "/v2/search/repositories/?query=" + encoded(query.substr(0, kLongestQuery)) +
                               "&page_size=" + std::to_string(std::clamp(count, 1, 100));
    TRY_ASSIGN(const Json json, ask(host, target, "a search's results", options, cancellation));
    if (!json.at("results").isArray())
        return fail(ErrorCode::RemoteFailure, host + " answered with something else than a search's results");
    std::vector<HubRepository> all;
    for (const Json& entry : json.at("results").items()) {
        if (auto found = repositoryOf(entry))
            all.push_back(std::move(*found));
    }
    return all;
}

Result<HubRepository> readHubRepository(const std::string& host, const std::string& name,
                                        const RegistryOptions& options, const Cancellation& cancellation) {
    TRY(checkName(name));
    const std::string where = "/v2/repositories/" + name + "/";
    TRY_ASSIGN(const Json json, ask(host, where, "the page of " + name, options, cancellation));
    HubRepository found;
    found.name = name;
    found.description = oneLine(json.at("description").toString());
    found.stars = json.at("star_count").toUnsigned().value_or(0);
    found.pulls = json.at("pull_count").toUnsigned().value_or(0);
    found.updated = parseTimestamp(json.at("last_updated").toString());
    const std::string owner = name.substr(0, name.find('/'));
    found.isOfficial = owner == "library";
    if (found.isOfficial)
        return found;
    // A mark is the owner's, not the repository's. People, who are no organisation, have none.
    const auto organisation =
        ask(host, "/v2/orgs/" + owner + "/", "the owner " + owner, options, cancellation);
    if (organisation)
        found.isVerified = organisation->at("badge").toString() == "verified_publisher";
    else if (organisation.error().code == ErrorCode::Cancelled)
        return fail(organisation.error());
    return found;
}

Result<HubTag> readHubTag(const std::string& host, const std::string& repository, const std::string& tag,
                          const Platform& wanted, const RegistryOptions& options,
                          const Cancellation& cancellation) {
    TRY(checkName(repository));
    if (!isTag(tag))
        return fail(ErrorCode::InvalidArgument, "\"" + tag + "\" is no tag");
    const std::string where = "/v2/repositories/" + repository + "/tags/" + tag + "/";
    TRY_ASSIGN(const Json json, ask(host, where, "the tag " + repository + ":" + tag, options, cancellation));
    HubTag found;
    found.digest = json.at("digest").toString();
    found.updated = parseTimestamp(json.at("last_updated").toString());
    readImages(json.at("images"), wanted, found);
    return found;
}

} // namespace escale
