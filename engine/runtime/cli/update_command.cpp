// `update`: limits from options, or a whole linux.resources from --resources FILE (- is standard input).
#include "engine/base/file.h"
#include "engine/runtime/cli/commands.h"
#include "engine/runtime/lifecycle/update.h"
#include "engine/runtime/spec/document.h"

#include <array>
#include <charconv>

namespace escale {
namespace {

struct NumberOption {
    const char* option;
    const char* group;
    const char* member;
    bool isSize; // takes k, m, g
};
constexpr std::array<NumberOption, 14> kNumbers{{{"--memory", "memory", "limit", true},
                                                 {"--memory-swap", "memory", "swap", true},
                                                 {"--memory-reservation", "memory", "reservation", true},
                                                 {"--kernel-memory", "memory", "kernel", true},
                                                 {"--kernel-memory-tcp", "memory", "kernelTCP", true},
                                                 {"--cpu-share", "cpu", "shares", false},
                                                 {"--cpu-quota", "cpu", "quota", false},
                                                 {"--cpu-period", "cpu", "period", false},
                                                 {"--cpu-burst", "cpu", "burst", false},
                                                 {"--cpu-rt-period", "cpu", "realtimePeriod", false},
                                                 {"--cpu-rt-runtime", "cpu", "realtimeRuntime", false},
                                                 {"--cpu-idle", "cpu", "idle", false},
                                                 {"--blkio-weight", "blockIO", "weight", false},
                                                 {"--pids-limit", "pids", "limit", false}}};

Result<std::int64_t> numberOf(const NumberOption& option, const std::string& text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    const std::string_view unit(read.ptr, static_cast<std::size_t>(end - read.ptr));
    static constexpr std::array<std::pair<std::string_view, int>, 8> kUnits{
        {{"", 0}, {"b", 0}, {"k", 10}, {"K", 10}, {"m", 20}, {"M", 20}, {"g", 30}, {"G", 30}}};
    for (const auto& [name, shift] : kUnits) {
        if (read.ec != std::errc() || name != unit || (!option.isSize && !unit.empty()))
            continue;
        if (value > (INT64_MAX >> shift) || (value < 0 && shift > 0))
            break;
        return value << shift;
    }
    return fail(ErrorCode::InvalidArgument, std::string(option.option) + " takes a whole number" +
                                                (option.isSize ? " of bytes, or of k, m or g" : "") +
                                                ", not \"" + text + "\"");
}

void put(Json& resources, const char* group, const char* member, Json value) {
    Json part = resources.at(group);
    part.set(member, std::move(value));
    resources.set(group, std::move(part));
}

Result<Json> resourcesOf(const Arguments& arguments) {
    for (const char* name : {"--l3-cache-schema", "--mem-bw-schema"}) {
        if (!arguments.option(name).empty())
            return fail(ErrorCode::Unsupported, std::string(name) + ": Intel RDT is not supported");
    }
    if (const std::string file = arguments.option("--resources"); !file.empty()) {
        TRY_ASSIGN(const std::string text, file == "-" ? readFd(0) : readFile(file));
        return spec::parseDocument(text, file == "-" ? "the resources" : file);
    }
    Json resources{Json::Object{}};
    for (const auto& one : kNumbers) {
        if (!arguments.has(one.option))
            continue;
        TRY_ASSIGN(const auto value, numberOf(one, arguments.option(one.option)));
        put(resources, one.group, one.member, value);
    }
    for (const auto& [option, member] :
         {std::pair("--cpuset-cpus", "cpus"), std::pair("--cpuset-mems", "mems")}) {
        if (arguments.has(option))
            put(resources, "cpu", member, arguments.option(option));
    }
    return resources;
}

} // namespace

Result<int> updateCommand(const Arguments& arguments) {
    TRY_ASSIGN(const std::string id, arguments.id());
    TRY_ASSIGN(const auto resources, resourcesOf(arguments));
    TRY(updateContainer(arguments.root, id, resources));
    return 0;
}

} // namespace escale
