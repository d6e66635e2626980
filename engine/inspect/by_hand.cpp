#include "engine/inspect/by_hand.h"

#include "engine/base/capability_names.h"
#include "engine/base/shell_word.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>

namespace escale::by_hand {
namespace {

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

std::string upperCase(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    }
    return upper;
}

bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
}

// Overlay's list: a backslash takes a colon, a comma or a backslash as part of a name.
Words lowerFolders(std::string_view list) {
    Words folders(1);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i] == '\\' && i + 1 < list.size())
            folders.back() += list[++i];
        else if (list[i] == ':')
            folders.emplace_back();
        else
            folders.back() += list[i];
    }
    return folders;
}

// "172.30.0.2/16": it becomes a word of nft's, who takes "x; flush ruleset" for more than one.
bool isAddress(const std::string& address) {
    const auto slash = std::min(address.find('/'), address.size());
    const auto prefix = address.substr(std::min(slash + 1, address.size()));
    const std::string bare = address.substr(0, slash);
    std::array<unsigned char, 16> bytes{};
    return (::inet_pton(AF_INET, bare.c_str(), bytes.data()) == 1 ||
            ::inet_pton(AF_INET6, bare.c_str(), bytes.data()) == 1) &&
           prefix.size() <= 3 && prefix.find_first_not_of("0123456789") == std::string::npos;
}

bool isBelow(std::string_view path, std::string_view folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

} // namespace

std::string text(const MadeStep& step, std::string_view key) {
    return std::string(step.detail(key));
}

// echo takes some words apart, or for options.
std::string writeTo(const std::string& value, const std::string& file) {
    const bool isText = !value.empty() && std::all_of(value.begin(), value.end(), [](char letter) {
        return letter >= ' ' && letter < 0x7f && letter != '\\';
    });
    const bool isOption =
        value.starts_with('-') && value.find_first_not_of("0123456789", 1) != std::string::npos;
    return (isText && !isOption ? "echo " : "printf '%s\\n' ") + shellWord(value) + " > " + file;
}

Words split(std::string_view list, char separator) {
    Words parts;
    while (!list.empty()) {
        const auto end = std::min(list.find(separator), list.size());
        parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

Words every(const MadeStep& step, std::string_view key) {
    Words found;
    for (const auto& [name, value] : step.details) {
        if (name == key)
            found.push_back(value);
    }
    return found;
}

std::string safeName(std::string_view name, std::size_t most) {
    std::string safe(name.substr(0, most));
    std::replace_if(
        safe.begin(), safe.end(), [](char c) { return !isWordCharacter(c); }, '-');
    const auto first = std::min(safe.find_first_not_of("-."), safe.size());
    return safe.substr(first);
}

std::string commentText(std::string_view text) {
    constexpr std::size_t kMost = 200;
    std::string line(text.substr(0, kMost));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
        ' ');
    return line;
}

bool isPlainPath(std::string_view path) {
    const bool isPlain = !path.empty() && path.front() != '/' && path.back() != '/' &&
                         std::all_of(path.begin(), path.end(), [](char c) {
                             return isWordCharacter(c) || c == '/' || c == ':' || c == '@';
                         });
    const auto parts = split(path, '/');
    return isPlain && std::none_of(parts.begin(), parts.end(), [](const std::string& part) {
               return part.empty() || part == "." || part == "..";
           });
}

std::string settingPath(std::string name) {
    for (char& c : name)
        c = c == '.' ? '/' : c == '/' ? '.' : c;
    return name;
}

std::string otherAddress(const std::string& addressWithPrefix, const Words& taken) {
    constexpr std::uint64_t kFurther = 100;
    const auto slash = addressWithPrefix.find('/');
    const std::string address = addressWithPrefix.substr(0, slash);
    const bool isV6 = address.find(':') != std::string::npos;
    const unsigned bits = isV6 ? 128 : 32;
    unsigned prefix = bits;
    if (slash != std::string::npos)
        std::from_chars(addressWithPrefix.data() + slash + 1,
                        addressWithPrefix.data() + addressWithPrefix.size(), prefix);
    std::array<unsigned char, 16> bytes{};
    const int family = isV6 ? AF_INET6 : AF_INET;
    if (::inet_pton(family, address.c_str(), bytes.data()) != 1 || prefix > bits)
        return addressWithPrefix;
    // As many bits of the host's part as are of use; a subnet of IPv6 has more than enough.
    const unsigned hostBits = std::min(bits - prefix, 16U);
    const std::uint64_t count = 1ULL << hostBits;
    const std::size_t last = bits / 8 - 1;
    const std::uint64_t old = ((std::uint64_t(bytes[last - 1]) << 8) | bytes[last]) & (count - 1);
    for (std::uint64_t step = 0; step < count; ++step) {
        const std::uint64_t host = (old + kFurther + step) % count;
        if (host == old || host == 0 || host == count - 1)
            continue;
        const std::uint64_t low =
            (((std::uint64_t(bytes[last - 1]) << 8) | bytes[last]) & ~(count - 1)) | host;
        auto other = bytes;
        other[last - 1] = static_cast<unsigned char>(low >> 8);
        other[last] = static_cast<unsigned char>(low & 0xff);
        std::array<char, INET6_ADDRSTRLEN> words{};
        ::inet_ntop(family, other.data(), words.data(), words.size());
        if (std::find(taken.begin(), taken.end(), words.data()) == taken.end())
            return std::string(words.data()) + "/" + std::to_string(prefix);
    }
    return addressWithPrefix;
}

std::string completedMap(const std::string& map) {
    const auto parts = split(map, ':');
    std::uint32_t base = 0;
    if (parts.size() != 3 || parts[2] != "1" ||
        std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), base).ec != std::errc())
        return map;
    const std::string next = std::to_string(base + 1);
    return map + "," + next + ":" + next + ":65535";
}

