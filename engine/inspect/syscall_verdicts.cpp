#include "engine/inspect/syscall_verdicts.h"

#include "engine/runtime/plan/seccomp.h"
#include "engine/runtime/spec/spec.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <linux/seccomp.h>
#include <memory>
#include <optional>
#include <seccomp.h>
#include <set>

namespace escale {
namespace {

using Word = std::optional<std::uint32_t>; // none: depends on the arguments

constexpr std::uint32_t kNumbers = 1024;       // of system calls: no architecture has as many
constexpr std::size_t kMostStates = 1U << 19U; // to look at in all, of a filter that branches without end
constexpr std::size_t kCells = BPF_MEMWORDS;

/// What the machine of bpf(4) holds before an instruction. Jumps go forward only, so that every run ends.
struct State {
    std::size_t at = 0;
    Word a = 0, x = 0;
    std::array<Word, kCells> memory{};
    auto operator<=>(const State&) const = default;
};

/// All that a filter may answer to one system call, whatever its arguments.
class Run {
public:
    /// `budget`: how many states may still be looked at.
    Run(std::span<const sock_filter> program, std::uint32_t number, std::uint32_t architecture,
        std::size_t& budget)
        : m_program(program)
        , m_budget(budget)
        , m_number(number)
        , m_architecture(architecture) {}

    /// False: no program that the kernel takes.
    bool explore() {
        visit({});
        while (!m_open.empty()) {
            const State state = m_open.back();
            m_open.pop_back();
            if (state.at >= m_program.size() || !step(state))
                return false;
        }
        return true;
    }
    [[nodiscard]] const std::set<std::uint32_t>& answers() const { return m_answers; }
    /// What it answers is computed from arguments, or there are too many ways to look at all.
    [[nodiscard]] bool isOpen() const { return m_isOpen; }

private:
    void visit(State state) {
        if (m_budget == 0) {
            m_isOpen = true;
        } else if (m_seen.insert(state).second) {
            m_open.push_back(std::move(state));
            --m_budget;
        }
    }
    void goOn(State state, std::size_t over = 0) {
        state.at += 1 + over;
        visit(std::move(state));
    }
    void answer(Word value) {
        if (value)
            m_answers.insert(*value);
        else
            m_isOpen = true;
    }

    /// Of struct seccomp_data: the number, the architecture; where it was called from and its arguments are
    /// open.
    [[nodiscard]] std::optional<Word> load(std::uint32_t offset) const {
        if (offset % 4 != 0 || offset >= sizeof(seccomp_data))
            return std::nullopt;
        if (offset == offsetof(seccomp_data, nr))
            return m_number;
        return offset == offsetof(seccomp_data, arch) ? Word(m_architecture) : Word();
    }

    bool step(const State& before) {
        const sock_filter& instruction = m_program[before.at];
        State state = before;
        switch (BPF_CLASS(instruction.code)) {
        case BPF_LD:
        case BPF_LDX:
            return loadRegister(std::move(state), instruction);
        case BPF_ST:
        case BPF_STX:
            if (instruction.k >= kCells)
                return false;
            state.memory.at(instruction.k) = BPF_CLASS(instruction.code) == BPF_ST ? state.a : state.x;
            break;
        case BPF_ALU:
            return compute(std::move(state), instruction);
        case BPF_JMP:
            return jump(std::move(state), instruction);
        case BPF_RET:
            answer(BPF_RVAL(instruction.code) == BPF_A ? state.a : Word(instruction.k));
            return true;
        case BPF_MISC:
            if (BPF_MISCOP(instruction.code) == BPF_TAX)
                state.x = state.a;
            else
                state.a = state.x;
            break;
        default:
            return false;
        }
        goOn(std::move(state));
        return true;
    }

    bool loadRegister(State state, const sock_filter& instruction) {
        const bool isX = BPF_CLASS(instruction.code) == BPF_LDX;
        std::optional<Word> value;
        switch (BPF_MODE(instruction.code)) {
        case BPF_ABS:
            value = isX ? std::nullopt : load(instruction.k);
            break;
        case BPF_IMM:
            value = Word(instruction.k);
            break;
        case BPF_MEM:
            if (instruction.k < kCells)
                value = state.memory.at(instruction.k);
            break;
        case BPF_LEN:
            value = Word(sizeof(seccomp_data));
            break;
        default:
            break;
        }
        if (!value)
            return false;
        (isX ? state.x : state.a) = *value;
        goOn(std::move(state));
        return true;
    }

    bool compute(State state, const sock_filter& instruction) {
        const std::uint32_t operation = BPF_OP(instruction.code);
        const Word other = BPF_SRC(instruction.code) == BPF_X ? state.x : Word(instruction.k);
        if (operation == BPF_DIV && other.value_or(0) == 0)
            answer(SECCOMP_RET_KILL_THREAD); // the filter ends with 0
        if (operation == BPF_NEG)
            state.a = state.a ? Word(-*state.a) : Word();
        else if (operation == BPF_AND && (state.a == 0U || other == 0U))
            state.a = 0;
        else if (!state.a || !other)
            state.a.reset();
        else if (operation == BPF_DIV && *other == 0)
            return true;
        else if (const auto result = computed(operation, *state.a, *other))
            state.a = *result;
        else
            return false;
        goOn(std::move(state));
        return true;
    }
    static Word computed(std::uint32_t operation, std::uint32_t a, std::uint32_t b) {
        switch (operation) {
        case BPF_ADD:
            return a + b;
        case BPF_SUB:
            return a - b;
        case BPF_MUL:
            return a * b;
        case BPF_DIV:
            return a / b;
        case BPF_AND:
            return a & b;
        case BPF_OR:
            return a | b;
        case BPF_XOR:
            return a ^ b;
        case BPF_LSH:
            return b < 32 ? a << b : 0;
        case BPF_RSH:
            return b < 32 ? a >> b : 0;
        default:
            return std::nullopt;
        }
    }

