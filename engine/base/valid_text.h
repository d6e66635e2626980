// Text that claims to be UTF-8, made so: for JSON and D-Bus, which refuse anything else.
#pragma once

#include <string>
#include <string_view>

namespace escale {

/// Each byte that belongs to no character (RFC 3629) becomes U+FFFD.
std::string validText(std::string_view text);

} // namespace escale
