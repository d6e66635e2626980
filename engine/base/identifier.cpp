#include "engine/base/identifier.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <sys/random.h>

namespace escale {
namespace {

constexpr std::size_t kIdLength = 64;

template <std::size_t size>
std::array<std::uint8_t, size> randomBytes() {
    std::array<std::uint8_t, size> bytes{};
    // getrandom(2): requests of up to 256 bytes are not interrupted once the pool is ready.
    while (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    }
    return bytes;
}

constexpr std::array<std::string_view, 32> kAdjectives{
    "amber",  "blue",  "bold",  "brave", "bright", "calm",   "clear", "deep",  "eager",  "fair", "gentle",
    "golden", "green", "happy", "keen",  "kind",   "light",  "lucky", "merry", "nimble", "open", "proud",
    "quick",  "quiet", "rapid", "ready", "sharp",  "steady", "swift", "warm",  "wise",   "zesty"};
constexpr std::array<std::string_view, 32> kNouns{
    "anchor", "barge",   "bay",     "beacon", "berth", "bow",  "brig",  "buoy",    "cape", "cargo", "coast",
    "crane",  "current", "cutter",  "deck",   "delta", "dock", "ferry", "harbour", "hull", "jetty", "keel",
    "lagoon", "mast",    "mooring", "pier",   "port",  "quay", "reef",  "sail",    "tide", "wharf"};

bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

} // namespace

std::string randomId() {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string id;
    id.reserve(kIdLength);
    for (const std::uint8_t byte : randomBytes<kIdLength / 2>()) {
        id += digits[byte >> 4];
        id += digits[byte & 15];
    }
    return id;
}

std::string shortId(std::string_view id) {
    return std::string(id.substr(0, 12));
}

std::string randomName() {
    const auto bytes = randomBytes<4>();
    return std::string(kAdjectives.at(bytes[0] % kAdjectives.size())) + "_" +
           std::string(kNouns.at(bytes[1] % kNouns.size())) + std::to_string(bytes[2] % 100);
}

Result<void> validateName(std::string_view name) {
    const bool good = name.size() >= 2 && name.size() <= 128 && isAlphanumeric(name.front()) &&
                      std::all_of(name.begin(), name.end(), [](char c) {
                          return isAlphanumeric(c) || c == '_' || c == '.' || c == '-';
                      });
    if (!good)
        return fail(ErrorCode::InvalidArgument,
                    "\"" + std::string(name.substr(0, 128)) + "\" is not a valid name",
                    "Use 2 to 128 letters, digits, '_', '.' or '-', beginning with a letter or digit.");
    return {};
}

bool isId(std::string_view text) {
    return text.size() == kIdLength && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

} // namespace escale
