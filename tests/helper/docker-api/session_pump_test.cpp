// A session carried between a client of the server and a monitor that is made up here: both ways at once, and
// every end.
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/http/listening_socket.h"
#include "helper/docker-api/http/server.h"
#include "helper/docker-api/sessions/session_pump.h"
#include "tests/support/test_registry.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <atomic>
#include <functional>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>

using namespace escale;
using namespace escale::docker_api;

namespace {

void sendAll(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void sendFrame(int socket, FrameType type, std::string_view payload) {
    const auto header = makeFrameHeader(type, payload.size());
    sendAll(socket, {header.data(), header.size()});
    sendAll(socket, payload);
}

void sendExit(int socket, int code) {
    const auto number = makeNumber(static_cast<std::uint32_t>(code));
    sendFrame(socket, FrameType::Exited, {number.data(), number.size()});
}

struct Frame {
    FrameType type = FrameType::Exited;
    std::string payload;
};

// Nothing: the other end is closed.
std::optional<Frame> nextFrame(int socket) {
    FrameHeaderBytes bytes{};
    if (::recv(socket, bytes.data(), bytes.size(), MSG_WAITALL) != ssize_t(bytes.size()))
        return std::nullopt;
    const auto header = parseFrameHeader(bytes);
    if (!header)
        return std::nullopt;
    Frame frame{header->type, std::string(header->length, '\0')};
    if (header->length > 0 &&
        ::recv(socket, frame.payload.data(), frame.payload.size(), MSG_WAITALL) != header->length)
        return std::nullopt;
    return frame;
}

// cat: what comes in goes out, and nothing is read while that waits.
void echo(int socket) {
    while (const auto frame = nextFrame(socket)) {
        if (frame->type == FrameType::Input)
            sendFrame(socket, FrameType::Output, frame->payload);
        if (frame->type == FrameType::InputEnds)
            return sendExit(socket, 0);
    }
}

std::string patternAt(std::size_t index, std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>((index + i) * 2654435761U >> 13U);
    return text;
}

} // namespace

class SessionPumpTest : public QObject {
    Q_OBJECT
    using Monitor = std::function<void(int socket)>;

    // A client that has been answered, and the monitor that its session is with.
    struct Carried {
        QTemporaryDir folder;
        std::unique_ptr<Server> server;
        UniqueFd client;
        std::thread monitor;
        std::atomic<int> exitCode = -1;
        ~Carried() {
            client.reset();
            monitor.join();
            server.reset();
        }
        std::string readAll() {
            std::string all;
            std::array<char, 65536> piece{};
            for (ssize_t size = 0; (size = ::recv(client.get(), piece.data(), piece.size(), 0)) > 0;)
                all.append(piece.data(), static_cast<std::size_t>(size));
            return all;
        }
    };

