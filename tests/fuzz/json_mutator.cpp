#include "tests/fuzz/json_mutator.h"

#include <array>
#include <cstring>
#include <limits>

namespace escale::fuzz {
namespace {

using Random = std::minstd_rand;

std::size_t below(Random& random, std::size_t end) {
    return end == 0 ? 0 : random() % end;
}

std::size_t countValues(const Json& value) {
    std::size_t count = 1;
    for (const auto& item : value.items())
        count += countValues(item);
    for (const auto& [key, member] : value.members())
        count += countValues(member);
    return count;
}

std::int64_t awkwardNumber(Random& random) {
    static constexpr std::array<std::int64_t, 18> kNumbers{0,
                                                           1,
                                                           -1,
                                                           2,
                                                           63,
                                                           64,
                                                           255,
                                                           4095,
                                                           65535,
                                                           65536,
                                                           2147483647,
                                                           2147483648,
                                                           4294967295,
                                                           4294967296,
                                                           -2147483648,
                                                           9007199254740993,
                                                           std::numeric_limits<std::int64_t>::max(),
                                                           std::numeric_limits<std::int64_t>::min()};
    return kNumbers.at(below(random, kNumbers.size()));
}

std::string awkwardText(const Json& value, Random& random) {
    std::string text = value.toString();
    static const std::array<std::string, 20> kTexts{"",
                                                    "/",
                                                    ".",
                                                    "..",
                                                    "/..",
                                                    "//",
                                                    "/proc/self/fd/7",
                                                    std::string("a\0b", 3),
                                                    "\n",
                                                    "=",
                                                    ":",
                                                    "a=b",
                                                    "bind",
                                                    "rbind",
                                                    "ro",
                                                    "c",
                                                    "host",
                                                    "cgroup",
                                                    "proc",
                                                    "-1"};
    const auto& other = kTexts.at(below(random, kTexts.size()));
    switch (below(random, 5)) {
    case 0:
        return other;
    case 1:
        return text + other;
    case 2:
        return other + text;
    case 3:
        return text.substr(0, below(random, text.size() + 1));
    default:
        return text + std::string(below(random, 300), 'x');
    }
}

Json otherType(Random& random) {
    switch (below(random, 7)) {
    case 0:
        return {};
    case 1:
        return Json(below(random, 2) == 1);
    case 2:
        return Json(awkwardNumber(random));
    case 3:
        return Json(1.5e300);
    case 4:
        return Json("text");
    case 5:
        return Json(Json::Array{});
    default:
        return Json(Json::Object{});
    }
}

Json changed(const Json& value, Random& random) {
    if (below(random, 8) == 0)
        return otherType(random);
    if (value.isString())
        return Json(awkwardText(value, random));
    if (value.isInteger())
        return Json(below(random, 2) == 0 ? awkwardNumber(random)
                                          : value.toInteger() ^ (std::int64_t(1) << below(random, 63)));
    if (value.isBool())
        return Json(!value.toBool());
    if (value.isArray()) {
        auto items = value.items();
        const auto at = below(random, items.size());
        if (items.empty())
            items.push_back(otherType(random));
        else if (below(random, 2) == 0)
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
        else
            items.push_back(items[at]);
        return Json(std::move(items));
    }
    if (value.isObject()) {
        auto members = value.members();
        if (members.empty())
            return value;
        const auto at = below(random, members.size());
        if (below(random, 3) == 0)
            members[at].first = awkwardText(Json(members[at].first), random);
        else
            members.erase(members.begin() + static_cast<std::ptrdiff_t>(at));
        return Json(std::move(members));
    }
    return otherType(random);
}

// The value number `left` of the tree, in the order of reading, is changed; `left` counts down.
Json changeOne(const Json& value, std::size_t& left, Random& random) {
    if (left-- == 0)
        return changed(value, random);
    if (value.isArray()) {
        Json::Array items;
        for (const auto& item : value.items())
            items.push_back(changeOne(item, left, random));
        return Json(std::move(items));
    }
    if (value.isObject()) {
        Json::Object members;
        for (const auto& [key, member] : value.members())
            members.emplace_back(key, changeOne(member, left, random));
        return Json(std::move(members));
    }
    return value;
}

} // namespace

Json mutate(const Json& document, Random& random) {
    Json changing = document;
    for (auto times = 1 + below(random, 4); times > 0; --times) {
        auto at = below(random, countValues(changing));
        changing = changeOne(changing, at, random);
    }
    return changing;
}

std::size_t mutateText(std::uint8_t* bytes, std::size_t size, std::size_t room, unsigned seed,
                       std::size_t (*fallback)(std::uint8_t*, std::size_t, std::size_t)) {
    Random random(seed);
    const auto document = Json::parse({reinterpret_cast<const char*>(bytes), size});
    if (!document || below(random, 10) == 0)
        return fallback(bytes, size, room);
    const auto text = mutate(*document, random).dump();
    if (text.size() > room)
        return fallback(bytes, size, room);
    std::memcpy(bytes, text.data(), text.size());
    return text.size();
}

} // namespace escale::fuzz
