#include "engine/registry/upload.h"

#include "engine/registry/receivers.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

constexpr std::uint64_t kSmallestPiece = 64u << 10;
constexpr const char* kBytes = "application/octet-stream";
constexpr int kMostRedirections = 5;
constexpr int kMostPieces = 100'000; // of one blob, sent again included

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string withoutPort(const std::string& host, const std::string& port) {
    return host.ends_with(port) ? host.substr(0, host.size() - port.size()) : host;
}

bool isSameHost(const std::string& one, const std::string& other, const std::string& scheme) {
    const std::string port = scheme == "http" ? ":80" : ":443";
    return lower(withoutPort(one, port)) == lower(withoutPort(other, port));
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

/// "0-1023" or "bytes=0-1023": how many bytes are there; some name their last piece only ("512-1023"). "0-0"
/// is what registries say of none.
std::optional<std::uint64_t> bytesThere(std::string_view range) {
    const std::size_t dash = range.find('-');
    const auto last = number(dash == std::string_view::npos ? range : range.substr(dash + 1));
    if (dash == std::string_view::npos || !last)
        return std::nullopt;
    return *last == 0 ? 0 : *last + 1;
}

} // namespace

std::string pushScope(const std::string& repository) {
    return "repository:" + repository + ":pull,push";
}

Result<UploadPlace> uploadPlace(const std::string& location, const std::string& from,
                                const RegistryEndpoint& endpoint, bool allowPlain) {
    const auto nonsense = [&](const std::string& why) {
        return fail(ErrorCode::RemoteFailure, endpoint.registry + " names a place for an upload " + why,
                    "is there a registry at this address?");
    };
    const bool isClean = std::all_of(location.begin(), location.end(),
                                     [](char c) { return c > 0x20 && c < 0x7f && c != '\\' && c != '#'; });
    if (location.empty() || !isClean)
        return nonsense("that is no address");
    const std::size_t colon = from.find("://");
    const std::size_t path = from.find('/', colon == std::string::npos ? 0 : colon + 3);
    const std::string origin = path == std::string::npos ? from : from.substr(0, path); // "" at home
    if (location.starts_with('/') && !location.starts_with("//"))
        return UploadPlace{origin + location, !origin.empty()};
    const std::string ownScheme = endpoint.plain ? "http" : "https";
    std::string scheme = ownScheme;
    std::string rest = location;
    if (const std::size_t end = location.find("://"); end != std::string::npos && end < location.find('/')) {
        scheme = lower(location.substr(0, end));
        rest = location.substr(end + 1);
    }
    if (!rest.starts_with("//")) { // beside what was asked
        const std::string asked = from.substr(0, from.find('?'));
        return UploadPlace{asked.substr(0, asked.rfind('/') + 1) + location, !origin.empty()};
    }
    rest.erase(0, 2);
    const std::size_t slash = std::min(rest.find_first_of("/?"), rest.size());
    const std::string host = rest.substr(0, slash);
    std::string target = rest.substr(slash);
    if (!target.starts_with('/'))
        target.insert(0, "/");
    if (host.empty() || host.find('@') != std::string::npos)
        return nonsense("that is no address");
    if (isSameHost(host, endpoint.host, scheme))
        return UploadPlace{std::move(target), false};
    if (scheme != "https" && !(scheme == "http" && allowPlain))
        return nonsense("without HTTPS, " + host);
    return UploadPlace{scheme + "://" + host + target, true};
}

RegistryUpload::RegistryUpload(HttpSession& session, RegistryEndpoint& endpoint,
                               RegistryAuthorization& authorization, const RegistryOptions& options,
                               const Cancellation& cancellation, std::string repository)
    : m_endpoint(endpoint)
    , m_options(options)
    , m_exchange(session, endpoint, authorization, options, cancellation)
    , m_repository(std::move(repository)) {}

