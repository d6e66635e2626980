// Brings one file of the web: redirected, retried, resumed where it broke off. What was sent once is never
// sent again, and never mixed with other content: a server that begins anew must begin with the same bytes.
#include "engine/base/digest.h"
#include "engine/base/file.h"
#include "engine/build/web_address.h"
#include "engine/registry/http_session.h"
#include "helper/worker/download_worker.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <memory>

namespace escale::worker {
namespace {

constexpr int kMostFailures = 5; // without a new byte in between
constexpr int kMostResumes = 100;
constexpr std::chrono::milliseconds kFirstWait{200};
constexpr std::chrono::seconds kLongestWait{30};
constexpr std::size_t kLongestHeader = 1024;

/// Seconds since 1970 of a HTTP-date in the form that servers write (RFC 9110, 5.6.7); 0: none.
std::int64_t timeOf(const std::string& date) {
    std::tm parts{};
    const char* end = ::strptime(date.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0')
        return 0;
    return std::clamp<std::int64_t>(::timegm(&parts), 0, UINT32_MAX);
}

std::string hostOf(std::string_view address) {
    const std::string plain = withoutUserInfo(address);
    const std::size_t begin = plain.find("://") + 3;
    return plain.substr(begin, plain.find_first_of("/?#", begin) - begin);
}

/// A header that is sent back to the server, and is a line of its own.
std::string usable(std::string value) {
    const bool isLine = std::none_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    });
    return isLine && value.size() <= kLongestHeader ? value : std::string();
}

bool isTemporary(long status) {
    return status == 408 || status == 429 || (status >= 500 && status <= 504 && status != 501);
}

class DownloadJob : public HttpReceiver {
public:
    DownloadJob(const MessageChannel& channel, DownloadOrder order)
        : m_channel(channel)
        , m_order(std::move(order))
        , m_host(hostOf(m_order.address)) {}
    Result<void> run();

    Result<void> head(const HttpHead& head) override;
    Result<void> body(std::string_view bytes) override;

private:
    [[nodiscard]] HttpCall call() const;
    Result<bool> tryOnce(HttpSession& session);
    Result<bool> afterFailure(HttpFailure failure);
    Result<bool> afterAnswer(const HttpAnswer& answer);
    Result<void> waitBeforeNext(Error error, std::chrono::seconds least = {});
    [[nodiscard]] Error refusal(long status) const;
    [[nodiscard]] tl::unexpected<Error> tooLarge() const;
    [[nodiscard]] tl::unexpected<Error> changed() const;
    Result<void> passOver(std::string_view& bytes);
    Result<void> report(bool isUnchanged);
    [[nodiscard]] bool asksWhetherChanged() const {
        return m_sent == 0 && !(m_order.etag.empty() && m_order.lastModified.empty());
    }

    const MessageChannel& m_channel;
    DownloadOrder m_order;
    const std::string m_host;
    Cancellation m_cancellation;        // never set: the helper ends this process instead
    std::string m_etag, m_lastModified; // of the answer that the bytes are of
    bool m_hasBegun = false;
    std::uint64_t m_sent = 0;             // bytes in the pipe
    DigestHasher m_hasher;                // of these
    std::uint64_t m_toSkip = 0;           // of this answer, which begins anew: the bytes that were sent
    DigestHasher m_skipped, m_again;      // of what was passed over
    std::optional<std::uint64_t> m_whole; // the file's size, where the server says it
    std::uint64_t m_before = 0;           // m_sent when this try began
    int m_failures = 0, m_resumes = 0;
};

HttpCall DownloadJob::call() const {
    HttpCall call;
    call.url = m_order.address;
    call.host = m_host;
    call.mostRedirects = 10;
    // As browsers do: what began safe does not become readable on the way.
    call.allowPlainRedirect = m_order.address.starts_with("http://");
    if (asksWhetherChanged()) {
        if (!m_order.etag.empty())
            call.headers.push_back("If-None-Match: " + m_order.etag);
        if (!m_order.lastModified.empty())
            call.headers.push_back("If-Modified-Since: " + m_order.lastModified);
    }
    // Only what a strong validator names is the same byte by byte (RFC 9110, 13.1.5).
    if (m_sent > 0 && !m_etag.empty() && !m_etag.starts_with("W/")) {
        call.from = m_sent;
        call.headers.push_back("If-Range: " + m_etag);
    }
    return call;
}

Result<void> DownloadJob::head(const HttpHead& head) {
    m_toSkip = 0;
    if (head.status == 206) {
        const std::string expected = "bytes " + std::to_string(m_sent) + "-";
        if (m_sent == 0 || !head.header("content-range").starts_with(expected))
            return fail(ErrorCode::RemoteFailure,
                        m_host + " answers with another part than it was asked for");
        return {};
    }
    if (head.status != 200 && head.status != 203)
        return fail(refusal(head.status));
    const auto length = head.contentLength();
    if (length && *length > m_order.most)
        return tooLarge();
    if (m_sent > 0) {
        if (length && m_whole && *length != *m_whole)
            return changed();
        m_toSkip = m_sent;
        m_skipped = DigestHasher();
        m_again = DigestHasher();
    }
    m_whole = length;
    m_etag = usable(head.header("etag"));
    m_lastModified = usable(head.header("last-modified"));
    if (m_hasBegun)
        return {};
    m_hasBegun = true;
    MessageWriter begun(static_cast<std::uint32_t>(Kind::DownloadBegun));
    return m_channel.send(begun.number(length.value_or(0)));
}

Result<void> DownloadJob::passOver(std::string_view& bytes) {
    const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(m_toSkip, bytes.size()));
    m_skipped.update(bytes.substr(0, skipped));
    m_again.update(bytes.substr(0, skipped));
    bytes.remove_prefix(skipped);
    m_toSkip -= skipped;
    if (m_toSkip > 0)
        return {};
    if (m_skipped.finish() != m_hasher.finish())
        return changed();
    m_hasher = std::move(m_again);
    return {};
}

