#pragma once

#include <string>

namespace escale {

/// Of a registry account. Never logged, never in an error's text, never on a command line.
struct Credentials {
    std::string username;
    std::string password;      // or an access token
    std::string identityToken; // in place of a password: OAuth 2's refresh token, for a token server only
    bool operator==(const Credentials&) const = default;
};

} // namespace escale
