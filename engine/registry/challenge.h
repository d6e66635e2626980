// WWW-Authenticate (RFC 9110 section 11.6.1) as registries send it: Bearer with realm, service and scope, or
// Basic.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

struct Challenge {
    std::string scheme;                                          // lower case
    std::vector<std::pair<std::string, std::string>> parameters; // names in lower case
    [[nodiscard]] std::string parameter(std::string_view name) const;
};

/// All challenges of one header's value; what is malformed ends the list.
std::vector<Challenge> parseChallenges(std::string_view header);

} // namespace escale
