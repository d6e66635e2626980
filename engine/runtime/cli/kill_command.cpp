#include "engine/base/process.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/cli/matching_ids.h"
#include "engine/runtime/lifecycle/operations.h"

#include <csignal>

namespace escale {

Result<int> killCommand(const Arguments& arguments) {
    if (arguments.operands.empty() || arguments.operands.size() > 2)
        return fail(ErrorCode::InvalidArgument, "kill takes a container id and a signal");
    int signal = SIGTERM;
    // 0 sends nothing and tells whether there is a process (kill(2)).
    if (arguments.operands.size() == 2 && arguments.operands[1] == "0") {
        signal = 0;
    } else if (arguments.operands.size() == 2) {
        TRY_ASSIGN(signal, parseSignal(arguments.operands[1]));
    }
    TRY(forEachMatch(arguments, arguments.operands[0], [&](const std::string& id) {
        return killContainer(arguments.root, id, signal, arguments.has("--all"));
    }));
    return 0;
}

} // namespace escale
