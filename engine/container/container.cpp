#include "engine/container/container.h"

namespace escale {

std::string_view stateName(ContainerState state) {
    switch (state) {
    case ContainerState::Created:
        return "created";
    case ContainerState::Running:
        return "running";
    case ContainerState::Exited:
        return "exited";
    }
    return "exited";
}

} // namespace escale