RegistryRequest RegistryUpload::request(std::string method, std::string target, std::string what) const {
    RegistryRequest request;
    request.method = std::move(method);
    request.target = "/v2/" + m_repository + std::move(target);
    request.what = std::move(what);
    request.scope = pushScope(m_repository);
    return request;
}

RegistryRequest RegistryUpload::requestAt(const UploadPlace& place, std::string method,
                                          std::string what) const {
    RegistryRequest made = request(std::move(method), {}, std::move(what));
    made.target = place.target;
    if (place.isForeign) {
        made.authorization = std::string();
        made.who = "the storage of " + m_endpoint.registry;
    }
    return made;
}

Result<UploadPlace> RegistryUpload::placeOf(const HttpHead& head, const std::string& from) const {
    return uploadPlace(head.header("location"), from, m_endpoint,
                       m_endpoint.plain || m_options.access.insecure);
}

Result<bool> RegistryUpload::hasBlob(const Digest& digest) {
    const RegistryRequest asked = request("HEAD", "/blobs/" + digest.toString(),
                                          "the blob " + digest.shortHex() + " of " + m_repository);
    while (true) {
        HeadReceiver receiver;
        TRY_ASSIGN(RegistryAttempt attempt, m_exchange.attempt(asked, receiver));
        // A redirection to where it is kept says enough, and the storage may know no HEAD.
        if (attempt.head || (attempt.status >= 300 && attempt.status < 400))
            return true;
        if (attempt.status == 404)
            return false;
        if (!mayPass(attempt))
            return fail(std::move(attempt.error));
        TRY(m_exchange.waitBeforeNext(std::move(attempt.error), attempt.retryAfter));
    }
}

Result<bool> RegistryUpload::mountBlob(const Digest& digest, const std::string& from) {
    RegistryRequest asked = request("POST", "/blobs/uploads/?mount=" + digest.toString() + "&from=" + from,
                                    "the blob " + digest.shortHex() + " of " + from + " in " + m_repository);
    asked.scope += " repository:" + from + ":pull";
    HeadReceiver receiver;
    auto head = m_exchange.run(asked, receiver);
    // Who may not read there, or a registry that does not know how: then it is sent.
    if (!head && head.error().code != ErrorCode::Cancelled && head.error().code != ErrorCode::Unreachable)
        return false;
    TRY(head);
    if (head->status == 201)
        return true;
    dropUpload(*head, asked.target, asked.scope);
    return false;
}

// A mount that the registry would not do has begun an upload. It expires there, too, so no error counts.
void RegistryUpload::dropUpload(const HttpHead& head, const std::string& from, const std::string& scope) {
    const auto place = placeOf(head, from);
    if (!place)
        return;
    RegistryRequest drop = requestAt(*place, "DELETE", "an upload");
    drop.scope = scope;
    HeadReceiver receiver;
    (void)m_exchange.attempt(drop, receiver);
}

Result<void> RegistryUpload::uploadBlob(const Digest& digest, std::uint64_t size, const BlobSource& source,
                                        const BlobProgress& progress) {
    m_digest = &digest;
    m_source = &source;
    m_progress = &progress;
    m_size = size;
    m_what = "the upload of the blob " + digest.shortHex() + " to " + m_repository;
    m_piece = m_options.uploadPiece;
    TRY(begin());
    for (int pieces = 0; pieces < kMostPieces; ++pieces) {
        const bool isWhole = m_position == 0 && m_piece >= m_size;
        bool ended = false;
        if (isWhole && m_size > 0) {
            const HttpBody whole = bodyFrom(0, m_size);
            TRY_ASSIGN(ended, close(&whole));
        } else if (m_position < m_size) {
            TRY(send(std::min(m_position + std::min(m_piece, m_size), m_size)));
        } else {
            TRY_ASSIGN(ended, close(nullptr));
        }
        if (!ended)
            continue;
        if (progress)
            progress(size);
        return {};
    }
    return fail(ErrorCode::RemoteFailure, m_endpoint.registry + " does not get on with " + m_what);
}

