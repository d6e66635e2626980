// One logical request to a registry: authorised, redirected, retried with growing waits, resumed. What the
// bytes mean is the receiver's business (receivers.h).
#pragma once

#include "engine/registry/authorization.h"
#include "engine/registry/client.h"
#include "engine/registry/http_session.h"

namespace escale {

class ResumableReceiver : public HttpReceiver {
public:
    /// Where a further try goes on, in bytes; 0 for what starts anew each time.
    [[nodiscard]] virtual std::uint64_t position() const = 0;
    /// After a whole answer: true when all is there, false when the rest must be asked for.
    virtual Result<bool> finish() = 0;
    /// After a broken one: is all there nevertheless?
    [[nodiscard]] virtual bool hasAll() const = 0;
};

/// Where a registry is, and what is known of it by now.
struct RegistryEndpoint {
    std::string registry;    // as people know it
    std::string host;        // as it is asked
    bool plain = false;      // http:
    bool mayBePlain = false; // https: failed to connect → http: is tried
    bool hasAnswered = false;
};

struct RegistryRequest {
    std::string target; // "/v2/…", or an absolute address (of a token server)
    std::string what;   // for messages: "the manifest of library/debian"
    std::string accept;
    std::string scope;                        // empty: no token is needed
    std::optional<std::string> authorization; // fixed (token servers); otherwise by scope
    std::string form;                         // not empty: POST, which is never repeated once it was heard
    bool isDocument = true;                   // small: bounded in time as a whole
};

class Exchange {
public:
    Exchange(HttpSession& session, RegistryEndpoint& endpoint, RegistryAuthorization& authorization,
             const RegistryOptions& options, const Cancellation& cancellation);

    /// The head of the answer that completed it.
    Result<HttpHead> run(const RegistryRequest& request, ResumableReceiver& receiver);

private:
    using Outcome = tl::expected<HttpAnswer, HttpFailure>;
    [[nodiscard]] HttpCall make(const RegistryRequest& request, std::uint64_t position) const;
    // Each either decides the request's error, or returns so that it is tried again.
    Result<void> afterFailure(const RegistryRequest& request, HttpFailure failure);
    Result<void> afterRefusal(const RegistryRequest& request, const HttpAnswer& answer,
                              std::uint64_t position);
    Result<void> authorize(const RegistryRequest& request, const HttpAnswer& answer);
    Result<void> waitBeforeNext(Error error, std::chrono::milliseconds least = {});
    [[nodiscard]] Error statusError(const RegistryRequest& request, const HttpAnswer& answer) const;
    [[nodiscard]] std::string detailOf(const HttpAnswer& answer) const;

    HttpSession& m_session;
    RegistryEndpoint& m_endpoint;
    RegistryAuthorization& m_authorization;
    const RegistryOptions& m_options;
    const Cancellation& m_cancellation;
    int m_failures = 0;        // without a new byte in between
    int m_resumes = 0;         // in all
    int m_slow = 0;            // too slow, in all
    std::chrono::milliseconds m_spent{}; // in requests, without the waits between them
    bool m_authorized = false; // a challenge was answered since the last byte
};

} // namespace escale
