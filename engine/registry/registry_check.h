// Does it work? What a person wants to know of a registry before they trust a log-in to it, step by step.
#pragma once

#include "engine/registry/client.h"

namespace escale {

struct RegistryReport {
    enum class Transport : std::uint8_t { VerifiedHttps, UnverifiedHttps, PlainHttp };
    enum class Account : std::uint8_t {
        NotAsked, // it lets everybody in, and did not see the credentials
        Needed,   // none were given
        Refused,
        Accepted,
    };
    std::optional<Error> contact; // why it is not reached, or is no registry; then the rest says nothing
    std::string proxy;            // that leads to it, unless no_proxy says otherwise; never its password
    Transport transport = Transport::VerifiedHttps;
    Account account = Account::NotAsked;
    std::optional<Error> refusal; // the registry's own words, with Refused
    bool listsRepositories = false;
    /// What to keep after Accepted: those given, or an identity token in place of the password.
    std::optional<Credentials> keep;

    /// Whether one may work with it.
    [[nodiscard]] bool isGood() const {
        return !contact && (account == Account::NotAsked || account == Account::Accepted);
    }
};

/// Blocking; ends after half a minute at the latest, and soon after a cancellation.
RegistryReport checkRegistry(const std::string& registry, RegistryOptions options,
                             const Cancellation& cancellation);

} // namespace escale
