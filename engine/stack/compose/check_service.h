// One service of a project, against the rest of it and against itself.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

/// What can be referred to.
struct ProjectNames {
    explicit ProjectNames(const Project& of);

    const Project& project;
    std::set<std::string, std::less<>> networks, volumes, secrets, configs;
    std::map<std::string, const Node*, std::less<>> services;
};

void checkService(Loading& loading, const ProjectNames& names, const NodeEntry& service);

/// `scale`, else deploy.replicas, else 1.
std::int64_t replicasOf(const Node& service);

} // namespace escale::compose
