// "hooks" of config.json (config.md#posix-platform-hooks).
#include "engine/runtime/spec/parse_linux.h"

#include <algorithm>
#include <climits>

namespace escale::spec {
namespace {

Result<Hook> parseHook(const Json& entry, const std::string& where) {
    Hook hook;
    TRY_ASSIGN(hook.path, entry.getString("path"));
    if (!hook.path.starts_with('/'))
        return fail(ErrorCode::InvalidArgument, where + ".path \"" + hook.path + "\" is not absolute");
    TRY_ASSIGN(hook.args, entry.getStrings("args"));
    if (hook.args.empty())
        hook.args.push_back(hook.path);
    if (entry.contains("env")) {
        TRY_ASSIGN(hook.env, entry.getStrings("env"));
    }
    if (entry.contains("timeout")) {
        TRY_ASSIGN(const auto seconds, entry.getInteger("timeout"));
        if (seconds <= 0 || seconds > INT_MAX / 1000)
            return fail(ErrorCode::InvalidArgument,
                        where + ".timeout must be above zero and below 2147483 seconds");
        hook.timeoutSeconds = static_cast<int>(seconds);
    }
    return hook;
}

} // namespace

Result<Hooks> parseHooks(const Json& json) {
    Hooks hooks;
    for (const auto& [name, list] :
         {std::pair("prestart", &hooks.prestart), std::pair("createRuntime", &hooks.createRuntime),
          std::pair("createContainer", &hooks.createContainer),
          std::pair("startContainer", &hooks.startContainer), std::pair("poststart", &hooks.poststart),
          std::pair("poststop", &hooks.poststop)}) {
        const auto& entries = json.at(name);
        const std::string where = std::string("hooks.") + name;
        if (!entries.isNull() && !entries.isArray())
            return fail(ErrorCode::InvalidArgument, where + " is no list");
        for (const auto& entry : entries.items()) {
            TRY_ASSIGN(auto hook, parseHook(entry, where));
            list->push_back(std::move(hook));
        }
    }
    return hooks;
}

bool Hooks::any() const {
    const auto lists = {&prestart, &createRuntime, &createContainer, &startContainer, &poststart, &poststop};
    return std::any_of(lists.begin(), lists.end(), [](const auto* list) { return !list->empty(); });
}

} // namespace escale::spec
