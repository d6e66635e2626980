#include "engine/image/platform.h"

#include <algorithm>
#include <array>
#include <sys/utsname.h>

namespace escale {
namespace {

struct MachineName {
    std::string_view machine;
    std::string_view architecture;
    std::string_view variant;
};

// uname(2)'s and dpkg's names of the architectures; the second column is Go's.
constexpr std::array kMachines{
    MachineName{"x86_64", "amd64", ""},      MachineName{"x86-64", "amd64", ""},
    MachineName{"i386", "386", ""},          MachineName{"i486", "386", ""},
    MachineName{"i586", "386", ""},          MachineName{"i686", "386", ""},
    MachineName{"aarch64", "arm64", ""},     MachineName{"armv8l", "arm", "v7"},
    MachineName{"armv7l", "arm", "v7"},      MachineName{"armhf", "arm", "v7"},
    MachineName{"armv6l", "arm", "v6"},      MachineName{"armel", "arm", "v6"},
    MachineName{"armv5tel", "arm", "v5"},    MachineName{"loongarch64", "loong64", ""},
    MachineName{"mips64el", "mips64le", ""}, MachineName{"ppc64el", "ppc64le", ""},
};

// Where a missing variant stands: plain amd64 is v1, arm64 v8, and Docker takes plain arm for v7.
std::string_view defaultVariant(std::string_view architecture) {
    if (architecture == "amd64")
        return "v1";
    if (architecture == "arm64")
        return "v8";
    return architecture == "arm" ? "v7" : "";
}

// "v7" → 7; -1 when it is no such name ("v8.1" counts as 8).
int level(std::string_view variant) {
    if (variant.size() < 2 || variant[0] != 'v' || variant[1] < '0' || variant[1] > '9')
        return -1;
    return variant[1] - '0';
}

bool isWord(std::string_view text) {
    return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

Platform normalized(Platform platform) {
    for (const MachineName& name : kMachines) {
        if (platform.architecture == name.machine) {
            platform.architecture = name.architecture;
            if (platform.variant.empty())
                platform.variant = name.variant;
        }
    }
    return platform;
}

} // namespace

Result<Platform> Platform::parse(std::string_view text) {
    std::array<std::string_view, 3> parts;
    std::size_t count = 0;
    std::string_view rest = text;
    for (bool more = true; more; ++count) {
        const std::size_t slash = rest.find('/');
        more = slash != std::string_view::npos;
        if (count == parts.size() || !isWord(rest.substr(0, slash)))
            return fail(ErrorCode::InvalidArgument,
                        "\"" + std::string(text.substr(0, 100)) + "\" is not a platform",
                        "write it as linux/amd64 or linux/arm/v7");
        parts.at(count) = rest.substr(0, slash);
        rest.remove_prefix(more ? slash + 1 : rest.size());
    }
    Platform platform;
    if (count > 1)
        platform.os = parts[0];
    platform.architecture = parts.at(count > 1 ? 1 : 0);
    platform.variant = parts[2];
    return normalized(std::move(platform));
}

Result<Platform> Platform::parseOrThisMachine(std::string_view text) {
    return text.empty() ? ofThisMachine() : parse(text);
}

Platform Platform::ofThisMachine() {
    utsname names{};
    Platform platform;
    // uname(2) fails only for a bad address.
    if (::uname(&names) == 0)
        platform.architecture = static_cast<const char*>(names.machine);
    return normalized(std::move(platform));
}

std::string Platform::toString() const {
    return os + "/" + architecture + (variant.empty() ? "" : "/" + variant);
}

int Platform::distance(const Platform& offered) const {
    if (offered.os != os || offered.architecture != architecture)
        return -1;
    const std::string_view fallback = defaultVariant(architecture);
    const std::string_view wanted = variant.empty() ? fallback : std::string_view(variant);
    const std::string_view given = offered.variant.empty() ? fallback : std::string_view(offered.variant);
    if (wanted == given)
        return 0;
    const int most = level(wanted);
    const int has = level(given);
    return most < 0 || has < 0 || has > most ? -1 : most - has + (most == has ? 1 : 0);
}

} // namespace escale
