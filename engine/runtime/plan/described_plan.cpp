#include "engine/runtime/plan/described_plan.h"

#include "engine/base/shell_word.h"
#include "engine/runtime/spec/mount_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <climits>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace escale {

using child::Step;
using child::StepKind;

namespace {

// A command line or an environment that is longer loses its last words.
constexpr std::size_t kLongestDetail = 64U << 10;

MadeStep made(const char* operation,
              std::initializer_list<std::pair<const char*, std::string_view>> details = {}) {
    MadeStep step;
    step.by = MadeBy::Container;
    step.operation = operation;
    for (const auto& [key, value] : details) {
        if (!value.empty())
            step.details.emplace_back(key, value);
    }
    return step;
}

std::string orNone(const char* text) {
    return text == nullptr ? std::string() : text;
}

std::string octal(unsigned value) {
    std::string digits;
    for (; value != 0; value /= 8)
        digits.insert(digits.begin(), static_cast<char>('0' + value % 8));
    return "0" + digits;
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
    std::string text;
    for (const auto& word : words)
        text.append(text.empty() ? "" : separator).append(word);
    return text;
}

std::string shellList(const char* const* list, const char* without = nullptr) {
    std::string text;
    for (; *list != nullptr && text.size() < kLongestDetail; ++list) {
        if (*list != without)
            text.append(text.empty() ? "" : " ").append(shellWord(*list));
    }
    return text.substr(0, kLongestDetail);
}

std::string openFileName(int fd) {
    std::array<char, PATH_MAX> path{};
    const auto size = ::readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path.data(), path.size());
    return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : std::string();
}

// "sys/net/ipv4/conf/eth0.1/forwarding" → "net.ipv4.conf.eth0/1.forwarding", as sysctl(8) takes it.
std::string sysctlName(std::string path) {
    path.erase(0, std::string_view("sys/").size());
    for (char& letter : path)
        letter = letter == '/' ? '.' : (letter == '.' ? '/' : letter);
    return path;
}

