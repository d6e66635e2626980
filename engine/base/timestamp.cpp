#include "engine/base/timestamp.h"

#include <algorithm>
#include <ctime>

namespace escale {

std::int64_t parseTimestamp(const std::string& time) {
    std::tm fields{};
    const char* rest = ::strptime(time.c_str(), "%Y-%m-%dT%H:%M:%S", &fields);
    if (rest == nullptr)
        return 0;
    std::int64_t fraction = 0;
    if (*rest == '.') {
        int digits = 0;
        for (++rest; *rest >= '0' && *rest <= '9'; ++rest, ++digits)
            fraction = digits < 3 ? fraction * 10 + (*rest - '0') : fraction;
        for (; digits < 3; ++digits)
            fraction *= 10;
    }
    std::tm zone{};
    std::int64_t offset = 0;
    if ((*rest == '+' || *rest == '-') && ::strptime(rest + 1, "%H:%M", &zone) != nullptr)
        offset = (*rest == '-' ? -60 : 60) * (std::int64_t{zone.tm_hour} * 60 + zone.tm_min);
    const std::int64_t result = (std::int64_t{::timegm(&fields)} - offset) * 1000 + fraction;
    return std::max<std::int64_t>(result, 0); // year 1 is how reproducible builders write "unknown"
}

} // namespace escale
