// The hooks that the child runs: createContainer and startContainer.
#include "engine/runtime/plan/plan.h"

namespace escale {

using child::StepKind;

void planHooks(const std::vector<spec::Hook>& hooks, const std::string& state, const char* const* environment,
               const char* folder, Plan& plan) {
    const std::string pid = std::to_string(kPidPlaceholder);
    static_assert(kPidPlaceholder >= 1000000000 && kPidPlaceholder < 10000000000); // kPidWidth digits
    // A quote inside of a string is escaped: nothing else can look like this member.
    const std::string member = "\"pid\":" + pid;
    const auto offset = state.find(member) + member.size() - pid.size();
    std::uint32_t index = 0;
    for (const auto& hook : hooks) {
        auto& step = plan.add(StepKind::RunHook, "run the hook " + hook.path);
        step.path = plan.keep(hook.path);
        step.text = folder == nullptr ? nullptr : plan.keep(folder);
        step.list = plan.keepList(hook.args);
        step.list2 = hook.env ? plan.keepList(*hook.env) : environment;
        step.buffer = plan.keepBuffer(state, state.size());
        step.count = static_cast<std::uint32_t>(state.size());
        step.number = offset;
        step.flags = static_cast<std::uint64_t>(hook.timeoutSeconds) * 1000;
        step.mode = index++;
    }
}

} // namespace escale