std::uint64_t capabilityMask(std::string_view list) {
    std::uint64_t mask = 0;
    if (list.starts_with("0x")) {
        std::from_chars(list.data() + 2, list.data() + list.size(), mask, 16);
        return mask;
    }
    for (const auto& word : split(list, ',')) {
        std::string name = upperCase(word);
        if (name.starts_with("CAP_"))
            name.erase(0, 4);
        const auto* const found = std::find(kCapabilityNames.begin(), kCapabilityNames.end(), name);
        if (found != kCapabilityNames.end())
            mask |= 1ULL << (found - kCapabilityNames.begin());
    }
    return mask;
}

std::string capabilityNames(std::uint64_t mask) {
    std::string names;
    for (std::size_t i = 0; i < kCapabilityNames.size(); ++i) {
        if ((mask >> i & 1) != 0)
            names.append(names.empty() ? "" : " ").append(lowerCase(kCapabilityNames.at(i)));
    }
    return names;
}

Plan::Plan(const MadeSteps& all) {
    for (const auto& step : all)
        steps.push_back(&step);
    hasUsers = hasFlag("CLONE_NEWUSER");
    makesNetwork = hasFlag("CLONE_NEWNET") || find("netns-create") != nullptr;
    planLayers();
    planCgroups();
    planBinds();
    planCables();
}

const MadeStep* Plan::find(std::string_view operation) const {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [&](const MadeStep* step) { return step->operation == operation; });
    return found == steps.end() ? nullptr : *found;
}

