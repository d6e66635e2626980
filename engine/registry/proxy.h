// Which proxy leads to a registry, in the words that curl, Docker and the environment share.
#pragma once

#include <string>
#include <string_view>

namespace escale {

struct ProxySettings {
    std::string http;    // for http: addresses, "http://proxy.example:3128"; empty: none. May hold a password
    std::string https;   // for https: addresses
    std::string noProxy; // hosts, domains and networks that are reached without it, separated by commas
    bool operator==(const ProxySettings&) const = default;

    /// http_proxy, https_proxy, all_proxy and no_proxy, in small letters or capitals; the small ones win.
    static ProxySettings ofEnvironment();
    [[nodiscard]] bool isSet() const { return !http.empty() || !https.empty(); }
    /// The proxy for an address, by its scheme.
    [[nodiscard]] const std::string& forUrl(std::string_view url) const {
        return url.starts_with("https:") ? https : http;
    }
};

} // namespace escale
