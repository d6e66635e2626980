#include "engine/stack/compose/project.h"
#include "engine/stack/compose/write_yaml.h"

namespace escale::compose {
namespace {

using Names = std::set<std::string>;

/// What the enabled services refer to.
struct UsedResources {
    Names networks, volumes, secrets, configs;

    explicit UsedResources(const Project& project) {
        for (const auto& name : project.enabled) {
            for (auto& network : networksOf(project, name))
                networks.insert(std::move(network));
            for (auto& volume : volumesOf(project, name))
                volumes.insert(std::move(volume));
            if (const Node* service = serviceOf(project, name)) {
                collect(service->find("secrets"), secrets);
                collect(service->at({"build", "secrets"}), secrets);
                collect(service->find("configs"), configs);
            }
        }
    }

private:
    static void collect(const Node* uses, Names& names) {
        for (std::size_t i = 0; uses != nullptr && i < uses->items.size(); ++i) {
            const Node& use = uses->items[i];
            names.insert(use.isMap() ? use.textOf("source") : use.text);
        }
    }
};

/// A reader of the text replaces variables: a dollar sign is written twice.
void escapeDollars(Node& node) {
    if (node.isScalar() && node.text.find('$') != std::string::npos) {
        std::string escaped;
        for (const char letter : node.text)
            escaped += letter == '$' ? "$$" : std::string(1, letter);
        node.text = std::move(escaped);
    }
    for (auto& item : node.items)
        escapeDollars(item);
    for (auto& entry : node.entries)
        escapeDollars(entry.value);
}

void keepOnly(Node& root, std::string_view section, const Names& names) {
    Node* const map = root.find(section);
    if (map == nullptr)
        return;
    std::erase_if(map->entries, [&](const NodeEntry& entry) { return !names.contains(entry.key); });
    if (map->entries.empty() && section != "services")
        root.erase(section);
}

} // namespace

std::string configText(const Project& project) {
    Node root = project.root;
    const UsedResources used(project);
    keepOnly(root, "services", project.enabled);
    keepOnly(root, "networks", used.networks);
    keepOnly(root, "volumes", used.volumes);
    keepOnly(root, "secrets", used.secrets);
    keepOnly(root, "configs", used.configs);
    if (Node* services = root.find("services")) {
        for (auto& service : services->entries) {
            service.value.erase("env_file"); // what they say is in `environment` and `labels`
            service.value.erase("label_file");
            if (Node* dependencies = service.value.find("depends_on")) // of what an optional one leaves
                std::erase_if(dependencies->entries,
                              [&](const NodeEntry& entry) { return !project.enabled.contains(entry.key); });
            if (const Node* dependencies = service.value.find("depends_on");
                dependencies != nullptr && dependencies->entries.empty())
                service.value.erase("depends_on");
        }
    }
    escapeDollars(root);
    return writeYaml(root);
}

} // namespace escale::compose
