#include "helper/docker-api/containers/container_filters.h"

#include "engine/image/reference.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/mount_json.h"
#include "helper/docker-api/containers/port_json.h"
#include "helper/docker-api/containers/status_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace escale::docker_api {
namespace {

constexpr std::array<std::string_view, 7> kStates{"created",  "running", "paused", "restarting",
                                                  "removing", "exited",  "dead"};
constexpr std::array<std::string_view, 4> kHealth{"none", "starting", "healthy", "unhealthy"};

tl::unexpected<Error> wrong(const char* key, const std::string& value) {
    return fail(ErrorCode::InvalidArgument, "invalid filter '" + std::string(key) + "=" + value + "'");
}

template <class Words>
Result<void> checkWords(const Filters& filters, const char* key, const Words& known) {
    for (const std::string& value : filters.values(key)) {
        if (std::find(known.begin(), known.end(), value) == known.end())
            return wrong(key, value);
    }
    return {};
}

template <class Number>
std::optional<Number> numberOf(std::string_view text) {
    Number number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

struct PortRange {
    unsigned first = 0, last = 0;
    std::string protocol = "tcp";
};

// "80", "80/udp", "8000-8010/tcp"
std::optional<PortRange> portRangeOf(std::string_view text) {
    PortRange range;
    const std::size_t slash = std::min(text.find('/'), text.size());
    if (slash < text.size())
        range.protocol = text.substr(slash + 1);
    const std::string_view numbers = text.substr(0, slash);
    const std::size_t dash = std::min(numbers.find('-'), numbers.size());
    const auto first = numberOf<std::uint16_t>(numbers.substr(0, dash));
    const auto last = dash == numbers.size() ? first : numberOf<std::uint16_t>(numbers.substr(dash + 1));
    if (!first || !last || *first > *last)
        return std::nullopt;
    range.first = *first;
    range.last = *last;
    return range;
}

Result<void> checkValues(const Filters& filters) {
    TRY(checkWords(filters, "status", kStates));
    TRY(checkWords(filters, "health", kHealth));
    for (const std::string& value : filters.values("exited")) {
        if (!numberOf<int>(value))
            return wrong("exited", value);
    }
    for (const char* key : {"publish", "expose"}) {
        for (const std::string& value : filters.values(key)) {
            if (!portRangeOf(value))
                return wrong(key, value);
        }
    }
    TRY(filters.flag("is-task"));
    return {};
}

bool matchesExit(const ListedContainer& container, const Filters& filters) {
    if (!filters.has("exited"))
        return true;
    return !countsAsRunning(container) && container.started != 0 &&
           filters.matchesAny("exited", std::to_string(container.exitCode));
}

bool matchesVolume(const ListedContainer& container, const Filters& filters) {
    if (!filters.has("volume"))
        return true;
    const auto mounts = mountSpecs(container.mounts);
    return std::any_of(mounts.begin(), mounts.end(), [&](const MountSpec& mount) {
        return filters.matchesAny("volume", mount.target) ||
               (!mount.source.empty() && filters.matchesAny("volume", mount.source));
    });
}

bool matchesNetwork(const ListedContainer& container, const NetworkPlaces& places, const Filters& filters) {
    if (!filters.has("network"))
        return true;
    const Json networks = networksJson(container, places);
    const auto& wanted = filters.values("network");
    return std::any_of(networks.members().begin(), networks.members().end(), [&](const auto& network) {
        const std::string id = network.second.at("NetworkID").toString();
        return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& value) {
            return value == network.first || (!value.empty() && id.starts_with(value));
        });
    });
}

bool isIn(const std::vector<std::string>& ranges, unsigned port, const std::string& protocol) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const std::string& text) {
        const auto range = portRangeOf(text);
        return range && range->first <= port && port <= range->last && range->protocol == protocol;
    });
}

bool matchesPorts(const ListedContainer& container, const Filters& filters) {
    if (!filters.has("publish") && !filters.has("expose"))
        return true;
    if (container.pid == 0)
        return false;
    const auto places = portPlaces(container.ports, container.exposedPorts);
    return std::any_of(places.begin(), places.end(), [&](const PortPlace& place) {
        return (place.hostPort != 0 && isIn(filters.values("publish"), place.hostPort, place.protocol)) ||
               isIn(filters.values("expose"), place.port, place.protocol);
    });
}

bool matchesId(const ListedContainer& container, const Filters& filters) {
    const auto& ids = filters.values("id");
    return ids.empty() || std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
               return container.id.startsWith(toQString(id));
           });
}

