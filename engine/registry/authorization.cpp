#include "engine/registry/authorization.h"

#include "engine/base/json.h"

#include <algorithm>
#include <curl/curl.h>
#include <memory>

namespace escale {
namespace {

constexpr std::size_t kLongestToken = 64 * 1024;
constexpr const char* kClientId = "escale";
constexpr std::size_t kMostTokens = 256;
constexpr std::size_t kLongestDetail = 200;

std::string base64(std::string_view text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t j = 0; j < 3; ++j)
            bits = bits << 8 | (i + j < text.size() ? static_cast<unsigned char>(text[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            result += i + j <= text.size() ? kDigits[bits >> (18 - 6 * j) & 63] : '=';
    }
    return result;
}

std::string encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~:/,").find(c) != std::string_view::npos;
        if (plain)
            result += c;
        else
            result.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
    return result;
}

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK)
        return {};
    std::string result(text);
    curl_free(text);
    return result;
}

// Nothing that could end the header line, or that no token holds.
bool isHeaderSafe(std::string_view text) {
    return !text.empty() && text.size() <= kLongestToken &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0)
            found.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

// "repository:demo:pull" is within "repository:demo:pull,push".
bool isWithin(const std::string& wanted, const std::string& scope) {
    const std::vector<std::string> granted = words(scope);
    const std::vector<std::string> asked = words(wanted);
    return std::all_of(asked.begin(), asked.end(), [&](const std::string& each) {
        return std::any_of(granted.begin(), granted.end(), [&](const std::string& whole) {
            return whole == each || whole.starts_with(each + ",");
        });
    });
}

void replaceAll(std::string& text, const std::string& secret) {
    if (secret.empty())
        return;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
        text.replace(at, secret.size(), "…");
}

} // namespace

RegistryAuthorization::RegistryAuthorization(std::string registry, std::optional<Credentials> credentials,
                                             bool allowPlain, bool wantsIdentityToken)
    : m_registry(std::move(registry))
    , m_credentials(std::move(credentials))
    , m_allowPlain(allowPlain)
    , m_wantsIdentityToken(wantsIdentityToken) {}

std::string RegistryAuthorization::basic() const {
    return m_credentials && !m_credentials->password.empty()
               ? "Basic " + base64(m_credentials->username + ":" + m_credentials->password)
               : std::string();
}

std::string RegistryAuthorization::headerFor(const std::string& scope) const {
    if (m_usesBasic)
        return basic();
    const auto token = m_tokens.find(scope);
    if (token == m_tokens.end() || token->second.expires <= std::chrono::steady_clock::now())
        return {};
    return "Bearer " + token->second.value;
}

Result<std::optional<TokenRequest>> RegistryAuthorization::accept(const std::vector<Challenge>& challenges,
                                                                  const std::string& scope) {
    m_tokens.erase(scope);
    for (const Challenge& challenge : challenges) {
        if (challenge.scheme == "bearer")
            return acceptBearer(challenge, scope);
    }
    const bool wantsBasic = std::any_of(challenges.begin(), challenges.end(), [](const Challenge& challenge) {
        return challenge.scheme == "basic";
    });
    if (!wantsBasic)
        return fail(ErrorCode::RemoteFailure,
                    m_registry +
                        " asks for a way to sign in that Escale does not know (only Bearer and Basic)");
    m_wasAsked = true;
    if (!m_credentials || m_credentials->password.empty()) // an identity token is for token servers
        return fail(refusal({}));
    m_usesBasic = true;
    return std::optional<TokenRequest>();
}

