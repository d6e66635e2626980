// The way of a process into a container that lives; child/protocol.h draws it.
#include "engine/runtime/plan/labels.h"
#include "engine/runtime/plan/plan.h"

#include <sched.h>

namespace escale {

using child::StepKind;

Result<Plan> buildJoinPlan(const spec::Spec& spec, const PlanSurroundings& surroundings, JoinTarget target) {
    TRY(checkLabels(spec.process, {}));
    Plan plan;
    plan.add(StepKind::WaitForGo, "wait for the runtime");
    TRY_ASSIGN(auto taskFiles, surroundings.cgroup.openTaskFiles());
    for (auto& file : taskFiles)
        plan.add(StepKind::JoinCgroup, "enter the cgroup " + surroundings.cgroup.path()).fd =
            plan.keepFd(std::move(file));
    // The member inherits what is written for its maker's next execve(2).
    planOpenLabels(spec.process, plan);
    auto& join = plan.add(StepKind::JoinNamespaces, "enter the container's namespaces");
    join.fd = plan.keepFd(std::move(target.pidFd));
    join.flags = static_cast<std::uint64_t>(target.namespaces);
    if ((target.namespaces & CLONE_NEWUSER) != 0)
        planBecomeRoot(spec, plan);
    plan.add(StepKind::NewKeyring, "make a session keyring");
    if (surroundings.console >= 0)
        addTerminal(spec.process, surroundings.console, plan).flags = child::kTakeLater;
    TRY(planProcess(spec, surroundings, StepKind::BecomeMember, plan));
    return plan;
}

} // namespace escale
