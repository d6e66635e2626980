#include "engine/registry/rate_limit.h"

#include <charconv>

namespace escale {

static std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<RateLimit> RateLimit::parse(std::string_view limit, std::string_view remaining) {
    const auto most = number(limit.substr(0, limit.find(';')));
    const auto left = number(remaining.substr(0, remaining.find(';')));
    if (!most || !left)
        return std::nullopt;
    constexpr std::string_view kWindow = ";w=";
    const std::size_t at = limit.find(kWindow);
    const auto window =
        at == std::string_view::npos ? std::nullopt : number(limit.substr(at + kWindow.size()));
    constexpr std::uint64_t kYear = 366ULL * 24 * 60 * 60;
    return RateLimit{*most, *left, std::chrono::seconds(window && *window <= kYear ? *window : 0)};
}

} // namespace escale
