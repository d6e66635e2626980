#include "helper/docker-api/images/image_list.h"

#include "engine/base/clock.h"
#include "helper/docker-api/api/texts_json.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"
#include "helper/docker-api/images/image_labels.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

constexpr std::int64_t kNanosecondsPerMillisecond = 1'000'000;

/// When images were made that a filter lets pass, in milliseconds.
struct MadeBetween {
    std::int64_t after = INT64_MIN, before = INT64_MAX; // neither of the two counts
    [[nodiscard]] bool has(std::int64_t created) const { return created > after && created < before; }
};

Result<MadeBetween> madeBetween(const std::vector<KnownImage>& images, const Filters& filters) {
    MadeBetween times;
    for (const std::string& name : filters.values("before")) {
        TRY_ASSIGN(const FoundImage found, findImage(images, name));
        times.before = std::min<std::int64_t>(times.before, found.image.facts.created);
    }
    for (const std::string& name : filters.values("since")) {
        TRY_ASSIGN(const FoundImage found, findImage(images, name));
        times.after = std::max<std::int64_t>(times.after, found.image.facts.created);
    }
    for (const std::string& text : filters.values("until")) {
        TRY_ASSIGN(const std::int64_t time, readTime(text));
        times.before = std::min(times.before, time / kNanosecondsPerMillisecond);
    }
    return times;
}

/// As reference.FamiliarMatch: the whole name, or the repository alone.
Result<bool> matchesReference(const std::vector<std::string>& patterns, const ImageTagName& name,
                              const std::string& id) {
    const std::string whole = name.familiar(id);
    const std::string repository = whole.substr(0, name.tag.empty() ? whole.find('@') : whole.rfind(':'));
    for (const std::string& pattern : patterns) {
        TRY_ASSIGN(const bool fitsWhole, matchesPath(pattern, whole));
        TRY_ASSIGN(const bool fitsRepository, matchesPath(pattern, repository));
        if (fitsWhole || fitsRepository)
            return true;
    }
    return false;
}

Result<void> keepNames(KnownImage& image, const std::vector<std::string>& patterns) {
    std::vector<ImageTagName> kept;
    for (const ImageTagName& name : image.names) {
        TRY_ASSIGN(const bool fits, matchesReference(patterns, name, image.id));
        if (fits)
            kept.push_back(name);
    }
    image.names = std::move(kept);
    return {};
}

/// The class "[a-z^]" that begins behind `at`; moves behind its "]".
Result<bool> matchesClass(std::string_view pattern, std::size_t& at, char letter) {
    const auto malformed = [&] {
        return fail(ErrorCode::InvalidArgument, "syntax error in pattern \"" + std::string(pattern) + "\"");
    };
    const bool isNegated = at < pattern.size() && pattern[at] == '^';
    at += isNegated ? 1 : 0;
    const auto next = [&]() -> std::optional<char> {
        if (at < pattern.size() && pattern[at] == '\\')
            ++at;
        return at < pattern.size() ? std::optional(pattern[at++]) : std::nullopt;
    };
    bool fits = false;
    for (bool isFirst = true; isFirst || at >= pattern.size() || pattern[at] != ']'; isFirst = false) {
        const auto low = next();
        if (!low || (isFirst && *low == ']'))
            return malformed();
        std::optional<char> high = low;
        if (at < pattern.size() && pattern[at] == '-') {
            ++at;
            high = next();
        }
        if (!high)
            return malformed();
        fits = fits || (*low <= letter && letter <= *high);
    }
    ++at;
    return fits != isNegated;
}

} // namespace

Result<bool> matchesPath(std::string_view pattern, std::string_view path) {
    std::size_t at = 0, in = 0;
    std::optional<std::size_t> star, starIn; // where to go on when what follows the last "*" does not fit
    while (in < path.size() || at < pattern.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = ++at;
            starIn = in;
            continue;
        }
        bool fits = false;
        if (at < pattern.size() && in < path.size()) {
            const char one = pattern[at++];
            if (one == '[') {
                TRY_ASSIGN(fits, matchesClass(pattern, at, path[in]));
            } else if (one == '\\' && at < pattern.size()) {
                fits = pattern[at++] == path[in];
            } else {
                fits = one == '?' ? path[in] != '/' : one == path[in];
            }
        }
        if (fits) {
            ++in;
            continue;
        }
        if (!star || *starIn >= path.size() || path[*starIn] == '/')
            return false;
        in = ++*starIn;
        at = *star;
    }
    return true;
}

Result<std::vector<KnownImage>> filteredImages(std::vector<KnownImage> images, const Filters& filters) {
    TRY_ASSIGN(const MadeBetween times, madeBetween(images, filters));
    TRY_ASSIGN(const auto dangling, filters.flag("dangling"));
    std::vector<KnownImage> listed;
    for (KnownImage& image : images) {
        const bool dangles = image.tags().empty();
        if (!times.has(image.facts.created) || (dangling && *dangling != dangles) ||
            !filters.matchesLabels(image.labels))
            continue;
        if (filters.has("reference"))
            TRY(keepNames(image, filters.values("reference")));
        if (!image.names.empty())
            listed.push_back(std::move(image));
    }
    std::stable_sort(listed.begin(), listed.end(), [](const KnownImage& one, const KnownImage& other) {
        return one.facts.created > other.facts.created;
    });
    return listed;
}

Json imageSummary(const KnownImage& image, const ImageListOptions& options) {
    const auto shared = options.shared.find(image.id);
    const std::int64_t sharedSize =
        !options.withShared ? -1 : (shared == options.shared.end() ? 0 : shared->second);
    auto tags = image.tags(), digests = image.digests();
    if (options.showsNone && tags.empty() && digests.empty()) {
        tags.emplace_back("<none>:<none>");
        digests.emplace_back("<none>@<none>");
    }
    return Json()
        .set("Id", image.id)
        .set("ParentId", "")
        .set("RepoTags", Json::strings(tags))
        .set("RepoDigests", Json::strings(digests))
        .set("Created", std::int64_t(image.facts.created / 1000))
        .set("Size", std::uint64_t(image.facts.size))
        .set("SharedSize", sharedSize)
        .set("VirtualSize", std::uint64_t(image.facts.size))
        .set("Labels", textsJson(image.labels))
        .set("Containers", -1);
}

Result<std::vector<KnownImage>> knownImages(const Bus& bus) {
    TRY_ASSIGN(const auto list, bus.ask<dbus::ImageList>(Face::Images, "List"));
    return groupedByImage(list);
}

Result<void> listImages(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Filters filters,
               Filters::parse(exchange.query(),
                              {"reference", "label", "label!", "dangling", "before", "since", "until"}));
    TRY_ASSIGN(auto images, knownImages(bus));
    TRY(addLabels(bus, images));
    TRY_ASSIGN(images, filteredImages(std::move(images), filters));
    ImageListOptions options{
        exchange.query().flag("shared-size"), {}, exchange.request().version < ApiVersion{1, 43}};
    if (options.withShared) {
        TRY_ASSIGN(const auto usage, (bus.ask<dbus::ImageUsages, dbus::ContainerUsages, dbus::TotalUsage>(
                                         Face::Images, "DiskUsage")));
        for (const dbus::ImageUsage& image : std::get<0>(usage))
            options.shared[image.digest.toStdString()] = static_cast<std::int64_t>(image.shared);
    }
    Json answer = Json::Array();
    for (const KnownImage& image : images)
        answer.append(imageSummary(image, options));
    return exchange.reply(200, answer);
}

} // namespace escale::docker_api