bool matches(const ListedContainer& container, const ListQuery& query, const NetworkPlaces& places) {
    const Filters& filters = query.filters;
    const std::string name = container.name.toStdString();
    const std::string health = container.health.isEmpty() ? "none" : container.health.toStdString();
    return matchesId(container, filters) &&
           (filters.matchesPattern("name", name) || filters.matchesPattern("name", "/" + name)) &&
           filters.matchesLabels(container.labels) && matchesExit(container, filters) &&
           filters.matchesAny("status", container.state.toStdString()) &&
           filters.matchesAny("health", health) && filters.flag("is-task").value_or(std::nullopt) != true &&
           matchesVolume(container, filters) && matchesNetwork(container, places, filters) &&
           matchesPorts(container, filters);
}

// The place of the container that before or since names; `fallback` without that filter.
Result<qsizetype> placeOf(const char* key, const ListedContainers& containers, const Filters& filters,
                          qsizetype fallback) {
    if (!filters.has(key))
        return fallback;
    const std::string& wanted = filters.values(key).back();
    const QString name = toQString(wanted.starts_with('/') ? wanted.substr(1) : wanted);
    const auto found =
        std::find_if(containers.begin(), containers.end(), [&](const ListedContainer& container) {
            return container.name == name || (!name.isEmpty() && container.id.startsWith(name));
        });
    if (found == containers.end())
        return fail(ErrorCode::NotFound, "No such container: " + wanted);
    return std::distance(containers.begin(), found);
}

bool isNamed(const dbus::Image& image, const std::string& name) {
    const std::string digest = image.digest.toStdString();
    if (digest == name || (name.size() >= 4 && digest.starts_with("sha256:" + name)) ||
        (name.starts_with("sha256:") && name.size() >= 11 && digest.starts_with(name)))
        return true;
    const auto reference = Reference::parse(name);
    return reference && reference->name() == image.repository.toStdString() &&
           reference->tag == image.tag.toStdString();
}

// Whether one image's layers are the first of the other's.
bool isBuiltUpon(const dbus::Image& image, const dbus::Image& base) {
    return !base.layers.isEmpty() && base.layers.size() <= image.layers.size() &&
           std::equal(base.layers.begin(), base.layers.end(), image.layers.begin(),
                      [](const auto& a, const auto& b) { return a.diffId == b.diffId; });
}

} // namespace

Result<ListQuery> ListQuery::parse(const Query& query) {
    TRY_ASSIGN(auto filters, Filters::parse(query, {"ancestor", "before", "exited", "expose", "health", "id",
                                                    "is-task", "isolation", "label", "name", "network",
                                                    "publish", "since", "status", "volume"}));
    TRY(checkValues(filters));
    // Whoever asks for a state wants to see it.
    const bool all = query.flag("all") || filters.has("status");
    return ListQuery{all, std::max<std::int64_t>(query.number("limit").value_or(0), 0), query.flag("size"),
                     std::move(filters)};
}

std::set<QString> descendantsOf(const std::vector<std::string>& ancestors, const dbus::ImageList& images) {
    std::set<QString> found;
    for (const dbus::Image& base : images) {
        if (std::none_of(ancestors.begin(), ancestors.end(),
                         [&](const auto& name) { return isNamed(base, name); }))
            continue;
        found.insert(base.digest);
        for (const dbus::Image& image : images) {
            if (isBuiltUpon(image, base))
                found.insert(image.digest);
        }
    }
    return found;
}

Result<ListedContainers> chosen(const ListedContainers& containers, const ListQuery& query,
                                const NetworkIndex& networks, const dbus::ImageList& images) {
    // The newest are first: "before" one means behind it.
    TRY_ASSIGN(const qsizetype before, placeOf("before", containers, query.filters, -1));
    TRY_ASSIGN(const qsizetype since, placeOf("since", containers, query.filters, containers.size()));
    const auto descendants = descendantsOf(query.filters.values("ancestor"), images);
    ListedContainers result;
    for (qsizetype i = before + 1; i < since; ++i) {
        const ListedContainer& container = containers.at(i);
        if (!countsAsRunning(container) && !query.all && query.limit == 0)
            continue;
        if (query.filters.has("ancestor") && !descendants.contains(container.imageDigest))
            continue;
        if (!matches(container, query, networks.of(container.id)))
            continue;
        if (query.limit > 0 && result.size() >= query.limit)
            break;
        result.append(container);
    }
    return result;
}

} // namespace escale::docker_api
