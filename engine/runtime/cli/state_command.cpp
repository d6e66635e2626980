#include "engine/base/file.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/operations.h"

namespace escale {

Result<int> stateCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(const auto state, containerState(arguments.root, id));
    TRY(writeAll(STDOUT_FILENO, state.dump() + "\n", "standard output"));
    return 0;
}

} // namespace escale
