// One HTTP request at a time over libcurl's multi interface, so that a cancellation ends it at once. Knows
// nothing of registries. Connections stay open between requests.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "engine/registry/proxy.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

struct HttpSettings {
    std::string userAgent;
    bool verifyCertificates = true;
    std::string certificates; // PEM, of authorities that count beside the system's
    ProxySettings proxy;      // of loopback hosts: never
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds stallTimeout{30'000};
    std::chrono::milliseconds uploadAnswerTimeout{300'000}; // once a body was sent: it is being put away
    /// What brings less than leastRate (bytes a second) over rateWindow is broken off; not where `longest`
    /// holds.
    std::uint64_t leastRate = 2048;
    std::chrono::milliseconds rateWindow{120'000};
};

/// What a request carries: read piece by piece while it is sent, and from any place of it, since a connection
/// that turns out to be dead makes curl begin again.
struct HttpBody {
    std::uint64_t size = 0;
    /// Bytes at `offset` (below `size`), at least one, at most `room`; an error ends the request.
    std::function<Result<std::size_t>(std::uint64_t offset, char* buffer, std::size_t room)> read;
    std::string type;  // Content-Type
    std::string range; // Content-Range, in the words of distribution-spec ("0-1023"); may be empty
};

struct HttpCall {
    std::string url;
    std::string method;        // empty: GET, or POST of a form; only GET follows redirections
    std::string host;          // for messages
    std::string accept;        // may be empty
    std::string authorization; // the header's value; goes to the URL's own scheme, host and port only
    std::vector<std::string> headers{}; // further ones, "Name: value"
    std::uint64_t from = 0;             // Range: bytes=from- when not 0
    std::string form;                   // not empty: a POST of this form, which follows no redirection
    const HttpBody* body = nullptr;     // of PUT, PATCH and POST; borrowed
    bool allowPlainRedirect = false;    // else a redirection must lead to HTTPS
    long mostRedirects = 5;
    std::optional<std::chrono::milliseconds> longest; // of the whole request
    // To the one that we mean to reach. Others (a token server, redirections) may stand further outside than
    // the one that led to them, never further inside (address_scope.h).
    bool isHome = true;
};

struct HttpHead {
    long status = 0;
    bool http2 = false;
    bool redirected = false; // it is another address' answer than the one asked
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case; of the final answer
    std::chrono::seconds retryAfter{0};
    [[nodiscard]] std::string header(std::string_view name) const; // the first of that name
    [[nodiscard]] std::optional<std::uint64_t> contentLength() const;
};

/// Takes the body of a 2xx answer; an error from it ends the request and is passed on.
class HttpReceiver {
public:
    virtual ~HttpReceiver() = default;
    /// Called once before the first byte, or at the end when there is no body.
    virtual Result<void> head(const HttpHead& head) = 0;
    virtual Result<void> body(std::string_view bytes) = 0;
};

struct HttpAnswer {
    HttpHead head;
    std::string errorBody; // of an answer other than 2xx, cut at 64 KiB
};

/// Why there is no answer.
struct HttpFailure {
    enum class Kind : std::uint8_t {
        Ended,       // cancelled, or by the receiver: do not try again
        NoContact,   // no such host, refused, no TLS
        BrokenOff,   // connected, then closed, silent or garbled
        TooSlow,     // connected, and less than leastRate came
        NotVerified, // certificate
        Nonsense,    // no HTTP, too many redirections, or to where they may not lead
    };
    Kind kind = Kind::Ended;
    Error error;
};

class HttpSession {
public:
    static Result<std::unique_ptr<HttpSession>> create(HttpSettings settings);
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;
    ~HttpSession();

    tl::expected<HttpAnswer, HttpFailure> run(const HttpCall& request, HttpReceiver& receiver,
                                              const Cancellation& cancellation);

private:
    class Transfer;
    struct Handles;
    explicit HttpSession(HttpSettings settings);
    HttpSettings m_settings;
    std::unique_ptr<Handles> m_handles;
};

/// Waits, or returns Cancelled as soon as that is so.
Result<void> waitFor(std::chrono::milliseconds time, const Cancellation& cancellation);

} // namespace escale
