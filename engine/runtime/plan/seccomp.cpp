#include "engine/runtime/plan/seccomp.h"

#include "engine/base/file.h"

#include <array>
#include <cstring>
#include <linux/seccomp.h>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>

namespace escale {
namespace {

using Context = std::unique_ptr<void, decltype(&::seccomp_release)>;

Result<std::uint32_t> action(const std::string& name, std::optional<std::uint32_t> errnoRet) {
    const std::uint32_t number = errnoRet.value_or(EPERM);
    if (name == "SCMP_ACT_ALLOW")
        return SCMP_ACT_ALLOW;
    if (name == "SCMP_ACT_ERRNO")
        return SCMP_ACT_ERRNO(number);
    if (name == "SCMP_ACT_KILL" || name == "SCMP_ACT_KILL_THREAD")
        return SCMP_ACT_KILL_THREAD;
    if (name == "SCMP_ACT_KILL_PROCESS")
        return SCMP_ACT_KILL_PROCESS;
    if (name == "SCMP_ACT_LOG")
        return SCMP_ACT_LOG;
    if (name == "SCMP_ACT_TRAP")
        return SCMP_ACT_TRAP;
    if (name == "SCMP_ACT_TRACE")
        return SCMP_ACT_TRACE(number);
    return fail(ErrorCode::Unsupported, "linux.seccomp: the action \"" + name + "\" is not supported");
}

Result<scmp_compare> comparison(const std::string& name) {
    struct Word {
        const char* name;
        scmp_compare op;
    };
    static constexpr std::array<Word, 7> kWords{{{"SCMP_CMP_NE", SCMP_CMP_NE},
                                                 {"SCMP_CMP_LT", SCMP_CMP_LT},
                                                 {"SCMP_CMP_LE", SCMP_CMP_LE},
                                                 {"SCMP_CMP_EQ", SCMP_CMP_EQ},
                                                 {"SCMP_CMP_GE", SCMP_CMP_GE},
                                                 {"SCMP_CMP_GT", SCMP_CMP_GT},
                                                 {"SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ}}};
    for (const auto& word : kWords) {
        if (name == word.name)
            return word.op;
    }
    return fail(ErrorCode::InvalidArgument, "linux.seccomp: \"" + name + "\" is no comparison");
}

Result<unsigned> filterFlags(const spec::Seccomp& seccomp) {
    unsigned flags = 0;
    for (const auto& flag : seccomp.flags) {
        if (flag == "SECCOMP_FILTER_FLAG_LOG")
            flags |= SECCOMP_FILTER_FLAG_LOG;
        else if (flag == "SECCOMP_FILTER_FLAG_SPEC_ALLOW")
            flags |= SECCOMP_FILTER_FLAG_SPEC_ALLOW;
        else if (flag != "SECCOMP_FILTER_FLAG_TSYNC") // one thread: nothing to synchronise
            return fail(ErrorCode::Unsupported, "linux.seccomp: the flag \"" + flag + "\" is not supported");
    }
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

Result<void> addRule(const Context& context, const spec::SeccompRule& rule, std::uint32_t defaultAction) {
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

} // namespace

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
        TRY(addRule(context, rule, defaultAction));
    TRY_ASSIGN(filter.program, exportProgram(context));
    return filter;
}

} // namespace escale
