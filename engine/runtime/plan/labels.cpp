#include "engine/runtime/plan/labels.h"

#include "engine/base/file.h"
#include "engine/base/log.h"

namespace escale {

using child::StepKind;

namespace {

constexpr std::size_t kLongestLabel = 4000; // a page, less the words around it

bool isAsked(const std::string& profile) {
    return !profile.empty() && profile != "unconfined";
}

Result<void> checkText(const std::string& label, const char* member) {
    if (label.size() <= kLongestLabel &&
        label.find_first_of(std::string_view("\n\0", 2)) == std::string::npos)
        return {};
    return fail(ErrorCode::InvalidArgument, std::string(member) + " is too long, or has a line break");
}

} // namespace

bool hasAppArmor() {
    return readFile("/sys/module/apparmor/parameters/enabled").value_or("").starts_with('Y');
}

bool hasSelinux() {
    return exists("/sys/fs/selinux/enforce");
}

Result<void> checkLabels(const spec::Process& process, const std::string& mountLabel) {
    TRY(checkText(process.apparmorProfile, "process.apparmorProfile"));
    TRY(checkText(process.selinuxLabel, "process.selinuxLabel"));
    TRY(checkText(mountLabel, "linux.mountLabel"));
    if (isAsked(process.apparmorProfile) && !hasAppArmor())
        return fail(ErrorCode::Unsupported,
                    "the AppArmor profile \"" + process.apparmorProfile +
                        "\" is asked for, but AppArmor is not enabled on this machine",
                    "Leave process.apparmorProfile out, or enable AppArmor (apparmor=1 security=apparmor)");
    if (!mountLabel.empty() && !hasSelinux())
        logWarning("linux.mountLabel is left out: without SELinux on this machine no mount has a label");
    if (!process.selinuxLabel.empty() && !hasSelinux())
        return fail(ErrorCode::Unsupported,
                    "a SELinux label is asked for, but SELinux is not enabled on this machine",
                    "Leave process.selinuxLabel out, or enable SELinux");
    return {};
}

void planOpenLabels(const spec::Process& process, Plan& plan) {
    if (!process.apparmorProfile.empty() && hasAppArmor()) {
        auto& step = plan.add(StepKind::OpenAttribute, "open the process's AppArmor attribute");
        step.slot = 0;
        step.path = "self/attr/apparmor/exec"; // since Linux 5.1, and the one that all modules share
        step.text = "self/attr/exec";
    }
    if (!process.selinuxLabel.empty()) {
        auto& step = plan.add(StepKind::OpenAttribute, "open the process's SELinux attribute");
        step.slot = 1;
        step.path = step.text = "self/attr/exec";
    }
}

void planWriteLabels(const spec::Process& process, Plan& plan) {
    if (!process.apparmorProfile.empty() && hasAppArmor()) {
        auto& step = plan.add(StepKind::WriteAttribute,
                              "set the AppArmor profile \"" + process.apparmorProfile + "\"");
        step.slot = 0;
        step.text = plan.keep("exec " + process.apparmorProfile);
    }
    if (!process.selinuxLabel.empty()) {
        auto& step =
            plan.add(StepKind::WriteAttribute, "set the SELinux label \"" + process.selinuxLabel + "\"");
        step.slot = 1;
        step.text = plan.keep(process.selinuxLabel);
    }
}

} // namespace escale
