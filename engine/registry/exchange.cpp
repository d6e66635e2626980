#include "engine/registry/exchange.h"

#include "engine/base/json.h"
#include "engine/registry/receivers.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::chrono::minutes kLongestDocumentTime{2};
constexpr std::size_t kLongestTokenAnswer = 256 * 1024;
// A connection that breaks more often than this over one blob will not get better.
constexpr int kMostResumes = 200;

bool isTemporary(long status) {
    return status == 408 || status == 500 || status == 502 || status == 503 || status == 504;
}

std::vector<Challenge> challengesOf(const HttpHead& head) {
    std::vector<Challenge> all;
    for (const auto& [name, value] : head.headers) {
        if (name != "www-authenticate")
            continue;
        std::vector<Challenge> some = parseChallenges(value);
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

std::string inWords(std::chrono::seconds time) {
    if (time < std::chrono::minutes(2))
        return std::to_string(time.count()) + " seconds";
    return std::to_string(std::chrono::ceil<std::chrono::minutes>(time).count()) + " minutes";
}

} // namespace

Exchange::Exchange(HttpSession& session, RegistryEndpoint& endpoint, RegistryAuthorization& authorization,
                   const RegistryOptions& options, const Cancellation& cancellation)
    : m_session(session)
    , m_endpoint(endpoint)
    , m_authorization(authorization)
    , m_options(options)
    , m_cancellation(cancellation) {}

HttpGet Exchange::make(const RegistryRequest& request, std::uint64_t position) const {
    const bool own = request.target.starts_with('/');
    HttpGet get;
    get.url =
        own ? (m_endpoint.plain ? "http://" : "https://") + m_endpoint.host + request.target : request.target;
    get.host = own ? m_endpoint.registry : "the token server of " + m_endpoint.registry;
    get.accept = request.accept;
    get.authorization = request.authorization.value_or(m_authorization.headerFor(request.scope));
    get.from = position;
    get.allowPlainRedirect = m_endpoint.plain || m_options.insecure;
    if (request.isDocument)
        get.longest = kLongestDocumentTime;
    return get;
}

Result<HttpHead> Exchange::run(const RegistryRequest& request, ResumableReceiver& receiver) {
    while (true) {
        const std::uint64_t position = receiver.position();
        Outcome outcome = m_session.get(make(request, position), receiver, m_cancellation);
        if (receiver.position() > position) {
            m_failures = 0;
            m_authorized = false;
            if (++m_resumes > kMostResumes)
                return fail(ErrorCode::Unreachable, m_endpoint.registry + " broke " + request.what + " off " +
                                                        std::to_string(kMostResumes) + " times");
        }
        if (!outcome) {
            if (outcome.error().kind == HttpFailure::Kind::BrokenOff && receiver.hasAll())
                return HttpHead();
            TRY(afterFailure(std::move(outcome).error()));
            continue;
        }
        m_endpoint.hasAnswered = true;
        if (outcome->head.status < 200 || outcome->head.status > 299) {
            TRY(afterRefusal(request, *outcome, position));
            continue;
        }
        TRY_ASSIGN(const bool complete, receiver.finish());
        if (complete)
            return std::move(outcome->head);
        TRY(waitBeforeNext(
            {ErrorCode::Unreachable, m_endpoint.registry + " broke the connection off", {}, {}}));
    }
}

Result<void> Exchange::afterFailure(HttpFailure failure) {
    const bool noContact = failure.kind == HttpFailure::Kind::NoContact;
    if (noContact && m_endpoint.mayBePlain && !m_endpoint.plain && !m_endpoint.hasAnswered) {
        m_endpoint.plain = true;
        return {};
    }
    // A host that never answered will hardly do so in a second, and someone is waiting for the message.
    const bool hopeless = noContact && !m_endpoint.hasAnswered;
    if (hopeless || (!noContact && failure.kind != HttpFailure::Kind::BrokenOff))
        return fail(std::move(failure.error));
    return waitBeforeNext(std::move(failure.error));
}

Result<void> Exchange::afterRefusal(const RegistryRequest& request, const HttpAnswer& answer,
                                    std::uint64_t position) {
    const long status = answer.head.status;
    if (status == 401)
        return authorize(request, answer);
    Error error = statusError(request, answer);
    if (status == 429 || isTemporary(status)) {
        if (answer.head.retryAfter > m_options.longestWait)
            return fail(std::move(error));
        return waitBeforeNext(std::move(error), answer.head.retryAfter);
    }
    if (status == 416 && position > 0)
        return fail(ErrorCode::Untrusted, request.what + " is shorter than its manifest says");
    return fail(std::move(error));
}

// docs/spec/auth/token.md: challenge, token, the same request again.
Result<void> Exchange::authorize(const RegistryRequest& request, const HttpAnswer& answer) {
    // What a redirection led to has no claim to our credentials; a token server that says 401 means the
    // password.
    const std::vector<Challenge> challenges = challengesOf(answer.head);
    if (m_authorized || answer.head.redirected || request.authorization || challenges.empty())
        return fail(m_authorization.refusal(detailOf(answer)));
    m_authorized = true;
    TRY_ASSIGN(const auto wanted, m_authorization.accept(challenges, request.scope));
    if (!wanted)
        return {};
    RegistryRequest tokenRequest;
    tokenRequest.target = wanted->url;
    tokenRequest.what = "a token";
    tokenRequest.authorization = wanted->authorization;
    DocumentReceiver receiver(kLongestTokenAnswer, "the token server of " + m_endpoint.registry);
    Exchange inner(m_session, m_endpoint, m_authorization, m_options, m_cancellation);
    auto head = inner.run(tokenRequest, receiver);
    if (!head && head.error().code == ErrorCode::PermissionDenied)
        return fail(m_authorization.refusal({}));
    TRY(head);
    return m_authorization.takeToken(request.scope, receiver.text());
}

Result<void> Exchange::waitBeforeNext(Error error, std::chrono::milliseconds least) {
    if (++m_failures >= m_options.attempts) {
        if (m_failures > 1)
            error.message += " (tried " + std::to_string(m_failures) + " times)";
        return fail(std::move(error));
    }
    auto time = m_options.firstWait;
    for (int i = 1; i < m_failures && time < m_options.longestWait; ++i)
        time *= 2;
    return waitFor(std::min(std::max(time, least), std::max(least, m_options.longestWait)), m_cancellation);
}

Error Exchange::statusError(const RegistryRequest& request, const HttpAnswer& answer) const {
    const std::string who =
        request.target.starts_with('/') ? m_endpoint.registry : "the token server of " + m_endpoint.registry;
    const std::string detail = detailOf(answer);
    const std::string why = detail.empty() ? "" : ": " + detail;
    switch (answer.head.status) {
    case 403:
        return {ErrorCode::PermissionDenied,
                who + " does not allow access to " + request.what + why,
                "sign in with an account that may, or ask the owner of the repository",
                {}};
    case 404:
        return {ErrorCode::NotFound,
                who + " does not have " + request.what + why,
                "check the name and the tag",
                {}};
    case 429: {
        const auto wait = answer.head.retryAfter;
        return {ErrorCode::RateLimited,
                who + " asks for fewer requests" + why,
                (wait.count() > 0 ? "try again in " + inWords(wait) : std::string("try again later")) +
                    (m_authorization.hasCredentials() ? "" : "; signing in often raises the limit"),
                {}};
    }
    default:
        return {ErrorCode::RemoteFailure,
                who + " answered with status " + std::to_string(answer.head.status) + " when asked for " +
                    request.what + why,
                isTemporary(answer.head.status) ? "the registry has a problem; try again later" : "",
                {}};
    }
}

// distribution-spec, error codes: {"errors":[{"code":…,"message":…}]}
std::string Exchange::detailOf(const HttpAnswer& answer) const {
    const auto json = Json::parse(answer.errorBody);
    if (!json || json->at("errors").items().empty())
        return {};
    const Json& first = json->at("errors").items().front();
    return m_authorization.scrubbed(first.at("message").toString(first.at("code").toString()));
}

} // namespace escale
