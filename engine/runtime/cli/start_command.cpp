#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/operations.h"

namespace escale {

Result<int> startCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY(startContainer(arguments.root, id));
    return 0;
}

} // namespace escale
