// What a seccomp filter says, compared with what the kernel does with the very same filter.
#include "engine/base/file.h"
#include "engine/container/seccomp_profile.h"
#include "engine/inspect/syscall_verdicts.h"
#include "engine/runtime/plan/seccomp.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <linux/seccomp.h>
#include <sched.h>
#include <set>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;

namespace {

constexpr int kLetPass = 2999; // what stands for "allowed" where nothing is to be run
constexpr int kRefusedBase = 3000;
constexpr int kKilled = 2998;

using Arguments = std::array<unsigned long, 6>;

sock_filter statement(unsigned code, std::uint32_t k) {
    return BPF_STMT(static_cast<std::uint16_t>(code), k);
}
sock_filter jump(unsigned code, std::uint32_t k, unsigned yes, unsigned no) {
    return BPF_JUMP(static_cast<std::uint16_t>(code), k, static_cast<std::uint8_t>(yes),
                    static_cast<std::uint8_t>(no));
}
const sock_filter kLoadNumber = statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
const sock_filter kAllow = statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
sock_filter load(unsigned argument) {
    return statement(BPF_LD | BPF_W | BPF_ABS, std::uint32_t(offsetof(seccomp_data, args) + 8 * argument));
}
sock_filter refuse(int error) {
    return statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(error));
}

/// The same decisions, but each is an errno, and nothing is run: any call can be tried with any arguments.
/// The way out stays open.
std::vector<sock_filter> harmless(std::vector<sock_filter> program) {
    for (auto& one : program) {
        if (BPF_CLASS(one.code) != BPF_RET || BPF_RVAL(one.code) == BPF_A)
            continue;
        const std::uint32_t action = one.k & SECCOMP_RET_ACTION_FULL;
        const std::uint32_t error = action == SECCOMP_RET_ALLOW   ? kLetPass
                                    : action == SECCOMP_RET_ERRNO ? kRefusedBase + (one.k & SECCOMP_RET_DATA)
                                                                  : kKilled;
        one.k = SECCOMP_RET_ERRNO | error;
    }
    program.insert(program.begin(),
                   {kLoadNumber, jump(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1), kAllow});
    return program;
}

/// Runs `work` in a child under a filter; its exit code, or minus the signal that ended it.
int underFilter(const std::vector<sock_filter>& program, const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        sock_fprog filter{static_cast<unsigned short>(program.size()),
                          const_cast<sock_filter*>(program.data())};
        if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
            ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) != 0)
            ::_exit(255);
        // Not by _exit(2), before which a sanitizer makes calls of its own.
        ::syscall(SYS_exit_group, work());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}
/// 0, or the errno.
int errorOf(long number, const Arguments& a) {
    return ::syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]) < 0 ? errno : 0;
}

/// Values that decide in usual profiles, and some beside them, for one argument and for all.
std::vector<Arguments> manyArguments() {
    std::vector<Arguments> list;
    for (const unsigned long value :
         {0UL, 1UL, 2UL, 3UL, 7UL, 8UL, 9UL, 16UL, 40UL, 41UL, 0x20000UL, 0x20008UL, 0xffffffffUL,
          0x10000000UL, 0x7e020000UL, 0x100000000UL, 0x100000008UL, ~0UL}) {
        list.push_back({value, value, value, value, value, value});
        for (std::size_t i = 0; i < 6; ++i) {
            Arguments arguments{};
            arguments[i] = value;
            list.push_back(arguments);
        }
    }
    return list;
}

std::string configWith(const Json& seccomp) {
    Json document =
        Json::parse(R"({"ociVersion": "1.0.2", "root": {"path": "rootfs"}, "process": {"args": ["sh"],
        "cwd": "/"}, "linux": {"namespaces": [{"type": "mount"}]}})")
            .value();
    Json linux = document.at("linux");
    if (!seccomp.isNull())
        linux.set("seccomp", seccomp);
    document.set("linux", linux);
    return document.dump();
}

} // namespace

class SyscallVerdictsTest : public QObject {
    Q_OBJECT

