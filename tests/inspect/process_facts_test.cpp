// What is read of a process, compared with what other programs read of it.
#include "engine/base/process_folder.h"
#include "engine/base/syscalls.h"
#include "engine/base/user_namespace.h"
#include "engine/inspect/process_facts.h"
#include "tests/inspect/held_process.h"
#include "tests/support/test_registry.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <grp.h>
#include <sched.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

constexpr const char* kReady = "echo ready; exec sleep 1000";

std::uint64_t numberOf(const ProcessFacts& facts, NamespaceType type) {
    return facts.namespaces.at(static_cast<std::size_t>(type));
}
/// Capabilities by getpcaps(8): "chown,kill=eip" → the names that are there with all of `flags`.
bool hasByList(pid_t pid, const std::string& name, char flag) {
    std::istringstream words(told({"/sbin/getpcaps", std::to_string(pid)}));
    for (std::string word; words >> word;) {
        const auto flags = word.find_first_of("=+");
        if (flags != std::string::npos &&
            ("," + word.substr(0, flags) + ",").find("," + name + ",") != std::string::npos &&
            word.find(flag, flags) != std::string::npos)
            return true;
    }
    return false;
}

} // namespace

class ProcessFactsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { SKIP_UNLESS(::geteuid() == 0, "needs root"); }

    void namespacesOfAllKinds() {
        // given: a process with all of its namespaces new
        const auto held = HeldProcess::start({"/usr/bin/unshare", "--mount", "--uts", "--ipc", "--net",
                                              "--pid", "--cgroup", "--time", "--user", "--map-root-user",
                                              "--fork", "--kill-child", "/bin/sh", "-c", kReady});
        VERIFY_RESULT(held);
        // when
        const auto facts = readProcessFacts(held->pid());
        const auto own = readProcessFacts(::getpid());
        // then
        VERIFY_RESULT(facts);
        VERIFY_RESULT(own);
        for (std::size_t type = 0; type < kNamespaceTypes; ++type) {
            const std::string file = kNamespaceFiles.at(type);
            QCOMPARE(facts->namespaces.at(type), namespaceByLink(held->pid(), file));
            QCOMPARE(facts->namespaces.at(type), namespaceByList(held->pid(), file, "NS"));
            QVERIFY2(facts->namespaces.at(type) != own->namespaces.at(type), file.c_str());
        }
        QCOMPARE(facts->pids, (std::vector<pid_t>{held->pid(), 1}));
        QCOMPARE(facts->userNamespaces, (std::vector<std::uint64_t>{numberOf(*facts, NamespaceType::User),
                                                                    numberOf(*own, NamespaceType::User)}));
        QCOMPARE(facts->userNamespaces[1], namespaceByList(held->pid(), "user", "PNS"));
        QCOMPARE(facts->pidNamespaces, (std::vector<std::uint64_t>{numberOf(*facts, NamespaceType::Pid),
                                                                   numberOf(*own, NamespaceType::Pid)}));
        QCOMPARE(facts->pidNamespaces[1], namespaceByList(held->pid(), "pid", "PNS"));
    }
    void namespacesInNamespaces() {
        // given: a user's namespace in root's
        const auto outer = makeUserNamespace(100000);
        VERIFY_RESULT(outer);
        const std::string file =
            "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(outer->get());
        const auto held = HeldProcess::start(
            {"/usr/bin/unshare", "--pid", "--fork", "--kill-child", "/usr/bin/nsenter", "--user=" + file,
             "--setuid", "7", "--setgid", "7", "/usr/bin/unshare", "--user", "--map-root-user", "--pid",
             "--fork", "--kill-child", "/bin/sh", "-c", kReady});
        VERIFY_RESULT(held);
        const auto facts = readProcessFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->userNamespaces.size(), std::size_t(3));
        QCOMPARE(facts->userNamespaces[1], namespaceByList(held->pid(), "user", "PNS"));
        QCOMPARE(facts->userNamespaceOwners, (std::vector<uid_t>{100007, 0, 0}));
        QCOMPARE(facts->pidNamespaces.size(), std::size_t(3));
        QCOMPARE(facts->pids.size(), std::size_t(3));
        QCOMPARE(facts->pids.front(), held->pid());
        QCOMPARE(facts->pids.back(), pid_t(1));
        QCOMPARE(facts->uids, (std::array<uid_t, 4>{100007, 100007, 100007, 100007}));
    }

    void idsAndPrivileges() {
        const auto held = HeldProcess::copy([] {
            const std::array<gid_t, 3> groups{5, 6, 4321};
            return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                   ::setgroups(groups.size(), groups.data()) == 0 && ::setresgid(77, 78, 79) == 0 &&
                   ::setresuid(1234, 1235, 1236) == 0;
        });
        VERIFY_RESULT(held);
        const auto facts = readProcessFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->uids, (std::array<uid_t, 4>{1234, 1235, 1236, 1235}));
        QCOMPARE(facts->gids, (std::array<gid_t, 4>{77, 78, 79, 78}));
        QCOMPARE(facts->groups, (std::vector<gid_t>{5, 6, 4321}));
        QVERIFY(facts->noNewPrivileges);
        QCOMPARE(facts->parent, ::getpid());
        QCOMPARE(facts->seccomp, 0U);
    }
    void capabilitySets() {
        const auto held =
            HeldProcess::start({"/usr/bin/setpriv", "--reuid", "1234", "--clear-groups", "--inh-caps",
                                "-all,+kill,+sys_time", "--ambient-caps", "-all,+kill", "--bounding-set",
                                "-all,+kill,+sys_time", "/bin/sh", "-c", "echo ready; read x"});
        VERIFY_RESULT(held);
        const auto facts = readProcessFacts(held->pid());
        VERIFY_RESULT(facts);
        constexpr std::uint64_t kKill = 1 << 5, kTime = 1 << 25;
        QCOMPARE(facts->capabilities,
                 (std::array<std::uint64_t, 5>{kKill | kTime, kKill, kKill, kKill | kTime, kKill}));
        for (const auto& [set, flag] : {std::pair{0, 'i'}, {1, 'p'}, {2, 'e'}}) {
            QCOMPARE((facts->capabilities.at(set) & kKill) != 0, hasByList(held->pid(), "cap_kill", flag));
            QCOMPARE((facts->capabilities.at(set) & kTime) != 0,
                     hasByList(held->pid(), "cap_sys_time", flag));
        }
    }

    void whatItIsCalledIsTextAlone() {
        // given: a process whose name and arguments were made to trouble terminals and parsers
        const std::string longWord(10'000, 'x');
        const auto held = HeldProcess::start({"/bin/sh", "-c",
                                              "printf 'a) Z 1\\n\\033[2J' >/proc/$$/comm; echo ready; read x",
                                              "one\ntwo\033[31m", longWord});
        VERIFY_RESULT(held);
        const auto facts = readProcessFacts(held->pid());
        VERIFY_RESULT(facts);
        QCOMPARE(facts->name, std::string("a) Z 1 ?[2J"));
        QVERIFY(facts->command.starts_with("/bin/sh -c printf"));
        QVERIFY(facts->state == 'S' || facts->state == 'R'); // it has just begun to wait
        QCOMPARE(facts->parent, ::getpid());
        QCOMPARE(facts->command.size(), std::size_t(4096));
        QVERIFY(facts->command.find("one two?[31m xxx") != std::string::npos);
    }

    void aZombieIsThereWithWhatIsLeft() {
        // given: one that has ended, and nobody has waited for
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(0);
        siginfo_t info{};
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
        // when
        const auto facts = readProcessFacts(child);
        ::waitpid(child, nullptr, 0);
        // then
        VERIFY_RESULT(facts);
        QCOMPARE(facts->state, 'Z');
        QCOMPARE(facts->command, std::string());
        QCOMPARE(numberOf(*facts, NamespaceType::Network), std::uint64_t(0));
        QCOMPARE(facts->pids.front(), child);
        QCOMPARE(readProcessFacts(child).error().code, ErrorCode::NotFound);
    }
    void numbersOfNobody() {
        QCOMPARE(readProcessFacts(0x3fffff).error().code, ErrorCode::NotFound);
        QCOMPARE(readProcessFacts(0).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(readProcessFacts(-1).error().code, ErrorCode::InvalidArgument);
    }
    void severalInTheOrderOfTheirStart() {
        const auto first = HeldProcess::start({"/bin/sh", "-c", "echo ready; read x"});
        VERIFY_RESULT(first);
        const std::vector<pid_t> pids{first->pid(), 0x3fffff, ::getpid(), 1};
        const auto facts = readProcessFacts(pids);
        QCOMPARE(facts.size(), std::size_t(3));
        QCOMPARE(facts[0].pid, 1);
        QCOMPARE(facts[1].pid, ::getpid());
        QCOMPARE(facts[2].pid, first->pid());
    }
    void startsWhenPsSaysSo() {
        const auto facts = readProcessFacts(::getpid());
        VERIFY_RESULT(facts);
        const auto age = std::stoll(told({"/bin/ps", "-o", "etimes=", "-p", std::to_string(::getpid())}));
        const auto now = static_cast<std::int64_t>(::time(nullptr)) * 1000;
        QVERIFY(std::abs(now - facts->startedAt - age * 1000) <= 3000);
    }
    void aNumberThatIsGivenAgainIsNobodys() {
        // given: a process's folder, and another process that has got its number
        const pid_t first = ::fork();
        if (first == 0) {
            for (;;)
                ::pause();
        }
        const auto folder = ProcessFolder::open(first);
        VERIFY_RESULT(folder);
        VERIFY_RESULT(folder->read("status"));
        ::kill(first, SIGKILL);
        ::waitpid(first, nullptr, 0);
        clone_args arguments{};
        arguments.exit_signal = SIGCHLD;
        arguments.set_tid = reinterpret_cast<std::uint64_t>(&first);
        arguments.set_tid_size = 1;
        const int second = sys::clone3(arguments);
        if (second == 0) {
            for (;;)
                ::pause();
        }
        SKIP_UNLESS(second == first, "the kernel gives nobody the number that they ask for");
        // when, then
        const auto status = folder->read("status");
        const auto facts = readProcessFacts(second);
        ::kill(second, SIGKILL);
        ::waitpid(second, nullptr, 0);
        QCOMPARE(status.error().code, ErrorCode::NotFound);
        VERIFY_RESULT(facts);
    }
};

ESCALE_TEST(ProcessFactsTest)
#include "process_facts_test.moc"
