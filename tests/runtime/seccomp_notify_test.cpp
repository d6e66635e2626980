// SCMP_ACT_NOTIFY: an agent on the host answers the container's system calls.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "tests/runtime/bundle.h"
#include "tests/support/test_registry.h"

#include <linux/seccomp.h>
#include <mutex>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using test::Bundle;

namespace {

// Takes filters from its socket and answers each call with ENOMEDIUM.
class Agent {
public:
    explicit Agent(const std::string& path)
        : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::snprintf(address.sun_path, sizeof address.sun_path, "%s", path.c_str());
        if (::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(m_socket.get(), 4) != 0)
            qFatal("cannot listen on %s", path.c_str());
        m_thread = std::thread([this] { serve(); });
    }
    Agent(const Agent&) = delete;
    Agent& operator=(const Agent&) = delete;
    ~Agent() {
        ::shutdown(m_socket.get(), SHUT_RDWR);
        m_thread.join();
        for (auto& thread : m_answering)
            thread.join();
    }
    [[nodiscard]] std::vector<Json> states() {
        const std::lock_guard lock(m_mutex);
        return m_states;
    }
    [[nodiscard]] std::size_t calls() {
        const std::lock_guard lock(m_mutex);
        return m_calls;
    }

private:
    void serve() {
        for (;;) {
            const UniqueFd connection(::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!connection)
                return;
            UniqueFd filter = receive(connection.get());
            if (filter)
                m_answering.emplace_back([this, owned = std::move(filter)] { answer(owned.get()); });
        }
    }
    UniqueFd receive(int connection) {
        std::array<char, 4096> text{};
        iovec part{text.data(), text.size()};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const auto size = ::recvmsg(connection, &message, MSG_CMSG_CLOEXEC);
        const cmsghdr* passed = CMSG_FIRSTHDR(&message);
        if (size <= 0 || passed == nullptr)
            return {};
        const std::lock_guard lock(m_mutex);
        m_states.push_back(Json::parse({text.data(), static_cast<std::size_t>(size)}).value_or(Json()));
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(passed), sizeof fd);
        return UniqueFd(fd);
    }
    void answer(int filter) {
        for (;;) {
            pollfd watched{filter, POLLIN, 0};
            if (::poll(&watched, 1, -1) < 0 || (watched.revents & POLLIN) == 0)
                return; // nobody uses the filter any more
            seccomp_notif asked{};
            if (::ioctl(filter, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
                continue;
            {
                const std::lock_guard lock(m_mutex);
                ++m_calls;
            }
            seccomp_notif_resp answer{};
            answer.id = asked.id;
            answer.error = -ENOMEDIUM;
            ::ioctl(filter, SECCOMP_IOCTL_NOTIF_SEND, &answer);
        }
    }
    std::mutex m_mutex;
    std::vector<Json> m_states;
    std::size_t m_calls = 0;
    UniqueFd m_socket;
    std::vector<std::thread> m_answering; // of m_thread until that has ended
    std::thread m_thread;
};

// Older kernels tell the agent that nobody uses the filter only when the last one is reaped.
void reap(const std::string& pid) {
    ::waitpid(static_cast<pid_t>(std::strtol(pid.c_str(), nullptr, 10)), nullptr, 0);
}

Json ruleFor(const std::vector<std::string>& calls, const char* action) {
    Json rule;
    rule.set("names", Json::strings(calls)).set("action", action);
    return Json(Json::Array{rule});
}

Json filterOf(const char* defaultAction, const std::vector<std::string>& notified, const std::string& path) {
    Json seccomp;
    seccomp.set("defaultAction", defaultAction).set("syscalls", ruleFor(notified, "SCMP_ACT_NOTIFY"));
    return seccomp.set("listenerPath", path);
}

void notify(Bundle& bundle, const std::string& path) {
    Json seccomp = filterOf("SCMP_ACT_ALLOW", {"mkdir", "mkdirat"}, path);
    bundle.set("linux/seccomp", seccomp.set("listenerMetadata", "its \"metadata\""));
}

} // namespace

class SeccompNotifyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "needs root");
        ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }

    void theAgentAnswersAndKnowsWhom_data() {
        QTest::addColumn<bool>("noNewPrivileges");
        QTest::newRow("filter loaded last") << true;
        QTest::newRow("filter loaded before the capabilities go") << false;
    }
    void theAgentAnswersAndKnowsWhom() {
        QFETCH(bool, noNewPrivileges);
        Bundle bundle({"sh", "-c", "mkdir /tmp/one 2>/dev/null; true"});
        bundle.set("process/noNewPrivileges", Json(noNewPrivileges));
        const std::string path = bundle.path() + "/agent.sock";
        notify(bundle, path);
        std::vector<Json> states;
        {
            Agent agent(path);
            QCOMPARE(bundle.runtime({"create", "--pid-file", bundle.path() + "/pid"}).err, std::string());
            QCOMPARE(bundle.runtime({"start"}).err, std::string());
            QTRY_COMPARE(bundle.state().at("status").toString(), std::string("stopped"));
            reap(readFile(bundle.path() + "/pid").value_or(""));
            states = agent.states();
            QCOMPARE(agent.calls(), std::size_t(1));
        }
        QCOMPARE(states.size(), std::size_t(1));
        const auto pid = readFile(bundle.path() + "/pid").value();
        QCOMPARE(std::to_string(states[0].at("pid").toInteger()), pid);
        QCOMPARE(std::to_string(states[0].at("state").at("pid").toInteger()), pid);
        QCOMPARE(states[0].at("state").at("id").toString(), bundle.id());
        QCOMPARE(states[0].at("fds").items().size(), std::size_t(1));
        QCOMPARE(states[0].at("metadata").toString(), std::string("its \"metadata\""));
    }

    void theAnswerIsTheCallsResult() {
        Bundle bundle({"sh", "-c", "mkdir /tmp/one"});
        const std::string path = bundle.path() + "/agent.sock";
        notify(bundle, path);
        const Agent agent(path);
        const auto outcome = bundle.run();
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.find("No medium found") != std::string::npos, outcome.err.c_str());
        QCOMPARE(bundle.leftovers(), std::string());
    }

    void execHandsItsFilterOverAsWell() {
        Bundle bundle({"sleep", "1000"});
        const std::string path = bundle.path() + "/agent.sock";
        notify(bundle, path);
        bundle.set("linux/seccomp/flags", Json::strings({"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}));
        Agent agent(path);
        QCOMPARE(bundle.runtime({"run", "--detach", "--pid-file", bundle.path() + "/pid"}).err,
                 std::string());
        QTRY_COMPARE(agent.states().size(), std::size_t(1));
        const auto outcome = exec(bundle, {}, {"mkdir", "/tmp/two"});
        QVERIFY2(outcome.err.find("No medium found") != std::string::npos, outcome.err.c_str());
        const auto states = agent.states();
        QCOMPARE(states.size(), std::size_t(2));
        QVERIFY(states[1].at("pid").toInteger() != states[0].at("pid").toInteger());
        QCOMPARE(states[1].at("state").at("pid").toInteger(), states[0].at("pid").toInteger());
        QCOMPARE(states[1].at("state").at("status").toString(), std::string("running"));
        bundle.runtime({"delete", "--force"});
        reap(readFile(bundle.path() + "/pid").value_or(""));
    }

    void aFilterThatCannotBeHandedOverIsRefused() {
        const std::string nobody = "/no/such/socket";
        Json flagOnly;
        flagOnly.set("defaultAction", "SCMP_ACT_ALLOW");
        flagOnly.set("flags", Json::strings({"SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"}));
        const std::vector<std::pair<Json, std::string>> cases{
            {filterOf("SCMP_ACT_ALLOW", {"mkdir"}, ""), "needs a listenerPath"},
            {filterOf("SCMP_ACT_ALLOW", {"mkdir"}, nobody), nobody},
            {filterOf("SCMP_ACT_ALLOW", {"sendmsg"}, nobody), "must let sendmsg pass"},
            {filterOf("SCMP_ACT_NOTIFY", {"mkdir"}, nobody), "must let sendmsg pass"},
            {flagOnly, "SCMP_ACT_NOTIFY only"}};
        for (const auto& [seccomp, says] : cases) {
            Bundle bundle({"true"});
            bundle.set("linux/seccomp", seccomp);
            const auto outcome = bundle.run();
            QVERIFY(outcome.code != 0);
            QVERIFY2(outcome.err.find(says) != std::string::npos, outcome.err.c_str());
            QCOMPARE(bundle.leftovers(), std::string());
        }
    }

    void anUnknownCallIsAnErrorWhenAskedFor() {
        Bundle bundle({"true"});
        Json seccomp;
        seccomp.set("defaultAction", "SCMP_ACT_ALLOW")
            .set("syscalls", ruleFor({"no_such_call"}, "SCMP_ACT_ERRNO"));
        bundle.set("linux/seccomp", seccomp);
        QCOMPARE(bundle.run().err, std::string());
        Json strict;
        bundle.set("annotations", strict.set("run.oci.seccomp_fail_unknown_syscall", "1"));
        const auto outcome = bundle.run();
        QVERIFY2(outcome.err.find("no_such_call") != std::string::npos, outcome.err.c_str());
    }
};

ESCALE_TEST(SeccompNotifyTest)
#include "seccomp_notify_test.moc"
