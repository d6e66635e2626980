#include "engine/network/dns_names.h"

#include "engine/base/identifier.h"
#include "engine/network/resolv_conf.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kMostServers = 3; // as many as resolv.conf(5) knows

Result<std::vector<IpAddress>> readAddresses(const std::vector<std::string>& texts) {
    std::vector<IpAddress> addresses;
    for (const auto& text : texts) {
        TRY_ASSIGN(const IpAddress address, IpAddress::parse(text));
        addresses.push_back(address);
    }
    return addresses;
}

bool isLoopback(const IpAddress& address) {
    if (!address.isV6)
        return address.low >> 24 == 127 || address.low == 0;
    return address.high == 0 && address.low <= 1;
}

/// A loopback server is the container's; asked from here it would be the host's.
Result<std::vector<dns::Upstream>> serversOf(const DnsEndpoint& endpoint) {
    std::vector<dns::Upstream> servers;
    for (const auto& text : endpoint.servers) {
        TRY_ASSIGN(const dns::Upstream server, parseNameServer(text));
        if (!isLoopback(server.address) && servers.size() < kMostServers)
            servers.push_back(server);
    }
    return servers;
}

bool isContainerId(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

Result<bool> writeEndpoint(dns::TableWriter& table, const DnsEndpoint& endpoint) {
    if (!isContainerId(endpoint.container))
        return fail(ErrorCode::InvalidArgument,
                    "\"" + endpoint.container.substr(0, 64) + "\" is not a container's id");
    TRY_ASSIGN(const auto addresses, readAddresses(endpoint.addresses));
    if (addresses.empty())
        return false;
    TRY_ASSIGN(const auto servers, serversOf(endpoint));
    auto names = dnsNamesOf("", endpoint.container, "", endpoint.names);
    // The short id, which comes first there, is a reverse look-up's last answer.
    std::rotate(names.begin(), names.begin() + 1, names.end());
    table.endpoint(endpoint.container, addresses, names, servers);
    return true;
}

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

std::string lowerCase(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

} // namespace

bool isDnsName(std::string_view name) {
    if (name.empty() || name.size() > 253)
        return false;
    std::size_t label = 0;
    for (const char c : name) {
        if (c == '.' ? label == 0 : !isNameCharacter(c))
            return false;
        label = c == '.' ? 0 : label + 1;
        if (label > 63)
            return false;
    }
    return label > 0;
}

Result<void> validateDnsAlias(std::string_view alias) {
    if (!isDnsName(alias))
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(alias.substr(0, 80)) + "\" is no name that can be looked up",
                    "Use letters, digits, '-' and '_', at most 63 between two dots.");
    return {};
}

std::vector<std::string> dnsNamesOf(std::string_view name, std::string_view id, std::string_view hostname,
                                    const std::vector<std::string>& aliases) {
    std::vector<std::string> names;
    const auto add = [&names](std::string_view text) {
        auto word = lowerCase(text);
        if (isDnsName(word) && std::find(names.begin(), names.end(), word) == names.end())
            names.push_back(std::move(word));
    };
    add(name);
    add(shortId(id));
    add(hostname);
    for (const auto& alias : aliases)
        add(alias);
    return names;
}

Result<DnsTable> dnsTable(const std::vector<DnsNetwork>& networks,
                          const std::vector<dns::Upstream>& hostServers) {
    DnsTable table;
    dns::TableWriter writer(hostServers);
    bool hasEndpoint = false;
    for (const auto& network : networks) {
        TRY_ASSIGN(const auto gateways, readAddresses(network.gateways));
        if (gateways.empty() || network.endpoints.empty())
            continue;
        writer.network(lowerCase(network.name), network.internal, gateways);
        for (const auto& endpoint : network.endpoints) {
            TRY_ASSIGN(const bool written, writeEndpoint(writer, endpoint));
            hasEndpoint = hasEndpoint || written;
        }
        table.gateways.insert(table.gateways.end(), gateways.begin(), gateways.end());
    }
    if (!hasEndpoint)
        table.gateways.clear();
    table.bytes = writer.bytes();
    return table;
}

} // namespace escale