// Of MakeFilesystem.
MountOrigin newFilesystem(const Step& step) {
    MountOrigin origin{step.text, {}, {}};
    std::vector<std::string> words;
    for (const char* const* option = step.list; option[0] != nullptr; option += 2) {
        if (std::string_view(option[0]) == "source")
            origin.source = orNone(option[1]);
        else
            words.push_back(option[0] +
                            (option[1] == nullptr ? std::string() : "=" + std::string(option[1])));
    }
    for (auto& word : spec::attributeWords(step.flags)) {
        if (std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(std::move(word));
    }
    if (step.number != 0)
        words.push_back(spec::propagationWord(step.number, false));
    origin.options = joined(words, ",");
    return origin;
}

// Of OldMount, which makes a file system.
MountOrigin oldFilesystem(const child::OldMount& recipe) {
    std::vector<std::string> words = spec::attributeWords(recipe.attributes);
    if (recipe.data != nullptr && *recipe.data != '\0')
        words.insert(words.begin(), recipe.data);
    return {recipe.type, orNone(recipe.source), joined(words, ",")};
}

MountOrigin oldBind(const child::OldMount& recipe, const std::string& source) {
    spec::MountOptions options;
    options.bind = true;
    options.recursive = recipe.recursive;
    options.attributesSet = recipe.set;
    options.attributesCleared = recipe.clear;
    options.propagation = recipe.propagation;
    return {"bind", source, spec::mountOptionText(options)};
}

std::string seccompFlagWords(std::uint64_t flags) {
    static constexpr std::array<std::pair<std::uint64_t, const char*>, 6> kWords{
        {{SECCOMP_FILTER_FLAG_TSYNC, "SECCOMP_FILTER_FLAG_TSYNC"},
         {SECCOMP_FILTER_FLAG_LOG, "SECCOMP_FILTER_FLAG_LOG"},
         {SECCOMP_FILTER_FLAG_SPEC_ALLOW, "SECCOMP_FILTER_FLAG_SPEC_ALLOW"},
         {SECCOMP_FILTER_FLAG_NEW_LISTENER, "SECCOMP_FILTER_FLAG_NEW_LISTENER"},
         {SECCOMP_FILTER_FLAG_TSYNC_ESRCH, "SECCOMP_FILTER_FLAG_TSYNC_ESRCH"},
         {1U << 5, "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}}};
    std::vector<std::string> words;
    for (const auto& [flag, word] : kWords) {
        if ((flags & flag) != 0)
            words.emplace_back(word);
    }
    return joined(words, "|");
}

// "SCMP_ACT_KILL_PROCESS" → "kill-process", "SCMP_ACT_ERRNO" → "errno 1"
std::string defaultAction(const spec::Seccomp& seccomp) {
    std::string word = seccomp.defaultAction;
    if (word.starts_with("SCMP_ACT_"))
        word.erase(0, std::string_view("SCMP_ACT_").size());
    for (char& letter : word)
        letter = letter == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return word == "errno" ? "errno " + std::to_string(seccomp.defaultErrnoRet.value_or(EPERM)) : word;
}

std::string groupList(const Step& step) {
    std::vector<std::string> groups;
    for (std::uint32_t i = 0; i < step.count; ++i)
        groups.push_back(std::to_string(step.list32[i]));
    return joined(groups, ",");
}

MadeStep device(const Step& step) {
    const bool isFifo = S_ISFIFO(step.mode);
    return made("device-make", {{"path", step.path},
                                {"kind", isFifo               ? "p"
                                         : S_ISBLK(step.mode) ? "b"
                                                              : "c"},
                                {"number", isFifo ? std::string()
                                                  : std::to_string(major(step.number)) + ":" +
                                                        std::to_string(minor(step.number))},
                                {"mode", octal(step.mode & 07777)},
                                {"uid", std::to_string(step.uid)},
                                {"gid", std::to_string(step.gid)}});
}

} // namespace

const Step* DescribedPlan::find(StepKind kind, int slot) const {
    const auto& steps = m_plan.steps();
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const Step& one) {
        return one.kind == kind && (slot < 0 || one.slot == slot);
    });
    return found == steps.end() ? nullptr : &*found;
}

MountOrigin DescribedPlan::originOf(int slot) const {
    if (const Step* maker = find(StepKind::MakeFilesystem, slot);
        maker != nullptr && !wentOtherWay(static_cast<std::uint32_t>(maker - m_plan.steps().data())))
        return newFilesystem(*maker);
    return m_plan.origin(slot);
}

std::string DescribedPlan::targetOf(int slot) const {
    const Step* attach = find(StepKind::AttachMount, slot);
    return attach != nullptr ? std::string(attach->path) : std::string();
}

std::string DescribedPlan::fullPath(const Step& step) const {
    return step.base < 0 ? std::string(step.path) : targetOf(step.base) + step.path;
}

MadeStep DescribedPlan::attachment(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    MountOrigin origin;
    if (step.bytes == nullptr) {
        origin = originOf(step.slot);
    } else if (const auto& recipe = *static_cast<const child::OldMount*>(step.bytes);
               recipe.type != nullptr && !wentOtherWay(index)) {
        origin = oldFilesystem(recipe);
    } else {
        const Step* source = find(StepKind::OpenSource, step.slot);
        origin = oldBind(recipe, source != nullptr ? std::string(source->path) : std::string());
    }
    return made("mount-attach", {{"type", origin.type},
                                 {"source", origin.source},
                                 {"target", step.path},
                                 {"options", origin.options}});
}

std::string DescribedPlan::programFound() const {
    const Step* search = find(StepKind::FindProgram);
    if (search == nullptr)
        return {};
    const char* const* candidate = search->list;
    // The number may come from a process that the container could reach: it is counted, not trusted.
    for (auto left = m_ways[static_cast<std::size_t>(search - m_plan.steps().data())];
         left > 0 && *candidate != nullptr; --left)
        ++candidate;
    return orNone(*candidate);
}

std::string DescribedPlan::labelFile(int slot) const {
    const Step* opened = find(StepKind::OpenAttribute, slot);
    return opened != nullptr ? "/proc/" + std::string(opened->path) : std::string();
}

MadeStep DescribedPlan::namespaceStep(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    switch (step.kind) {
    case StepKind::NewSession:
        return made("session");
    case StepKind::NewNetworkNamespace:
        return made(m_isNetworkMade ? "netns-enter" : "netns-create");
    case StepKind::WaitForGo:
        return made("go-wait");
    case StepKind::JoinCgroup:
        return made("cgroup-join", {{"file", openFileName(step.fd)}});
    case StepKind::BecomeRoot:
        return made("user-root", {{"uid", std::to_string(step.uid)}, {"gid", std::to_string(step.gid)}});
    case StepKind::NewCgroupNamespace:
        if (const auto& path = m_spec.findNamespace(CLONE_NEWCGROUP)->path; !path.empty())
            return made("namespace-join", {{"type", "cgroup"}, {"path", path}});
        return made("cgroup-namespace");
    case StepKind::NewKeyring:
        return made("keyring");
    case StepKind::SetHostname:
        return made("hostname-set", {{"name", step.text}});
    case StepKind::SetDomainname:
        return made("domainname-set", {{"name", step.text}});
    case StepKind::WriteSysctl:
        return made("sysctl-write", {{"path", sysctlName(step.path)}, {"value", step.text}});
    default:
        return mountStep(index);
    }
}

MadeStep DescribedPlan::mountStep(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    switch (step.kind) {
    case StepKind::PrivateMounts:
        return made("mounts-private");
    case StepKind::OpenSource:
        return made("source-open", {{"path", step.path}});
    case StepKind::MakeFilesystem: {
        const auto origin = newFilesystem(step);
        return made("filesystem-make",
                    {{"type", origin.type}, {"source", origin.source}, {"options", origin.options}});
    }
    case StepKind::StageRoot:
        return made("root-stage", {{"path", step.path}});
    case StepKind::EnterRoot:
        return made("root-enter", {{"how", (step.flags & child::kNoPivot) != 0 ? "move" : "pivot_root"}});
    case StepKind::AttachMount:
        return attachment(index);
    case StepKind::ReadonlyMount:
        return made("mount-readonly", {{"target", targetOf(step.slot)}});
    case StepKind::ReadonlyRoot:
        return made("root-readonly");
    case StepKind::RootPropagation:
        return made("propagation-set",
                    {{"value", spec::propagationWord(step.number, (step.flags & AT_RECURSIVE) != 0)}});
    default:
        return pathStep(index);
    }
}

MadeStep DescribedPlan::pathStep(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    switch (step.kind) {
    case StepKind::MakeDevice:
        return device(step);
    case StepKind::MakeLink:
        return made("link-make", {{"path", step.path}, {"target", step.text}});
    case StepKind::MaskPath:
        return made("path-mask", {{"path", fullPath(step)},
                                  {"kind", m_ways[index] == child::kMaskedFolder ? "folder" : "file"}});
    case StepKind::ReadonlyPath:
        return made("path-readonly", {{"path", fullPath(step)}});
    case StepKind::MakeDirectory:
        return made("folder-make", {{"path", step.path}});
    case StepKind::ChangeDirectory:
        return made("folder-enter", {{"path", step.path}});
    default:
        return descriptorStep(index);
    }
}

MadeStep DescribedPlan::descriptorStep(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    switch (step.kind) {
    case StepKind::OpenTerminal:
        return made("terminal-open",
                    {{"path", step.path},
                     {"console", (step.flags & child::kBindConsole) != 0 ? "/dev/console" : ""}});
    case StepKind::Redirect:
        return made("descriptor-set", {{"number", std::to_string(step.number)}});
    case StepKind::CloseDescriptors:
        return made("descriptors-close", {{"from", std::to_string(step.number)}});
    case StepKind::SetUmask:
        return made("umask-set", {{"value", octal(static_cast<unsigned>(step.number))}});
    case StepKind::OpenAttribute:
        return made("label-open", {{"file", labelFile(step.slot)}});
    case StepKind::WriteAttribute:
        return made("label-write", {{"file", labelFile(step.slot)}, {"value", step.text}});
    default:
        return identityStep(index);
    }
}

MadeStep DescribedPlan::seccomp(const Step& step) const {
    return made("seccomp-load", {{"instructions", std::to_string(step.count)},
                                 {"default", defaultAction(*m_spec.seccomp)},
                                 {"rules", std::to_string(m_spec.seccomp->syscalls.size())},
                                 {"flags", seccompFlagWords(step.flags)}});
}

MadeStep DescribedPlan::identityStep(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    const auto& sets = step.capabilities;
    switch (step.kind) {
    case StepKind::DropBounding:
        return made("bounding-drop", {{"keep", spec::capabilityWords(step.number)}});
    case StepKind::SetIdentity:
        return made("identity-set", {{"uid", std::to_string(step.uid)},
                                     {"gid", std::to_string(step.gid)},
                                     {"groups", groupList(step)}});
    case StepKind::SetCapabilities:
        return made("capabilities-set", {{"effective", spec::capabilityWords(sets.effective)},
                                         {"permitted", spec::capabilityWords(sets.permitted)},
                                         {"inheritable", spec::capabilityWords(sets.inheritable)},
                                         {"ambient", spec::capabilityWords(sets.ambient)}});
    case StepKind::NoNewPrivileges:
        return made("no-new-privileges");
    case StepKind::SetPersonality:
        return made("personality-set", {{"value", std::to_string(step.number)}});
    case StepKind::LoadSeccomp:
        return seccomp(step);
    default:
        return programStep(index);
    }
}

MadeStep DescribedPlan::execution(const Step& step) const {
    // What FindHome has found is in the child's memory alone, and no more than a guess here.
    const Step* home = find(StepKind::FindHome);
    return made("execute", {{"program", programFound()},
                            {"arguments", shellList(step.list)},
                            {"environment", shellList(step.list2, home != nullptr ? home->buffer : nullptr)},
                            {"folder", m_spec.process.cwd}});
}

MadeStep DescribedPlan::programStep(std::uint32_t index) const {
    const Step& step = m_plan.steps()[index];
    switch (step.kind) {
    case StepKind::FindHome:
        return made("home-find");
    case StepKind::FindProgram:
        return made("program-find", {{"program", programFound()}});
    case StepKind::WaitForHooks:
        return made("hooks-wait");
    case StepKind::RunHook:
        return made("hook-run", {{"path", step.path}});
    case StepKind::WaitForStart:
        return made("start-wait");
    case StepKind::Execute:
        return execution(step);
    default:
        return made("other", {{"what", m_plan.what(index)}});
    }
}

std::optional<MadeStep> DescribedPlan::step(std::uint32_t index) const {
    switch (m_plan.steps().at(index).kind) {
    case StepKind::MakeFilesystem:
    case StepKind::MakeDevice:
    case StepKind::MakeLink:
    case StepKind::MaskPath:
    case StepKind::ReadonlyPath:
        return wentOtherWay(index) ? std::nullopt : std::optional(namespaceStep(index));
    default: // for the others that way is one, or they return a number
        return namespaceStep(index);
    }
}

} // namespace escale
