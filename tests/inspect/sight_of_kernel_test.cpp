// Whether the rules of engine/inspect/sight.h are the kernel's: processes of many kinds try it on each other.
#include "engine/base/file.h"
#include "engine/base/user_namespace.h"
#include "engine/inspect/sight.h"
#include "tests/inspect/held_process.h"
#include "tests/support/test_registry.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <deque>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

struct Tried {
    int signalled = 0; // errno, or 0
    int read = 0;
};

std::uint64_t s_word = 7; // at the same address in all copies of this process

Tried tryOn(pid_t pid) {
    Tried tried;
    std::uint64_t word = 0;
    iovec here{&word, sizeof word};
    iovec there{&s_word, sizeof s_word};
    tried.signalled = ::kill(pid, 0) == 0 ? 0 : errno;
    // PTRACE_MODE_ATTACH_REALCREDS, as ptrace(2) itself
    tried.read = ::process_vm_readv(pid, &here, 1, &there, 1, 0) == ssize_t(sizeof word) ? 0 : errno;
    return tried;
}

/// A process that is told numbers of others, and tries what it may do to them.
class Subject {
public:
    Subject(std::string called, const std::function<bool()>& prepare)
        : name(std::move(called))
        , m_orders(makePipe())
        , m_answers(makePipe())
        , process(HeldProcess::copy(
              [&] {
                  // Whoever has changed its ids cannot be looked at until it says so.
                  return prepare() && ::prctl(PR_SET_DUMPABLE, 1) == 0 &&
                         ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
              },
              [&] {
                  ::close(m_orders.second.release());
                  for (pid_t pid = 0;
                       ::read(m_orders.first.get(), &pid, sizeof pid) == ssize_t(sizeof pid);) {
                      const Tried tried = tryOn(pid);
                      (void)!::write(m_answers.second.get(), &tried, sizeof tried);
                  }
                  ::_exit(0);
              })) {}
    Tried tries(pid_t pid) {
        Tried tried{-1, -1};
        (void)!::write(m_orders.second.get(), &pid, sizeof pid);
        (void)!::read(m_answers.first.get(), &tried, sizeof tried);
        return tried;
    }
    std::string name;

private:
    using Pipe = std::pair<UniqueFd, UniqueFd>;
    static Pipe makePipe() {
        std::array<int, 2> ends{-1, -1};
        (void)::pipe2(ends.data(), O_CLOEXEC);
        return {UniqueFd(ends[0]), UniqueFd(ends[1])};
    }
    Pipe m_orders, m_answers;

public:
    Result<HeldProcess> process;
};

bool becomes(uid_t real, uid_t effective, uid_t saved) {
    return ::setgroups(0, nullptr) == 0 && ::setresgid(real, effective, saved) == 0 &&
           ::setresuid(real, effective, saved) == 0;
}
bool becomes(uid_t uid) {
    return becomes(uid, uid, uid);
}
bool keepsCapabilities(std::uint64_t kept) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> sets{};
    for (std::size_t half = 0; half < 2; ++half)
        sets[half].effective = sets[half].permitted = static_cast<std::uint32_t>(kept >> (32 * half));
    return ::syscall(SYS_capset, &header, sets.data()) == 0;
}
/// What follows is done by a child that is the first process of a new pid namespace, or one of the joined.
bool goesOnInChild() {
    const pid_t child = ::fork();
    if (child > 0) {
        ::waitpid(child, nullptr, 0);
        ::_exit(0);
    }
    return child == 0;
}
bool newPids() {
    return ::unshare(CLONE_NEWPID) == 0 && goesOnInChild();
}
bool joins(pid_t pid, const char* space) {
    const std::string path = "/proc/" + std::to_string(pid) + "/ns/" + space;
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return fd && ::setns(fd.get(), 0) == 0;
}
/// By whoever it is there; its own id alone is mapped.
bool newUsers(uid_t uid) {
    const std::string line = "0 " + std::to_string(uid) + " 1";
    const auto writes = [](const char* file, const std::string& text) {
        const UniqueFd fd(::open(file, O_WRONLY | O_CLOEXEC));
        return fd && ::write(fd.get(), text.data(), text.size()) == ssize_t(text.size());
    };
    return ::prctl(PR_SET_DUMPABLE, 1) == 0 && ::unshare(CLONE_NEWUSER) == 0 &&
           writes("/proc/self/setgroups", "deny") && writes("/proc/self/uid_map", line) &&
           writes("/proc/self/gid_map", line);
}

constexpr std::uint64_t bit(unsigned capability) {
    return std::uint64_t(1) << capability;
}

} // namespace

class SightOfKernelTest : public QObject {
    Q_OBJECT

    std::deque<Subject> m_subjects;

