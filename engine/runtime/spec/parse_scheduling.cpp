#include "engine/runtime/spec/parse_scheduling.h"

#include "engine/runtime/spec/parse_linux.h"

#include <array>
#include <charconv>
#include <linux/ioprio.h>
#include <linux/sched.h>

namespace escale::spec {
namespace {

struct Word {
    std::string_view name;
    unsigned number;
};
constexpr std::array<Word, 7> kPolicies{{{"SCHED_OTHER", SCHED_NORMAL},
                                         {"SCHED_FIFO", SCHED_FIFO},
                                         {"SCHED_RR", SCHED_RR},
                                         {"SCHED_BATCH", SCHED_BATCH},
                                         {"SCHED_ISO", 4}, // reserved: the kernel refuses it
                                         {"SCHED_IDLE", SCHED_IDLE},
                                         {"SCHED_DEADLINE", SCHED_DEADLINE}}};
constexpr std::array<Word, 7> kFlags{{{"SCHED_FLAG_RESET_ON_FORK", SCHED_FLAG_RESET_ON_FORK},
                                      {"SCHED_FLAG_RECLAIM", SCHED_FLAG_RECLAIM},
                                      {"SCHED_FLAG_DL_OVERRUN", SCHED_FLAG_DL_OVERRUN},
                                      {"SCHED_FLAG_KEEP_POLICY", SCHED_FLAG_KEEP_POLICY},
                                      {"SCHED_FLAG_KEEP_PARAMS", SCHED_FLAG_KEEP_PARAMS},
                                      {"SCHED_FLAG_UTIL_CLAMP_MIN", SCHED_FLAG_UTIL_CLAMP_MIN},
                                      {"SCHED_FLAG_UTIL_CLAMP_MAX", SCHED_FLAG_UTIL_CLAMP_MAX}}};
constexpr std::array<Word, 3> kIoClasses{{{"IOPRIO_CLASS_RT", IOPRIO_CLASS_RT},
                                          {"IOPRIO_CLASS_BE", IOPRIO_CLASS_BE},
                                          {"IOPRIO_CLASS_IDLE", IOPRIO_CLASS_IDLE}}};

template <class Words>
Result<unsigned> numberOf(const Words& words, const std::string& name, const char* where) {
    for (const auto& word : words) {
        if (word.name == name)
            return word.number;
    }
    std::string message = where;
    message.append(": \"").append(name).append("\" is not known");
    return fail(ErrorCode::InvalidArgument, std::move(message));
}

Result<void> takeTime(const Json& json, const char* key, std::uint64_t& value) {
    const auto& member = json.at(key);
    if (member.isNull())
        return {};
    const auto number = member.toUnsigned();
    if (!number)
        return fail(ErrorCode::InvalidArgument,
                    std::string("process.scheduler.") + key + " must be a number of nanoseconds");
    value = *number;
    return {};
}

Result<Scheduler> parseScheduler(const Json& json) {
    Scheduler scheduler;
    TRY_ASSIGN(const std::string policy, json.getString("policy"));
    TRY_ASSIGN(scheduler.policy, numberOf(kPolicies, policy, "process.scheduler.policy"));
    const auto nice = json.at("nice").toInteger();
    if (nice < -20 || nice > 19)
        return fail(ErrorCode::InvalidArgument, "process.scheduler.nice must be between -20 and 19");
    scheduler.nice = static_cast<int>(nice);
    TRY_ASSIGN(scheduler.priority, unsignedMember(json, "priority", "process.scheduler", 0));
    if (scheduler.priority > 99)
        return fail(ErrorCode::InvalidArgument, "process.scheduler.priority must be between 0 and 99");
    TRY_ASSIGN(const auto flags, json.getStrings("flags"));
    for (const auto& flag : flags) {
        TRY_ASSIGN(const unsigned bit, numberOf(kFlags, flag, "process.scheduler.flags"));
        scheduler.flags |= bit;
    }
    TRY(takeTime(json, "runtime", scheduler.runtime));
    TRY(takeTime(json, "deadline", scheduler.deadline));
    TRY(takeTime(json, "period", scheduler.period));
    return scheduler;
}

Result<IoPriority> parseIoPriority(const Json& json) {
    IoPriority priority;
    TRY_ASSIGN(const std::string kind, json.getString("class"));
    TRY_ASSIGN(priority.kind, numberOf(kIoClasses, kind, "process.ioPriority.class"));
    TRY_ASSIGN(priority.level, unsignedMember(json, "priority", "process.ioPriority", 0));
    if (priority.level > 7)
        return fail(ErrorCode::InvalidArgument, "process.ioPriority.priority must be between 0 and 7");
    return priority;
}

} // namespace

Result<std::vector<bool>> parseProcessorList(std::string_view text) {
    constexpr unsigned kMost = 8192; // what a kernel can be built for
    const auto wrong = [&] {
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is no list of processors",
                    "Write it like 0-3,7");
    };
    std::vector<bool> processors;
    for (std::string_view rest = text; !rest.empty();) {
        const auto comma = rest.find(',');
        const auto part = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        unsigned first = 0;
        const char* end = part.data() + part.size();
        auto read = std::from_chars(part.data(), end, first);
        unsigned last = first;
        if (read.ec == std::errc() && read.ptr != end && *read.ptr == '-')
            read = std::from_chars(read.ptr + 1, end, last);
        if (read.ec != std::errc() || read.ptr != end || last < first || last >= kMost)
            return wrong();
        if (processors.size() <= last)
            processors.resize(last + 1);
        for (unsigned i = first; i <= last; ++i)
            processors[i] = true;
    }
    if (processors.empty())
        return wrong();
    return processors;
}

Result<void> parseScheduling(const Json& process, Process& parsed) {
    if (process.contains("scheduler")) {
        TRY_ASSIGN(parsed.scheduler, parseScheduler(process.at("scheduler")));
    }
    if (process.contains("ioPriority")) {
        TRY_ASSIGN(parsed.ioPriority, parseIoPriority(process.at("ioPriority")));
    }
    const auto& affinity = process.at("execCPUAffinity");
    TRY_ASSIGN(parsed.initialAffinity, affinity.getOptionalString("initial"));
    TRY_ASSIGN(parsed.finalAffinity, affinity.getOptionalString("final"));
    for (const auto* list : {&parsed.initialAffinity, &parsed.finalAffinity}) {
        if (list->empty())
            continue;
        if (auto processors = parseProcessorList(*list); !processors)
            return fail(std::move(processors).error().prefixed("process.execCPUAffinity"));
    }
    return {};
}

} // namespace escale::spec