Result<std::optional<TokenRequest>> RegistryAuthorization::acceptBearer(const Challenge& challenge,
                                                                        const std::string& scope) {
    const std::string realm = challenge.parameter("realm");
    const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, realm.c_str(), 0) != CURLUE_OK)
        return fail(ErrorCode::RemoteFailure,
                    m_registry + " names a token server whose address is malformed");
    const std::string scheme = part(url.get(), CURLUPART_SCHEME);
    if (scheme != "https" && !(scheme == "http" && m_allowPlain))
        return fail(ErrorCode::RemoteFailure, m_registry + " names a token server without HTTPS",
                    "mark the registry as insecure only when its whole network can be trusted");
    // Written into the address, a name and password would be the registry's, not ours.
    curl_url_set(url.get(), CURLUPART_USER, nullptr, 0);
    curl_url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
    curl_url_set(url.get(), CURLUPART_FRAGMENT, nullptr, 0);

    m_wasAsked = true;
    const bool byIdentity = m_credentials && !m_credentials->identityToken.empty();
    std::string form;
    const auto add = [&](const std::string& name, const std::string& value) {
        if (value.empty())
            return;
        const std::string text = name + "=" + encoded(value);
        if (byIdentity)
            form += (form.empty() ? "" : "&") + text;
        else
            curl_url_set(url.get(), CURLUPART_QUERY, text.c_str(), CURLU_APPENDQUERY);
    };
    const std::string wanted = challenge.parameter("scope");
    add("service", challenge.parameter("service"));
    // One token for all that a push does: a registry names what this one request needs.
    const std::string& asked = isWithin(wanted, scope) ? scope : wanted;
    if (byIdentity)
        add("scope", asked); // oauth.md: joined by spaces
    else
        for (const std::string& each : words(asked))
            add("scope", each);
    if (byIdentity) { // oauth.md
        add("grant_type", "refresh_token");
        add("client_id", kClientId);
        add("refresh_token", m_credentials->identityToken);
    } else if (m_credentials) {
        add("account", m_credentials->username);
        if (m_wantsIdentityToken) {
            add("client_id", kClientId);
            add("offline_token", "true");
        }
    }
    return std::optional(TokenRequest{part(url.get(), CURLUPART_URL), part(url.get(), CURLUPART_HOST),
                                      byIdentity ? std::string() : basic(), std::move(form)});
}

Result<void> RegistryAuthorization::takeToken(const std::string& scope, std::string_view body) {
    const auto json = Json::parse(body);
    std::string value =
        json ? json->at("token").toString(json->at("access_token").toString()) : std::string();
    if (value.empty() && json)
        value = json->at("access_token").toString();
    if (!isHeaderSafe(value))
        return fail(ErrorCode::RemoteFailure,
                    "the token server of " + m_registry + " answered without a token", "try again later");
    if (const std::string kept = json->at("refresh_token").toString();
        m_wantsIdentityToken && isHeaderSafe(kept))
        m_identityToken = kept;
    constexpr std::int64_t kShortest = 60; // token.md: the default, and the least a client must assume
    const std::int64_t seconds =
        std::clamp<std::int64_t>(json->at("expires_in").toInteger(kShortest), kShortest, 86'400);
    if (m_tokens.size() >= kMostTokens)
        m_tokens.clear();
    // A little early, so that it does not expire under way.
    m_tokens[scope] = {std::move(value),
                       std::chrono::steady_clock::now() + std::chrono::seconds(seconds - 5)};
    return {};
}

Error RegistryAuthorization::refusal(const std::string& detail) const {
    const std::string why = detail.empty() ? "" : ": " + detail;
    if (m_credentials)
        return {ErrorCode::AuthenticationNeeded,
                m_registry + " does not accept the user name or password" + why,
                "sign in to " + m_registry + " again, or check that the account may do this",
                {}};
    return {ErrorCode::AuthenticationNeeded,
            m_registry + " asks to sign in" + why,
            "sign in to " + m_registry + "; a repository that does not exist may be answered like this, too",
            {}};
}

std::string RegistryAuthorization::scrubbed(std::string text) const {
    if (m_credentials) {
        replaceAll(text, m_credentials->password);
        replaceAll(text, m_credentials->identityToken);
        replaceAll(text, base64(m_credentials->username + ":" + m_credentials->password));
    }
    replaceAll(text, m_identityToken);
    for (const auto& [scope, token] : m_tokens)
        replaceAll(text, token.value);
    std::string safe;
    for (const char c : text)
        safe += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    if (safe.size() > kLongestDetail) {
        std::size_t end = kLongestDetail;
        while (end > 0 &&
               (static_cast<unsigned char>(safe[end]) & 0xc0) == 0x80) // not inside a UTF-8 character
            --end;
        safe.resize(end);
        safe += "…";
    }
    return safe;
}

} // namespace escale
