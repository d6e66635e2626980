#include "engine/base/go_duration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace escale {
namespace {

constexpr std::int64_t kMicrosecond = 1000, kMillisecond = 1'000'000, kSecond = 1'000'000'000;
// Two letters before one, so that "ms" is not "m" and "s". The µ is U+00B5 or U+03BC.
constexpr std::array<std::pair<std::string_view, std::int64_t>, 8> kUnits{{{"ns", 1},
                                                                           {"us", kMicrosecond},
                                                                           {"\xc2\xb5s", kMicrosecond},
                                                                           {"\xce\xbcs", kMicrosecond},
                                                                           {"ms", kMillisecond},
                                                                           {"s", kSecond},
                                                                           {"m", 60 * kSecond},
                                                                           {"h", 3600 * kSecond}}};

/// "1.5" in units of 10^-digits, without zeros at its end.
std::string decimal(std::int64_t value, std::int64_t unit) {
    std::string text = std::to_string(value / unit);
    std::string fraction = std::to_string(unit + value % unit).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? text : text + '.' + fraction;
}

} // namespace

Result<std::int64_t> parseGoDuration(std::string_view text) {
    const auto wrong = [text] {
        return fail(ErrorCode::InvalidArgument, "\"" + std::string(text) + "\" is no duration",
                    "Write 30s, 1m30s or 500ms.");
    };
    if (text == "0")
        return 0;
    std::string_view rest = text;
    long double sum = 0;
    if (rest.empty())
        return wrong();
    while (!rest.empty()) {
        long double number = 0;
        long double scale = 1;
        std::size_t digits = 0;
        bool hasPoint = false;
        for (; !rest.empty() && ((rest[0] >= '0' && rest[0] <= '9') || (rest[0] == '.' && !hasPoint));
             rest.remove_prefix(1)) {
            if (rest[0] == '.') {
                hasPoint = true;
                continue;
            }
            ++digits;
            number = number * 10 + (rest[0] - '0');
            scale *= hasPoint ? 10 : 1;
        }
        const auto unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const auto& each) {
            return rest.substr(0, each.first.size()) == each.first;
        });
        if (digits == 0 || unit == kUnits.end())
            return wrong();
        rest.remove_prefix(unit->first.size());
        sum += number / scale * static_cast<long double>(unit->second);
        if (!(sum < 9.2e18L))
            return wrong();
    }
    return static_cast<std::int64_t>(std::floor(sum + 1e-6L));
}

std::string goDurationText(std::int64_t nanoseconds) {
    if (nanoseconds <= 0)
        return "0s";
    if (nanoseconds < kMicrosecond)
        return std::to_string(nanoseconds) + "ns";
    if (nanoseconds < kMillisecond)
        return decimal(nanoseconds, kMicrosecond) + "\xc2\xb5s";
    if (nanoseconds < kSecond)
        return decimal(nanoseconds, kMillisecond) + "ms";
    const std::int64_t minutes = nanoseconds / (60 * kSecond);
    std::string text = decimal(nanoseconds % (60 * kSecond), kSecond) + 's';
    if (minutes == 0)
        return text;
    text.insert(0, std::to_string(minutes % 60) + 'm');
    return minutes < 60 ? text : std::to_string(minutes / 60) + 'h' + text;
}

} // namespace escale