    pid_t add(const std::string& name, const std::function<bool()>& prepare) {
        m_subjects.emplace_back(name, prepare);
        const auto& process = m_subjects.back().process;
        if (!process)
            qWarning("%s: %s", name.c_str(), process.error().text().c_str());
        return process ? process->pid() : -1;
    }
    static std::string told(const Sight& sight) {
        return std::string(sight.yes ? "yes" : "no") + " why " + std::to_string(int(sight.why)) + " " +
               sight.detail;
    }

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void theKernelAgrees() {
        // given: processes of the host, of two "containers" A and B, and of namespaces inside of A
        const auto spaceA = makeUserNamespace(100000);
        const auto spaceB = makeUserNamespace(300000);
        VERIFY_RESULT(spaceA);
        VERIFY_RESULT(spaceB);
        const auto enters = [](const Result<UniqueFd>& space) {
            return ::setns(space->get(), CLONE_NEWUSER) == 0;
        };
        add("root", [] { return true; });
        add("root without capabilities", [] { return keepsCapabilities(0); });
        add("root with CAP_KILL alone", [] { return keepsCapabilities(bit(CAP_KILL)); });
        add("root with CAP_SYS_PTRACE alone", [] { return keepsCapabilities(bit(CAP_SYS_PTRACE)); });
        add("user", [] { return becomes(1000); });
        add("the same user", [] { return becomes(1000); });
        add("the same user with other ids saved", [] { return becomes(1000, 1000, 1001); });
        add("the same user as another", [] { return becomes(1000, 1001, 1001); });
        add("another user", [] { return becomes(1002); });
        add("the id of A's root on the host", [] { return becomes(100000); });
        const pid_t first = add("A: root", [&] { return newPids() && enters(spaceA) && becomes(0); });
        QVERIFY(first > 0);
        const auto inA = [&](const std::function<bool()>& then) {
            return [&, then] {
                return joins(first, "pid") && goesOnInChild() && enters(spaceA) && becomes(0) && then();
            };
        };
        add("A: root with few capabilities",
            inA([] { return keepsCapabilities(bit(CAP_KILL) | bit(CAP_CHOWN)); }));
        add("A: root without capabilities", inA([] { return keepsCapabilities(0); }));
        add("A: user", inA([] { return becomes(33); }));
        add("A: another user", inA([] { return becomes(34); }));
        add("A: user's own namespace", inA([] { return becomes(33) && newUsers(33); }));
        add("A: user's own namespaces with processes",
            inA([] { return becomes(33) && newUsers(33) && newPids(); }));
        add("A: root's own namespace without capabilities",
            inA([] { return newUsers(0) && keepsCapabilities(0); }));
        add("A's users, the host's processes", [&] { return enters(spaceA) && becomes(0); });
        add("A's processes, the host's users",
            [&] { return joins(first, "pid") && goesOnInChild() && keepsCapabilities(0); });
        add("B: root", [&] { return newPids() && enters(spaceB) && becomes(0); });
        add("B's users, A's processes",
            [&] { return joins(first, "pid") && goesOnInChild() && enters(spaceB) && becomes(0); });
        add("B's users, the host's processes", [&] { return enters(spaceB) && becomes(0); });

        // when: each tries on each
        std::vector<ProcessFacts> facts;
        for (const auto& subject : m_subjects) {
            VERIFY_RESULT(subject.process);
            const auto read = readProcessFacts(subject.process->pid());
            VERIFY_RESULT(read);
            facts.push_back(*read);
        }
        int seen = 0, signalled = 0, traced = 0;
        for (std::size_t from = 0; from < facts.size(); ++from) {
            for (std::size_t to = 0; to < facts.size(); ++to) {
                const auto sights = sightsBetween(facts[from], facts[to]);
                const auto& sees = sights[std::size_t(Question::SeesIt)];
                const auto& signals = sights[std::size_t(Question::Signals)];
                const auto& traces = sights[std::size_t(Question::Traces)];
                if (!sees.yes) {
                    QVERIFY(!signals.yes && !traces.yes);
                    continue;
                }
                // then: the kernel lets it, or not, under the number that we tell
                const Tried tried = m_subjects[from].tries(std::stoi(sees.detail));
                const std::string what = m_subjects[from].name + " → " + m_subjects[to].name + ": signals " +
                                         told(signals) + ", traces " + told(traces) +
                                         "; the kernel: " + std::to_string(tried.signalled) + ", " +
                                         std::to_string(tried.read);
                QVERIFY2(signals.yes == (tried.signalled == 0), what.c_str());
                QVERIFY2(traces.yes == (tried.read == 0), what.c_str());
                QVERIFY2(tried.signalled == 0 || tried.signalled == EPERM, what.c_str());
                ++seen;
                signalled += signals.yes ? 1 : 0;
                traced += traces.yes ? 1 : 0;
            }
        }
        // The rules have been tried both ways.
        QVERIFY(seen > 200 && seen < int(facts.size() * facts.size()));
        QVERIFY(signalled > 50 && signalled < seen);
        QVERIFY(traced > 50 && traced < signalled);
    }
    void cleanup() { m_subjects.clear(); }
};

ESCALE_TEST(SightOfKernelTest)
#include "sight_of_kernel_test.moc"
