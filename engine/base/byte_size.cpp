#include "engine/base/byte_size.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace escale {

Result<std::uint64_t> parseByteSize(std::string_view text) {
    const auto digits = std::min(text.find_first_not_of("0123456789."), text.size());
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + digits, value, std::chars_format::fixed);
    std::string unit;
    for (const char c : text.substr(digits, 4))
        unit += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (unit.size() > 1 && unit.back() == 'b')
        unit.pop_back(); // "10mb"
    if (unit.size() == 2 && unit.back() == 'i')
        unit.pop_back(); // "10MiB"
    static constexpr std::string_view kUnits = "bkmgt";
    const auto power = unit.empty() ? 0 : kUnits.find(unit);
    const bool isNumber = digits > 0 && read.ec == std::errc() && read.ptr == text.data() + digits;
    const double bytes = std::floor(value * std::pow(1024.0, static_cast<double>(power)));
    if (!isNumber || unit.size() > 1 || power == std::string_view::npos || bytes < 0 || bytes >= 9e18)
        return fail(ErrorCode::InvalidArgument, '"' + std::string(text.substr(0, 200)) + "\" is no size",
                    "Write a number with k, m or g behind it, for example 512m.");
    return static_cast<std::uint64_t>(bytes);
}

} // namespace escale
