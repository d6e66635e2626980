#include "engine/registry/registry_check.h"

namespace escale {
namespace {

std::string withoutPassword(const std::string& address) {
    const std::size_t at = address.rfind('@');
    const std::size_t scheme = address.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    return at == std::string::npos || at < start ? address
                                                 : address.substr(0, start) + address.substr(at + 1);
}

// One try, with times that a person waits through.
RegistryOptions impatient(RegistryOptions options) {
    options.attempts = 1;
    options.connectTimeout = std::chrono::seconds(5);
    options.stallTimeout = std::chrono::seconds(8);
    options.longestDocument = std::chrono::seconds(10);
    options.access.mirrors.clear(); // they know no accounts
    return options;
}

} // namespace

RegistryReport checkRegistry(const std::string& registry, RegistryOptions options,
                             const Cancellation& cancellation) {
    using Account = RegistryReport::Account;
    using Transport = RegistryReport::Transport;
    options = impatient(std::move(options));
    if (!options.access.proxy.isSet())
        options.access.proxy = ProxySettings::ofEnvironment();
    RegistryReport report;
    const std::optional<Credentials> given = options.credentials;
    const bool insecure = options.access.insecure;
    const ProxySettings proxy = options.access.proxy;
    auto client = RegistryClient::create(registry, std::move(options));
    if (!client) {
        report.contact = std::move(client).error();
        return report;
    }
    auto pinged = (*client)->ping(cancellation);
    report.transport = (*client)->isPlain() ? Transport::PlainHttp
                       : insecure           ? Transport::UnverifiedHttps
                                            : Transport::VerifiedHttps;
    report.proxy = withoutPassword((*client)->isPlain() ? proxy.http : proxy.https);
    if (!pinged && pinged.error().code == ErrorCode::AuthenticationNeeded) {
        report.account = given ? Account::Refused : Account::Needed;
        report.refusal = std::move(pinged).error();
        return report;
    }
    if (!pinged) {
        report.contact = std::move(pinged).error();
        return report;
    }
    if (given && (*client)->hasSentCredentials())
        report.account = Account::Accepted;
    auto listed = (*client)->catalog({}, 1, cancellation);
    report.listsRepositories = listed.has_value();
    // Some guard no more than the list; then its answer tells of the account.
    if (given && report.account == Account::NotAsked && (*client)->hasSentCredentials()) {
        report.account = listed ? Account::Accepted : Account::Refused;
        if (!listed)
            report.refusal = std::move(listed).error();
    }
    if (report.account == Account::Accepted) {
        report.keep = given;
        if (const std::string token = (*client)->identityToken(); !token.empty())
            report.keep = Credentials{given->username, {}, token};
    }
    return report;
}

} // namespace escale
