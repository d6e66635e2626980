// The transport of the Docker Engine API over hostile bytes: every connection ends, what handlers see keeps
// what the routing and the bus rely on, and whatever is answered is HTTP.
#include "helper/docker-api/http/exchange.h"
#include "tests/fuzz/promise.h"
#include "tests/helper/docker-api/http_client.h"

#include <algorithm>

using namespace escale;
using namespace escale::docker_api;
using fuzz::require;

namespace {

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

void checkHead(const Request& request) {
    require(!request.method.empty() && request.method.find(' ') == std::string::npos, "a method is one word");
    require(request.path.starts_with('/'), "a path begins with a slash");
    require(!hasControl(percentDecoded(request.path, false)), "a path has no control characters");
    for (const auto& [name, value] : request.headers) {
        require(!name.empty() && !hasControl(name), "a field has a name");
        require(value.find('\n') == std::string::npos && value.find('\0') == std::string::npos,
                "a field is one line");
    }
}

std::size_t readAll(Exchange& exchange, std::size_t step) {
    std::vector<char> piece(step);
    std::size_t total = 0;
    for (;;) {
        const auto size = exchange.readBody(piece);
        if (!size || *size == 0)
            return total;
        require(*size <= step, "a piece fits its buffer");
        total += *size;
    }
}

// As handlers are: some read the body, some do not, some stream, some take the connection for themselves.
void handle(Exchange& exchange, std::size_t inputSize) {
    checkHead(exchange.request());
    const char kind = exchange.request().path.size() > 1 ? exchange.request().path[1] : 'n';
    if (kind == 'j')
        return (void)exchange.readJson(1000).and_then(
            [&](const Json& json) { return exchange.reply(200, json); });
    if (kind == 's') {
        (void)exchange.beginStream(200, "text/plain");
        require(readAll(exchange, 7) <= inputSize, "no body is longer than what came");
        (void)exchange.write("one");
        return (void)exchange.endStream();
    }
    if (kind == 'h') {
        (void)exchange.hijack("application/vnd.docker.raw-stream");
        std::array<char, 100> piece{};
        for (auto size = exchange.readRaw(piece); size && *size > 0; size = exchange.readRaw(piece))
            (void)exchange.writeRaw({piece.data(), *size});
        return;
    }
    if (kind == 'b')
        require(readAll(exchange, 4096) <= inputSize, "no body is longer than what came");
    (void)exchange.replyText(200, exchange.query().text("name"), "text/plain",
                             {{"X-Name", exchange.query().text("name")}});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    test::HttpClient client([size](Exchange& exchange) { handle(exchange, size); });
    client.say({reinterpret_cast<const char*>(bytes), size});
    client.sayNoMore();
    const std::string answer = client.hearAll();
    require(client.trouble().empty(), "a connection ends well");
    require(answer.empty() || answer.starts_with("HTTP/1.1 "), "what is answered is HTTP");
    return 0;
}
