#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/operations.h"

namespace escale {

Result<int> killCommand(const Arguments& arguments) {
    if (arguments.operands.empty() || arguments.operands.size() > 2)
        return fail(ErrorCode::InvalidArgument, "kill takes a container id and a signal");
    TRY_ASSIGN(const int signal,
               parseSignal(arguments.operands.size() == 2 ? arguments.operands[1] : "TERM"));
    TRY(killContainer(arguments.root, arguments.operands[0], signal, !arguments.option("--all").empty()));
    return 0;
}

} // namespace escale
