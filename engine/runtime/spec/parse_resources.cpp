#include "engine/runtime/spec/parse_linux.h"

#include <array>

namespace escale::spec {
namespace {

// Absent stays unset; anything but a whole number is an error.
Result<std::optional<std::int64_t>> number(const Json& object, const char* key, const char* where) {
    const auto& member = object.at(key);
    if (member.isNull())
        return std::optional<std::int64_t>();
    if (!member.isInteger())
        return fail(ErrorCode::InvalidArgument,
                    std::string("linux.resources.") + where + "." + key + " must be a whole number");
    return std::optional<std::int64_t>(member.toInteger());
}

Result<std::optional<std::uint64_t>> positive(const Json& object, const char* key, const char* where) {
    TRY_ASSIGN(const auto value, number(object, key, where));
    if (!value)
        return std::optional<std::uint64_t>();
    if (*value < 0)
        return fail(ErrorCode::InvalidArgument,
                    std::string("linux.resources.") + where + "." + key + " must not be negative");
    return std::optional<std::uint64_t>(static_cast<std::uint64_t>(*value));
}

Result<std::vector<CgroupDeviceRule>> parseDeviceRules(const Json& list) {
    std::vector<CgroupDeviceRule> rules;
    for (const auto& entry : list.items()) {
        CgroupDeviceRule rule;
        rule.allow = entry.at("allow").toBool();
        TRY_ASSIGN(std::string type, entry.getOptionalString("type"));
        if (type.empty())
            type = "a";
        if (type.size() != 1 || std::string_view("acb").find(type) == std::string_view::npos)
            return fail(ErrorCode::InvalidArgument,
                        "linux.resources.devices: type \"" + type + "\" is none of a, b, c");
        rule.type = type[0];
        rule.major = entry.at("major").toInteger(-1);
        rule.minor = entry.at("minor").toInteger(-1);
        rule.access = entry.at("access").toString("rwm");
        if (rule.access.empty())
            rule.access = "rwm";
        if (rule.access.find_first_not_of("rwm") != std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "linux.resources.devices: access \"" + rule.access + "\" holds more than r, w and m");
        rules.push_back(std::move(rule));
    }
    if (rules.empty())
        return rules;
    // config-linux.md#default-devices: these must work in every container, whatever the rules say. Making a
    // node (not opening it) is left to CAP_MKNOD.
    for (const auto type : {'c', 'b'})
        rules.push_back({true, type, -1, -1, "m"});
    static constexpr std::array<std::pair<int, int>, 9> kDefaults{
        {{1, 3}, {1, 5}, {1, 7}, {1, 8}, {1, 9}, {5, 0}, {5, 1}, {5, 2}, {136, -1}}};
    for (const auto& [major, minor] : kDefaults)
        rules.push_back({true, 'c', major, minor, "rwm"});
    return rules;
}

} // namespace

Result<CgroupLimits> parseResources(const Json& json) {
    for (const char* member : {"blockIO", "hugepageLimits", "network", "rdma"}) {
        if (!json.at(member).items().empty() || !json.at(member).members().empty())
            return fail(ErrorCode::Unsupported,
                        std::string("linux.resources.") + member + " is not supported yet");
    }
    CgroupLimits limits;
    const auto& memory = json.at("memory");
    TRY_ASSIGN(limits.memory, number(memory, "limit", "memory"));
    TRY_ASSIGN(limits.memorySwap, number(memory, "swap", "memory"));
    TRY_ASSIGN(limits.memoryReservation, number(memory, "reservation", "memory"));
    const auto& cpu = json.at("cpu");
    TRY_ASSIGN(limits.cpuShares, positive(cpu, "shares", "cpu"));
    TRY_ASSIGN(limits.cpuQuota, number(cpu, "quota", "cpu"));
    TRY_ASSIGN(limits.cpuPeriod, positive(cpu, "period", "cpu"));
    if (!cpu.at("cpus").toString().empty())
        limits.cpus = cpu.at("cpus").toString();
    if (!cpu.at("mems").toString().empty())
        limits.memoryNodes = cpu.at("mems").toString();
    TRY_ASSIGN(limits.pids, number(json.at("pids"), "limit", "pids"));
    TRY_ASSIGN(limits.devices, parseDeviceRules(json.at("devices")));
    for (const auto& [file, value] : json.at("unified").members())
        limits.unified.emplace_back(file, value.toString());
    return limits;
}

} // namespace escale::spec
