#include "engine/runtime/cli/commands.h"
#include "engine/runtime/cli/matching_ids.h"
#include "engine/runtime/lifecycle/operations.h"

namespace escale {

Result<int> deleteCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY(forEachMatch(arguments, id, [&](const std::string& one) {
        return deleteContainer(arguments.root, one, arguments.has("--force"));
    }));
    return 0;
}

} // namespace escale
