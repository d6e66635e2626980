#include "engine/stack/compose/from_containers.h"

#include "engine/base/csv.h"
#include "engine/stack/compose/service_node.h"
#include "engine/stack/compose/write_yaml.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace escale::compose {
namespace {

/// "My App!" → "my-app-"; what a key of services may be.
std::string serviceName(const std::string& name) {
    std::string result;
    for (const char c : name) {
        const bool good =
            std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
        result += good ? c : '-';
    }
    return result;
}

/// "registry/library/nginx:1@sha…" → "nginx".
std::string nameOfImage(const std::string& image) {
    std::string name = image.substr(0, image.find('@'));
    name.erase(0, name.rfind('/') + 1);
    return name.substr(0, name.find(':'));
}

/// Each container's service: as asked, else by its name or its image, each once.
Texts namesOf(const std::vector<ContainerAsked>& containers) {
    Texts names;
    std::set<std::string> taken;
    for (const ContainerAsked& container : containers) {
        std::string name = serviceName(!container.service.empty()        ? container.service
                                       : !container.options.name.empty() ? container.options.name
                                                                         : nameOfImage(container.image));
        if (name.empty())
            name = "service";
        const std::string wanted = name;
        for (unsigned number = 2; !taken.insert(name).second; ++number)
            name = wanted + '-' + std::to_string(number);
        names.push_back(name);
    }
    return names;
}

} // namespace

ComposeText composeOf(const std::vector<ContainerAsked>& containers, const std::string& projectName,
                      bool external) {
    const Texts names = namesOf(containers);
    ServiceNodes nodes(external);
    for (std::size_t i = 0; i < containers.size(); ++i) {
        if (!containers[i].options.name.empty())
            nodes.services[containers[i].options.name] = names[i];
    }
    Node file = Node::map();
    if (!projectName.empty())
        file.set("name") = Node::scalar(projectName);
    Node services = Node::map();
    for (std::size_t i = 0; i < containers.size(); ++i)
        services.set(names[i]) = nodes.serviceOf(names[i], containers[i].image, containers[i].options);
    file.set("services") = std::move(services);
    if (!nodes.networks.entries.empty())
        file.set("networks") = std::move(nodes.networks);
    if (!nodes.volumes.entries.empty())
        file.set("volumes") = std::move(nodes.volumes);
    ComposeText result;
    for (const std::string& warning : nodes.warnings)
        result.yaml += "# " + warning + '\n';
    result.yaml += writeYaml(file);
    result.warnings = std::move(nodes.warnings);
    return result;
}

} // namespace escale::compose
