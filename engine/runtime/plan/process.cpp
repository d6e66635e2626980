// The steps that turn the child into the container's process: identity, capabilities, filter, program.
#include "engine/base/log.h"
#include "engine/base/making.h"
#include "engine/runtime/plan/labels.h"
#include "engine/runtime/plan/plan.h"
#include "engine/runtime/plan/program.h"
#include "engine/runtime/plan/seccomp_cache.h"

#include <algorithm>
#include <sched.h>
#include <sys/prctl.h>

namespace escale {

using child::StepKind;

namespace {

// Without a user namespace we can only hand on what we hold ourselves.
std::uint64_t ownBounding() {
    std::uint64_t mask = 0;
    for (unsigned capability = 0; capability < 64; ++capability) {
        if (::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1)
            mask |= 1ULL << capability;
    }
    return mask;
}

Result<void> planSeccomp(const spec::Spec& spec, const PlanSurroundings& surroundings, Plan& plan) {
    if (!spec.seccomp)
        return {};
    MadeNow made;
    TRY_ASSIGN(const auto filter, cachedSeccomp(*spec.seccomp, surroundings.seccompCache));
    made.done("seccomp-compile", {{"rules", std::to_string(spec.seccomp->syscalls.size())},
                                  {"instructions", std::to_string(filter.program.size())}});
    auto& step = plan.add(StepKind::LoadSeccomp, "load the seccomp filter");
    step.bytes = plan.keepArray(filter.program);
    step.count = static_cast<std::uint32_t>(filter.program.size());
    step.flags = filter.flags;
    if (surroundings.listener < 0)
        return {};
    const std::string& state = surroundings.listenerState;
    const std::string member = "\"pid\":" + std::to_string(kPidPlaceholder); // see planHooks()
    step.buffer = plan.keepBuffer(state, state.size() + 1);
    step.number = state.find(member) + member.size() - child::kPidWidth;
    // The container's own state has the same pid, or that of its first process already.
    const auto last = state.rfind(member) + member.size() - child::kPidWidth;
    step.mode = static_cast<std::uint32_t>(last);
    return {};
}

void planIdentity(const spec::Spec& spec, Plan& plan) {
    const auto& process = spec.process;
    for (const auto& name : process.capabilities.unknown)
        logWarning("process.capabilities: \"" + name + "\" is no capability; it is left out");
    const std::uint64_t possible = spec.findNamespace(CLONE_NEWUSER) != nullptr ? ~0ULL : ownBounding();
    const auto& sets = process.capabilities;
    plan.add(StepKind::DropBounding, "drop capabilities from the bounding set").number =
        sets.bounding & possible;
    auto& identity = plan.add(StepKind::SetIdentity, "become user " + std::to_string(process.uid) + ":" +
                                                         std::to_string(process.gid));
    identity.uid = process.uid;
    identity.gid = process.gid;
    identity.list32 = plan.keepArray(process.additionalGids);
    identity.count = static_cast<std::uint32_t>(process.additionalGids.size());
    auto& capabilities = plan.add(StepKind::SetCapabilities, "set the capabilities");
    // capabilities(7): one is ambient only while it is permitted and inheritable; the kernel refuses others.
    // Engines list it in all sets or forget it in one, and other runtimes leave it out then.
    capabilities.capabilities = {sets.effective & possible, sets.permitted & possible,
                                 sets.inheritable & possible,
                                 sets.ambient & sets.permitted & sets.inheritable & possible};
}

// Programs expect a HOME; engines leave it to the runtime, which can look into the container's /etc/passwd.
const char* const* planEnvironment(const spec::Process& process, Plan& plan) {
    const auto& env = process.env;
    if (std::any_of(env.begin(), env.end(), [](const auto& entry) { return entry.starts_with("HOME="); }))
        return plan.keepList(env);
    auto& step = plan.add(StepKind::FindHome, "find the user's home");
    step.uid = process.uid;
    step.buffer = plan.keepBuffer("HOME=/", child::kHomeSize);
    return plan.keepList(env, step.buffer);
}

void planLastStop(StepKind lastStop, bool hasTerminal, Plan& plan) {
    if (lastStop == StepKind::WaitForStart) {
        plan.add(StepKind::WaitForStart, "wait for the start");
        return;
    }
    plan.add(StepKind::BecomeMember, "start a process in the container");
    plan.add(StepKind::NewSession, "begin a session");
    if (hasTerminal)
        plan.add(StepKind::TakeTerminal, "take the terminal");
    plan.add(StepKind::WaitForGo, "wait for the runtime");
}

} // namespace

child::Step& addTerminal(const spec::Process& process, int console, Plan& plan) {
    auto& step = plan.add(StepKind::OpenTerminal, "open a terminal from the container's /dev/pts");
    step.path = "/dev/pts/ptmx";
    step.fd = console;
    step.uid = process.uid;
    step.number = std::uint64_t(process.consoleSize.height) << 16 | process.consoleSize.width;
    return step;
}

Result<void> planProcess(const spec::Spec& spec, const PlanSurroundings& surroundings, StepKind lastStop,
                         Plan& plan) {
    const auto& process = spec.process;
    plan.add(StepKind::ChangeDirectory, "change to the working directory " + process.cwd).path =
        plan.keep(process.cwd);
    const auto environment = planEnvironment(process, plan);
    for (unsigned i = 0; i < surroundings.stdio.size() && surroundings.console < 0; ++i) {
        auto& step = plan.add(StepKind::Redirect, "set up standard input and output");
        step.fd = surroundings.stdio[i];
        step.number = i;
    }
    plan.add(StepKind::SetUmask, "set the umask").number = process.umask.value_or(022);
    auto& close = plan.add(StepKind::CloseDescriptors, "close the runtime's descriptors");
    close.number = 3 + surroundings.preserveFds;
    close.fd = surroundings.listener;
    if (spec.personality)
        plan.add(StepKind::SetPersonality, "set the personality").number = *spec.personality;
    // A filter needs no_new_privs or CAP_SYS_ADMIN. With the former it is loaded last, so that it need not
    // allow what we do ourselves; without it must be loaded before the capabilities go.
    if (!process.noNewPrivileges)
        TRY(planSeccomp(spec, surroundings, plan));
    planIdentity(spec, plan);
    if (process.noNewPrivileges)
        plan.add(StepKind::NoNewPrivileges, "set no_new_privs");
    plan.add(StepKind::FindProgram, "find the program \"" + process.args.front() + "\" in the image").list =
        plan.keepList(programCandidates(process));
    if (lastStop == StepKind::BecomeMember)
        planWriteLabels(process, plan);
    planLastStop(lastStop, surroundings.console >= 0, plan);
    if (lastStop == StepKind::WaitForStart) {
        planHooks(spec.hooks.startContainer, surroundings.hookState, environment, nullptr, plan);
        planWriteLabels(process, plan);
    }
    if (process.noNewPrivileges)
        TRY(planSeccomp(spec, surroundings, plan));
    auto& execute = plan.add(StepKind::Execute, "run \"" + process.args.front() + "\"");
    execute.number = 3 + surroundings.preserveFds;
    execute.list = plan.keepList(process.args);
    execute.list2 = environment;
    return {};
}

} // namespace escale
