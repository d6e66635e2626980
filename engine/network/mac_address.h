// MAC addresses as people write them.
#pragma once

#include "engine/base/result.h"

#include <array>
#include <cstdint>
#include <string>

namespace escale {

using MacBytes = std::array<std::uint8_t, 6>;
/// Six bytes in hex with colons, of one interface (not multicast, not zero). InvalidArgument.
Result<MacBytes> parseMac(const std::string& text);
std::string toString(const MacBytes& mac);

} // namespace escale
