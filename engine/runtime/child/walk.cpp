#include "engine/runtime/child/context.h"

#include <ctime>
#include <linux/keyctl.h>

namespace escale::child {
namespace {

using sys::call;

int newKeyring() {
    const long id = call(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr, 0, 0, 0);
    // A kernel without keyrings has none to leak; one whose quota is full lets us keep nobody's keyring
    // either way.
    return id < 0 && id != -ENOSYS ? static_cast<int>(id) : 0;
}

long length(const char* text) {
    long size = 0;
    while (text[size] != '\0')
        ++size;
    return size;
}

// The container starts with every signal at its default and none blocked, whatever our caller ignored.
int newSession() {
    struct KernelSigaction {
        void* handler;
        unsigned long flags;
        void* restorer;
        std::uint64_t mask;
    } standard{};
    for (int signal = 1; signal <= 64; ++signal)
        call(SYS_rt_sigaction, signal, &standard, nullptr,
             sizeof standard.mask); // KILL and STOP refuse: they are
    const std::uint64_t none = 0;
    call(SYS_rt_sigprocmask, 2 /* SIG_SETMASK */, &none, nullptr, sizeof none);
    return static_cast<int>(call(SYS_setsid));
}

int redirect(const Step& step) {
    const int target = static_cast<int>(step.number);
    if (step.fd == target) // dup3 refuses this, and the descriptor must lose its close-on-exec flag
        return static_cast<int>(call(SYS_fcntl, step.fd, F_SETFD, 0));
    return static_cast<int>(call(SYS_dup3, step.fd, target, 0));
}

int joinCgroup(const Step& step) {
    const long written = call(SYS_write, step.fd, "0", 1);
    return written < 0 ? static_cast<int>(written) : 0;
}

int runEarly(Context& context, const Step& step) {
    switch (step.kind) {
    case StepKind::NewSession:
        return newSession();
    case StepKind::JoinCgroup:
        return joinCgroup(step);
    case StepKind::JoinNamespaces:
        return joinNamespaces(context, step);
    case StepKind::NewNetworkNamespace:
        return enterNetworkNamespace(context);
    case StepKind::WaitForGo:
        return waitForGo(context);
    case StepKind::BecomeRoot:
        return becomeRoot(step);
    case StepKind::NewCgroupNamespace:
        return static_cast<int>(context.cgroupNamespace < 0
                                    ? call(SYS_unshare, CLONE_NEWCGROUP)
                                    : call(SYS_setns, context.cgroupNamespace, CLONE_NEWCGROUP));
    case StepKind::NewKeyring:
        return newKeyring();
    case StepKind::SetHostname:
        return static_cast<int>(call(SYS_sethostname, step.text, length(step.text)));
    case StepKind::SetDomainname:
        return static_cast<int>(call(SYS_setdomainname, step.text, length(step.text)));
    case StepKind::WriteSysctl:
        return writeSysctl(context, step);
    case StepKind::PrivateMounts:
        return (step.flags & kOldMounts) != 0 ? beginOldMounts(context) : privateMounts();
    case StepKind::MakeFilesystem:
        return makeFilesystem(context, step);
    default:
        return -ENOSYS;
    }
}

int runInRoot(Context& context, const Step& step) {
    if (context.oldMounts && isOldMountStep(step.kind))
        return oldMountStep(context, step);
    switch (step.kind) {
    case StepKind::StageRoot:
        return stageRoot(context, step);
    case StepKind::EnterRoot:
        return enterRoot(context, step);
    case StepKind::AttachMount:
        return attachMount(context, step);
    case StepKind::MakeDevice:
        return makeDevice(context, step);
    case StepKind::MakeLink:
        return makeLink(context, step);
    case StepKind::MaskPath:
        return maskPath(context, step);
    case StepKind::ReadonlyPath:
        return readonlyPath(context, step);
    case StepKind::ReadonlyMount:
        return readonlyMount(context.slots[step.slot]);
    case StepKind::ReadonlyRoot:
        return readonlyMount(context.root);
    case StepKind::RootPropagation:
        return rootPropagation(context, step);
    case StepKind::MakeDirectory:
        return makeParents(context, step.path, true);
    case StepKind::OpenTerminal:
        return openTerminal(context, step);
    case StepKind::ChangeDirectory:
        return changeDirectory(step);
    default:
        return runEarly(context, step);
    }
}

int run(Context& context, const Step& step) {
    switch (step.kind) {
    case StepKind::SetUmask:
        call(SYS_umask, step.number);
        return 0;
    case StepKind::Redirect:
        return redirect(step);
    case StepKind::CloseDescriptors:
        return closeDescriptors(context, step);
    case StepKind::DropBounding:
        return dropBounding(step);
    case StepKind::SetIdentity:
        return setIdentity(step);
    case StepKind::SetCapabilities:
        return setCapabilities(step);
    case StepKind::NoNewPrivileges:
        return static_cast<int>(call(SYS_prctl, 38 /* PR_SET_NO_NEW_PRIVS */, 1, 0, 0, 0));
    case StepKind::SetPersonality:
        return static_cast<int>(call(SYS_personality, step.number));
    case StepKind::LoadSeccomp:
        return loadSeccomp(context, step);
    case StepKind::OpenAttribute:
        return openAttribute(context, step);
    case StepKind::WriteAttribute:
        return writeAttribute(context, step);
    case StepKind::FindHome:
        return findHome(step);
    case StepKind::TakeTerminal:
        return takeTerminal();
    case StepKind::BecomeMember:
        return becomeMember(context);
    case StepKind::FindProgram:
        return findProgram(context, step);
    case StepKind::WaitForHooks:
        return waitForHooks(context);
    case StepKind::RunHook:
        return runHook(context, step);
    case StepKind::WaitForStart:
        return waitForStart(context);
    case StepKind::Execute:
        return execute(context, step);
    default:
        return runInRoot(context, step);
    }
}

// One look at the clock a step: the end of one is the beginning of the next. The memory is a file of the
// host's root, outside of the container's root, and holds numbers that are read as numbers: that the
// container's first process may write there is no way out for anybody. The mapping ends with execve(2),
// before the container's program begins.
void recordTime(const Trace& trace, std::uint32_t done, bool isFiltered) {
    if (trace.times == nullptr)
        return;
    timespec now{};
    const bool mayAsk = !isFiltered || trace.filterAllowsClock;
    const bool asked = mayAsk && call(SYS_clock_gettime, CLOCK_MONOTONIC, &now) == 0;
    const std::int64_t time = now.tv_sec * 1'000'000'000 + now.tv_nsec - trace.clockOffset;
    trace.times[done] = asked ? time : kTimeUnknown;
}

void recordWay(const Trace& trace, std::uint32_t step, int way) {
    if (trace.ways != nullptr)
        trace.ways[step] = way;
}

} // namespace

void walk(const Walk& plan) {
    Context context;
    context.slots = plan.slots;
    context.channel = plan.channel;
    context.startSocket = plan.startSocket;
    context.networkNamespace = plan.networkNamespace;
    context.cgroupNamespace = plan.cgroupNamespace;
    context.proc = plan.proc;
    bool isFiltered = false;
    recordTime(plan.trace, 0, isFiltered);
    for (std::uint32_t i = 0; i < plan.stepCount; ++i) {
        const auto& step = plan.steps[i];
        const int result = run(context, step);
        if (result >= 0) {
            isFiltered = isFiltered || step.kind == StepKind::LoadSeccomp;
            recordWay(plan.trace, i, result);
            recordTime(plan.trace, i + 1, isFiltered);
            continue;
        }
        const Report report = step.kind == StepKind::RunHook
                                  ? Report{ReportKind::HookFailed, step.mode,
                                           context.hookStatus != 0 ? 0 : -result, context.hookStatus}
                                  : Report{ReportKind::Failed, i, -result, 0};
        call(SYS_write, context.channel, &report, sizeof report);
        break;
    }
    for (;;)
        call(SYS_exit_group, 127);
}

} // namespace escale::child
