#include "engine/runtime/spec/parse_linux.h"

#include <array>
#include <linux/sched.h>
#include <sched.h>
#include <sys/personality.h>

namespace escale::spec {
namespace {

struct NamespaceWord {
    std::string_view name;
    int flag;
};
constexpr std::array<NamespaceWord, 8> kNamespaces{{{"pid", CLONE_NEWPID},
                                                    {"network", CLONE_NEWNET},
                                                    {"mount", CLONE_NEWNS},
                                                    {"ipc", CLONE_NEWIPC},
                                                    {"uts", CLONE_NEWUTS},
                                                    {"user", CLONE_NEWUSER},
                                                    {"cgroup", CLONE_NEWCGROUP},
                                                    {"time", CLONE_NEWTIME}}};

// config-linux.md#offset-for-time-namespace
Result<std::vector<TimeOffset>> parseTimeOffsets(const Json& json) {
    std::vector<TimeOffset> offsets;
    for (const auto& [clock, value] : json.members()) {
        if (clock != "monotonic" && clock != "boottime")
            return fail(ErrorCode::InvalidArgument,
                        "linux.timeOffsets: \"" + clock + "\" is neither monotonic nor boottime");
        TimeOffset offset{clock, value.at("secs").toInteger(), 0};
        TRY_ASSIGN(offset.nanoseconds, unsignedMember(value, "nanosecs", "linux.timeOffsets", 0));
        if (offset.nanoseconds > 999999999)
            return fail(ErrorCode::InvalidArgument,
                        "linux.timeOffsets: nanosecs of " + clock + " is more than 999999999");
        offsets.push_back(std::move(offset));
    }
    return offsets;
}

Result<std::vector<Namespace>> parseNamespaces(const Json& list) {
    std::vector<Namespace> namespaces;
    for (const auto& entry : list.items()) {
        Namespace one;
        TRY_ASSIGN(one.type, entry.getString("type"));
        TRY_ASSIGN(one.path, entry.getOptionalString("path"));
        for (const auto& word : kNamespaces) {
            if (word.name == one.type)
                one.flag = word.flag;
        }
        if (one.flag == 0)
            return fail(ErrorCode::InvalidArgument,
                        "linux.namespaces: \"" + one.type + "\" is no namespace type");
        namespaces.push_back(std::move(one));
    }
    return namespaces;
}

// config-linux.md#personality: execution domains, without flags for now in the specification, too.
Result<void> parsePersonality(const Json& json, Spec& spec) {
    if (json.isNull())
        return {};
    TRY_ASSIGN(const std::string domain, json.getString("domain"));
    TRY_ASSIGN(const auto flags, json.getStrings("flags"));
    if (domain != "LINUX" && domain != "LINUX32")
        return fail(ErrorCode::InvalidArgument,
                    "linux.personality.domain \"" + domain + "\" is neither LINUX nor LINUX32");
    if (!flags.empty())
        return fail(ErrorCode::Unsupported, "linux.personality.flags are not supported");
    spec.personality = domain == "LINUX32" ? PER_LINUX32 : PER_LINUX;
    return {};
}

Result<std::vector<Device>> parseDevices(const Json& list) {
    std::vector<Device> devices;
    for (const auto& entry : list.items()) {
        Device device;
        TRY_ASSIGN(device.path, entry.getString("path"));
        TRY_ASSIGN(const std::string type, entry.getString("type"));
        if (type.size() != 1 || std::string_view("cubp").find(type) == std::string_view::npos)
            return fail(ErrorCode::InvalidArgument,
                        "linux.devices: type \"" + type + "\" is none of c, u, b, p");
        device.type = type[0] == 'u' ? 'c' : type[0];
        device.major = entry.at("major").toInteger();
        device.minor = entry.at("minor").toInteger();
        TRY_ASSIGN(device.fileMode, unsignedMember(entry, "fileMode", "linux.devices", 0666));
        device.fileMode &= 07777; // Docker writes stat(2)'s st_mode, with the type; ours is in `type`
        TRY_ASSIGN(device.uid, unsignedMember(entry, "uid", "linux.devices", 0));
        TRY_ASSIGN(device.gid, unsignedMember(entry, "gid", "linux.devices", 0));
        devices.push_back(std::move(device));
    }
    return devices;
}

} // namespace

Result<std::uint32_t> unsignedMember(const Json& object, const char* key, const char* where,
                                     std::uint32_t fallback) {
    const auto& member = object.at(key);
    if (member.isNull())
        return fallback;
    const auto value = member.toInteger(-1);
    if (value < 0 || value > UINT32_MAX)
        return fail(ErrorCode::InvalidArgument,
                    std::string(where) + "." + key + " must be a number between 0 and 4294967295");
    return static_cast<std::uint32_t>(value);
}

Result<std::vector<IdMapping>> parseMappings(const Json& list, const char* what) {
    std::vector<IdMapping> mappings;
    for (const auto& entry : list.items()) {
        IdMapping mapping;
        TRY_ASSIGN(mapping.containerId, unsignedMember(entry, "containerID", what, 0));
        TRY_ASSIGN(mapping.hostId, unsignedMember(entry, "hostID", what, 0));
        TRY_ASSIGN(mapping.size, unsignedMember(entry, "size", what, 0));
        mappings.push_back(mapping);
    }
    return mappings;
}

std::vector<std::string> namespaceTypes() {
    std::vector<std::string> types;
    for (const auto& word : kNamespaces)
        types.emplace_back(word.name);
    return types;
}

Result<void> parseLinux(const Json& json, Spec& spec) {
    if (!json.isObject())
        return fail(ErrorCode::InvalidArgument, "config.json has no \"linux\"");
    for (const char* member : {"intelRdt", "netDevices", "memoryPolicy"}) {
        const auto& value = json.at(member);
        if (!value.isNull() && !(value.isString() && value.toString().empty()))
            return fail(ErrorCode::Unsupported, std::string("linux.") + member + " is not supported");
    }
    TRY(parsePersonality(json.at("personality"), spec));
    TRY_ASSIGN(spec.namespaces, parseNamespaces(json.at("namespaces")));
    TRY_ASSIGN(spec.mountLabel, json.getOptionalString("mountLabel"));
    TRY_ASSIGN(spec.timeOffsets, parseTimeOffsets(json.at("timeOffsets")));
    TRY_ASSIGN(spec.uidMappings, parseMappings(json.at("uidMappings"), "linux.uidMappings"));
    TRY_ASSIGN(spec.gidMappings, parseMappings(json.at("gidMappings"), "linux.gidMappings"));
    TRY_ASSIGN(spec.devices, parseDevices(json.at("devices")));
    TRY_ASSIGN(spec.cgroupsPath, json.getOptionalString("cgroupsPath"));
    TRY_ASSIGN(spec.resources, parseResources(json.at("resources")));
    TRY_ASSIGN(spec.rootfsPropagation, json.getOptionalString("rootfsPropagation"));
    TRY_ASSIGN(spec.maskedPaths, json.getStrings("maskedPaths"));
    TRY_ASSIGN(spec.readonlyPaths, json.getStrings("readonlyPaths"));
    for (const auto& [name, value] : json.at("sysctl").members())
        spec.sysctl.emplace_back(name, value.toString());
    if (json.contains("seccomp")) {
        TRY_ASSIGN(spec.seccomp, parseSeccomp(json.at("seccomp")));
    }
    return {};
}

} // namespace escale::spec
