#include "engine/registry/receivers.h"

#include <algorithm>

namespace escale {
namespace {

// Whether the answer itself says where it ends; otherwise the end of the connection could be the end of its
// luck.
bool saysItsEnd(const HttpHead& head) {
    return head.contentLength().has_value() || head.http2 || !head.header("transfer-encoding").empty();
}

} // namespace

DocumentReceiver::DocumentReceiver(std::size_t limit, std::string who)
    : m_limit(limit)
    , m_who(std::move(who)) {}

Result<void> DocumentReceiver::head(const HttpHead& head) {
    m_text.clear(); // of a try that broke off
    m_endIsCertain = saysItsEnd(head);
    if (head.status != 200)
        return fail(ErrorCode::RemoteFailure,
                    m_who + " answered with the unexpected status " + std::to_string(head.status));
    if (head.contentLength().value_or(0) > m_limit)
        return fail(ErrorCode::RemoteFailure,
                    m_who + " answered with more than " + std::to_string(m_limit >> 10) + " KiB");
    return {};
}

Result<void> DocumentReceiver::body(std::string_view bytes) {
    if (bytes.size() > m_limit - m_text.size())
        return fail(ErrorCode::RemoteFailure,
                    m_who + " answered with more than " + std::to_string(m_limit >> 10) + " KiB");
    m_text += bytes;
    return {};
}

BlobReceiver::BlobReceiver(std::string what, std::string who, std::uint64_t size, const BlobSink& sink,
                           const BlobProgress& progress)
    : m_what(std::move(what))
    , m_who(std::move(who))
    , m_size(size)
    , m_sink(sink)
    , m_progress(progress) {}

tl::unexpected<Error> BlobReceiver::wrongSize(const std::string& how) const {
    return fail(ErrorCode::Untrusted,
                m_what + " is " + how + " than the " + std::to_string(m_size) +
                    " bytes that its manifest says",
                "the registry or a proxy on the way is faulty; nothing was kept");
}

// RFC 9110 sections 14.4 and 15.3.7; a server may ignore Range and answer 200 with the whole.
Result<void> BlobReceiver::head(const HttpHead& head) {
    m_toSkip = 0;
    if (head.status == 206) {
        const std::string expected = "bytes " + std::to_string(m_received) + "-";
        if (m_received == 0 || !head.header("content-range").starts_with(expected))
            return fail(ErrorCode::RemoteFailure,
                        m_who + " answered with another part of " + m_what + " than asked for");
    } else if (head.status == 200) {
        m_toSkip = m_received;
    } else {
        return fail(ErrorCode::RemoteFailure,
                    m_who + " answered with the unexpected status " + std::to_string(head.status));
    }
    const auto length = head.contentLength();
    m_endIsCertain = saysItsEnd(head);
    if (!length)
        return {};
    if (*length > m_size - m_received + m_toSkip)
        return wrongSize("longer");
    if (*length < m_size - m_received + m_toSkip)
        return wrongSize("shorter");
    return {};
}

Result<void> BlobReceiver::body(std::string_view bytes) {
    const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(m_toSkip, bytes.size()));
    m_toSkip -= skipped;
    bytes.remove_prefix(skipped);
    if (bytes.empty())
        return {};
    if (bytes.size() > m_size - m_received)
        return wrongSize("longer");
    m_hasher.update(bytes);
    m_received += bytes.size();
    if (auto taken = m_sink(bytes); !taken) {
        m_sinkHasFailed = true;
        return taken;
    }
    const auto now = std::chrono::steady_clock::now();
    if (m_progress && now - m_told >= std::chrono::milliseconds(50)) {
        m_told = now;
        m_progress(m_received);
    }
    return {};
}

Result<bool> BlobReceiver::finish() {
    if (m_received < m_size && m_endIsCertain)
        return wrongSize("shorter");
    return hasAll();
}

Result<void> BlobReceiver::verify(const Digest& expected) {
    if (m_progress)
        m_progress(m_received);
    if (m_hasher.finish() != expected)
        return fail(ErrorCode::Untrusted, m_what + " does not have the content that its digest promises",
                    "the registry or a proxy on the way is faulty; nothing was kept");
    return {};
}

} // namespace escale
