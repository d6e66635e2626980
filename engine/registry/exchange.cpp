#include "engine/registry/exchange.h"

#include "engine/base/json.h"
#include "engine/registry/receivers.h"

#include <algorithm>
#include <random>

namespace escale {
namespace {

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

HttpCall Exchange::make(const RegistryRequest& request, std::uint64_t position) const {
    const bool own = request.target.starts_with('/');
    HttpCall call;
    call.isHome = own;
    call.url =
        own ? (m_endpoint.plain ? "http://" : "https://") + m_endpoint.host + request.target : request.target;
    call.host = whoAnswers(request);
    call.accept = request.accept;
    call.authorization = request.authorization.value_or(m_authorization.headerFor(request.scope));
    call.from = position;
    call.allowPlainRedirect = m_endpoint.plain || m_options.access.insecure;
    call.form = request.form;
    call.method = request.method;
    call.body = request.body;
    if (request.isDocument)
        call.longest = std::max(m_options.longestDocument - m_spent, std::chrono::milliseconds(1));
    return call;
}

Result<HttpHead> Exchange::run(const RegistryRequest& request, ResumableReceiver& receiver) {
    while (true) {
        const std::uint64_t position = receiver.position();
        const auto begin = std::chrono::steady_clock::now();
        Outcome outcome = m_session.run(make(request, position), receiver, m_cancellation);
        m_spent += std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
        if (receiver.position() > position) {
            noteProgress();
            if (++m_resumes > kMostResumes)
                return fail(ErrorCode::Unreachable, m_endpoint.registry + " broke " + request.what + " off " +
                                                        std::to_string(kMostResumes) + " times");
        }
        if (!outcome) {
            if (outcome.error().kind == HttpFailure::Kind::BrokenOff && receiver.hasAll())
                return HttpHead();
            TRY(afterFailure(request, std::move(outcome).error()));
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

Result<RegistryAttempt> Exchange::attempt(const RegistryRequest& request, ResumableReceiver& receiver) {
    while (true) {
        Outcome outcome = m_session.run(make(request, 0), receiver, m_cancellation);
        if (!outcome) {
            if (fallBackToPlain(outcome.error()))
                continue;
            if (isHopeless(outcome.error()))
                return fail(std::move(outcome).error().error);
            RegistryAttempt broken;
            broken.error = std::move(outcome).error().error;
            return broken;
        }
        m_endpoint.hasAnswered = true;
        RegistryAttempt attempt;
        attempt.status = outcome->head.status;
        attempt.retryAfter = outcome->head.retryAfter;
        if (attempt.status >= 200 && attempt.status <= 299) {
            attempt.head = std::move(outcome->head);
        } else if (attempt.status == 401 || attempt.status == 429) {
            TRY(afterRefusal(request, *outcome, 0));
            continue;
        } else {
            attempt.error = statusError(request, *outcome);
            if (attempt.status == 307 || attempt.status == 308)
                attempt.location = outcome->head.header("location");
        }
        return attempt;
    }
}

void Exchange::noteProgress() {
    m_failures = 0;
    m_authorized = false;
}

std::string Exchange::whoAnswers(const RegistryRequest& request) const {
    return request.who.empty() ? m_endpoint.registry : request.who;
}

bool Exchange::fallBackToPlain(const HttpFailure& failure) {
    if (failure.kind != HttpFailure::Kind::NoContact || !m_endpoint.mayBePlain || m_endpoint.plain ||
        m_endpoint.hasAnswered)
        return false;
    m_endpoint.plain = true;
    return true;
}

// A host that never answered will hardly do so in a second, and someone is waiting for the message.
bool Exchange::isHopeless(const HttpFailure& failure) const {
    return failure.kind == HttpFailure::Kind::NoContact ? !m_endpoint.hasAnswered
                                                        : failure.kind != HttpFailure::Kind::BrokenOff;
}

Result<void> Exchange::afterFailure(const RegistryRequest& request, HttpFailure failure) {
    if (fallBackToPlain(failure))
        return {};
    // A drip of bytes is progress, but must not go on for ever.
    if (failure.kind == HttpFailure::Kind::TooSlow && ++m_slow < m_options.attempts)
        return {};
    const bool isOver = request.isDocument && m_spent >= m_options.longestDocument;
    const bool wasHeard = failure.kind != HttpFailure::Kind::NoContact;
    if (isOver || isHopeless(failure) || (wasHeard && !request.form.empty()))
        return fail(std::move(failure.error));
    return waitBeforeNext(std::move(failure.error));
}

Result<void> Exchange::afterRefusal(const RegistryRequest& request, const HttpAnswer& answer,
                                    std::uint64_t position) {
    const long status = answer.head.status;
    if (status == 401)
        return authorize(request, answer);
    Error error = statusError(request, answer);
    // A POST may have had its effect; only 429 says that it had none.
    if (status == 429 || (isTemporary(status) && request.form.empty())) {
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
    // A token may have expired since it was answered.
    const bool wasAnswered = m_authorized && !m_authorization.headerFor(request.scope).empty();
    if (wasAnswered || answer.head.redirected || request.authorization || challenges.empty()) {
        // Who has a token is known; what that account may not do is answered by 401, too.
        const bool isKnown = wasAnswered && !request.method.empty() &&
                             m_authorization.hasToken(request.scope) && m_authorization.hasCredentials();
        if (isKnown)
            return fail(notAllowed(request, answer));
        return fail(m_authorization.refusal(detailOf(answer)));
    }
    m_authorized = true;
    TRY_ASSIGN(const auto wanted, m_authorization.accept(challenges, request.scope));
    if (!wanted)
        return {};
    RegistryRequest tokenRequest;
    tokenRequest.target = wanted->url;
    tokenRequest.what = "a token";
    tokenRequest.who = "the token server of " + m_endpoint.registry;
    tokenRequest.authorization = wanted->authorization;
    tokenRequest.form = wanted->form;
    DocumentReceiver receiver(kLongestTokenAnswer, "the token server of " + m_endpoint.registry);
    Exchange inner(m_session, m_endpoint, m_authorization, m_options, m_cancellation);
    auto head = inner.run(tokenRequest, receiver);
    // oauth.md: a refresh token that is no longer good is a bad request.
    const bool isRefused =
        !head && (head.error().code == ErrorCode::PermissionDenied ||
                  (!wanted->form.empty() && head.error().code == ErrorCode::InvalidArgument));
    if (isRefused)
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
    time = std::min(time, m_options.longestWait);
    // Half of it by chance, so that many clients that failed together do not come again together.
    thread_local std::minstd_rand chance{std::random_device{}()};
    time = time / 2 + std::chrono::milliseconds(
                          std::uniform_int_distribution<std::int64_t>(0, (time / 2).count())(chance));
    return waitFor(std::max(time, least), m_cancellation);
}

Error Exchange::notAllowed(const RegistryRequest& request, const HttpAnswer& answer) const {
    const std::string detail = detailOf(answer);
    return {ErrorCode::PermissionDenied,
            whoAnswers(request) + " does not allow access to " + request.what +
                (detail.empty() ? "" : ": " + detail),
            "sign in with an account that may, or ask the owner of the repository",
            {}};
}

Error Exchange::statusError(const RegistryRequest& request, const HttpAnswer& answer) const {
    const std::string who = whoAnswers(request);
    const std::string detail = detailOf(answer);
    const std::string why = detail.empty() ? "" : ": " + detail;
    switch (answer.head.status) {
    case 400:
        if (!request.form.empty())
            return {ErrorCode::InvalidArgument, who + " refuses the request" + why, {}, {}};
        break;
    case 403:
        return notAllowed(request, answer);
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
        break;
    }
    return {ErrorCode::RemoteFailure,
            who + " answered with status " + std::to_string(answer.head.status) + " when asked for " +
                request.what + why,
            isTemporary(answer.head.status) ? "the registry has a problem; try again later" : "",
            {}};
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
