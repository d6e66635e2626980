// ContainerOptions → a service of a Compose file: makeStack() the other way round.
#pragma once

#include "engine/container/container.h"
#include "engine/stack/compose/node.h"

#include <map>

namespace escale::compose {

/// Services one after the other, and what they declare together.
class ServiceNodes {
public:
    explicit ServiceNodes(bool external)
        : m_external(external) {}

    Node serviceOf(const std::string& name, const std::string& image, const ContainerOptions& options);

    std::map<std::string, std::string> services; // container's name → service
    Node networks = Node::map();                 // of the top level
    Node volumes = Node::map();
    Texts warnings; // what could not be said

private:
    void program(Node& service, const ContainerOptions& options) const;
    void life(Node& service, const ContainerOptions& options) const;
    void limits(Node& service, const ContainerOptions& options);
    void security(Node& service, const ContainerOptions& options);
    void network(Node& service, const ContainerOptions& options);
    void mounts(Node& service, const ContainerOptions& options);
    void declare(Node& top, const std::string& name) const;
    /// "container:NAME" of one of the services is "service:NAME".
    [[nodiscard]] std::string reference(const std::string& word) const;
    void cannotSay(const std::string& what);

    bool m_external;
    std::string m_name; // of the service in hand
};

} // namespace escale::compose
