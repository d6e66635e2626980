#include "engine/stack/compose/consistency.h"

#include "engine/stack/compose/check_collisions.h"
#include "engine/stack/compose/check_dependencies.h"
#include "engine/stack/compose/check_service.h"

namespace escale::compose {
namespace {

bool isExternal(const Node& resource) {
    const Node* const external = resource.find("external");
    return external != nullptr && booleanOf(*external) == true;
}

/// Of an external resource nothing can be said here: somebody else has made it.
void checkExternal(Loading& loading, const std::string& path, const Node& resource) {
    for (const auto& entry : resource.entries) {
        if (entry.key != "external" && entry.key != "name" && !entry.key.starts_with("x-") &&
            entry.place.line != 0)
            loading.error(entry.place, path + '.' + entry.key,
                          path + " is external and has " + quoted(entry.key) +
                              ", which only matters for what is made",
                          "Take one of both out.");
    }
}

void checkContent(Loading& loading, const std::string& path, const Node& definition,
                  std::initializer_list<std::string_view> sources, const Place& place) {
    std::vector<std::string> found;
    for (const auto source : sources) {
        if (definition.find(source) != nullptr)
            found.emplace_back(source);
    }
    std::vector<std::string> names;
    for (const auto source : sources)
        names.emplace_back(source);
    if (found.size() > 1)
        loading.error(definition.find(found[1])->place, path + '.' + found[1],
                      path + " has both " + found[0] + " and " + found[1], "Take one of them out.");
    if (found.empty() && definition.find("driver") == nullptr)
        loading.error(place, path, path + " does not say where its content comes from",
                      "Give it one of: " + listed(names) + '.');
}

void checkResources(Loading& loading, const Node& root) {
    for (const std::string section : {"networks", "volumes", "secrets", "configs"}) {
        const Node* const resources = root.find(section);
        for (std::size_t i = 0; resources != nullptr && i < resources->entries.size(); ++i) {
            const auto& [key, place, resource] = resources->entries[i];
            const std::string path = std::string(section).append(".").append(key);
            if (!resource.isMap())
                continue; // which the schema has told
            if (isExternal(resource))
                checkExternal(loading, path, resource);
            else if (section == "secrets")
                checkContent(loading, path, resource, {"file", "environment"}, place);
            else if (section == "configs")
                checkContent(loading, path, resource, {"file", "environment", "content"}, place);
        }
    }
}

} // namespace

void checkConsistency(Loading& loading, const Project& project) {
    const Node* const services = project.root.find("services");
    if (services == nullptr || (services->isMap() && services->entries.empty())) {
        const bool isRead = !hasErrors(loading.loaded.problems);
        if (isRead)
            loading.error(services != nullptr ? services->place : project.root.place, "services",
                          "the project has no services", "Write one: \"services: {web: {image: nginx}}\".");
        return;
    }
    checkResources(loading, project.root);
    const ProjectNames names(project);
    for (const auto& service : services->entries) {
        if (project.enabled.contains(service.key) && service.value.isMap())
            checkService(loading, names, service);
    }
    checkDependencies(loading, project);
    checkCollisions(loading, project);
}

} // namespace escale::compose
