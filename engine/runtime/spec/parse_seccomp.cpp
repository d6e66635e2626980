#include "engine/runtime/spec/parse_linux.h"

namespace escale::spec {
namespace {

std::uint64_t wide(const Json& value) { // above 2^63-1 our JSON keeps a double
    return value.isInteger() ? static_cast<std::uint64_t>(value.toInteger())
                             : static_cast<std::uint64_t>(value.toDouble());
}

Result<SeccompRule> parseRule(const Json& entry) {
    SeccompRule rule;
    TRY_ASSIGN(rule.names, entry.getStrings("names"));
    TRY_ASSIGN(rule.action, entry.getString("action"));
    if (entry.contains("errnoRet")) {
        TRY_ASSIGN(rule.errnoRet, unsignedMember(entry, "errnoRet", "linux.seccomp.syscalls", 1));
    }
    for (const auto& json : entry.at("args").items()) {
        SeccompArgument argument;
        TRY_ASSIGN(argument.index, unsignedMember(json, "index", "linux.seccomp.syscalls.args", 0));
        argument.value = wide(json.at("value"));
        argument.valueTwo = wide(json.at("valueTwo"));
        TRY_ASSIGN(argument.op, json.getString("op"));
        if (argument.index > 5)
            return fail(ErrorCode::InvalidArgument, "linux.seccomp.syscalls.args.index is above 5");
        rule.args.push_back(std::move(argument));
    }
    return rule;
}

} // namespace

Result<Seccomp> parseSeccomp(const Json& json) {
    Seccomp seccomp;
    TRY_ASSIGN(seccomp.defaultAction, json.getString("defaultAction"));
    if (json.contains("defaultErrnoRet")) {
        TRY_ASSIGN(seccomp.defaultErrnoRet, unsignedMember(json, "defaultErrnoRet", "linux.seccomp", 1));
    }
    TRY_ASSIGN(seccomp.architectures, json.getStrings("architectures"));
    TRY_ASSIGN(seccomp.flags, json.getStrings("flags"));
    if (!json.at("listenerPath").toString().empty())
        return fail(ErrorCode::Unsupported, "linux.seccomp.listenerPath is not supported");
    for (const auto& entry : json.at("syscalls").items()) {
        TRY_ASSIGN(auto rule, parseRule(entry));
        seccomp.syscalls.push_back(std::move(rule));
    }
    return seccomp;
}

} // namespace escale::spec
