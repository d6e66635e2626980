#include "engine/runtime/plan/seccomp.h"

#include "engine/base/file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <linux/seccomp.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace escale {
namespace {

using Context = std::unique_ptr<void, decltype(&::seccomp_release)>;

struct ActionWord {
    const char* name;
    std::uint32_t (*action)(std::uint32_t number); // what `errnoRet` says, EPERM otherwise
};
constexpr std::array<ActionWord, 9> kActions{
    {{"SCMP_ACT_ALLOW", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_ALLOW; }},
     {"SCMP_ACT_ERRNO", [](std::uint32_t number) -> std::uint32_t { return SCMP_ACT_ERRNO(number); }},
     {"SCMP_ACT_KILL", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_KILL_THREAD; }},
     {"SCMP_ACT_KILL_PROCESS", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_KILL_PROCESS; }},
     {"SCMP_ACT_KILL_THREAD", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_KILL_THREAD; }},
     {"SCMP_ACT_LOG", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_LOG; }},
     {"SCMP_ACT_NOTIFY", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_NOTIFY; }},
     {"SCMP_ACT_TRACE", [](std::uint32_t number) -> std::uint32_t { return SCMP_ACT_TRACE(number); }},
     {"SCMP_ACT_TRAP", [](std::uint32_t) -> std::uint32_t { return SCMP_ACT_TRAP; }}}};

Result<std::uint32_t> action(const std::string& name, std::optional<std::uint32_t> errnoRet) {
    for (const auto& word : kActions) {
        if (name == word.name)
            return word.action(errnoRet.value_or(EPERM));
    }
    return fail(ErrorCode::Unsupported, "linux.seccomp: the action \"" + name + "\" is not supported");
}

