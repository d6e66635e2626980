// `list`: the containers below --root, as a table, as JSON or their ids only.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/cli/table.h"
#include "engine/runtime/lifecycle/operations.h"

#include <algorithm>

namespace escale {
namespace {

// One that is removed while we look is none of ours any more.
Result<std::vector<Json>> states(const std::string& root) {
    std::vector<Json> all;
    if (!exists(root))
        return all;
    TRY_ASSIGN(auto names, listDirectory(root));
    std::sort(names.begin(), names.end());
    for (const auto& name : names) {
        if (name.starts_with('.'))
            continue;
        auto state = containerState(root, name);
        if (state)
            all.push_back(*std::move(state));
        else if (state.error().code != ErrorCode::NotFound &&
                 state.error().code != ErrorCode::InvalidArgument)
            return fail(std::move(state).error());
    }
    return all;
}

} // namespace

Result<int> listCommand(const Arguments& arguments) {
    const std::string format = arguments.option("--format", "table");
    if (format != "table" && format != "json")
        return fail(ErrorCode::InvalidArgument, "--format is table or json, not \"" + format + "\"");
    TRY_ASSIGN(const auto all, states(arguments.root));
    std::string text;
    if (arguments.has("--quiet")) {
        for (const auto& state : all)
            text += state.at("id").toString() + "\n";
    } else if (format == "json") {
        Json list{Json::Array{}};
        for (const auto& state : all)
            list.append(state);
        text = list.dump() + "\n";
    } else {
        Table table{{"ID", "PID", "STATUS", "BUNDLE", "CREATED"}};
        for (const auto& state : all)
            table.push_back({state.at("id").toString(), std::to_string(state.at("pid").toInteger()),
                             state.at("status").toString(), state.at("bundle").toString(),
                             state.at("created").toString()});
        text = aligned(table);
    }
    TRY(writeAll(STDOUT_FILENO, text, "standard output"));
    return 0;
}

} // namespace escale
