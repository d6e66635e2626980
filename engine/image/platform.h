// Platforms of images: image-spec image-index.md#platform, in Docker's notation "linux/arm64/v8".
#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace escale {

struct Platform {
    std::string os = "linux";
    std::string architecture; // GOARCH: "amd64", "arm64", "arm", "riscv64", …
    std::string variant;      // "v7" and the like; empty: the architecture's base line

    /// "linux/arm64", "linux/arm/v7", or "arm64" alone. uname(1)'s names are understood (x86_64, aarch64,
    /// armv7l).
    static Result<Platform> parse(std::string_view text);
    /// The same; an empty text is this machine's.
    static Result<Platform> parseOrThisMachine(std::string_view text);
    /// What this machine runs, from uname(2).
    static Platform ofThisMachine();

    [[nodiscard]] std::string toString() const;
    /// How well an image for `offered` runs where this platform is wanted: 0 is exact, more is older, -1 is
    /// not at all. An ARMv7 machine runs v6 and v5 too, amd64/v3 runs v2, v1 and plain amd64. Other
    /// architectures never match.
    [[nodiscard]] int distance(const Platform& offered) const;
    bool operator==(const Platform&) const = default;
};

} // namespace escale