struct OperatorWord {
    const char* name;
    scmp_compare op;
};
constexpr std::array<OperatorWord, 7> kOperators{{{"SCMP_CMP_NE", SCMP_CMP_NE},
                                                  {"SCMP_CMP_LT", SCMP_CMP_LT},
                                                  {"SCMP_CMP_LE", SCMP_CMP_LE},
                                                  {"SCMP_CMP_EQ", SCMP_CMP_EQ},
                                                  {"SCMP_CMP_GE", SCMP_CMP_GE},
                                                  {"SCMP_CMP_GT", SCMP_CMP_GT},
                                                  {"SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ}}};

Result<scmp_compare> comparison(const std::string& name) {
    for (const auto& word : kOperators) {
        if (name == word.name)
            return word.op;
    }
    return fail(ErrorCode::InvalidArgument, "linux.seccomp: \"" + name + "\" is no comparison");
}

struct FlagWord {
    const char* name;
    unsigned flag;
};
#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
constexpr unsigned SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV = 1U << 5U; // Linux 5.19
#endif
constexpr std::array<FlagWord, 4> kFlags{
    {{"SECCOMP_FILTER_FLAG_LOG", SECCOMP_FILTER_FLAG_LOG},
     {"SECCOMP_FILTER_FLAG_SPEC_ALLOW", SECCOMP_FILTER_FLAG_SPEC_ALLOW},
     {"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV},
     {"SECCOMP_FILTER_FLAG_TSYNC", 0}}}; // one thread: nothing to synchronise

bool notifies(const spec::Seccomp& seccomp) {
    constexpr const char* kNotify = "SCMP_ACT_NOTIFY";
    return seccomp.defaultAction == kNotify ||
           std::any_of(seccomp.syscalls.begin(), seccomp.syscalls.end(),
                       [&](const spec::SeccompRule& rule) { return rule.action == kNotify; });
}

bool letsSendmsgPass(const spec::Seccomp& seccomp) {
    bool passes = seccomp.defaultAction == "SCMP_ACT_ALLOW";
    for (const auto& rule : seccomp.syscalls) {
        if (std::find(rule.names.begin(), rule.names.end(), "sendmsg") != rule.names.end())
            passes = rule.action == "SCMP_ACT_ALLOW" && rule.args.empty();
    }
    return passes;
}

Result<unsigned> filterFlags(const spec::Seccomp& seccomp) {
    unsigned flags = 0;
    for (const auto& flag : seccomp.flags) {
        const auto known =
            std::find_if(kFlags.begin(), kFlags.end(), [&](const auto& one) { return flag == one.name; });
        if (known == kFlags.end())
            return fail(ErrorCode::Unsupported, "linux.seccomp: the flag \"" + flag + "\" is not supported");
        flags |= known->flag;
    }
    TRY_ASSIGN(const bool listens, needsListener(seccomp));
    if (listens)
        flags |= SECCOMP_FILTER_FLAG_NEW_LISTENER;
    else if ((flags & SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV) != 0)
        return fail(ErrorCode::InvalidArgument,
                    "linux.seccomp: the flag SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV is for "
                    "filters with SCMP_ACT_NOTIFY only");
    return flags;
}

tl::unexpected<Error> failSeccomp(int result, const std::string& what) {
    return fail(systemError(-result, "seccomp: cannot " + what));
}

Result<void> addArchitectures(const Context& context, const spec::Seccomp& seccomp) {
    for (const auto& name : seccomp.architectures) {
        std::string lower = name.starts_with("SCMP_ARCH_") ? name.substr(10) : name;
        for (char& letter : lower)
            letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        const auto token = ::seccomp_arch_resolve_name(lower.c_str());
        if (token == 0)
            return fail(ErrorCode::InvalidArgument, "linux.seccomp: \"" + name + "\" is no architecture");
        const int result = ::seccomp_arch_add(context.get(), token);
        if (result != 0 && result != -EEXIST)
            return failSeccomp(result, "add the architecture " + name);
    }
    return {};
}

Result<void> addRule(const Context& context, const spec::Seccomp& seccomp, const spec::SeccompRule& rule,
                     std::uint32_t defaultAction) {
    TRY_ASSIGN(const auto ruleAction, action(rule.action, rule.errnoRet));
    if (ruleAction == defaultAction)
        return {}; // libseccomp refuses what would change nothing
    std::vector<scmp_arg_cmp> arguments;
    for (const auto& argument : rule.args) {
        TRY_ASSIGN(const auto op, comparison(argument.op));
        arguments.push_back({argument.index, op, argument.value, argument.valueTwo});
    }
    for (const auto& name : rule.names) {
        const int number = ::seccomp_syscall_resolve_name(name.c_str());
        if (number == __NR_SCMP_ERROR && seccomp.failUnknown)
            return fail(ErrorCode::Unsupported,
                        "linux.seccomp: nobody here knows the system call \"" + name + "\"",
                        "Remove it, or the annotation run.oci.seccomp_fail_unknown_syscall");
        if (number == __NR_SCMP_ERROR)
            continue;
        const int result = ::seccomp_rule_add_array(
            context.get(), ruleAction, number, static_cast<unsigned>(arguments.size()), arguments.data());
        if (result != 0 && result != -EDOM) // EDOM: not on this architecture
            return failSeccomp(result, "add a rule for " + name);
    }
    return {};
}

Result<std::vector<sock_filter>> exportProgram(const Context& context) {
    const UniqueFd file(::memfd_create("seccomp", MFD_CLOEXEC));
    if (!file)
        return failErrno("seccomp: cannot make a memory file");
    if (const int result = ::seccomp_export_bpf(context.get(), file.get()); result != 0)
        return failSeccomp(result, "compile the filter");
    ::lseek(file.get(), 0, SEEK_SET);
    TRY_ASSIGN(const std::string bytes, readFd(file.get()));
    std::vector<sock_filter> program(bytes.size() / sizeof(sock_filter));
    if (program.empty() || program.size() > BPF_MAXINSNS)
        return fail(ErrorCode::Unsupported, "seccomp: the filter has " + std::to_string(program.size()) +
                                                " instructions, the kernel takes 1 to 4096");
    std::memcpy(program.data(), bytes.data(), program.size() * sizeof(sock_filter));
    return program;
}

template <class Words>
std::vector<std::string> namesOf(const Words& words) {
    std::vector<std::string> names;
    for (const auto& word : words)
        names.emplace_back(word.name);
    return names;
}

} // namespace

std::vector<std::string> seccompActions() {
    return namesOf(kActions);
}
std::vector<std::string> seccompOperators() {
    return namesOf(kOperators);
}
std::vector<std::string> seccompFlags() {
    return namesOf(kFlags);
}

std::vector<std::string> supportedSeccompFlags() {
    std::vector<std::string> names;
    for (const auto& one : kFlags) {
        const unsigned listener =
            one.flag == SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
        // No filter, so that nothing happens: a flag that it knows gets it as far as looking for one.
        if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, one.flag | listener, nullptr) != 0 &&
            errno == EFAULT)
            names.emplace_back(one.name);
    }
    return names;
}

Result<bool> needsListener(const spec::Seccomp& seccomp) {
    // Who names a listener gets the filter's descriptor even when nothing is to be answered, as in crun.
    if (!notifies(seccomp))
        return !seccomp.listenerPath.empty() && letsSendmsgPass(seccomp);
    if (seccomp.listenerPath.empty())
        return fail(ErrorCode::InvalidArgument, "linux.seccomp: SCMP_ACT_NOTIFY needs a listenerPath",
                    "Name the socket of the agent that answers the calls");
    if (letsSendmsgPass(seccomp))
        return true;
    return fail(ErrorCode::InvalidArgument,
                "linux.seccomp: a filter with SCMP_ACT_NOTIFY must let sendmsg pass, which hands it over",
                "Add sendmsg to the calls with SCMP_ACT_ALLOW");
}

Result<SeccompFilter> compileSeccomp(const spec::Seccomp& seccomp) {
    SeccompFilter filter;
    TRY_ASSIGN(filter.flags, filterFlags(seccomp));
    TRY_ASSIGN(const auto defaultAction, action(seccomp.defaultAction, seccomp.defaultErrnoRet));
    const Context context(::seccomp_init(defaultAction), &::seccomp_release);
    if (!context)
        return fail(ErrorCode::Unsupported, "libseccomp cannot start a filter");
    // no_new_privs is a step of its own; a call of an unknown architecture kills, as libseccomp does by
    // default.
    ::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_NNP, 0);
    // A binary tree instead of a chain: about 10 comparisons a system call instead of 300.
    ::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
    TRY(addArchitectures(context, seccomp));
    for (const auto& rule : seccomp.syscalls)
        TRY(addRule(context, seccomp, rule, defaultAction));
    TRY_ASSIGN(filter.program, exportProgram(context));
    return filter;
}

} // namespace escale