Result<void> RegistryUpload::begin() {
    if (++m_begun > m_options.attempts)
        return fail(ErrorCode::RemoteFailure,
                    m_endpoint.registry + " has lost " + m_what + " " + std::to_string(m_begun - 1) +
                        " times",
                    "the registry or a proxy on the way has a problem; try again later");
    const RegistryRequest asked = request("POST", "/blobs/uploads/", m_what);
    HeadReceiver receiver;
    TRY_ASSIGN(const HttpHead head, m_exchange.run(asked, receiver));
    TRY_ASSIGN(m_place, placeOf(head, asked.target));
    m_position = 0;
    m_piece = std::max(m_piece, number(head.header("oci-chunk-min-length")).value_or(0));
    return {};
}

HttpBody RegistryUpload::bodyFrom(std::uint64_t begin, std::uint64_t end) {
    HttpBody body;
    body.size = end - begin;
    body.type = kBytes;
    body.read = [this, begin](std::uint64_t offset, char* buffer, std::size_t room) -> Result<std::size_t> {
        TRY_ASSIGN(const std::size_t count, (*m_source)(begin + offset, buffer, room));
        const auto now = std::chrono::steady_clock::now();
        if (*m_progress && now - m_told >= std::chrono::milliseconds(50)) {
            m_told = now;
            (*m_progress)(begin + offset);
        }
        return count;
    };
    return body;
}

// Whether the request is to be sent to another place.
Result<bool> RegistryUpload::follow(const RegistryAttempt& attempt) {
    if (attempt.location.empty())
        return false;
    if (++m_redirections > kMostRedirections)
        return fail(ErrorCode::RemoteFailure, m_endpoint.registry + " redirects without end");
    HttpHead head;
    head.headers.emplace_back("location", attempt.location);
    TRY_ASSIGN(m_place, placeOf(head, m_place.target));
    return true;
}

Result<void> RegistryUpload::moveTo(const HttpHead& head, std::uint64_t most, std::uint64_t otherwise) {
    if (!head.header("location").empty()) {
        TRY_ASSIGN(m_place, placeOf(head, m_place.target));
    }
    m_position = bytesThere(head.header("range")).value_or(otherwise);
    if (m_position > most)
        return fail(ErrorCode::RemoteFailure, m_endpoint.registry + " says that " +
                                                  std::to_string(m_position) + " bytes of " + m_what +
                                                  " are there, more than were sent");
    m_redirections = 0;
    if (m_position > m_furthest) {
        m_furthest = m_position;
        m_exchange.noteProgress();
    }
    return {};
}

Result<void> RegistryUpload::send(std::uint64_t end) {
    HttpBody body = bodyFrom(m_position, end);
    body.range = std::to_string(m_position) + "-" + std::to_string(end - 1);
    RegistryRequest piece = requestAt(m_place, "PATCH", m_what);
    piece.body = &body;
    piece.isDocument = false;
    HeadReceiver receiver;
    TRY_ASSIGN(RegistryAttempt attempt, m_exchange.attempt(piece, receiver));
    if (attempt.head)
        return moveTo(*attempt.head, end, end);
    TRY_ASSIGN(const bool elsewhere, follow(attempt));
    if (elsewhere)
        return {};
    makeSmaller(attempt);
    // It knows no pieces. (416 is about where we are, and 404 about the upload.)
    if ((attempt.status == 400 || attempt.status == 405 || attempt.status == 501) && m_piece < m_size) {
        m_piece = m_size;
        return begin();
    }
    TRY(recover(std::move(attempt), false));
    return {};
}

