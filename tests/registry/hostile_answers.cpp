#include "tests/registry/hostile_answers.h"

#include <memory>

namespace escale::test {
namespace {

using Connection = HostileRegistry::Connection;

HostileRegistry::Answer bytes(std::string text) {
    return [text = std::move(text)](Connection& client) { client.send(text); };
}

/// `start`, then `more` until the client goes.
HostileRegistry::Answer endless(std::string start, std::string more) {
    return [start = std::move(start), more = std::move(more)](Connection& client) {
        if (client.send(start))
            client.sendAgainAndAgain(more);
    };
}

std::string leadsTo(const std::string& address) {
    return HostileRegistry::head("307 Temporary Redirect",
                                 "Location: " + address + "\r\nContent-Length: 0\r\n");
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    while (times-- > 0)
        all += text;
    return all;
}

// To itself under the next of many names.
HostileRegistry::Answer chainOfHosts(const std::string& host) {
    return [port = host.substr(host.rfind(':')), number = std::make_shared<int>(1)](Connection& client) {
        const std::string next = "127.0.0." + std::to_string(++*number % 250 + 1);
        client.send(leadsTo("http://" + next + port + "/v2/demo/manifests/latest"));
    };
}

} // namespace

std::vector<HostileAnswer> hostileAnswers(const std::string& host) {
    const auto whole = [](std::string_view body, const std::string& headers = {}) {
        return bytes(HostileRegistry::whole(body, headers));
    };
    const std::string self = "http://" + host + "/v2/demo/manifests/latest";
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    const std::string mebibyte(1U << 20, ' ');
    return {
        {"leads to itself", bytes(leadsTo(self))},
        {"leads through many hosts", chainOfHosts(host)},
        {"leads to a file", bytes(leadsTo("file:///etc/passwd"))},
        {"leads to another protocol", bytes(leadsTo("gopher://127.0.0.1:25/x"))},
        {"leads nowhere", bytes(leadsTo("http://"))},
        {"leads to a cloud's secrets", bytes(leadsTo("http://169.254.169.254/latest/meta-data"))},
        {"leads to the link's own network", bytes(leadsTo("http://[fe80::1]/"))},
        {"a header of ten megabytes", bytes(ok + "X: " + std::string(10'000'000, 'x') + "\r\n\r\n{}")},
        {"a hundred thousand headers", bytes(ok + repeated("X-Y: z\r\n", 100'000) + "\r\n{}")},
        {"headers without end", endless(ok, "X-Y: z\r\n")},
        {"a header without end", endless(ok + "X: ", std::string(1000, 'x'))},
        {"100 Continue without end", endless({}, "HTTP/1.1 100 Continue\r\n\r\n")},
        {"103 Early Hints without end", endless({}, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")},
        {"a negative length", bytes(ok + "Content-Length: -5\r\n\r\n{}")},
        {"two lengths", bytes(ok + "Content-Length: 2\r\nContent-Length: 900\r\n\r\n{}")},
        {"longer than it says", bytes(ok + "Content-Length: 3\r\n\r\n{\"a\":1}")},
        {"shorter than it says", bytes(ok + "Content-Length: 300\r\n\r\n{\"a\":1}")},
        {"a chunk of 2^64 bytes", bytes(ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}")},
        {"chunks that are none", bytes(ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}")},
        {"trailers without end",
         endless(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", "X-Y: z\r\n")},
        {"a document without end", endless(ok + "\r\n{", mebibyte)},
        {"chunks without end",
         endless(ok + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + std::string(4096, ' ') + "\r\n")},
        {"an error without end", endless("HTTP/1.1 403 Forbidden\r\n\r\n", mebibyte)},
        {"four million brackets", whole(std::string(4'000'000, '['))},
        {"nested deep", whole(repeated("{\"a\":", 100'000))},
        {"two million values", whole("{\"a\":[" + repeated("0,", 2'000'000) + "0]}")},
        {"a million members", whole("{" + repeated("\"a\":0,", 600'000) + "\"b\":0}")},
        {"HTML", whole("<!DOCTYPE html><html><body>Sign in</body></html>", "Content-Type: text/html\r\n")},
        {"HTML called JSON", whole("<html></html>", "Content-Type: application/json\r\n")},
        {"invalid UTF-8", whole("{\"mediaType\":\"\xff\xfe\xc0\xaf\"}")},
        {"gzip that nobody asked for", whole("\x1f\x8b\x08\x00\x00", "Content-Encoding: gzip\r\n")},
        {"nothing", whole("")},
        {"HTTP/0.9", bytes("{\"schemaVersion\":2}")},
        {"garbage", bytes(std::string("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", 11))},
        {"a status that is none", bytes("HTTP/1.1 99999 X\r\n\r\n{}")},
        {"a sudden end", bytes("")},
        {"a challenge to sign in at a cloud's secrets",
         bytes(HostileRegistry::head("401 Unauthorized",
                                     "WWW-Authenticate: Bearer realm=\"http://169.254.169.254/token\"\r\n"
                                     "Content-Length: 0\r\n"))},
        {"a challenge to sign in at itself, without end",
         bytes(HostileRegistry::head("401 Unauthorized", "WWW-Authenticate: Bearer realm=\"" + self +
                                                             "\"\r\nContent-Length: 0\r\n"))},
        {"a challenge of nonsense",
         bytes(HostileRegistry::head("401 Unauthorized", "WWW-Authenticate: Bearer realm=\"\\\", =,=\"\r\n"
                                                         "Content-Length: 0\r\n"))},
        {"come again in a year",
         bytes(HostileRegistry::head("429 Too Many Requests",
                                     "Retry-After: 31536000\r\nContent-Length: 0\r\n"))},
    };
}

} // namespace escale::test
