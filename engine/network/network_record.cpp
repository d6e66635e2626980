#include "engine/network/network_record.h"

#include "engine/base/identifier.h"
#include "engine/network/dns_names.h"

#include <algorithm>

namespace escale {
namespace {

constexpr std::size_t kHostInterfaceLength = 15; // IFNAMSIZ without its end
constexpr std::size_t kMostAliases = 64;

Result<void> take(NetworkChoice& choice, std::string_view key, std::string_view value) {
    EndpointRequest& request = choice.request;
    if (key == "name") {
        choice.network = value;
    } else if (key == "alias") {
        request.aliases.emplace_back(value);
    } else if (key == "mac-address") {
        request.mac = value;
    } else if (key == "ip" || key == "ip6") {
        TRY_ASSIGN(const IpAddress address, IpAddress::parse(value));
        if (address.isV6 != (key == "ip6"))
            return fail(ErrorCode::InvalidArgument,
                        std::string(value) + " is not an address of IPv" + (key == "ip" ? "4" : "6"));
        (address.isV6 ? request.ip6 : request.ip) = address;
    } else {
        return fail(ErrorCode::InvalidArgument,
                    "a container's place in a network has no \"" + std::string(key.substr(0, 40)) + '"',
                    "Write name=NETWORK, alias=NAME, ip=ADDRESS, ip6=ADDRESS and mac-address=MAC.");
    }
    return {};
}

} // namespace

std::string EndpointRecord::hostInterface() const {
    const std::string start = position == 0 ? "esc" : "es" + std::to_string(position) + "-";
    return start + container.substr(0, kHostInterfaceLength - start.size());
}

Result<NetworkChoice> parseNetworkChoice(std::string_view text) {
    NetworkChoice choice;
    if (text.find('=') == std::string_view::npos) {
        choice.network = text;
    } else {
        for (std::string_view rest = text; !rest.empty();) {
            const auto comma = std::min(rest.find(','), rest.size());
            const std::string_view part = rest.substr(0, comma);
            const auto equals = std::min(part.find('='), part.size());
            TRY(take(choice, part.substr(0, equals), part.substr(std::min(equals + 1, part.size()))));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    if (choice.network.empty())
        return fail(ErrorCode::InvalidArgument, '"' + std::string(text.substr(0, 80)) + "\" names no network",
                    "Begin with name=NETWORK.");
    if (!validateName(choice.network))
        return fail(ErrorCode::InvalidArgument, "there is no network \"" + choice.network.substr(0, 80) + '"',
                    "Give a network's name or id.");
    TRY(checkEndpointRequest(choice.request));
    return choice;
}

std::string toString(const NetworkChoice& choice) {
    std::string text = "name=" + choice.network;
    for (const auto& alias : choice.request.aliases)
        text += ",alias=" + alias;
    if (choice.request.ip)
        text += ",ip=" + choice.request.ip->toString();
    if (choice.request.ip6)
        text += ",ip6=" + choice.request.ip6->toString();
    if (!choice.request.mac.empty())
        text += ",mac-address=" + choice.request.mac;
    return text;
}

Result<void> checkEndpointRequest(const EndpointRequest& request) {
    if (request.aliases.size() > kMostAliases)
        return fail(ErrorCode::InvalidArgument, "there are more than 64 aliases");
    for (const auto& alias : request.aliases) {
        TRY(validateDnsAlias(alias));
    }
    if (!request.mac.empty())
        TRY(parseMac(request.mac));
    return {};
}

} // namespace escale
