// Host user and group ids for containers: which 65536 of them an owner gets. Pure; Store::idRangeOf() keeps
// the record.
#pragma once

#include "engine/base/result.h"
#include "engine/base/user_namespace.h"

#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

namespace escale {

/// systemd.io/UIDS-GIDS: from here to 0x7FFE0000 (its "foreign" range) nobody else takes ids by default;
/// above 2^31 some programs read them as negative.
constexpr std::uint32_t kFirstIdRange = 0x70000000;
constexpr std::uint32_t kLastIdRange = 0x7FFD0000;

struct IdInterval {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

/// The intervals of a subuid(5) or subgid(5) file: "name:first:count" a line. Lines it cannot read are left
/// out, as newuidmap(1) does.
std::vector<IdInterval> parseSubordinateIds(std::string_view text);

/// The lowest range that is neither given nor overlaps an interval. NoSpace when there is none.
Result<std::uint32_t> chooseIdRange(const std::set<std::uint32_t>& given,
                                    const std::vector<IdInterval>& taken);

} // namespace escale
