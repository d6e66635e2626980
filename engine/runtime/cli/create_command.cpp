#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/create.h"

namespace escale {

Result<int> createCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY(createContainer({arguments.root,
                         id,
                         arguments.option("--bundle", "."),
                         arguments.option("--pid-file"),
                         {0, 1, 2},
                         false}));
    return 0;
}

} // namespace escale
