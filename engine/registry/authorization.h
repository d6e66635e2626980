// What a registry wants to see in the Authorization header: HTTP Basic, or a token of the token server it
// names (distribution docs/spec/auth/token.md). Keeps the tokens of a client; speaks to no one itself.
#pragma once

#include "engine/base/result.h"
#include "engine/registry/challenge.h"
#include "engine/registry/credentials.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct TokenRequest {
    std::string url;
    std::string host;          // for messages
    std::string authorization; // Basic, or empty for an anonymous token
    std::string form;          // not empty: to be sent by POST (token oauth.md), with the identity token
};

class RegistryAuthorization {
public:
    /// `allowPlain`: the registry itself is spoken to without verified HTTPS, so its token server may be,
    /// too. `wantsIdentityToken`: the password is to be traded for one.
    RegistryAuthorization(std::string registry, std::optional<Credentials> credentials, bool allowPlain,
                          bool wantsIdentityToken = false);

    /// The header's value for requests of `scope` ("repository:library/debian:pull", several joined by a
    /// space); empty while nothing is
    /// known.
    [[nodiscard]] std::string headerFor(const std::string& scope) const;
    /// A token server gave one for this scope.
    [[nodiscard]] bool hasToken(const std::string& scope) const { return m_tokens.contains(scope); }
    /// After a 401: what to ask for a token, or std::nullopt when headerFor() now has Basic credentials.
    /// AuthenticationNeeded when the credentials are missing or were just refused.
    Result<std::optional<TokenRequest>> accept(const std::vector<Challenge>& challenges,
                                               const std::string& scope);
    /// Keeps the token of a token server's answer.
    Result<void> takeToken(const std::string& scope, std::string_view body);

    /// What the token server gave to be kept in place of the password; empty: nothing.
    [[nodiscard]] const std::string& identityToken() const { return m_identityToken; }
    /// The registry asked who is there, and was told.
    [[nodiscard]] bool hasSentCredentials() const { return m_wasAsked && m_credentials; }

    [[nodiscard]] bool hasCredentials() const { return m_credentials.has_value(); }
    /// The error of a registry that still says 401.
    [[nodiscard]] Error refusal(const std::string& detail) const;
    /// A stranger's text without what we told it in confidence, control characters and length.
    [[nodiscard]] std::string scrubbed(std::string text) const;

private:
    struct Token {
        std::string value;
        std::chrono::steady_clock::time_point expires;
    };
    Result<std::optional<TokenRequest>> acceptBearer(const Challenge& challenge, const std::string& scope);
    [[nodiscard]] std::string basic() const;

    std::string m_registry;
    std::optional<Credentials> m_credentials;
    bool m_allowPlain;
    bool m_wantsIdentityToken;
    bool m_usesBasic = false;
    bool m_wasAsked = false;
    std::string m_identityToken;
    std::map<std::string, Token> m_tokens; // by scope
};

} // namespace escale
