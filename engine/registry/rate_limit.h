// How many pulls a registry still allows: RateLimit-Limit and RateLimit-Remaining as Docker Hub sends them
// with manifests ("100;w=21600": a hundred in six hours).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace escale {

struct RateLimit {
    std::uint64_t limit = 0;
    std::uint64_t remaining = 0;
    std::chrono::seconds window{0}; // 0: not said
    bool operator==(const RateLimit&) const = default;

    /// Nothing when either header is missing or is no number.
    static std::optional<RateLimit> parse(std::string_view limit, std::string_view remaining);
};

} // namespace escale
