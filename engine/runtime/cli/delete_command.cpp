#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/operations.h"

namespace escale {

Result<int> deleteCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY(deleteContainer(arguments.root, id, arguments.has("--force")));
    return 0;
}

} // namespace escale
