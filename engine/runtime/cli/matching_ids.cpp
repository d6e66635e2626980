#include "engine/runtime/cli/matching_ids.h"

#include "engine/base/file.h"
#include "engine/runtime/lifecycle/state_folder.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <regex.h>
#include <vector>

namespace escale {
namespace {

Result<std::vector<std::string>> matchingIds(const std::string& root, const std::string& pattern) {
    regex_t expression{};
    if (const int problem = ::regcomp(&expression, pattern.c_str(), REG_EXTENDED | REG_NOSUB); problem != 0) {
        std::array<char, 128> why{};
        ::regerror(problem, &expression, why.data(), why.size());
        return fail(ErrorCode::InvalidArgument,
                    "\"" + pattern + "\" is no regular expression: " + why.data());
    }
    const std::unique_ptr<regex_t, decltype(&::regfree)> compiled(&expression, ::regfree);
    std::vector<std::string> ids;
    if (!exists(root))
        return ids;
    TRY_ASSIGN(ids, listDirectory(root));
    std::erase_if(ids, [&](const std::string& id) {
        return !validateContainerId(id) || ::regexec(&expression, id.c_str(), 0, nullptr, 0) != 0;
    });
    std::sort(ids.begin(), ids.end());
    return ids;
}

} // namespace

Result<void> forEachMatch(const Arguments& arguments, const std::string& operand,
                          const std::function<Result<void>(const std::string& id)>& act) {
    if (!arguments.has("--regex"))
        return act(operand);
    TRY_ASSIGN(const auto ids, matchingIds(arguments.root, operand));
    std::optional<Error> problem;
    for (const auto& id : ids) {
        auto done = act(id);
        if (done)
            continue;
        if (problem)
            problem->addCause(std::move(done).error());
        else
            problem = std::move(done).error();
    }
    return problem ? fail(*std::move(problem)) : Result<void>();
}

} // namespace escale
