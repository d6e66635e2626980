#include "engine/store/id_range.h"

#include "engine/base/file.h"
#include "engine/store/store.h"

#include <algorithm>
#include <charconv>

namespace escale {
namespace {

bool readNumber(std::string_view text, std::uint64_t& value) {
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    return problem == std::errc() && stop == end;
}

Result<std::vector<IdInterval>> hostIntervals() {
    std::vector<IdInterval> all;
    for (const char* path : {"/etc/subuid", "/etc/subgid"}) {
        const auto text = readFile(path);
        if (!text && text.error().code == ErrorCode::NotFound)
            continue;
        if (!text)
            return fail(text.error());
        const auto intervals = parseSubordinateIds(*text);
        all.insert(all.end(), intervals.begin(), intervals.end());
    }
    return all;
}

} // namespace

std::vector<IdInterval> parseSubordinateIds(std::string_view text) {
    std::vector<IdInterval> intervals;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto last = line.rfind(':');
        const auto middle = last == std::string_view::npos || last == 0 ? last : line.rfind(':', last - 1);
        if (middle == std::string_view::npos || last == 0)
            continue;
        IdInterval interval;
        if (readNumber(line.substr(middle + 1, last - middle - 1), interval.first) &&
            readNumber(line.substr(last + 1), interval.count))
            intervals.push_back(interval);
    }
    return intervals;
}

Result<std::uint32_t> chooseIdRange(const std::set<std::uint32_t>& given,
                                    const std::vector<IdInterval>& taken) {
    const auto overlaps = [](std::uint32_t base, const IdInterval& interval) {
        // No sums with `first`: a hostile line must not wrap around.
        return interval.first < base + std::uint64_t{kIdRangeSize} &&
               (interval.first >= base ? interval.count > 0 : base - interval.first < interval.count);
    };
    for (std::uint32_t base = kFirstIdRange; base <= kLastIdRange; base += kIdRangeSize) {
        const bool free =
            !given.contains(base) &&
            std::none_of(taken.begin(), taken.end(), [&](const auto& one) { return overlaps(base, one); });
        if (free)
            return base;
    }
    return fail(ErrorCode::NoSpace, "all ranges of user ids for containers are given",
                "Ranges that /etc/subuid and /etc/subgid name above 1879048192 are not used.");
}

Result<std::uint32_t> Store::idRangeOf(uid_t owner) {
    const auto held = lock();
    TRY_ASSIGN(auto transaction, Transaction::begin(*m_database));
    std::set<std::uint32_t> given;
    TRY_ASSIGN(auto rows, m_database->prepare("SELECT owner, base FROM id_range"));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.step());
        if (!more)
            break;
        if (rows.number(0) == static_cast<std::int64_t>(owner))
            return static_cast<std::uint32_t>(rows.number(1));
        given.insert(static_cast<std::uint32_t>(rows.number(1)));
    }
    TRY_ASSIGN(const auto taken, hostIntervals());
    TRY_ASSIGN(const std::uint32_t base, chooseIdRange(given, taken));
    TRY(m_database->run("INSERT INTO id_range(owner, base) VALUES (?1, ?2)", owner, base));
    TRY(transaction.commit());
    return base;
}

} // namespace escale
