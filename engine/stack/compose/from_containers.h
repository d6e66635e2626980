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
    std::string yaml; // with comments at its beginning about what could not be said
    std::vector<std::string> warnings;
};
/// One file of several containers: networks and volumes that they name are declared. `external`: the same
/// ones as now, and the same names of containers; else the stack's own, and whoever is in the default network
/// is in the stack's. The options' `command` is the containers'. A memory limit of 0 is none: whoever has
/// options of a line that says nothing of memory sets it to that.
ComposeText composeOf(const std::vector<ContainerAsked>& containers, const std::string& projectName,
                      bool external);

} // namespace escale::compose
