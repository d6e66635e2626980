#include "engine/runtime/spec/parse_linux.h"

namespace escale::spec {
namespace {

// To the bit: a filter that compares with a rounded number is another filter.
Result<std::uint64_t> wide(const Json& argument, const char* key) {
    if (!argument.contains(key))
        return 0;
    if (const auto value = argument.at(key).toUnsigned())
        return *value;
    return fail(ErrorCode::InvalidArgument, std::string("linux.seccomp.syscalls.args.") + key +
                                                " must be a whole number between 0 and 18446744073709551615");
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
        TRY_ASSIGN(argument.value, wide(json, "value"));
        TRY_ASSIGN(argument.valueTwo, wide(json, "valueTwo"));
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
    TRY_ASSIGN(seccomp.listenerPath, json.getOptionalString("listenerPath"));
    TRY_ASSIGN(seccomp.listenerMetadata, json.getOptionalString("listenerMetadata"));
    for (const auto& entry : json.at("syscalls").items()) {
        TRY_ASSIGN(auto rule, parseRule(entry));
        seccomp.syscalls.push_back(std::move(rule));
    }
    return seccomp;
}

} // namespace escale::spec
