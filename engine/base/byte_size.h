// Sizes as people write them for docker.
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <string_view>

namespace escale {

/// "512", "10k", "10m", "2g", also "10mb", "10MiB" and "1.5g": powers of 1024, as Docker. Bytes.
/// InvalidArgument shows the text and the form that would be right.
Result<std::uint64_t> parseByteSize(std::string_view text);

} // namespace escale
