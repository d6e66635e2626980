#include "engine/stack/compose/defaults.h"

#include "engine/stack/compose/project_paths.h"

namespace escale::compose {
namespace {

constexpr std::string_view kShared[] = {"network_mode", "ipc", "pid", "uts", "cgroup"};

bool isTrue(const Node* node) {
    return node != nullptr && booleanOf(*node) == true;
}

Node word(std::string text) {
    return Node::scalar(std::move(text), {}, false);
}

void depend(Node& service, const std::string& on, bool restart, Place place) {
    Node& dependencies = service.set("depends_on");
    if (on.empty() || !(dependencies.isNull() || dependencies.isMap()) || dependencies.find(on) != nullptr)
        return;
    Node dependency = Node::map(place);
    dependency.set("condition") = Node::scalar("service_started", place);
    if (restart)
        dependency.set("restart") = word("true");
    dependency.set("required") = word("true");
    dependencies.kind = NodeKind::Map;
    dependencies.entries.push_back({on, place, std::move(dependency)});
}

void implyDependencies(Node& service) {
    const auto before = [](const std::string& text) { return text.substr(0, text.find(':')); };
    const Node* links = service.find("links");
    for (std::size_t i = 0; links != nullptr && i < links->items.size(); ++i) {
        const Node link = links->items[i];
        depend(service, before(link.text), true, link.place);
        links = service.find("links"); // depend() may have moved it
    }
    for (const auto key : kShared) {
        if (const Node* shared = service.find(key))
            depend(service, serviceIn(shared->text), true, shared->place);
    }
    const Node* from = service.find("volumes_from");
    for (std::size_t i = 0; from != nullptr && i < from->items.size(); ++i) {
        const Node volume = from->items[i];
        if (!volume.text.starts_with("container:"))
            depend(service, before(volume.text), false, volume.place);
        from = service.find("volumes_from");
    }
    Node* const dependencies = service.find("depends_on");
    if (dependencies != nullptr && dependencies->isNull()) {
        service.erase("depends_on");
        return;
    }
    for (std::size_t i = 0; dependencies != nullptr && i < dependencies->entries.size(); ++i) {
        Node& dependency = dependencies->entries[i].value;
        if (dependency.isMap() && dependency.textOf("condition").empty())
            dependency.set("condition") = Node::scalar("service_started");
    }
}

/// Whether it is in the default network.
bool joinDefault(Node& service) {
    if (service.find("provider") != nullptr || !service.textOf("network_mode").empty())
        return false;
    Node& networks = service.set("networks");
    if (networks.isNull() || (networks.isMap() && networks.entries.empty())) {
        networks.kind = NodeKind::Map;
        networks.set("default");
    }
    return networks.find("default") != nullptr;
}

void completeBuild(Node* build) {
    if (build == nullptr || !build->isMap())
        return;
    if (build->find("dockerfile") == nullptr && build->find("dockerfile_inline") == nullptr)
        build->set("dockerfile") = Node::scalar("Dockerfile");
    if (Node* arguments = build->find("args"))
        std::erase_if(arguments->entries, [](const NodeEntry& entry) { return entry.value.isNull(); });
}

/// Who reads `deploy` finds the number there, too.
void completeReplicas(Node& service) {
    const Node* const scale = service.find("scale");
    Node* const deploy = service.find("deploy");
    if (scale != nullptr && deploy != nullptr && deploy->isMap() && deploy->find("replicas") == nullptr)
        deploy->set("replicas") = *scale;
}

/// A text that a variable without a value has left empty is as if it were not there.
void dropEmptyTexts(Node& map) {
    std::erase_if(map.entries, [](const NodeEntry& entry) {
        return entry.value.isScalar() && entry.value.text.empty() && !entry.key.starts_with("x-");
    });
}

/// null is as if it were not there, once it has replaced what an earlier file or `extends` says.
void dropNullCommands(Node& service) {
    for (const char* key : {"command", "entrypoint"}) {
        if (const Node* words = service.find(key); words != nullptr && words->isNull())
            service.erase(key);
    }
}

void completeService(Node& service) {
    dropEmptyTexts(service);
    dropNullCommands(service);
    if (Node* build = service.find("build"))
        dropEmptyTexts(*build);
    if (Node* policy = service.find("pull_policy"); policy != nullptr && policy->text == "if_not_present")
        policy->text = "missing";
    completeBuild(service.find("build"));
    completeReplicas(service);
    implyDependencies(service);
    Node* const volumes = service.find("volumes");
    for (std::size_t i = 0; volumes != nullptr && i < volumes->items.size(); ++i) {
        Node* const target = volumes->items[i].find("target");
        if (target != nullptr && target->text.starts_with('/'))
            target->text = cleanPath(target->text);
    }
}

void nameResources(Node& root, const std::string& projectName) {
    for (const auto section : {"networks", "volumes", "configs", "secrets"}) {
        Node* const resources = root.find(section);
        for (std::size_t i = 0; resources != nullptr && i < resources->entries.size(); ++i) {
            auto& [key, place, resource] = resources->entries[i];
            if (!(resource.isNull() || resource.isMap()) || !resource.textOf("name").empty())
                continue;
            const bool isExternal = isTrue(resource.find("external"));
            if (resource.isNull())
                resource.place = place;
            resource.set("name") =
                Node::scalar(isExternal ? key : std::string(projectName).append("_").append(key));
        }
    }
}

} // namespace

std::string serviceIn(std::string_view text) {
    constexpr std::string_view kPrefix = "service:";
    return text.starts_with(kPrefix) ? std::string(text.substr(kPrefix.size())) : std::string();
}

void completeProject(Node& root, const std::string& projectName) {
    root.erase("version");
    Node& name = root.set("name");
    name = Node::scalar(projectName, name.place);
    bool hasDefault = false;
    Node* const services = root.find("services");
    for (std::size_t i = 0; services != nullptr && i < services->entries.size(); ++i) {
        Node& service = services->entries[i].value;
        if (!service.isMap())
            continue;
        completeService(service);
        hasDefault = joinDefault(service) || hasDefault;
    }
    if (Node* const networks = hasDefault ? &root.set("networks") : nullptr;
        networks != nullptr && (networks->isNull() || networks->isMap()))
        networks->set("default");
    nameResources(root, projectName);
}

} // namespace escale::compose
