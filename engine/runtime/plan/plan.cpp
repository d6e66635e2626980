#include "engine/runtime/plan/plan.h"

#include "engine/runtime/plan/labels.h"

#include <algorithm>
#include <sched.h>

namespace escale {

using child::Step;
using child::StepKind;

Step& Plan::add(StepKind kind, std::string what) {
    m_what.push_back(std::move(what));
    auto& step = m_steps.emplace_back();
    step.kind = kind;
    return step;
}

Step& Plan::addBefore(StepKind mark, StepKind kind, const std::string& what) {
    const auto found =
        std::find_if(m_steps.begin(), m_steps.end(), [mark](const Step& step) { return step.kind == mark; });
    m_what.insert(m_what.begin() + (found - m_steps.begin()), what);
    auto& step = *m_steps.insert(found, Step{});
    step.kind = kind;
    return step;
}

int Plan::addSlot(UniqueFd prepared, MountOrigin origin) {
    m_origins.push_back(std::move(origin));
    m_slots.push_back(prepared ? keepFd(std::move(prepared)) : -1);
    return static_cast<int>(m_slots.size()) - 1;
}

const char* Plan::keep(std::string text) {
    return m_texts.emplace_back(std::move(text)).c_str();
}

const char* const* Plan::keepList(const std::vector<std::string>& texts, const char* last) {
    std::vector<const char*> list;
    for (const auto& text : texts)
        list.push_back(keep(text));
    if (last != nullptr)
        list.push_back(last);
    list.push_back(nullptr);
    return m_lists.emplace_back(std::move(list)).data();
}

const char* const* Plan::keepOptions(const std::vector<std::string>& options, const std::string& source) {
    std::vector<const char*> list{"source", keep(source.empty() ? "none" : source)};
    for (const auto& option : options) {
        const auto equals = option.find('=');
        list.push_back(keep(option.substr(0, equals)));
        list.push_back(equals == std::string::npos ? nullptr : keep(option.substr(equals + 1)));
    }
    list.push_back(nullptr);
    list.push_back(nullptr);
    return m_lists.emplace_back(std::move(list)).data();
}

char* Plan::keepBuffer(std::string_view text, std::size_t size) {
    auto& bytes = m_arrays.emplace_back(size);
    std::copy(text.begin(), text.end(), bytes.begin());
    return reinterpret_cast<char*>(bytes.data());
}

int Plan::keepFd(UniqueFd fd) {
    return m_fds.emplace_back(std::move(fd)).get();
}

bool Plan::writesToProcfs() const {
    return std::any_of(m_steps.begin(), m_steps.end(), [](const Step& step) {
        return step.kind == StepKind::WriteSysctl || step.kind == StepKind::OpenAttribute;
    });
}

child::Walk Plan::walk(int channel) {
    return {m_steps.data(), static_cast<std::uint32_t>(m_steps.size()), m_slots.data(), channel};
}

void planBecomeRoot(const spec::Spec& spec, Plan& plan) {
    // Who maps no root works as the process's own user: in a user namespace rights are no matter of the id.
    const bool hasRoot = spec.hostUid(0) && spec.hostGid(0);
    auto& step = plan.add(StepKind::BecomeRoot, "become root of the user namespace");
    step.uid = hasRoot ? 0 : spec.process.uid;
    step.gid = hasRoot ? 0 : spec.process.gid;
}

namespace {

Result<void> planNamespaces(const spec::Spec& spec, const PlanSurroundings& surroundings, Plan& plan) {
    plan.add(StepKind::NewSession, "begin a session");
    if (spec.makesNamespace(CLONE_NEWNET))
        plan.add(StepKind::NewNetworkNamespace, "make a network namespace");
    plan.add(StepKind::WaitForGo, "wait for the runtime");
    TRY_ASSIGN(auto taskFiles, surroundings.cgroup.openTaskFiles());
    for (auto& file : taskFiles)
        plan.add(StepKind::JoinCgroup, "enter the cgroup " + surroundings.cgroup.path()).fd =
            plan.keepFd(std::move(file));
    if (spec.findNamespace(CLONE_NEWUSER) != nullptr)
        planBecomeRoot(spec, plan);
    // Only now: the namespace's root is the cgroup that the process is in at this moment.
    if (spec.findNamespace(CLONE_NEWCGROUP) != nullptr)
        plan.add(StepKind::NewCgroupNamespace, "make a cgroup namespace");
    if (!surroundings.noNewKeyring)
        plan.add(StepKind::NewKeyring, "make a session keyring");
    if (!spec.hostname.empty())
        plan.add(StepKind::SetHostname, "set the hostname " + spec.hostname).text = plan.keep(spec.hostname);
    if (!spec.domainname.empty())
        plan.add(StepKind::SetDomainname, "set the domain name").text = plan.keep(spec.domainname);
    for (const auto& [name, value] : spec.sysctl) {
        auto& step = plan.add(StepKind::WriteSysctl, "set the sysctl " + name + " to \"" + value + "\"");
        step.path = plan.keep("sys/" + spec::sysctlFile(name));
        step.text = plan.keep(value);
    }
    planOpenLabels(spec.process, plan);
    if (!spec.hooks.prestart.empty() || !spec.hooks.createRuntime.empty())
        plan.add(StepKind::WaitForHooks, "wait for the hooks");
    // Folders and files that mounts need are made with plain modes, whatever umask we were started with.
    plan.add(StepKind::SetUmask, "set the umask").number = 022;
    return {};
}

} // namespace

Result<Plan> buildPlan(const spec::Spec& spec, const PlanSurroundings& surroundings) {
    TRY(checkLabels(spec.process, spec.mountLabel));
    Plan plan;
    TRY(planNamespaces(spec, surroundings, plan));
    TRY(planFilesystems(spec, surroundings, plan));
    TRY(planProcess(spec, surroundings, StepKind::WaitForStart, plan));
    return plan;
}

} // namespace escale