Result<void> DownloadJob::body(std::string_view bytes) {
    if (m_toSkip > 0) {
        TRY(passOver(bytes));
    }
    if (bytes.empty())
        return {};
    if (bytes.size() > m_order.most - m_sent)
        return tooLarge();
    TRY(writeAll(m_order.output.get(), bytes, "the download's pipe"));
    m_hasher.update(bytes);
    m_sent += bytes.size();
    return {};
}

tl::unexpected<Error> DownloadJob::tooLarge() const {
    return fail(ErrorCode::RemoteFailure,
                "it has more than the " + std::to_string(m_order.most) + " bytes that a download may have",
                "Put it into an image of its own, or into the build's folder, and copy it from there.");
}

tl::unexpected<Error> DownloadJob::changed() const {
    return fail(ErrorCode::RemoteFailure, m_host + " broke off, and sends something else now", "Try again.");
}

Error DownloadJob::refusal(long status) const {
    const std::string said = m_host + " answers with status " + std::to_string(status);
    switch (status) {
    case 401:
    case 407:
        return {
            ErrorCode::AuthenticationNeeded,
            said + ": it wants a user and a password",
            "Write them before the host (https://user:password@host/…), or fetch the file in a RUN with a "
            "secret, which no image keeps.",
            {}};
    case 403:
        return {
            ErrorCode::PermissionDenied, said + ": it does not give the file out", "Check the address.", {}};
    case 404:
    case 410:
        return {ErrorCode::NotFound,
                said + ": there is no such file",
                "Check the address; the file may have moved.",
                {}};
    case 429:
        return {ErrorCode::RateLimited, said + ": it asks for fewer requests", "Try again later.", {}};
    default:
        return {ErrorCode::RemoteFailure,
                said,
                isTemporary(status) ? "The server has a problem; try again later." : "Check the address.",
                {}};
    }
}

Result<void> DownloadJob::waitBeforeNext(Error error, std::chrono::seconds least) {
    if (m_sent > m_before) {
        m_failures = 0;
        if (++m_resumes > kMostResumes)
            return fail(std::move(error));
    }
    if (++m_failures >= kMostFailures || least > kLongestWait) {
        if (m_failures > 1)
            error.message += " (tried " + std::to_string(m_failures) + " times)";
        return fail(std::move(error));
    }
    const auto time = kFirstWait * (1 << (m_failures - 1));
    return waitFor(std::max<std::chrono::milliseconds>(time, least), m_cancellation);
}

Result<bool> DownloadJob::afterFailure(HttpFailure failure) {
    using Failure = HttpFailure::Kind;
    Error& error = failure.error;
    // What is said of registries is not meant here.
    if (failure.kind == Failure::NoContact)
        error.hint = "Check the address, its port and the network.";
    if (failure.kind == Failure::Nonsense)
        error.hint = "Check the address; when it leads on to another one that you trust, write that.";
    if (failure.kind == Failure::NotVerified)
        error.hint = "Put its authority's certificate into /usr/local/share/ca-certificates and run "
                     "update-ca-certificates.";
    const bool wasHeard = m_hasBegun && failure.kind == Failure::NoContact;
    if (!wasHeard && failure.kind != Failure::BrokenOff && failure.kind != Failure::TooSlow)
        return fail(std::move(error));
    // A file without a length ends with its connection, but not every connection's end is the file's.
    TRY(waitBeforeNext(std::move(error)));
    return false;
}

Result<bool> DownloadJob::afterAnswer(const HttpAnswer& answer) {
    const long status = answer.head.status;
    if (status == 304 && asksWhetherChanged()) {
        TRY(report(true));
        return true;
    }
    if (status < 200 || status > 299) {
        if (!isTemporary(status))
            return fail(refusal(status));
        TRY(waitBeforeNext(refusal(status), answer.head.retryAfter));
        return false;
    }
    if (m_toSkip > 0)
        return changed();
    TRY(report(false));
    return true;
}

Result<bool> DownloadJob::tryOnce(HttpSession& session) {
    m_before = m_sent;
    auto answer = session.run(call(), *this, m_cancellation);
    return answer ? afterAnswer(*answer) : afterFailure(std::move(answer).error());
}

Result<void> DownloadJob::report(bool isUnchanged) {
    m_order.output.reset();
    return sendDownloaded(m_channel, {isUnchanged, m_sent, m_etag, m_lastModified, timeOf(m_lastModified)});
}

Result<void> DownloadJob::run() {
    HttpSettings settings;
    settings.userAgent = "Escale/0.1";
    settings.proxy = m_order.proxy.isSet() ? m_order.proxy : ProxySettings::ofEnvironment();
    TRY_ASSIGN(const auto session, HttpSession::create(std::move(settings)));
    for (;;) {
        TRY_ASSIGN(const bool isDone, tryOnce(*session));
        if (isDone)
            return {};
    }
}

} // namespace

Result<void> download(const MessageChannel& channel) {
    TRY_ASSIGN(Message message, channel.receive());
    TRY_ASSIGN(DownloadOrder order, readDownload(message));
    TRY(checkWebAddress(order.address));
    return DownloadJob(channel, std::move(order)).run();
}

} // namespace escale::worker
