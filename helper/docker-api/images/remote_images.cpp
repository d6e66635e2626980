// What this process asks registries itself, as the user: Docker Hub's search, and what is behind a name
// without a pull.
#include "engine/image/image_config.h"
#include "engine/image/manifest.h"
#include "engine/registry/docker_hub.h"
#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/api/registry_auth.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"
#include "helper/docker-api/images/registry_way.h"

#include <charconv>

namespace escale::docker_api {
namespace {

constexpr auto kHub = "hub.docker.com";
constexpr std::int64_t kMostFound = 100;

struct SearchFilter {
    std::optional<bool> isOfficial, isAutomated;
    std::uint64_t stars = 0;
};

Result<SearchFilter> searchFilter(const Filters& filters) {
    SearchFilter filter;
    TRY_ASSIGN(filter.isOfficial, filters.flag("is-official"));
    TRY_ASSIGN(filter.isAutomated, filters.flag("is-automated"));
    for (const std::string& text : filters.values("stars")) {
        std::uint64_t stars = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), stars);
        if (error != std::errc() || end != text.data() + text.size())
            return fail(ErrorCode::InvalidArgument, "invalid filter 'stars=[" + text + "]'");
        filter.stars = std::max(filter.stars, stars);
    }
    return filter;
}

std::string shownName(const std::string& name) {
    constexpr std::string_view kOfficial = "library/";
    return name.starts_with(kOfficial) ? name.substr(kOfficial.size()) : name;
}

Json platformJson(const Platform& platform) {
    Json json;
    json.set("architecture", platform.architecture).set("os", platform.os);
    if (!platform.variant.empty())
        json.set("variant", platform.variant);
    return json;
}

Result<Json> platformsOf(RegistryClient& client, const Reference& reference,
                         const ManifestDocument& document) {
    const Cancellation never;
    Json platforms = Json::Array();
    if (const auto* index = std::get_if<ImageIndex>(&document)) {
        for (const IndexEntry& entry : index->entries)
            platforms.append(platformJson(entry.platform));
        return platforms;
    }
    const auto& manifest = std::get<ImageManifest>(document);
    TRY_ASSIGN(const std::string config, client.readBlob(reference.repository, manifest.config.digest,
                                                         manifest.config.size, kLongestImageConfig, never));
    TRY_ASSIGN(const Json json, Json::parse(config));
    return platforms.append(platformJson(
        {json.at("os").toString(), json.at("architecture").toString(), json.at("variant").toString()}));
}

} // namespace

Result<void> searchImages(Exchange& exchange, const Bus& /*bus*/) {
    const std::string term = exchange.query().text("term");
    if (term.empty())
        return fail(ErrorCode::InvalidArgument, "the search has no \"term\"");
    if (const std::string host = term.substr(0, term.find('/'));
        term.find('/') != std::string::npos && host.find_first_of(".:") != std::string::npos &&
        host != "docker.io")
        return fail(ErrorCode::Unsupported, "only Docker Hub can be searched, not " + host.substr(0, 100));
    const std::int64_t limit = exchange.query().number("limit").value_or(0);
    if (limit < 0 || limit > kMostFound)
        return fail(ErrorCode::InvalidArgument,
                    "limit " + std::to_string(limit) + " is outside the range of [1, 100]");
    TRY_ASSIGN(const Filters filters,
               Filters::parse(exchange.query(), {"is-official", "is-automated", "stars"}));
    TRY_ASSIGN(const SearchFilter filter, searchFilter(filters));
    TRY_ASSIGN(const auto options, registryOptions("docker.io", std::nullopt));
    const Cancellation never;
    TRY_ASSIGN(const auto all,
               searchDockerHub(kHub, term, static_cast<int>(limit == 0 ? 25 : limit), options, never));
    Json answer = Json::Array();
    for (const HubRepository& found : all) {
        const bool fits = found.isOfficial == filter.isOfficial.value_or(found.isOfficial) &&
                          !filter.isAutomated.value_or(false) && found.stars >= filter.stars;
        if (fits)
            answer.append(Json()
                              .set("star_count", found.stars)
                              .set("is_official", found.isOfficial)
                              .set("name", shownName(found.name))
                              .set("is_automated", false)
                              .set("description", found.description));
    }
    return exchange.reply(200, answer);
}

Result<void> inspectDistribution(Exchange& exchange, const Bus& /*bus*/) {
    TRY_ASSIGN(const auto account, readRegistryAuth(exchange.request().header("x-registry-auth")));
    const auto reference = Reference::parse(exchange.parameter("name"));
    if (!reference)
        return fail(ErrorCode::InvalidArgument, "invalid reference format: " + reference.error().message);
    TRY_ASSIGN(auto options, registryOptions(reference->registry, account));
    TRY_ASSIGN(const auto client, RegistryClient::create(reference->registry, std::move(options)));
    const Cancellation never;
    TRY_ASSIGN(const FetchedManifest fetched, client->fetchManifest(*reference, never));
    TRY_ASSIGN(const ManifestDocument document, parseManifest(fetched.bytes, fetched.mediaType));
    TRY_ASSIGN(const Json platforms, platformsOf(*client, *reference, document));
    const std::string mediaType = std::visit([](const auto& one) { return one.mediaType; }, document);
    return exchange.reply(200, Json()
                                   .set("Descriptor", Json()
                                                          .set("mediaType", mediaType)
                                                          .set("digest", fetched.digest.toString())
                                                          .set("size", std::uint64_t(fetched.bytes.size())))
                                   .set("Platforms", platforms));
}

} // namespace escale::docker_api