    static std::unique_ptr<Carried> carry(SessionPump::Streams streams, const Monitor& monitor) {
        auto carried = std::make_unique<Carried>();
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            return carried;
        carried->monitor = std::thread([monitor, fd = ends[1]] {
            const UniqueFd socket(fd);
            monitor(socket.get());
        });
        const std::string path = carried->folder.path().toStdString() + "/socket";
        auto listening = listenAt(path);
        auto session = std::make_shared<UniqueFd>(ends[0]);
        auto server =
            Server::start(std::move(*listening), [streams, session, all = carried.get()](Exchange& exchange) {
                (void)exchange.hijack("application/vnd.docker.raw-stream");
                SessionPump pump(exchange, std::move(*session), streams);
                (void)pump.run();
                all->exitCode = pump.exitCode().value_or(-2);
                exchange.endRaw();
            });
        carried->server = std::move(*server);
        carried->client = connected(path);
        return carried;
    }
    static UniqueFd connected(const std::string& path) {
        UniqueFd client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(&address.sun_path[0], path.size());
        (void)::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
        sendAll(client.get(), "POST /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
        std::string head;
        for (char c = 0; !head.ends_with("\r\n\r\n") && ::recv(client.get(), &c, 1, 0) == 1;)
            head += c;
        return client;
    }

private Q_SLOTS:
    void carriesMuchBothWaysAtOnce() {
        constexpr std::size_t kTotal = 256u << 20, kPiece = 1u << 20;
        const auto carried = carry({.input = true, .endsInput = true}, echo);
        std::thread writing([&] {
            for (std::size_t at = 0; at < kTotal; at += kPiece)
                sendAll(carried->client.get(), patternAt(at, kPiece));
            ::shutdown(carried->client.get(), SHUT_WR);
        });
        std::size_t received = 0;
        bool isSame = true;
        std::string piece(kPiece, '\0');
        while (::recv(carried->client.get(), piece.data(), kPiece, MSG_WAITALL) == ssize_t(kPiece)) {
            isSame = isSame && piece == patternAt(received, kPiece);
            received += kPiece;
        }
        writing.join();
        QCOMPARE(received, kTotal);
        QVERIFY(isSame);
        QCOMPARE(carried->exitCode.load(), 0);
    }
    void givesOutputOnBehindTheEndOfTheInput() {
        const auto carried = carry({.input = true, .endsInput = true}, [](int socket) {
            while (const auto frame = nextFrame(socket)) {
                if (frame->type == FrameType::InputEnds)
                    break;
            }
            sendFrame(socket, FrameType::Output, "later");
            sendExit(socket, 3);
        });
        ::shutdown(carried->client.get(), SHUT_WR);
        QCOMPARE(carried->readAll(), std::string("later"));
        QCOMPARE(carried->exitCode.load(), 3);
    }
    void endsCleanlyThoughTheClientSends() {
        const auto carried =
            carry({.input = true, .endsInput = true}, [](int socket) { sendExit(socket, 0); });
        sendAll(carried->client.get(), std::string(100'000, 'x'));
        std::array<char, 16> piece{};
        QCOMPARE(::recv(carried->client.get(), piece.data(), piece.size(), 0),
                 ssize_t(0)); // an end, no ECONNRESET
    }
    void passesOnWhatAClientThatHasGoneSent() {
        std::string got;
        bool hasEnded = false;
        {
            const auto carried = carry({.input = true, .endsInput = true}, [&](int socket) {
                while (const auto frame = nextFrame(socket)) {
                    got += frame->type == FrameType::Input ? frame->payload : "";
                    hasEnded = hasEnded || frame->type == FrameType::InputEnds;
                }
            });
            sendAll(carried->client.get(), "last words");
        }
        QCOMPARE(got, std::string("last words"));
        QVERIFY(hasEnded);
    }
    void leavesATerminalWhoseClientHasGone() {
        bool hasLeft = false, hasEnded = false;
        {
            const auto carried = carry({.input = true, .isTerminal = true}, [&](int socket) {
                while (const auto frame = nextFrame(socket)) {
                    hasLeft = hasLeft || frame->type == FrameType::Detached;
                    hasEnded = hasEnded || frame->type == FrameType::InputEnds;
                    if (hasLeft)
                        return;
                }
            });
        }
        QVERIFY(hasLeft && !hasEnded);
    }
    void endsASessionWhoseInputIsNotTheProgramsOnlyOne() {
        std::string got;
        {
            const auto carried = carry({.input = true, .endsInput = false}, [&](int socket) {
                while (const auto frame = nextFrame(socket))
                    got += frame->type == FrameType::Input ? frame->payload : "?";
            });
            sendAll(carried->client.get(), "stop\n");
            ::shutdown(carried->client.get(), SHUT_WR);
            QCOMPARE(carried->readAll(), std::string());
        }
        QCOMPARE(got, std::string("stop\n"));
    }
    void endsWhenTheSessionIsCut() {
        const auto carried = carry({.input = true, .endsInput = true},
                                   [](int socket) { sendFrame(socket, FrameType::Output, "half"); });
        QCOMPARE(carried->readAll(), std::string("half"));
        QCOMPARE(carried->exitCode.load(), -2);
    }
    void endsWithTheServer() {
        auto carried = carry({.input = true, .endsInput = true}, [](int socket) {
            while (nextFrame(socket)) {
            }
        });
        carried->server.reset(); // returns
        QCOMPARE(carried->readAll(), std::string());
    }
};

ESCALE_TEST(SessionPumpTest)
#include "session_pump_test.moc"
