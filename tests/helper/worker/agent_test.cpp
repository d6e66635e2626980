// A real ssh-agent of an ordinary user's, lent to somebody else.
#include "helper/worker/agent_worker.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

class AgentTest : public QObject {
    Q_OBJECT
    static constexpr uid_t kCaller = 1000;
    static constexpr uid_t kRoot = 0x70000000; // a container's, on the host
    QTemporaryDir m_folder;
    std::string m_agentPath, m_relayPath, m_key;
    std::unique_ptr<Subprocess> m_agent;

    [[nodiscard]] std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    static std::vector<std::string> as(uid_t user, std::vector<std::string> words) {
        words.insert(words.begin(), {"/usr/bin/setpriv", "--reuid=" + std::to_string(user),
                                     "--regid=" + std::to_string(user), "--clear-groups"});
        return words;
    }
    static Result<std::string> withAgent(uid_t user, const std::string& socket,
                                         std::vector<std::string> words) {
        words.insert(words.begin(), {"/usr/bin/env", "SSH_AUTH_SOCK=" + socket});
        return runProgram(as(user, std::move(words)));
    }
    Result<void> startAgent() {
        TRY_ASSIGN(
            Subprocess agent,
            Subprocess::start({.arguments = as(kCaller, {"/usr/bin/ssh-agent", "-D", "-a", m_agentPath})}));
        m_agent = std::make_unique<Subprocess>(std::move(agent));
        return {};
    }
    Result<AgentWorker> lend() {
        TRY_ASSIGN(const UniqueFd agent, openFile(m_agentPath, O_PATH));
        return AgentWorker::start(
            ESCALE_BIN "/escale-worker",
            {.agent = agent.get(), .caller = kCaller, .path = m_relayPath, .user = kRoot, .group = kRoot},
            Cancellation());
    }
    UniqueFd connectTo(const std::string& socket) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        socket.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
        UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            client.reset();
        return client;
    }

private Q_SLOTS:
    void initTestCase() {
        SKIP_UNLESS(::geteuid() == 0, "a worker becomes its caller's user");
        SKIP_UNLESS(exists("/usr/bin/ssh-agent") && exists("/usr/bin/setpriv"), "needs openssh-client");
        QCOMPARE(::chmod(m_folder.path().toUtf8().constData(), 0711), 0);
        VERIFY_RESULT(makeDirectories(path("own"), 0700));
        QCOMPARE(::chown(path("own").c_str(), kCaller, kCaller), 0);
        m_agentPath = path("own/agent");
        m_relayPath = path("relay");
        m_key = path("own/key");
        VERIFY_RESULT(startAgent());
        QTRY_VERIFY(exists(m_agentPath));
        VERIFY_RESULT(runProgram(as(kCaller, {"/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C",
                                              "the key", "-f", m_key})));
        VERIFY_RESULT(withAgent(kCaller, m_agentPath, {"/usr/bin/ssh-add", "-q", m_key}));
    }
    void cleanupTestCase() { m_agent.reset(); }

    void aContainersRootSeesTheKeys() {
        const auto relay = lend();
        VERIFY_RESULT(relay);
        const auto keys = withAgent(kRoot, m_relayPath, {"/usr/bin/ssh-add", "-l"});
        VERIFY_RESULT(keys);
        QVERIFY2(keys->find("the key (ED25519)") != std::string::npos, keys->c_str());
    }

    void andSignsWithThem() {
        const auto relay = lend();
        VERIFY_RESULT(relay);
        // ssh-add -T signs, and verifies with the public key.
        VERIFY_RESULT(writeFileAtomically(path("public"), *readFile(m_key + ".pub"), 0644));
        VERIFY_RESULT(withAgent(kRoot, m_relayPath, {"/usr/bin/ssh-add", "-T", path("public")}));
    }

    void nobodyElseConnects() {
        const auto relay = lend();
        VERIFY_RESULT(relay);
        struct stat info {};
        QCOMPARE(::fstatat(relay->socket(), "", &info, AT_EMPTY_PATH), 0);
        QCOMPARE(info.st_uid, kRoot);
        QCOMPARE(info.st_mode & 07777U, 0600U);
        QVERIFY(!withAgent(1001, m_relayPath, {"/usr/bin/ssh-add", "-l"}));
    }

    void itsKeysStayAsTheyAre() {
        const auto relay = lend();
        VERIFY_RESULT(relay);
        QVERIFY(!withAgent(kRoot, m_relayPath, {"/usr/bin/ssh-add", "-D"}));
        const auto keys = withAgent(kCaller, m_agentPath, {"/usr/bin/ssh-add", "-l"});
        VERIFY_RESULT(keys);
        QVERIFY(keys->find("the key") != std::string::npos);
    }

    void severalAtOnceDoNotWaitForEachOther() {
        const auto relay = lend();
        VERIFY_RESULT(relay);
        const UniqueFd silent = connectTo(m_relayPath); // says nothing, and stays
        QVERIFY(silent);
        std::vector<std::thread> others;
        std::atomic<int> good = 0;
        for (int i = 0; i < 8; ++i)
            others.emplace_back([&] {
                good += withAgent(kRoot, m_relayPath, {"/usr/bin/ssh-add", "-l"}) ? 1 : 0;
            });
        for (auto& other : others)
            other.join();
        QCOMPARE(good.load(), 8);
    }

    void whatIsNoMessageEndsItsConnectionAlone() {
        const auto relay = lend();
        VERIFY_RESULT(relay);
        const UniqueFd client = connectTo(m_relayPath);
        const std::string endless("\xff\xff\xff\xff", 4);
        VERIFY_RESULT(writeAll(client.get(), endless, "a socket"));
        char byte = 0;
        QCOMPARE(::read(client.get(), &byte, 1), ssize_t{0});
        VERIFY_RESULT(withAgent(kRoot, m_relayPath, {"/usr/bin/ssh-add", "-l"}));
    }

    void itEndsWithTheBuild() {
        {
            const auto relay = lend();
            VERIFY_RESULT(relay);
        }
        QVERIFY(!exists(m_relayPath));
        VERIFY_RESULT(lend()); // the name is free again
    }

    void anAgentThatHasGoneIsSaid() {
        const std::string dead = path("own/dead");
        {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            dead.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
            const UniqueFd listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
            QCOMPARE(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
            QCOMPARE(::chown(dead.c_str(), kCaller, kCaller), 0);
        }
        const auto refusal = [&](const std::string& name) {
            const UniqueFd agent(::open(name.c_str(), O_PATH | O_CLOEXEC));
            const auto relay = AgentWorker::start(
                ESCALE_BIN "/escale-worker",
                {.agent = agent.get(), .caller = kCaller, .path = m_relayPath, .user = kRoot},
                Cancellation());
            return relay ? ErrorCode::Internal : relay.error().code;
        };
        QCOMPARE(refusal(dead), ErrorCode::Unreachable);
        QCOMPARE(::chown(dead.c_str(), 0, 0), 0); // somebody else's
        QCOMPARE(::chmod(dead.c_str(), 0600), 0);
        QCOMPARE(refusal(dead), ErrorCode::PermissionDenied);
        QCOMPARE(refusal(m_key), ErrorCode::InvalidArgument);
        QVERIFY(!exists(m_relayPath));
    }
};

ESCALE_TEST(AgentTest)
#include "agent_test.moc"