    static std::vector<sock_filter> programOf(const std::string& config) {
        const auto parsed = spec::parse(config, "/");
        return parsed && parsed->seccomp ? compileSeccomp(*parsed->seccomp).value().program
                                         : std::vector<sock_filter>();
    }
    static std::string told(const SyscallVerdict& call) {
        switch (call.verdict) {
        case Verdict::Allowed:
            return "allowed";
        case Verdict::Depends:
            return "depends " + std::to_string(call.error);
        case Verdict::Refused:
            return "refused " + std::to_string(call.error);
        case Verdict::Killed:
            return "killed";
        case Verdict::Asked:
            return "asked";
        }
        return {};
    }
    static std::string toldOf(const Result<std::vector<SyscallVerdict>>& calls, const std::string& name) {
        if (!calls)
            return calls.error().message;
        const auto found =
            std::find_if(calls->begin(), calls->end(), [&](const auto& call) { return call.name == name; });
        return found == calls->end() ? "no such call" : told(*found);
    }
    static std::string verdictOf(const std::vector<sock_filter>& program, const std::string& name = "read") {
        return toldOf(syscallVerdicts(program), name);
    }
    /// What the kernel has answered, by call.
    static std::vector<std::set<int>> answersOfKernel(const std::vector<sock_filter>& program,
                                                      const std::vector<SyscallVerdict>& calls) {
        const auto arguments = manyArguments();
        const std::size_t bytes = calls.size() * arguments.size() * sizeof(int);
        auto* const answers = static_cast<int*>(
            ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
        std::vector<std::set<int>> sets(calls.size());
        const int end = underFilter(harmless(program), [&] {
            int* answer = answers;
            for (const auto& call : calls) {
                for (const auto& a : arguments)
                    *answer++ = call.number == SYS_exit_group ? kLetPass : errorOf(call.number, a);
            }
            return 0;
        });
        for (std::size_t i = 0; i < calls.size() * arguments.size() && end == 0; ++i)
            sets[i / arguments.size()].insert(answers[i]);
        ::munmap(answers, bytes);
        return sets;
    }

private Q_SLOTS:
    void agreesWithTheKernel_data() {
        QTest::addColumn<QString>("profile");
        QTest::addColumn<QStringList>("capabilities");
        QTest::newRow("the default") << "" << QStringList();
        QTest::newRow("the default with CAP_SYS_ADMIN") << "" << QStringList{"CAP_SYS_ADMIN"};
        QTest::newRow("the default with other capabilities")
            << "" << QStringList{"CAP_SYS_PTRACE", "CAP_SYS_TIME", "CAP_SYSLOG", "CAP_BPF"};
        QTest::newRow("one that refuses a few") << R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
                {"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13},
                {"names": ["kill"], "action": "SCMP_ACT_KILL_PROCESS"},
                {"names": ["socket"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_EQ"}]},
                {"names": ["ioctl"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 1, "value": 8, "op": "SCMP_CMP_GT"}]},
                {"names": ["lseek"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 2, "value": 8, "valueTwo": 8, "op": "SCMP_CMP_MASKED_EQ"}]}]})"
                                                << QStringList();
    }
    void agreesWithTheKernel() {
        QFETCH(const QString, profile);
        QFETCH(const QStringList, capabilities);
        std::vector<std::string> added;
        for (const auto& name : capabilities)
            added.push_back(name.toStdString());
        const auto seccomp = seccompProfile(profile.toStdString(), added);
        VERIFY_RESULT(seccomp);
        const std::string config = configWith(*seccomp);
        const auto program = programOf(config);
        QVERIFY(!program.empty());
        const auto calls = verdictsOfConfig(config);
        VERIFY_RESULT(calls);
        QVERIFY(calls->size() > 300);
        const auto answers = answersOfKernel(program, *calls);
        for (std::size_t i = 0; i < calls->size(); ++i) {
            const auto& call = (*calls)[i];
            std::string seen;
            for (const int answer : answers[i]) {
                const std::string word = answer == kLetPass ? "allowed"
                                         : answer == kKilled
                                             ? "killed"
                                             : "refused " + std::to_string(answer - kRefusedBase);
                seen += (seen.empty() ? "" : ", ") + word;
            }
            const std::string what = call.name + ": " + told(call) + "; the kernel: " + seen;
            if (call.verdict == Verdict::Depends)
                QVERIFY2(answers[i].size() > 1 && answers[i].count(kLetPass) == 1, what.c_str());
            else
                QVERIFY2(seen == told(call), what.c_str());
        }
    }

    void theDefaultProfileIsWhatItIsKnownFor() {
        const auto calls = verdictsOfConfig(configWith(defaultSeccompProfile()));
        QCOMPARE(toldOf(calls, "read"), std::string("allowed"));
        QCOMPARE(toldOf(calls, "chmod"), std::string("allowed"));
        QCOMPARE(toldOf(calls, "mount"), std::string("refused 1"));
        QCOMPARE(toldOf(calls, "keyctl"), std::string("refused 1"));
        QCOMPARE(toldOf(calls, "clone3"), std::string("refused 38"));
        QCOMPARE(toldOf(calls, "personality"), std::string("depends 1"));
        QCOMPARE(toldOf(calls, "clone"), std::string("depends 1"));
    }
    void theKernelReallyDoesSo() {
        const auto program = programOf(configWith(defaultSeccompProfile()));
        const auto errorUnder = [&](long number, const Arguments& arguments) {
            return underFilter(program, [&] { return errorOf(number, arguments); });
        };
        const auto path = reinterpret_cast<unsigned long>("/no/such/file");
        QCOMPARE(errorUnder(SYS_personality, {0xffffffff}), 0);
        QCOMPARE(errorUnder(SYS_personality, {0x1000}), EPERM);
        QCOMPARE(errorUnder(SYS_mount, {path, path, path}), EPERM);
        QCOMPARE(errorUnder(SYS_keyctl, {0}), EPERM);
        QCOMPARE(errorUnder(SYS_clone3, {0}), ENOSYS);
        QCOMPARE(errorUnder(SYS_fchmodat, {static_cast<unsigned long>(AT_FDCWD), path, 0}), ENOENT);
        QCOMPARE(errorUnder(SYS_clone, {CLONE_NEWUSER | SIGCHLD}), EPERM);
    }
    void withoutAFilterAllIsAllowed() {
        const auto calls = verdictsOfConfig(configWith({}));
        VERIFY_RESULT(calls);
        QVERIFY(std::all_of(calls->begin(), calls->end(),
                            [](const auto& call) { return call.verdict == Verdict::Allowed; }));
        QVERIFY(std::is_sorted(calls->begin(), calls->end(),
                               [](const auto& a, const auto& b) { return a.name < b.name; }));
    }

    void tellsActionsApart() {
        const auto answering = [](std::uint32_t answer) {
            return verdictOf({statement(BPF_RET | BPF_K, answer)});
        };
        QCOMPARE(answering(SECCOMP_RET_ALLOW), std::string("allowed"));
        QCOMPARE(answering(SECCOMP_RET_LOG), std::string("allowed"));
        QCOMPARE(answering(SECCOMP_RET_ERRNO | EACCES), std::string("refused 13"));
        QCOMPARE(answering(SECCOMP_RET_ERRNO | 0xffff), std::string("refused 4095"));
        QCOMPARE(answering(SECCOMP_RET_TRACE | 7), std::string("refused 38"));
        QCOMPARE(answering(SECCOMP_RET_TRAP), std::string("killed"));
        QCOMPARE(answering(SECCOMP_RET_KILL_THREAD), std::string("killed"));
        QCOMPARE(answering(SECCOMP_RET_KILL_PROCESS), std::string("killed"));
        QCOMPARE(answering(SECCOMP_RET_USER_NOTIF), std::string("asked"));
        QCOMPARE(answering(0x12345678), std::string("killed"));
    }
    void followsBothWaysWhereAnArgumentDecides() {
        const unsigned kEqual = BPF_JMP | BPF_JEQ | BPF_K;
        QCOMPARE(verdictOf({load(0), jump(kEqual, 5, 0, 1), kAllow, refuse(EPERM)}),
                 std::string("depends 1"));
        QCOMPARE(verdictOf({load(0), jump(kEqual, 5, 0, 1), refuse(EACCES), refuse(EACCES)}),
                 std::string("refused 13"));
        QCOMPARE(verdictOf({load(0), jump(kEqual, 5, 0, 1), kAllow, kAllow}), std::string("allowed"));
        QCOMPARE(verdictOf({load(0), jump(kEqual, 5, 0, 1), refuse(EACCES), statement(BPF_RET | BPF_K, 0)}),
                 std::string("killed"));
        QCOMPARE(verdictOf({load(0), statement(BPF_RET | BPF_A, 0)}), std::string("depends 0"));
    }
    void calculatesWhatIsKnown() {
        const sock_filter kAnd = statement(BPF_ALU | BPF_AND | BPF_K, 0xff);
        const unsigned kEqual = BPF_JMP | BPF_JEQ | BPF_K;
        // read's number is 0 on x86-64, 63 on arm64: the same calculation here and there.
        const auto number = static_cast<std::uint32_t>(SYS_read);
        std::vector<sock_filter> program{kLoadNumber,
                                         statement(BPF_ALU | BPF_ADD | BPF_K, 7),
                                         statement(BPF_ST, 3),
                                         statement(BPF_LDX | BPF_MEM, 3),
                                         statement(BPF_LD | BPF_IMM, 2),
                                         statement(BPF_ALU | BPF_MUL | BPF_X, 0),
                                         statement(BPF_MISC | BPF_TAX, 0),
                                         statement(BPF_STX, 4),
                                         statement(BPF_LD | BPF_MEM, 4),
                                         kAnd,
                                         jump(kEqual, ((number + 7) * 2) & 0xff, 0, 1),
                                         kAllow,
                                         refuse(EPERM)};
        QCOMPARE(verdictOf(program), std::string("allowed"));
        QCOMPARE(verdictOf({load(0), statement(BPF_ALU | BPF_AND | BPF_K, 0), jump(kEqual, 0, 0, 1), kAllow,
                            refuse(1)}),
                 std::string("allowed"));
        QCOMPARE(verdictOf({statement(BPF_LD | BPF_W | BPF_LEN, 0), jump(kEqual, sizeof(seccomp_data), 0, 1),
                            kAllow, refuse(1)}),
                 std::string("allowed"));
        QCOMPARE(
            verdictOf({statement(BPF_LDX | BPF_IMM, 0), statement(BPF_ALU | BPF_DIV | BPF_X, 0), kAllow}),
            std::string("killed"));
    }
    void refusesWhatIsNoProgram() {
        const auto isRefused = [](const std::vector<sock_filter>& program) {
            const auto calls = syscallVerdicts(program);
            return !calls && calls.error().code == ErrorCode::InvalidArgument;
        };
        QVERIFY(isRefused({}));
        QVERIFY(isRefused(std::vector<sock_filter>(4097, kAllow)));
        QVERIFY(isRefused({kLoadNumber}));                                      // runs off the end
        QVERIFY(isRefused({jump(BPF_JMP | BPF_JA, 5, 0, 0), kAllow}));          // jumps off the end
        QVERIFY(isRefused({jump(BPF_JMP | BPF_JA, 0xffffffff, 0, 0), kAllow})); // far
        QVERIFY(isRefused({statement(BPF_LD | BPF_W | BPF_ABS, 64), kAllow}));  // behind the data
        QVERIFY(isRefused({statement(BPF_LD | BPF_W | BPF_ABS, 2), kAllow}));   // between two words
        QVERIFY(isRefused({statement(BPF_ST, 16), kAllow}));                    // no such cell
        QVERIFY(isRefused({statement(BPF_LD | BPF_MEM, 16), kAllow}));
        QVERIFY(isRefused({statement(BPF_ALU | 0xf0, 1), kAllow}));
        QVERIFY(isRefused({statement(BPF_JMP | 0xf0, 1), kAllow}));
    }
    void endsWithAFilterThatBranchesWithoutEnd() {
        // Each argument's bit adds one or does not: more states than anybody looks at.
        std::vector<sock_filter> program{statement(BPF_LD | BPF_IMM, 0), statement(BPF_ST, 0)};
        for (int i = 0; i < 800; ++i) {
            program.push_back(load(0));
            program.push_back(jump(BPF_JMP | BPF_JSET | BPF_K, 1, 0, 3));
            program.push_back(statement(BPF_LD | BPF_MEM, 0));
            program.push_back(statement(BPF_ALU | BPF_ADD | BPF_K, 1));
            program.push_back(statement(BPF_ST, 0));
        }
        program.push_back(kAllow);
        QCOMPARE(verdictOf(program), std::string("depends 0"));
    }
};

ESCALE_TEST(SyscallVerdictsTest)
#include "syscall_verdicts_test.moc"
