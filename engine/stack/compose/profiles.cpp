#include "engine/stack/compose/profiles.h"

#include <algorithm>

namespace escale::compose {
namespace {

std::set<std::string> activeProfiles(Loading& loading, const Variables& variables) {
    std::set<std::string> active = loading.request.profiles;
    const auto variable = variables.find("COMPOSE_PROFILES");
    if (variable == variables.end())
        return active;
    std::string_view rest = variable->second.value;
    while (!rest.empty()) {
        const auto comma = std::min(rest.find(','), rest.size());
        const auto first = rest.find_first_not_of(' ');
        const auto last = rest.find_last_not_of(' ', comma - 1);
        if (first < comma && last != std::string_view::npos)
            active.emplace(rest.substr(first, last - first + 1));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    loading.loaded.used.insert("COMPOSE_PROFILES");
    return active;
}

std::vector<std::string> profilesOf(const Node& service) {
    std::vector<std::string> names;
    if (const Node* profiles = service.find("profiles")) {
        for (const auto& profile : profiles->items)
            names.push_back(profile.text);
    }
    return names;
}

} // namespace

void applyProfiles(Loading& loading, Project& project, const Variables& variables) {
    project.profiles = activeProfiles(loading, variables);
    const Node* const services = project.root.find("services");
    if (services == nullptr)
        return;
    for (const auto& service : services->entries) {
        const auto names = profilesOf(service.value);
        project.allProfiles.insert(names.begin(), names.end());
        if (loading.request.services.contains(service.key)) // a service that is asked for brings its profiles
            project.profiles.insert(names.begin(), names.end());
    }
    for (const auto& service : services->entries) {
        const auto names = profilesOf(service.value);
        if (names.empty() || project.profiles.contains("*") ||
            std::any_of(names.begin(), names.end(),
                        [&](const std::string& name) { return project.profiles.contains(name); }))
            project.enabled.insert(service.key);
    }
    for (const auto& name : loading.request.services) {
        if (services->find(name) == nullptr)
            loading.error({}, {}, "there is no service " + quoted(name) + " in the project",
                          "Name one of its services: " + listed(serviceNames(project)) + '.');
    }
}

} // namespace escale::compose
