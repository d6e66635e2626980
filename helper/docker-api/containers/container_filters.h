// Which containers a list shows: `docker ps --filter`. Pure.
#pragma once

#include "engine/base/result.h"
#include "helper/docker-api/api/filters.h"
#include "helper/docker-api/containers/listed_container.h"
#include "helper/docker-api/containers/network_places.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace escale::docker_api {

struct ListQuery {
    bool all = false;       // those that do not run, too
    std::int64_t limit = 0; // so many, the newest; then those that do not run count, too
    bool size = false;
    Filters filters;

    /// InvalidArgument (400): an unknown filter, or a value that it cannot have.
    static Result<ListQuery> parse(const Query& query);
};

/// The ones that are asked for, in the order of `containers` (newest first). `images` is looked at for the
/// filter ancestor alone. NotFound: the container of before or since.
Result<ListedContainers> chosen(const ListedContainers& containers, const ListQuery& query,
                                const NetworkIndex& networks, const dbus::ImageList& images);

/// The images that `ancestor` (a reference, an id or its beginning) means, and those that are built upon
/// them.
std::set<QString> descendantsOf(const std::vector<std::string>& ancestors, const dbus::ImageList& images);

} // namespace escale::docker_api
