#include "engine/runtime/lifecycle/scheduling.h"

#include "engine/base/making.h"
#include "engine/base/syscalls.h"
#include "engine/runtime/spec/parse_scheduling.h"

#include <linux/ioprio.h>

namespace escale {
namespace {

// The kernel's struct sched_attr in its first size: linux/sched/types.h cannot stand beside <sched.h>.
struct SchedulerAttributes {
    std::uint32_t size = sizeof(SchedulerAttributes);
    std::uint32_t policy = 0;
    std::uint64_t flags = 0;
    std::int32_t nice = 0;
    std::uint32_t priority = 0;
    std::uint64_t runtime = 0;
    std::uint64_t deadline = 0;
    std::uint64_t period = 0;
};
static_assert(sizeof(SchedulerAttributes) == 48); // SCHED_ATTR_SIZE_VER0

} // namespace

Result<void> setScheduling(const spec::Process& process, pid_t pid) {
    if (process.scheduler) {
        MadeNow step;
        const auto& scheduler = *process.scheduler;
        SchedulerAttributes attributes;
        attributes.policy = scheduler.policy;
        attributes.flags = scheduler.flags;
        attributes.nice = scheduler.nice;
        attributes.priority = scheduler.priority;
        attributes.runtime = scheduler.runtime;
        attributes.deadline = scheduler.deadline;
        attributes.period = scheduler.period;
        if (const long result = sys::call(SYS_sched_setattr, pid, &attributes, 0); result < 0)
            return fail(systemError(static_cast<int>(-result), "cannot set process.scheduler")
                            .withHint("See sched_setattr(2) for what each policy takes"));
        step.done("other", {{"what", "set the scheduling policy"}});
    }
    if (process.ioPriority) {
        MadeNow step;
        const int value = IOPRIO_PRIO_VALUE(process.ioPriority->kind, process.ioPriority->level);
        if (const long result = sys::call(SYS_ioprio_set, IOPRIO_WHO_PROCESS, pid, value); result < 0)
            return fail(systemError(static_cast<int>(-result), "cannot set process.ioPriority"));
        step.done("other", {{"what", "set the priority of reading and writing disks"}});
    }
    return {};
}

Result<void> setAffinity(const std::string& processors, pid_t pid) {
    if (processors.empty())
        return {};
    TRY_ASSIGN(const auto list, spec::parseProcessorList(processors));
    std::vector<unsigned long> mask((list.size() + 63) / 64);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i])
            mask[i / 64] |= 1UL << (i % 64);
    }
    const long result =
        sys::call(SYS_sched_setaffinity, pid, mask.size() * sizeof(unsigned long), mask.data());
    if (result < 0)
        return fail(
            systemError(static_cast<int>(-result), "cannot bind the process to the processors " + processors)
                .withHint("The machine or the container's cgroup may not have them"));
    return {};
}

} // namespace escale
