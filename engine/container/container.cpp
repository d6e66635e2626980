#include "engine/container/container.h"

namespace escale {

std::string_view stateName(ContainerState state) {
    switch (state) {
    case ContainerState::Created:
        return "created";
    case ContainerState::Running:
        return "running";
    case ContainerState::Paused:
        return "paused";
    case ContainerState::Restarting:
        return "restarting";
    case ContainerState::Exited:
        return "exited";
    case ContainerState::Dead:
        return "dead";
    }
    return "exited";
}

} // namespace escale
