// Clients that are slow, dead, many or ill-meaning, against the real program: they cost little and hurt
// nobody else. What a single connection does to hostile bytes is in http_requests_test.cpp.
#include "engine/base/file.h"
#include "tests/helper/docker-api/docker_machine.h"

#include <csignal>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace escale;
using namespace escale::test;

namespace {

UniqueFd connectTo(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(&address.sun_path[0], sizeof address.sun_path - 1);
    UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return {};
    return client;
}

void say(const UniqueFd& client, std::string_view text) {
    (void)::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL);
}

/// The first words of what a client is told, within a test's patience; "" for an end without a word.
std::string hear(const UniqueFd& client) {
    std::array<char, 64> text{};
    pollfd file{client.get(), POLLIN, 0};
    if (::poll(&file, 1, 30'000) != 1)
        return "(silence)";
    const ssize_t size = ::recv(client.get(), text.data(), text.size(), 0);
    return {text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
}

/// "VmRSS", "Threads", … of a process.
long statusOf(pid_t process, const std::string& name) {
    const auto text = readFile("/proc/" + std::to_string(process) + "/status");
    const std::size_t at = text ? text->find("\n" + name + ":") : std::string::npos;
    return at == std::string::npos ? -1 : std::strtol(text->c_str() + at + name.size() + 2, nullptr, 10);
}

const std::string kPing = "GET /_ping HTTP/1.1\r\n\r\n";

} // namespace

class DockerHostileClientsTest : public DockerTest {
    Q_OBJECT
    // The test is root, and so somebody else than the socket's user: a guest.
    bool isServed() { return docker({"version", "--format", "{{.Server.Os}}"}).text() == "linux"; }

    // Clients in every phase of a request, and one that is told more than it reads.
    std::vector<UniqueFd> clientsInEveryPhase(const std::string& path) {
        std::vector<UniqueFd> clients;
        for (const std::string text :
             {std::string(), std::string("GET /_pi"), kPing, kPing + kPing + "POST /x HTTP/1.1\r\nHo",
              std::string("POST /containers/create HTTP/1.1\r\nContent-Length: 1000\r\n\r\n{"),
              std::string("POST /containers/create HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"),
              std::string(
                  "POST /build HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"),
              std::string("GET /events HTTP/1.1\r\n\r\n")}) {
            clients.push_back(connectTo(path));
            say(clients.back(), text);
        }
        clients.push_back(connectTo(path));
        std::string many;
        for (int i = 0; i < 1000; ++i)
            many += kPing;
        ::send(clients.back().get(), many.data(), many.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        return clients;
    }

private Q_SLOTS:
    void opensAsManyFilesAsItMay() {
        const auto limits = readFile("/proc/" + std::to_string(apiPid()) + "/limits");
        const auto line = QString::fromStdString(limits.value_or(""))
                              .section(QStringLiteral("Max open files"), 1)
                              .section(u'\n', 0, 0)
                              .simplified();
        QCOMPARE(line.section(u' ', 0, 0), line.section(u' ', 1, 1)); // now, and at most
    }
    void aCrowdLeavesRoomForItsOwner() {
        // Given as many guests as there may be, who say nothing,
        const long before = statusOf(apiPid(), "VmRSS");
        std::vector<UniqueFd> crowd;
        for (int i = 0; i < 1024; ++i) {
            crowd.push_back(connectTo(socket()));
            QVERIFY(crowd.back());
        }
        QTRY_VERIFY_WITH_TIMEOUT(statusOf(apiPid(), "Threads") >= 1024, 60'000);
        qInfo("1024 silent clients: %ld KiB each", (statusOf(apiPid(), "VmRSS") - before) / 1024);
        // when one more comes, then it is told so,
        const UniqueFd late = connectTo(socket());
        const std::string told = hear(late);
        QVERIFY2(told.starts_with("HTTP/1.1 503 Service Unavailable"), told.c_str());
        // and the socket's owner is served all the same.
        QVERIFY(isServed());
        // When the crowd goes, guests are served, too.
        crowd.clear();
        QTRY_VERIFY_WITH_TIMEOUT(statusOf(apiPid(), "Threads") < 20, 60'000);
        const UniqueFd next = connectTo(socket());
        say(next, kPing);
        QVERIFY(hear(next).starts_with("HTTP/1.1 200 OK"));
    }
    void clientsThatDieLeaveNothing() {
        for (int i = 0; i < 20; ++i)
            clientsInEveryPhase(socket());
        QVERIFY(isServed());
        QTRY_VERIFY_WITH_TIMEOUT(statusOf(apiPid(), "Threads") < 20, 60'000);
    }
    void stopsWithEverythingOpen() {
        // Given a service with clients in every phase,
        const std::string path = folder() + "/escale/second.sock";
        auto service = begin({std::string(ESCALE_BIN) + "/escale-docker-api", "--socket", path}, {});
        VERIFY_RESULT(service);
        QTRY_VERIFY_WITH_TIMEOUT(exists(path), 30'000);
        const auto clients = clientsInEveryPhase(path);
        QTRY_VERIFY_WITH_TIMEOUT(statusOf(service->pid(), "Threads") > static_cast<long>(clients.size()),
                                 30'000);
        // when it is told to go, then it goes, and well.
        VERIFY_RESULT(service->signal(SIGTERM));
        const auto status = service->waitFor(std::chrono::seconds(20));
        VERIFY_RESULT(status);
        QCOMPARE(status->code, 0);
    }
    void aSocketThatIsLeftOverIsReplaced() {
        const std::string path = folder() + "/escale/left.sock";
        for (const int signal : {SIGKILL, SIGTERM}) {
            auto service = begin({std::string(ESCALE_BIN) + "/escale-docker-api", "--socket", path}, {});
            VERIFY_RESULT(service);
            QTRY_VERIFY_WITH_TIMEOUT(connectTo(path), 30'000);
            VERIFY_RESULT(service->signal(signal));
            VERIFY_RESULT(service->waitFor(std::chrono::seconds(20)));
        }
    }
    void takesNobodysPlace() {
        // Neither that of a service that answers,
        const Ran second = run({std::string(ESCALE_BIN) + "/escale-docker-api", "--socket", socket()});
        QCOMPARE(second.code, 1);
        QVERIFY2(second.errors.find("answers at") != std::string::npos, second.errors.c_str());
        QVERIFY(isServed());
        // nor that of a file.
        const std::string file = folder() + "/escale/file";
        VERIFY_RESULT(writeFileAtomically(file, "mine", 0644));
        const Ran third = run({std::string(ESCALE_BIN) + "/escale-docker-api", "--socket", file});
        QCOMPARE(third.code, 1);
        QCOMPARE(readFile(file).value_or(""), std::string("mine"));
    }
};
ESCALE_TEST(DockerHostileClientsTest)

#include "hostile_clients_test.moc"
