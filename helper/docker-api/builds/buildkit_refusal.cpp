#include "helper/docker-api/builds/buildkit_refusal.h"

#include "helper/docker-api/http/exchange.h"

#include <array>
#include <cstdint>

namespace escale::docker_api {
namespace {

constexpr std::size_t kFrameHead = 9;
constexpr std::size_t kLargestFrame = 16 * 1024; // the protocol's, as long as nobody asks for more
constexpr std::size_t kPreface = 24;             // "PRI * HTTP/2.0 …"
constexpr char kHeaders = 1, kSettings = 4, kPing = 6;
constexpr char kAcknowledged = 1, kEndStream = 1, kEndHeaders = 4;

struct Frame {
    char type = 0, flags = 0;
    std::uint32_t stream = 0;
    std::string content;
};

std::string frame(char type, char flags, std::uint32_t stream, std::string_view content) {
    std::string bytes;
    for (const int shift : {16, 8, 0})
        bytes += static_cast<char>(content.size() >> static_cast<unsigned>(shift));
    bytes += type;
    bytes += flags;
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(stream >> static_cast<unsigned>(shift));
    return bytes.append(content);
}

// HPACK (RFC 7541): a length below 128 is one byte; longer ones do not occur.
std::string shortText(std::string_view text) {
    return static_cast<char>(text.substr(0, 126).size()) + std::string(text.substr(0, 126));
}

Result<std::string> readExactly(Exchange& exchange, std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t have = 0; have < size;) {
        TRY_ASSIGN(const std::size_t more, exchange.readRaw(std::span(bytes).subspan(have)));
        if (more == 0)
            return fail(ErrorCode::Unreachable, "the client has gone");
        have += more;
    }
    return bytes;
}

Result<Frame> readFrame(Exchange& exchange) {
    TRY_ASSIGN(const std::string head, readExactly(exchange, kFrameHead));
    const auto number = [&head](std::size_t at, std::size_t bytes) {
        std::uint32_t value = 0;
        for (const char c : std::string_view(head).substr(at, bytes))
            value = value << 8U | static_cast<unsigned char>(c);
        return value;
    };
    const std::uint32_t size = number(0, 3);
    if (size > kLargestFrame)
        return fail(ErrorCode::InvalidArgument, "a frame of HTTP/2 is too large");
    Frame frame{head[3], head[4], number(5, 4) & 0x7fffffffU, {}};
    TRY_ASSIGN(frame.content, readExactly(exchange, size));
    return frame;
}

} // namespace

Error noBuildKit() {
    return {ErrorCode::Unsupported,
            "Escale has no BuildKit",
            "Build with DOCKER_BUILDKIT=0: by the classic builder.",
            {}};
}

std::string grpcRefusal(std::uint32_t stream, std::string_view message) {
    const auto header = [](std::string_view name, std::string_view value) {
        return '\0' + shortText(name) + shortText(value); // literal, not indexed
    };
    constexpr char kStatus200 = '\x88'; // ":status: 200" in the static table
    const std::string headers = kStatus200 + header("content-type", "application/grpc") +
                                header("grpc-status", "12") + header("grpc-message", message);
    return frame(kHeaders, kEndStream | kEndHeaders, stream, headers);
}

Result<void> refuseGrpc(Exchange& exchange, const Bus& /*bus*/) {
    if (exchange.request().header("upgrade").empty())
        return fail(noBuildKit());
    TRY(exchange.hijack("application/vnd.docker.raw-stream"));
    TRY(readExactly(exchange, kPreface));
    TRY(exchange.writeRaw(frame(kSettings, 0, 0, {})));
    for (;;) {
        TRY_ASSIGN(const Frame asked, readFrame(exchange));
        if ((asked.type == kSettings || asked.type == kPing) && (asked.flags & kAcknowledged) == 0)
            TRY(exchange.writeRaw(
                frame(asked.type, kAcknowledged, 0, asked.type == kPing ? asked.content : std::string())));
        else if (asked.type == kHeaders)
            TRY(exchange.writeRaw(grpcRefusal(asked.stream, noBuildKit().text())));
    }
}

Result<void> refuseSession(Exchange& exchange, const Bus& /*bus*/) {
    if (exchange.request().header("upgrade").empty())
        return fail(noBuildKit());
    TRY(exchange.hijack("application/vnd.docker.raw-stream"));
    std::array<char, 4096> ignored{};
    for (;;) {
        TRY_ASSIGN(const std::size_t size, exchange.readRaw(ignored));
        if (size == 0)
            return {};
    }
}

} // namespace escale::docker_api
