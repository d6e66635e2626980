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
    std::string method{};                     // empty: GET, or POST of the form
    const HttpBody* body = nullptr;           // borrowed
    std::string who{};                        // answers, for messages; empty: the registry
};

/// What became of a request that may not simply be sent again.
struct RegistryAttempt {
    std::optional<HttpHead> head; // it was answered well (2xx)
    long status = 0;              // else: 0 when the connection broke
    std::string location;         // of a redirection that keeps the method (307, 308); none was followed
    std::chrono::seconds retryAfter{0};
    Error error{};
};

class Exchange {
public:
    Exchange(HttpSession& session, RegistryEndpoint& endpoint, RegistryAuthorization& authorization,
             const RegistryOptions& options, const Cancellation& cancellation);

    /// The head of the answer that completed it.
    Result<HttpHead> run(const RegistryRequest& request, ResumableReceiver& receiver);

    // For what goes on by its own rules (an upload): one exchange lasts from its begin to its end.
    /// Sent once, but for 401 (with a token then) and 429 (after the wait); whatever else the registry says
    /// is the caller's to judge. Errors: those that no second try helps against.
    Result<RegistryAttempt> attempt(const RegistryRequest& request, ResumableReceiver& receiver);
    /// Before a further try: `error` when there were enough of them.
    Result<void> waitBeforeNext(Error error, std::chrono::milliseconds least = {});
    /// There was a step forward: tries are counted anew.
    void noteProgress();

private:
    using Outcome = tl::expected<HttpAnswer, HttpFailure>;
    [[nodiscard]] HttpCall make(const RegistryRequest& request, std::uint64_t position) const;
    // Each either decides the request's error, or returns so that it is tried again.
    bool fallBackToPlain(const HttpFailure& failure);
    [[nodiscard]] bool isHopeless(const HttpFailure& failure) const;
    Result<void> afterFailure(const RegistryRequest& request, HttpFailure failure);
    Result<void> afterRefusal(const RegistryRequest& request, const HttpAnswer& answer,
                              std::uint64_t position);
    Result<void> authorize(const RegistryRequest& request, const HttpAnswer& answer);
    [[nodiscard]] std::string whoAnswers(const RegistryRequest& request) const;
    [[nodiscard]] Error notAllowed(const RegistryRequest& request, const HttpAnswer& answer) const;
    [[nodiscard]] Error statusError(const RegistryRequest& request, const HttpAnswer& answer) const;
    [[nodiscard]] std::string detailOf(const HttpAnswer& answer) const;

    HttpSession& m_session;
    RegistryEndpoint& m_endpoint;
    RegistryAuthorization& m_authorization;
    const RegistryOptions& m_options;
    const Cancellation& m_cancellation;
    int m_failures = 0;                  // without a new byte in between
    int m_resumes = 0;                   // in all
    int m_slow = 0;                      // too slow, in all
    std::chrono::milliseconds m_spent{}; // in requests, without the waits between them
    bool m_authorized = false;           // a challenge was answered since the last byte
};

} // namespace escale
