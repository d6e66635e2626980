#include "engine/runtime/spec/spec.h"

#include "engine/base/capability_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sched.h>
#include <sys/resource.h>

namespace escale::spec {
namespace {

std::optional<std::uint32_t> mapped(const std::vector<IdMapping>& mappings, std::uint32_t id) {
    for (const auto& mapping : mappings) {
        if (id >= mapping.containerId && id - mapping.containerId < mapping.size)
            return mapping.hostId + (id - mapping.containerId);
    }
    return std::nullopt;
}

struct RlimitWord {
    std::string_view name;
    int number;
};
constexpr std::array<RlimitWord, 16> kRlimits{{{"RLIMIT_AS", RLIMIT_AS},
                                               {"RLIMIT_CORE", RLIMIT_CORE},
                                               {"RLIMIT_CPU", RLIMIT_CPU},
                                               {"RLIMIT_DATA", RLIMIT_DATA},
                                               {"RLIMIT_FSIZE", RLIMIT_FSIZE},
                                               {"RLIMIT_LOCKS", RLIMIT_LOCKS},
                                               {"RLIMIT_MEMLOCK", RLIMIT_MEMLOCK},
                                               {"RLIMIT_MSGQUEUE", RLIMIT_MSGQUEUE},
                                               {"RLIMIT_NICE", RLIMIT_NICE},
                                               {"RLIMIT_NOFILE", RLIMIT_NOFILE},
                                               {"RLIMIT_NPROC", RLIMIT_NPROC},
                                               {"RLIMIT_RSS", RLIMIT_RSS},
                                               {"RLIMIT_RTPRIO", RLIMIT_RTPRIO},
                                               {"RLIMIT_RTTIME", RLIMIT_RTTIME},
                                               {"RLIMIT_SIGPENDING", RLIMIT_SIGPENDING},
                                               {"RLIMIT_STACK", RLIMIT_STACK}}};

} // namespace

const Namespace* Spec::findNamespace(int flag) const {
    const auto found = std::find_if(namespaces.begin(), namespaces.end(),
                                    [&](const Namespace& one) { return one.flag == flag; });
    return found == namespaces.end() ? nullptr : &*found;
}

bool Spec::makesNamespace(int flag) const {
    const auto* found = findNamespace(flag);
    return found != nullptr && found->path.empty();
}

std::optional<std::uint32_t> Spec::hostUid(std::uint32_t uid) const {
    return findNamespace(CLONE_NEWUSER) == nullptr ? uid : mapped(uidMappings, uid);
}

std::optional<std::uint32_t> Spec::hostGid(std::uint32_t gid) const {
    return findNamespace(CLONE_NEWUSER) == nullptr ? gid : mapped(gidMappings, gid);
}

// sysctl(8): the first separator, "." or "/", is the one that means a folder.
std::string sysctlFile(std::string name) {
    const auto first = name.find_first_of("./");
    if (first != std::string::npos && name[first] == '.') {
        for (char& letter : name)
            letter = letter == '.' ? '/' : (letter == '/' ? '.' : letter);
    }
    return name;
}

std::optional<unsigned> capabilityNumber(const std::string& name) {
    constexpr std::string_view prefix = "CAP_";
    const auto isPrefix = [](char a, char b) { return a == std::toupper(static_cast<unsigned char>(b)); };
    if (name.size() < prefix.size() || !std::equal(prefix.begin(), prefix.end(), name.begin(), isPrefix))
        return std::nullopt;
    std::string upper = name.substr(prefix.size());
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char letter) { return std::toupper(letter); });
    const auto found = std::find(kCapabilityNames.begin(), kCapabilityNames.end(), upper);
    if (found == kCapabilityNames.end())
        return std::nullopt;
    return static_cast<unsigned>(found - kCapabilityNames.begin());
}

std::vector<std::string> capabilityNames() {
    std::vector<std::string> names;
    for (const auto name : kCapabilityNames)
        names.push_back("CAP_" + std::string(name));
    return names;
}

std::optional<int> rlimitNumber(std::string_view name) {
    for (const auto& entry : kRlimits) {
        if (entry.name == name)
            return entry.number;
    }
    return std::nullopt;
}

std::string rlimitWord(int number) {
    const auto* const found = std::find_if(kRlimits.begin(), kRlimits.end(),
                                           [&](const RlimitWord& word) { return word.number == number; });
    if (found == kRlimits.end())
        return std::to_string(number);
    std::string word(found->name.substr(std::string_view("RLIMIT_").size()));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char letter) { return std::tolower(letter); });
    return word;
}

std::string capabilityWords(std::uint64_t mask) {
    std::string words;
    for (std::size_t i = 0; i < kCapabilityNames.size(); ++i) {
        if ((mask >> i & 1U) != 0)
            words += (words.empty() ? "" : ",") + std::string(kCapabilityNames.at(i));
    }
    std::transform(words.begin(), words.end(), words.begin(),
                   [](unsigned char letter) { return std::tolower(letter); });
    return words;
}

} // namespace escale::spec
