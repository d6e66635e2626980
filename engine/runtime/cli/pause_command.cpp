#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/pause.h"

namespace escale {

Result<int> pauseCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY(pauseContainer(arguments.root, id));
    return 0;
}

Result<int> resumeCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY(resumeContainer(arguments.root, id));
    return 0;
}

} // namespace escale
