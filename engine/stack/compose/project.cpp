#include "engine/stack/compose/project.h"

#include <algorithm>

namespace escale::compose {

std::vector<std::string> serviceNames(const Project& project) {
    std::vector<std::string> names;
    if (const Node* services = project.root.find("services")) {
        for (const auto& entry : services->entries)
            names.push_back(entry.key);
    }
    return names;
}

const Node* serviceOf(const Project& project, std::string_view name) {
    return project.root.at({"services", name});
}

std::vector<StackDependency> dependenciesOf(const Project& project, std::string_view service) {
    const auto isEnabled = [&](std::string_view name) { return project.enabled.contains(std::string(name)); };
    std::vector<StackDependency> dependencies;
    const Node* const written = project.root.at({"services", service, "depends_on"});
    for (std::size_t i = 0; written != nullptr && i < written->entries.size(); ++i) {
        const NodeEntry& entry = written->entries[i];
        const auto flag = [&entry](const char* key, bool otherwise) {
            const Node* const value = entry.value.find(key);
            return value != nullptr ? booleanOf(*value).value_or(otherwise) : otherwise;
        };
        StackDependency dependency;
        dependency.service = entry.key;
        dependency.condition = dependsOnOf(entry.value.textOf("condition")).value_or(DependsOn::Started);
        dependency.restart = flag("restart", false);
        dependency.required = flag("required", true);
        if (dependency.required || isEnabled(entry.key) || !isEnabled(service))
            dependencies.push_back(std::move(dependency));
    }
    std::sort(dependencies.begin(), dependencies.end(),
              [](const StackDependency& a, const StackDependency& b) { return a.service < b.service; });
    return dependencies;
}

std::vector<std::string> networksOf(const Project& project, std::string_view service) {
    std::vector<std::string> names;
    if (const Node* networks = project.root.at({"services", service, "networks"})) {
        for (const auto& entry : networks->entries)
            names.push_back(entry.key);
    }
    return names;
}

std::vector<std::string> volumesOf(const Project& project, std::string_view service) {
    std::vector<std::string> names;
    const Node* const volumes = project.root.at({"services", service, "volumes"});
    for (std::size_t i = 0; volumes != nullptr && i < volumes->items.size(); ++i) {
        std::string source = volumes->items[i].textOf("source");
        if (volumes->items[i].textOf("type") == "volume" && !source.empty() &&
            std::find(names.begin(), names.end(), source) == names.end())
            names.push_back(std::move(source));
    }
    return names;
}

} // namespace escale::compose