    bool jump(State state, const sock_filter& instruction) {
        const std::uint32_t operation = BPF_OP(instruction.code);
        if (operation == BPF_JA) {
            goOn(std::move(state), instruction.k);
            return true;
        }
        if (operation != BPF_JEQ && operation != BPF_JGT && operation != BPF_JGE && operation != BPF_JSET)
            return false;
        const Word other = BPF_SRC(instruction.code) == BPF_X ? state.x : Word(instruction.k);
        const bool isOpen = !state.a || !other; // then both happen
        const bool holds = !isOpen && compares(operation, *state.a, *other);
        if (isOpen || holds)
            goOn(state, instruction.jt);
        if (isOpen || !holds)
            goOn(std::move(state), instruction.jf);
        return true;
    }
    static bool compares(std::uint32_t operation, std::uint32_t a, std::uint32_t b) {
        switch (operation) {
        case BPF_JEQ:
            return a == b;
        case BPF_JGT:
            return a > b;
        case BPF_JGE:
            return a >= b;
        default: // BPF_JSET
            return (a & b) != 0;
        }
    }

    std::span<const sock_filter> m_program;
    std::size_t& m_budget;
    std::uint32_t m_number;
    std::uint32_t m_architecture;
    std::set<State> m_seen;
    std::vector<State> m_open;
    std::set<std::uint32_t> m_answers;
    bool m_isOpen = false;
};

/// The mildest first, as they count for whoever asks what may be done.
Verdict verdictOf(std::uint32_t answer) {
    switch (answer & SECCOMP_RET_ACTION_FULL) {
    case SECCOMP_RET_ALLOW:
    case SECCOMP_RET_LOG:
        return Verdict::Allowed;
    case SECCOMP_RET_USER_NOTIF:
        return Verdict::Asked;
    case SECCOMP_RET_ERRNO:
    case SECCOMP_RET_TRACE: // ENOSYS: nobody traces a container
        return Verdict::Refused;
    default:
        return Verdict::Killed;
    }
}

int errorOf(std::uint32_t answer) {
    constexpr std::uint32_t kLargest = 4095; // MAX_ERRNO, the kernel takes no other
    if ((answer & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_TRACE)
        return ENOSYS;
    return static_cast<int>(std::min<std::uint32_t>(answer & SECCOMP_RET_DATA, kLargest));
}

void conclude(const Run& run, SyscallVerdict& syscall) {
    std::set<Verdict> verdicts;
    for (const auto answer : run.answers()) {
        verdicts.insert(verdictOf(answer));
        if (verdictOf(answer) == Verdict::Refused)
            syscall.error = errorOf(answer);
    }
    const bool isNever = verdicts.count(Verdict::Allowed) == 0 && verdicts.count(Verdict::Asked) == 0;
    if (run.isOpen() || (verdicts.size() > 1 && !isNever))
        syscall.verdict = Verdict::Depends;
    else // refused or killed, as it comes: not to be had
        syscall.verdict = verdicts.size() > 1 ? Verdict::Killed : *verdicts.begin();
    if (syscall.verdict == Verdict::Killed)
        syscall.error = 0;
}

/// Those that libseccomp knows by name.
std::vector<SyscallVerdict> knownCalls() {
    std::vector<SyscallVerdict> calls;
    for (std::uint32_t number = 0; number < kNumbers; ++number) {
        const std::unique_ptr<char, decltype(&std::free)> name(
            ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, static_cast<int>(number)), &std::free);
        if (name)
            calls.push_back({std::string(name.get()), number});
    }
    std::sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return calls;
}

} // namespace

Result<std::vector<SyscallVerdict>> syscallVerdicts(std::span<const sock_filter> program) {
    if (program.empty() || program.size() > BPF_MAXINSNS)
        return fail(ErrorCode::InvalidArgument,
                    "a filter has 1 to 4096 instructions, not " + std::to_string(program.size()));
    auto calls = knownCalls();
    std::size_t budget = kMostStates;
    for (auto& call : calls) {
        Run run(program, call.number, ::seccomp_arch_native(), budget);
        if (!run.explore())
            return fail(ErrorCode::InvalidArgument, "the filter is no program that the kernel would take");
        conclude(run, call);
    }
    return calls;
}

Result<std::vector<SyscallVerdict>> verdictsOfConfig(const std::string& config) {
    TRY_ASSIGN(const auto parsed, spec::parse(config, "/"));
    if (!parsed.seccomp)
        return knownCalls();
    TRY_ASSIGN(const auto filter, compileSeccomp(*parsed.seccomp));
    return syscallVerdicts(filter.program);
}

} // namespace escale