bool Plan::hasFlag(std::string_view flag) const {
    const MadeStep* clone = find("clone3");
    if (clone == nullptr)
        return false;
    const auto flags = split(clone->detail("flags"), '|');
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

std::string Plan::idMap(std::string_view kind) const {
    for (const auto* step : steps) {
        if (step->operation == "id-map" && step->detail("kind") == kind)
            return text(*step, "map");
    }
    return {};
}

std::string Plan::rootId(std::string_view kind) const {
    const MadeStep* shift = find("layer-shift"); // the map of a user namespace that was joined is not told
    const auto map = idMap(kind);
    for (const auto& range : split(map.empty() && shift != nullptr ? shift->detail("map") : map, ',')) {
        const auto parts = split(range, ':');
        const bool isNumber = parts.size() == 3 && !parts[1].empty() &&
                              parts[1].find_first_not_of("0123456789") == std::string::npos;
        if (isNumber && parts[0] == "0")
            return parts[1];
    }
    return {};
}

void Plan::planLayers() {
    std::map<std::string, std::size_t> places; // recorded mount point → place
    const auto add = [&](Layer layer) {
        layer.place = layers.size();
        layers.push_back(std::move(layer));
        return layers.back().place;
    };
    for (const auto* step : steps) {
        const bool isShift = step->operation == "layer-shift";
        if ((!isShift && step->operation != "layer-mount") || places.contains(text(*step, "target")))
            continue;
        Layer layer{text(*step, "source"), false, text(*step, "type"), text(*step, "map"), 0};
        if (const auto made = places.find(layer.source); made != places.end()) {
            layer.source = std::to_string(made->second);
            layer.isOurs = true;
        }
        places[text(*step, "target")] = add(std::move(layer));
    }
    const MadeStep* overlay = find("overlay-mount");
    if (overlay == nullptr)
        return;
    for (const auto& folder : lowerFolders(overlay->detail("lower"))) {
        const auto exact = places.find(folder);
        const auto parent = places.find(folder.substr(0, folder.rfind('/')));
        const std::string name = folder.substr(folder.rfind('/') + 1);
        if (exact != places.end())
            lower.push_back(std::to_string(exact->second));
        else if (parent != places.end() && safeName(name, name.size()) == name && !name.empty())
            lower.push_back(std::to_string(parent->second) + "/" + name);
        else
            lower.push_back(std::to_string(places[folder] = add({folder, false, "bind", {}, 0})));
    }
}

void Plan::planCgroups() {
    for (const auto* step : steps) {
        const auto hierarchy = text(*step, "hierarchy");
        // All processes of what stands below it with our name are ended in the end: it is what it says, or
        // nothing.
        if (step->operation != "cgroup-create" || !hierarchy.starts_with('/') ||
            !isPlainPath(hierarchy.substr(1)))
            continue;
        const auto path = text(*step, "path");
        const auto known = std::find_if(cgroups.begin(), cgroups.end(),
                                        [&](const Cgroup& one) { return one.hierarchy == hierarchy; });
        if (known == cgroups.end())
            cgroups.push_back({hierarchy, path, {}, {}});
        else if (path.size() > known->path.size()) // its parents are made first
            known->path = path;
    }
    for (const auto* step : steps) {
        if (step->operation == "cgroup-device")
            planDeviceRules(*step);
        if (step->operation != "cgroup-write")
            continue;
        const auto file = text(*step, "file");
        for (auto& group : cgroups) {
            const std::string folder = group.hierarchy + group.path;
            if (isBelow(file, folder) && isPlainPath(file.substr(folder.size() + 1)))
                group.writes.emplace_back(file.substr(folder.size() + 1), text(*step, "value"));
        }
    }
}

namespace {

// What mount(8) knows to set on a mount that is there: flags of the mount, none of a file system. The engine
// has words for all mounts below ("rro") that mount(8) has not.
std::string flagOf(const std::string& word) {
    static constexpr std::array<std::string_view, 12> kFlags{
        "ro",   "nosuid",  "suid",     "nodev",      "dev",         "noexec",
        "exec", "noatime", "relatime", "nodiratime", "strictatime", "nosymfollow"};
    const auto isFlag = [](std::string_view one) {
        return std::find(kFlags.begin(), kFlags.end(), one) != kFlags.end();
    };
    if (isFlag(word))
        return word;
    return word.starts_with('r') && isFlag(word.substr(1)) ? word.substr(1) : std::string();
}

void addFlag(std::string& options, const std::string& flag) {
    const auto words = split(options, ',');
    if (!flag.empty() && std::find(words.begin(), words.end(), flag) == words.end())
        options += (options.empty() ? "" : ",") + flag;
}

} // namespace

// "deny a *:* rwm, allow c 1:3 rwm"
void Plan::planDeviceRules(const MadeStep& step) {
    for (auto& group : cgroups) {
        if (step.detail("path") != group.hierarchy + group.path)
            continue;
        for (auto rule : split(step.detail("rules"), ',')) {
            rule.erase(0, rule.find_first_not_of(' '));
            const auto space = std::min(rule.find(' '), rule.size());
            const auto list = rule.substr(0, space);
            rule.erase(0, space + 1);
            const bool isPlain = rule.find_first_not_of("abcmrw*:0123456789 ") == std::string::npos;
            if (isPlain && !rule.empty() && (list == "allow" || list == "deny"))
                group.deviceRules.emplace_back(list, rule);
        }
    }
}

void Plan::planBind(const MadeStep& attach) {
    Bind bind{text(attach, "source"), false, {}, {}, {}, {}, false};
    for (const auto& word : split(attach.detail("options"), ',')) {
        if (word == "rbind")
            bind.isRecursive = true;
        addFlag(bind.options, flagOf(word));
    }
    bind.what = bind.source;
    for (const auto* step : steps) {
        if (step->detail("target") != attach.detail("target"))
            continue;
        if (step->operation == "mount-idmap") { // by the container's own user namespace
            bind.map = text(*step, "map");
            bind.groupMap = text(*step, "group-map");
        }
        if (step->operation != "source-open")
            continue;
        bind.what = text(*step, "path");
        bind.source = step->detail("folder").empty() ? bind.what : text(*step, "folder");
        bind.map = completedMap(text(*step, "map"));
        bind.groupMap = completedMap(text(*step, "group-map"));
        for (const char* always : {"nosuid", "nodev"})
            addFlag(bind.options, always);
        if (step->detail("read-only") == "yes")
            addFlag(bind.options, "ro");
    }
    // A mount that stands in no namespace has no path that anybody else could use.
    bind.isMissing = !bind.source.starts_with('/') ||
                     (bind.source.starts_with("/proc/") && bind.source.find("/fd/") != std::string::npos);
    bindOf[&attach] = binds.size();
    binds.push_back(std::move(bind));
}

void Plan::planBinds() {
    for (const auto* step : steps) {
        const bool isBind = step->operation == "mount-attach" &&
                            (step->detail("type") == "bind" || step->detail("type").empty());
        if (isBind)
            planBind(*step);
    }
    for (const auto* step : steps) {
        const bool isFile = step->by == MadeBy::Engine &&
                            (step->operation == "file-write" || step->operation == "device-make" ||
                             step->operation == "tmpfs-mount");
        const auto path = text(*step, step->operation == "tmpfs-mount" ? "target" : "path");
        if (isFile &&
            std::any_of(binds.begin(), binds.end(), [&](const Bind& one) { return one.source == path; }))
            files.push_back(step);
    }
}

void Plan::planCables() {
    for (const auto* step : steps) {
        const bool isCable = (step->operation == "veth-create" || step->operation == "link-create") &&
                             !step->detail("inside").empty();
        if (isCable)
            cables.push_back({step, text(*step, "inside"), {}, {}, {}, false});
    }
    Words taken;
    for (const auto* step : steps) {
        for (const auto& address : every(*step, "address"))
            taken.push_back(address.substr(0, address.find('/')));
        if (!step->detail("gateway").empty())
            taken.push_back(text(*step, "gateway"));
    }
    for (auto& cable : cables) {
        for (const auto* step : steps) {
            const bool isInside =
                step->detail("interface") == cable.inside && step->detail("namespace") == "container";
            const auto address = text(*step, "address");
            // The kernel makes a link-local one of its own, of another hardware address.
            if (isInside && step->operation == "address-add" && !address.starts_with("fe80:") &&
                isAddress(address)) {
                cable.oldAddresses.push_back(address);
                cable.addresses.push_back(otherAddress(address, taken));
                taken.push_back(cable.addresses.back().substr(0, cable.addresses.back().find('/')));
            }
            if (isInside && step->operation == "route-add")
                cable.routes.push_back(step);
            if (step->operation == "port-isolate" && step->detail("interface") == cable.link->detail("host"))
                cable.isIsolated = true;
        }
    }
}

} // namespace escale::by_hand
