#include "engine/network/mac_address.h"

#include <cstdio>

namespace escale {

Result<MacBytes> parseMac(const std::string& text) {
    MacBytes mac{};
    int end = 0;
    const bool isMac = text.size() == 17 &&
                       std::sscanf(text.c_str(), "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", &mac[0], &mac[1],
                                   &mac[2], &mac[3], &mac[4], &mac[5], &end) == 6 &&
                       end == 17 && text.find_first_not_of("0123456789abcdefABCDEF:") == std::string::npos;
    if (!isMac)
        return fail(ErrorCode::InvalidArgument, "\"" + text + "\" is not a MAC address",
                    "Write six bytes in hex, for example 02:42:ac:11:00:02.");
    if ((mac[0] & 1) != 0 || mac == MacBytes{})
        return fail(ErrorCode::InvalidArgument, "\"" + text + "\" is not the MAC address of one interface",
                    "The first byte must be even.");
    return mac;
}

std::string toString(const MacBytes& mac) {
    std::array<char, 18> text{};
    std::snprintf(text.data(), text.size(), "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
                  mac[4], mac[5]);
    return text.data();
}

} // namespace escale
