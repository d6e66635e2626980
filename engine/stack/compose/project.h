// A loaded project: the canonical tree, and reading it.
#pragma once

#include "engine/stack/compose/problem.h"
#include "engine/stack/stack.h"

#include <set>
#include <string>
#include <vector>

namespace escale::compose {

struct Project {
    std::string name;
    std::string directory;                     // absolute
    std::vector<std::string> files;            // Compose files as the request named them
    std::vector<std::string> environmentFiles; // that were named
    /// Canonical, complete, paths absolute, every service: also those that the profiles leave out.
    /// Environment of env_file is in `environment`, and each value's place says where it comes from.
    Node root;
    std::set<std::string> enabled;     // services
    std::set<std::string> profiles;    // active
    std::set<std::string> allProfiles; // that the services name
};

/// Of root's maps, in the file's order.
std::vector<std::string> serviceNames(const Project& project);
const Node* serviceOf(const Project& project, std::string_view name);
/// depends_on and what links, network_mode, ipc, pid, volumes_from imply, by name. Optional ones of an
/// enabled service that are not enabled are left out.
std::vector<StackDependency> dependenciesOf(const Project& project, std::string_view service);
/// Keys of the top level's networks (volumes, …) that a service uses.
std::vector<std::string> networksOf(const Project& project, std::string_view service);
std::vector<std::string> volumesOf(const Project& project, std::string_view service);

/// What `docker compose config` prints: enabled services and what they use.
std::string configText(const Project& project);

} // namespace escale::compose
