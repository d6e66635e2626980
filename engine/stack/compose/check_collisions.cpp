#include "engine/stack/compose/check_collisions.h"

#include "engine/stack/compose/check_service.h"

namespace escale::compose {
namespace {

bool isEverywhere(const std::string& address) {
    return address.empty() || address == "0.0.0.0" || address == "::";
}

/// What has a port: which service, at which address.
struct Holder {
    const NodeEntry* service;
    std::string address;
};

class CollisionCheck {
public:
    explicit CollisionCheck(Loading& loading)
        : m_loading(loading) {}

    void service(const NodeEntry& service) {
        const Node* const ports = service.value.find("ports");
        for (std::size_t i = 0; ports != nullptr && i < ports->items.size(); ++i)
            port(service, ports->items[i], "services." + service.key + ".ports[" + std::to_string(i) + ']');
        name(service);
    }

private:
    void port(const NodeEntry& service, const Node& port, const std::string& path) {
        const std::string address = port.textOf("host_ip");
        const std::string published = port.textOf("published");
        if (published.empty() || published == "0" || published.find('-') != std::string::npos)
            return; // any that is free
        const std::string protocol = port.textOf("protocol");
        const std::string key = published + '/' + (protocol.empty() ? "tcp" : protocol);
        if (replicasOf(service.value) > 1)
            m_loading.warn(port.place, path,
                           "port " + key + " is one of this machine's, and service " + service.key +
                               " runs " + std::to_string(replicasOf(service.value)) + " times",
                           "Publish a range, or leave the published port out.");
        auto& holders = m_holders[key];
        for (const auto& holder : holders) {
            if (holder.address != address && !isEverywhere(holder.address) && !isEverywhere(address))
                continue;
            m_loading.warn(port.place, path,
                           "port " + key + " is published by service " + holder.service->key + " already",
                           "Publish another one, or run one of them at a time.");
            break;
        }
        if (holders.size() < 64) // of thousands of addresses the first ones will do
            holders.push_back({&service, address});
    }

    void name(const NodeEntry& service) {
        const Node* const name = service.value.find("container_name");
        if (name == nullptr || name->text.empty())
            return;
        const auto [there, isNew] = m_names.emplace(name->text, &service);
        if (!isNew)
            m_loading.error(name->place, "services." + service.key + ".container_name",
                            "service " + there->second->key + " has the container name " +
                                quoted(name->text) + " already",
                            "Give each its own name.");
    }

    Loading& m_loading;
    std::map<std::string, std::vector<Holder>> m_holders;
    std::map<std::string, const NodeEntry*> m_names;
};

} // namespace

void checkCollisions(Loading& loading, const Project& project) {
    CollisionCheck check(loading);
    for (const auto& service : project.root.find("services")->entries) {
        if (project.enabled.contains(service.key))
            check.service(service);
    }
}

} // namespace escale::compose
