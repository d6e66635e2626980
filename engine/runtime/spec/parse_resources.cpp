// linux.resources, config-linux.md#control-groups; `update` reads the same object from a file.
#include "engine/runtime/spec/parse_linux.h"

#include <array>
#include <limits>
#include <type_traits>

namespace escale::spec {
namespace {

tl::unexpected<Error> wrong(const std::string& member, const std::string& what) {
    return fail(ErrorCode::InvalidArgument, "linux.resources." + member + " " + what);
}

// Absent stays unset; anything but a whole number that the type can hold is an error.
template <class Number>
Result<void> read(const Json& object, const char* key, const std::string& where, std::optional<Number>& to) {
    const auto& member = object.at(key);
    if (member.isNull())
        return {};
    const std::string name = where + "." + key;
    if constexpr (std::is_signed_v<Number>) {
        if (!member.isInteger())
            return wrong(name, "must be a whole number");
        to = member.toInteger();
    } else {
        const auto value = member.toUnsigned();
        if (!value)
            return wrong(name, member.isInteger() ? "must not be negative" : "must be a whole number");
        if (*value > std::numeric_limits<Number>::max())
            return wrong(name, "must not be above " + std::to_string(std::numeric_limits<Number>::max()));
        to = static_cast<Number>(*value);
    }
    return {};
}

Result<void> read(const Json& object, const char* key, const std::string& where, bool& to) {
    const auto& member = object.at(key);
    if (!member.isNull() && !member.isBool())
        return wrong(where + "." + key, "must be true or false");
    to = member.toBool();
    return {};
}

Result<void> read(const Json& object, const char* key, const std::string& where,
                  std::optional<std::string>& to) {
    const auto& member = object.at(key);
    if (!member.isNull() && !member.isString())
        return wrong(where + "." + key, "must be a text");
    if (!member.toString().empty())
        to = member.toString();
    return {};
}

Result<Json> objectAt(const Json& json, const char* key) {
    const auto& member = json.at(key);
    if (!member.isNull() && !member.isObject())
        return wrong(key, "must be an object");
    return member;
}

Result<Json> listAt(const Json& json, const char* key, const std::string& name) {
    const auto& member = json.at(key);
    if (!member.isNull() && !member.isArray())
        return wrong(name, "must be a list");
    for (const auto& entry : member.items()) {
        if (!entry.isObject())
            return wrong(name, "must hold objects");
    }
    return member;
}

Result<std::uint32_t> neededNumber(const Json& object, const char* key, const std::string& where) {
    std::optional<std::uint32_t> value;
    TRY(read(object, key, where, value));
    if (!value)
        return wrong(where + "." + key, "is missing");
    return *value;
}

Result<void> parseMemory(const Json& json, CgroupLimits& limits) {
    TRY_ASSIGN(const auto memory, objectAt(json, "memory"));
    TRY(read(memory, "limit", "memory", limits.memory));
    TRY(read(memory, "swap", "memory", limits.memorySwap));
    TRY(read(memory, "reservation", "memory", limits.memoryReservation));
    TRY(read(memory, "kernel", "memory", limits.kernelMemory));
    TRY(read(memory, "kernelTCP", "memory", limits.kernelMemoryTcp));
    TRY(read(memory, "swappiness", "memory", limits.swappiness));
    TRY(read(memory, "disableOOMKiller", "memory", limits.disableOomKiller));
    TRY(read(memory, "checkBeforeUpdate", "memory", limits.checkBeforeUpdate));
    for (const auto& value : {limits.memory, limits.memorySwap, limits.memoryReservation}) {
        if (value.value_or(0) < -1)
            return wrong("memory",
                         "holds " + std::to_string(*value) + ", which is neither bytes nor -1 (no limit)");
    }
    if (limits.memory.value_or(0) > 0 && limits.memorySwap.value_or(0) > 0 &&
        *limits.memorySwap < *limits.memory)
        return wrong("memory.swap", "counts memory and swap together and may not be below memory.limit");
    if (limits.swappiness.value_or(0) > 100)
        return wrong("memory.swappiness", "must be between 0 and 100");
    return {};
}

Result<void> parseCpu(const Json& json, CgroupLimits& limits) {
    TRY_ASSIGN(const auto cpu, objectAt(json, "cpu"));
    TRY(read(cpu, "shares", "cpu", limits.cpuShares));
    TRY(read(cpu, "quota", "cpu", limits.cpuQuota));
    TRY(read(cpu, "period", "cpu", limits.cpuPeriod));
    TRY(read(cpu, "burst", "cpu", limits.cpuBurst));
    TRY(read(cpu, "realtimeRuntime", "cpu", limits.realtimeRuntime));
    TRY(read(cpu, "realtimePeriod", "cpu", limits.realtimePeriod));
    TRY(read(cpu, "idle", "cpu", limits.cpuIdle));
    TRY(read(cpu, "cpus", "cpu", limits.cpus));
    TRY(read(cpu, "mems", "cpu", limits.memoryNodes));
    return {};
}

Result<void> parseRates(const Json& block, const char* key, std::vector<BlockDeviceRate>& rates) {
    const std::string name = std::string("blockIO.") + key;
    TRY_ASSIGN(const auto list, listAt(block, key, name));
    for (const auto& entry : list.items()) {
        BlockDeviceRate one;
        TRY_ASSIGN(one.major, neededNumber(entry, "major", name));
        TRY_ASSIGN(one.minor, neededNumber(entry, "minor", name));
        std::optional<std::uint64_t> rate;
        TRY(read(entry, "rate", name, rate));
        one.rate = rate.value_or(0);
        rates.push_back(one);
    }
    return {};
}

Result<void> parseBlock(const Json& json, BlockLimits& limits) {
    TRY_ASSIGN(const auto block, objectAt(json, "blockIO"));
    TRY(read(block, "weight", "blockIO", limits.weight));
    TRY(read(block, "leafWeight", "blockIO", limits.leafWeight));
    TRY_ASSIGN(const auto list, listAt(block, "weightDevice", "blockIO.weightDevice"));
    for (const auto& entry : list.items()) {
        BlockDeviceWeight one;
        TRY_ASSIGN(one.major, neededNumber(entry, "major", "blockIO.weightDevice"));
        TRY_ASSIGN(one.minor, neededNumber(entry, "minor", "blockIO.weightDevice"));
        TRY(read(entry, "weight", "blockIO.weightDevice", one.weight));
        TRY(read(entry, "leafWeight", "blockIO.weightDevice", one.leafWeight));
        limits.weightDevice.push_back(one);
    }
    TRY(parseRates(block, "throttleReadBpsDevice", limits.readBps));
    TRY(parseRates(block, "throttleWriteBpsDevice", limits.writeBps));
    TRY(parseRates(block, "throttleReadIOPSDevice", limits.readIops));
    return parseRates(block, "throttleWriteIOPSDevice", limits.writeIops);
}

// "2MB": becomes part of a file's name.
bool isPageSize(const std::string& text) {
    return text.size() >= 3 && text.ends_with('B') &&
           std::string_view("KMG").find(text[text.size() - 2]) != std::string_view::npos && text[0] != '0' &&
           text.find_first_not_of("0123456789") == text.size() - 2;
}

Result<void> parseHugepages(const Json& json, CgroupLimits& limits) {
    TRY_ASSIGN(const auto list, listAt(json, "hugepageLimits", "hugepageLimits"));
    for (const auto& entry : list.items()) {
        TRY_ASSIGN(auto size, entry.getString("pageSize"));
        if (!isPageSize(size))
            return wrong("hugepageLimits.pageSize", "\"" + size + "\" is no size like 2MB");
        std::optional<std::uint64_t> limit;
        TRY(read(entry, "limit", "hugepageLimits", limit));
        if (!limit)
            return wrong("hugepageLimits.limit", "is missing");
        limits.hugepages.emplace_back(std::move(size), *limit);
    }
    return {};
}

Result<void> parseNetwork(const Json& json, CgroupLimits& limits) {
    TRY_ASSIGN(const auto network, objectAt(json, "network"));
    TRY(read(network, "classID", "network", limits.networkClass));
    TRY_ASSIGN(const auto list, listAt(network, "priorities", "network.priorities"));
    for (const auto& entry : list.items()) {
        TRY_ASSIGN(auto name, entry.getString("name"));
        if (name.empty() || name.find_first_of(" \n/") != std::string::npos)
            return wrong("network.priorities.name", "\"" + name + "\" is no interface");
        TRY_ASSIGN(const auto priority, neededNumber(entry, "priority", "network.priorities"));
        limits.networkPriorities.emplace_back(std::move(name), priority);
    }
    return {};
}

Result<void> parseRdma(const Json& json, CgroupLimits& limits) {
    TRY_ASSIGN(const auto rdma, objectAt(json, "rdma"));
    for (const auto& [device, entry] : rdma.members()) {
        RdmaLimit one;
        one.device = device;
        if (device.empty() || device.find_first_of(" \n") != std::string::npos)
            return wrong("rdma", "\"" + device + "\" is no device");
        TRY(read(entry, "hcaHandles", "rdma", one.hcaHandles));
        TRY(read(entry, "hcaObjects", "rdma", one.hcaObjects));
        if (!one.hcaHandles && !one.hcaObjects)
            return wrong("rdma." + device, "says neither hcaHandles nor hcaObjects");
        limits.rdma.push_back(std::move(one));
    }
    return {};
}

// The kernel's dev_t has 12 and 20 bits; more would be cut to another device.
Result<std::int64_t> deviceNumber(const Json& entry, const char* key, std::int64_t end) {
    std::optional<std::int64_t> number;
    TRY(read(entry, key, "devices", number));
    if (number && (*number < -1 || *number >= end))
        return wrong(std::string("devices.") + key, std::to_string(*number) + " is no device number");
    return number.value_or(-1);
}

Result<CgroupDeviceRule> parseDeviceRule(const Json& entry) {
    CgroupDeviceRule rule;
    TRY(read(entry, "allow", "devices", rule.allow));
    std::optional<std::string> type;
    std::optional<std::string> access;
    TRY(read(entry, "type", "devices", type));
    TRY(read(entry, "access", "devices", access));
    const std::string letter = type.value_or("a");
    if (letter.size() != 1 || std::string_view("acb").find(letter) == std::string_view::npos)
        return wrong("devices", "type \"" + letter + "\" is none of a, b, c");
    rule.type = letter[0];
    TRY_ASSIGN(rule.major, deviceNumber(entry, "major", 1 << 12));
    TRY_ASSIGN(rule.minor, deviceNumber(entry, "minor", 1 << 20));
    rule.access = access.value_or("rwm");
    if (rule.access.find_first_not_of("rwm") != std::string::npos)
        return wrong("devices", "access \"" + rule.access + "\" holds more than r, w and m");
    return rule;
}

} // namespace

Result<CgroupLimits> parseResources(const Json& json) {
    if (!json.isNull() && !json.isObject())
        return fail(ErrorCode::InvalidArgument, "linux.resources must be an object");
    CgroupLimits limits;
    TRY(parseMemory(json, limits));
    TRY(parseCpu(json, limits));
    TRY(parseBlock(json, limits.block));
    TRY(parseHugepages(json, limits));
    TRY(parseNetwork(json, limits));
    TRY(parseRdma(json, limits));
    TRY_ASSIGN(const auto pids, objectAt(json, "pids"));
    TRY(read(pids, "limit", "pids", limits.pids));
    TRY_ASSIGN(const auto devices, listAt(json, "devices", "devices"));
    for (const auto& entry : devices.items()) {
        TRY_ASSIGN(limits.devices.emplace_back(), parseDeviceRule(entry));
    }
    if (!limits.devices.empty())
        allowDefaultDevices(limits.devices);
    TRY_ASSIGN(const auto unified, objectAt(json, "unified"));
    for (const auto& [file, value] : unified.members()) {
        if (!value.isString())
            return wrong("unified." + file, "must be a text");
        limits.unified.emplace_back(file, value.toString());
    }
    return limits;
}

} // namespace escale::spec