Result<bool> RegistryUpload::close(const HttpBody* whole) {
    UploadPlace place = m_place;
    const bool hasQuery = place.target.find('?') != std::string::npos;
    if (place.target.find("digest=") == std::string::npos)
        place.target += (hasQuery ? "&digest=" : "?digest=") + m_digest->toString();
    RegistryRequest end = requestAt(place, "PUT", m_what);
    end.body = whole;
    end.isDocument = false;
    HeadReceiver receiver;
    TRY_ASSIGN(RegistryAttempt attempt, m_exchange.attempt(end, receiver));
    if (attempt.head) {
        const auto stated = Digest::parse(attempt.head->header("docker-content-digest"));
        if (stated && *stated != *m_digest)
            return fail(refused(attempt));
        return true;
    }
    if (attempt.status == 400)
        return fail(refused(attempt));
    TRY_ASSIGN(const bool elsewhere, follow(attempt));
    if (elsewhere)
        return false;
    makeSmaller(attempt);
    return recover(std::move(attempt), true);
}

void RegistryUpload::makeSmaller(const RegistryAttempt& refused) {
    if (refused.status == 413)
        m_piece = std::max(std::min(m_piece, m_size) / 4, kSmallestPiece);
}

Result<bool> RegistryUpload::recover(RegistryAttempt attempt, bool wasLast) {
    const long status = attempt.status;
    const bool isAboutUpload = status == 404 || status == 413 || status == 416;
    if (!isAboutUpload && !mayPass(attempt))
        return fail(std::move(attempt.error));
    TRY(m_exchange.waitBeforeNext(std::move(attempt.error), attempt.retryAfter));
    const RegistryRequest ask = requestAt(m_place, "GET", m_what);
    HeadReceiver receiver;
    const auto head = m_exchange.run(ask, receiver);
    if (head) {
        TRY(moveTo(*head, m_size, 0));
        return false;
    }
    // Whatever it says of this upload, it may take another one.
    if (head.error().code != ErrorCode::NotFound && head.error().code != ErrorCode::RemoteFailure)
        return fail(head.error());
    if (wasLast) { // the answer may have been lost on the way, and all be well
        TRY_ASSIGN(const bool isThere, hasBlob(*m_digest));
        if (isThere)
            return true;
    }
    TRY(begin());
    return false;
}

bool RegistryUpload::mayPass(const RegistryAttempt& attempt) const {
    const long status = attempt.status;
    return (status == 0 || status == 408 || status >= 500) && status != 501 && status != 505 &&
           attempt.retryAfter <= m_options.longestWait;
}

Error RegistryUpload::refused(const RegistryAttempt& attempt) const {
    return {ErrorCode::Untrusted,
            m_endpoint.registry + " did not take the blob " + m_digest->shortHex() +
                ": what arrived is not what was to be sent" +
                (attempt.error.message.empty() ? "" : " (" + attempt.error.message + ")"),
            "try again; when it stays so, a disk or a proxy on the way is faulty",
            {}};
}

Result<Digest> RegistryUpload::putManifest(const std::string& reference, const std::string& bytes,
                                           const std::string& mediaType) {
    const Digest digest = Digest::ofData(bytes);
    HttpBody body;
    body.size = bytes.size();
    body.type = mediaType;
    body.read = [&](std::uint64_t offset, char* buffer, std::size_t room) -> Result<std::size_t> {
        return bytes.copy(buffer, room, static_cast<std::size_t>(offset));
    };
    RegistryRequest put = request("PUT", "/manifests/" + reference,
                                  "the manifest of " + m_repository +
                                      (reference.find(':') == std::string::npos ? ":" : "@") + reference);
    put.body = &body;
    HeadReceiver receiver;
    TRY_ASSIGN(const HttpHead head, m_exchange.run(put, receiver));
    const auto stated = Digest::parse(head.header("docker-content-digest"));
    if (stated && *stated != digest)
        return fail(ErrorCode::Untrusted,
                    m_endpoint.registry + " has kept " + put.what + " as " + stated->toString() +
                        ", not as " + digest.toString(),
                    "the registry or a proxy on the way is faulty");
    return digest;
}

} // namespace escale
