#include "engine/network/resolv_conf.h"

#include <algorithm>
#include <net/if.h>
#include <sstream>

namespace escale {
namespace {

using Words = std::vector<std::string>;
constexpr std::size_t kMostServers = 3; // MAXNS: the C library looks at no more

std::string lineOf(const char* keyword, const Words& words) {
    if (words.empty() || words == Words{"."}) // Docker's word for "none"
        return {};
    std::string line = keyword;
    for (const auto& word : words)
        line += " " + word;
    return line + "\n";
}

} // namespace

ResolverOptions resolverOptionsOf(std::string_view resolvConf) {
    ResolverOptions result;
    std::istringstream lines{std::string(resolvConf)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream stream(line);
        std::string keyword;
        stream >> keyword;
        Words words;
        for (std::string word; stream >> word;)
            words.push_back(word);
        if (keyword == "search" || keyword == "domain")
            result.search = std::move(words);
        else if (keyword == "options")
            result.options.insert(result.options.end(), words.begin(), words.end());
    }
    return result;
}

std::string networkResolvConf(std::string_view host, const std::vector<std::string>& gateways,
                              const ResolverOptions& options) {
    ResolverOptions used = resolverOptionsOf(host);
    if (!options.search.empty())
        used.search = options.search;
    if (!options.options.empty())
        used.options = options.options;
    const auto isDots = [](const std::string& word) { return word.starts_with("ndots:"); };
    if (std::none_of(used.options.begin(), used.options.end(), isDots) && used.options != Words{"."})
        used.options.emplace_back("ndots:0");
    std::string text;
    for (std::size_t i = 0; i < std::min(gateways.size(), kMostServers); ++i)
        text += "nameserver " + gateways[i] + "\n";
    return text + lineOf("search", used.search) + lineOf("options", used.options);
}

Result<dns::Upstream> parseNameServer(std::string_view text) {
    const auto zone = text.find('%');
    dns::Upstream server;
    TRY_ASSIGN(server.address, IpAddress::parse(text.substr(0, zone)));
    if (zone == std::string_view::npos)
        return server;
    server.scope = ::if_nametoindex(std::string(text.substr(zone + 1)).c_str());
    if (server.scope == 0 || !server.address.isV6)
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(text) + "\" is at no interface of this machine");
    return server;
}

std::vector<dns::Upstream> nameServersOf(std::string_view resolvConf) {
    std::vector<dns::Upstream> servers;
    std::istringstream lines{std::string(resolvConf)};
    for (std::string line; std::getline(lines, line) && servers.size() < kMostServers;) {
        std::istringstream stream(line);
        std::string keyword;
        std::string word;
        if (!(stream >> keyword >> word) || keyword != "nameserver")
            continue;
        if (const auto server = parseNameServer(word))
            servers.push_back(*server);
    }
    return servers;
}

} // namespace escale
