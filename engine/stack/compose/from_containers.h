// Containers → a Compose file that makes the same. Pure.
#pragma once

#include "engine/container/container.h"
#include "engine/stack/compose/node.h"

#include <string>
#include <vector>

namespace escale::compose {

struct ContainerAsked {
    std::string service; // name to use; empty: made of the container's name
    std::string image;
    ContainerOptions options; // as it was made with; what is the default is left out of the file
};
struct ComposeText {
    std::string yaml; // with comments where something could not be said
    std::vector<std::string> warnings;
};
/// One file of several containers: networks and volumes that they name are declared (external when they are
/// not the stack's own: `external`).
ComposeText composeOf(const std::vector<ContainerAsked>& containers, const std::string& projectName,
                      bool external);

} // namespace escale::compose
