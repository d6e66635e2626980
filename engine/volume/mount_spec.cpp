#include "engine/volume/mount_spec.h"

#include "engine/base/byte_size.h"
#include "engine/base/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <limits>
#include <set>

namespace escale {
namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kLongestText = 64 * 1024;
constexpr std::size_t kLongestPath = 4096; // PATH_MAX
constexpr std::array<std::string_view, 6> kPropagations{"rprivate", "private", "rslave",
                                                        "slave",    "rshared", "shared"};

template <class List>
bool isOneOf(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string inQuotes(std::string_view text) {
    return '"' + std::string(text.substr(0, 200)) + '"';
}

tl::unexpected<Error> wrong(std::string message, std::string hint = {}) {
    return fail(ErrorCode::InvalidArgument, std::move(message), std::move(hint));
}

// "/a//b/../c/" is "/a/c", as docker cleans it.
std::string cleaned(std::string_view path) {
    auto normal = std::filesystem::path(path).lexically_normal().string();
    while (normal.size() > 1 && normal.back() == '/')
        normal.pop_back();
    return normal;
}

Result<bool> parseBool(std::string_view key, std::string_view value) {
    for (const std::string_view word : {"1", "t", "T", "true", "True", "TRUE"}) {
        if (value == word)
            return true;
    }
    for (const std::string_view word : {"0", "f", "F", "false", "False", "FALSE"}) {
        if (value == word)
            return false;
    }
    return wrong(std::string(key) + ": " + inQuotes(value) + " is neither true nor false");
}

template <class Number>
Result<Number> parseNumber(std::string_view key, std::string_view value, int base) {
    Number number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number, base);
    if (error != std::errc() || end != value.data() + value.size())
        return wrong(std::string(key) + ": " + inQuotes(value) +
                     (base == 8 ? " is no octal number" : " is no number"));
    return number;
}

Result<void> parsePair(std::string_view key, std::string_view value,
                       std::map<std::string, std::string>& into) {
    const auto equals = value.find('=');
    if (equals == 0 || value.empty())
        return wrong(std::string(key) + ": " + inQuotes(value) + " has no name", "Write NAME=VALUE.");
    into[std::string(value.substr(0, equals))] =
        equals == std::string_view::npos ? "" : std::string(value.substr(equals + 1));
    return {};
}

Result<void> setKind(std::string_view value, MountSpec& mount) {
    for (const auto kind : {MountKind::Volume, MountKind::Bind, MountKind::Tmpfs}) {
        if (value == mountKindName(kind)) {
            mount.kind = kind;
            return {};
        }
    }
    if (value == "image" || value == "cluster" || value == "npipe")
        return fail(ErrorCode::Unsupported, "mounts of type " + inQuotes(value) + " are not supported",
                    "The types are volume, bind and tmpfs.");
    return wrong("there is no mount type " + inQuotes(value), "The types are volume, bind and tmpfs.");
}

Result<void> setBindRecursive(std::string_view value, MountSpec& mount) {
    if (value == "disabled")
        mount.recursive = false;
    else if (value == "enabled" || value == "readonly" || value == "writable")
        mount.recursiveReadOnly = value;
    else
        return wrong("bind-recursive: " + inQuotes(value) +
                     " is none of enabled, disabled, readonly, writable");
    return {};
}

// Which kind a key belongs to; nothing for those of all kinds.
std::optional<MountKind> kindOf(std::string_view key) {
    for (const auto kind : {MountKind::Volume, MountKind::Bind, MountKind::Tmpfs}) {
        if (key.starts_with(std::string(mountKindName(kind)) + '-'))
            return kind;
    }
    return std::nullopt;
}

Result<void> setBindKey(std::string_view key, std::string_view value, MountSpec& mount) {
    if (key == "bind-propagation") {
        if (!isOneOf(kPropagations, value))
            return wrong("bind-propagation: " + inQuotes(value) + " is no propagation",
                         "They are private, rprivate, slave, rslave, shared and rshared.");
        mount.propagation = value == "rprivate" ? "" : value;
    } else if (key == "bind-nonrecursive") {
        TRY_ASSIGN(const bool nonRecursive, parseBool(key, value));
        mount.recursive = !nonRecursive;
    } else if (key == "bind-recursive") {
        TRY(setBindRecursive(value, mount));
    } else if (key == "bind-create-src") {
        TRY_ASSIGN(mount.createSource, parseBool(key, value));
    } else {
        return wrong("a mount has no key " + inQuotes(key));
    }
    return {};
}

Result<void> setVolumeKey(std::string_view key, std::string_view value, MountSpec& mount) {
    if (key == "volume-nocopy") {
        TRY_ASSIGN(mount.noCopy, parseBool(key, value));
    } else if (key == "volume-subpath") {
        mount.subpath = value;
    } else if (key == "volume-label") {
        TRY(parsePair(key, value, mount.volumeLabels));
    } else if (key == "volume-opt") {
        TRY(parsePair(key, value, mount.volumeOptions));
    } else if (key == "volume-driver") {
        if (value != "local" && !value.empty())
            return fail(ErrorCode::Unsupported, "there is no volume driver " + inQuotes(value),
                        "The driver is local.");
    } else {
        return wrong("a mount has no key " + inQuotes(key));
    }
    return {};
}

Result<void> setTmpfsKey(std::string_view key, std::string_view value, MountSpec& mount) {
    if (key == "tmpfs-size") {
        TRY_ASSIGN(mount.tmpfsSize, parseByteSize(value));
    } else if (key == "tmpfs-mode") {
        TRY_ASSIGN(mount.tmpfsMode, parseNumber<std::uint32_t>(key, value, 8));
    } else if (key == "tmpfs-uid") {
        TRY_ASSIGN(mount.tmpfsUser, parseNumber<std::uint32_t>(key, value, 10));
    } else if (key == "tmpfs-gid") {
        TRY_ASSIGN(mount.tmpfsGroup, parseNumber<std::uint32_t>(key, value, 10));
    } else {
        return wrong("a mount has no key " + inQuotes(key));
    }
    return {};
}

Result<void> setKey(std::string_view key, std::string_view value, MountSpec& mount) {
    if (const auto kind = kindOf(key)) {
        if (*kind != mount.kind)
            return wrong(std::string(key) + " does not go with a mount of type " +
                         std::string(mountKindName(mount.kind)));
        return *kind == MountKind::Bind     ? setBindKey(key, value, mount)
               : *kind == MountKind::Volume ? setVolumeKey(key, value, mount)
                                            : setTmpfsKey(key, value, mount);
    }
    if (key == "source" || key == "src") {
        mount.source = value;
    } else if (key == "target" || key == "dst" || key == "destination") {
        mount.target = value.empty() ? "" : cleaned(value);
    } else if (key == "readonly" || key == "ro") {
        TRY_ASSIGN(mount.readOnly, parseBool(key, value));
    } else if (key != "consistency") { // of Docker Desktop's file sharing
        return wrong("a mount has no key " + inQuotes(key));
    }
    return {};
}

bool mayStandAlone(std::string_view key) {
    static constexpr std::array<std::string_view, 5> kFlags{"readonly", "ro", "volume-nocopy",
                                                            "bind-nonrecursive", "bind-create-src"};
    return isOneOf(kFlags, key);
}

bool isPath(std::string_view source) {
    return source.starts_with('/') || source.starts_with('.') || source.starts_with('~');
}

Result<void> setMode(std::string_view modes, MountSpec& mount, std::string_view whole) {
    std::set<std::string_view> given; // one of each sort
    for (std::size_t start = 0; start <= modes.size();) {
        const auto comma = std::min(modes.find(',', start), modes.size());
        const auto mode = modes.substr(start, comma - start);
        start = comma + 1;
        std::string_view sort;
        if (mode == "ro" || mode == "rw") {
            sort = "access";
            mount.readOnly = mode == "ro";
        } else if (mode == "z" || mode == "Z") {
            sort = "label";
        } else if (mode == "cached" || mode == "delegated" || mode == "consistent") {
            sort = "consistency";
        } else if (mode == "nocopy" && mount.kind == MountKind::Volume) {
            sort = "copy";
            mount.noCopy = true;
        } else if (isOneOf(kPropagations, mode) && mount.kind == MountKind::Bind) {
            sort = "propagation";
            mount.propagation = mode == "rprivate" ? "" : mode;
        } else {
            return wrong(inQuotes(mode) + " in " + inQuotes(whole) + " is no mode of such a mount",
                         "They are ro, rw, z, Z, nocopy (of a volume), and the propagations (of a folder).");
        }
        if (!given.insert(sort).second)
            return wrong("the modes in " + inQuotes(whole) + " contradict each other");
    }
    return {};
}

Result<void> checkPath(const char* what, const std::string& path) {
    if (path.size() >= kLongestPath)
        return wrong(std::string("the ") + what + " of a mount is longer than 4095 bytes");
    if (path.find('\0') != std::string::npos)
        return wrong(std::string("the ") + what + " of a mount holds a NUL byte");
    if (!path.starts_with('/'))
        return wrong(std::string("the ") + what + " " + inQuotes(path) + " of a mount is not absolute",
                     "Begin it with a slash.");
    return {};
}

// Docker's names: [a-zA-Z0-9][a-zA-Z0-9_.-]+
bool isVolumeName(std::string_view name) {
    const auto isGood = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.' || c == '-';
    };
    return name.size() > 1 && name.size() <= 255 && std::all_of(name.begin(), name.end(), isGood) &&
           name.find_first_of("_.-") != 0;
}

Result<void> checkVolume(const MountSpec& mount) {
    if (!mount.source.empty() && !isVolumeName(mount.source))
        return wrong(inQuotes(mount.source) + " is no name of a volume",
                     "Use two or more letters, digits, underscores, dots and hyphens; a folder of this "
                     "machine is a mount of type bind.");
    const std::string& subpath = mount.subpath;
    if (subpath.starts_with('/') || subpath.size() >= kLongestPath ||
        subpath.find('\0') != std::string::npos || ("/" + subpath + "/").find("/../") != std::string::npos)
        return wrong("volume-subpath: " + inQuotes(subpath) + " does not stay inside of the volume",
                     "Name a folder or a file relative to the volume's root, without \"..\".");
    return {};
}

Result<void> checkBind(const MountSpec& mount) {
    if (mount.source.empty())
        return wrong("the bind mount at " + inQuotes(mount.target) + " has no source");
    TRY(checkPath("source", mount.source));
    if (!mount.propagation.empty() && !isOneOf(kPropagations, mount.propagation))
        return wrong("bind-propagation: " + inQuotes(mount.propagation) + " is no propagation");
    const std::string& how = mount.recursiveReadOnly;
    if (how != "enabled" && how != "readonly" && how != "writable")
        return wrong("bind-recursive: " + inQuotes(how) + " is unknown");
    if (how != "enabled" && (!mount.readOnly || !mount.recursive))
        return wrong("bind-recursive=" + how + " goes with readonly only", "Add readonly.");
    if (how == "readonly" && !mount.propagation.empty())
        return wrong("bind-recursive=readonly goes with the propagation rprivate only",
                     "What is mounted on this machine later would not be read-only.");
    return {};
}

Result<void> checkTmpfs(const MountSpec& mount) {
    if (!mount.source.empty())
        return wrong("a tmpfs has no source", "Leave the source out.");
    if (mount.tmpfsMode.value_or(0) > 07777)
        return wrong("tmpfs-mode is no mode of a folder");
    for (const auto id : {mount.tmpfsUser, mount.tmpfsGroup}) {
        if (id.value_or(0) > 65535)
            return wrong("the owner of a tmpfs must be an id below 65536");
    }
    return {};
}

// What belongs to another kind has been left as it is.
bool hasForeignMembers(const MountSpec& mount) {
    MountSpec plain;
    plain.kind = mount.kind;
    plain.source = mount.source;
    plain.target = mount.target;
    plain.readOnly = mount.readOnly;
    if (mount.kind == MountKind::Bind) {
        plain.propagation = mount.propagation;
        plain.recursive = mount.recursive;
        plain.createSource = mount.createSource;
        plain.recursiveReadOnly = mount.recursiveReadOnly;
    } else if (mount.kind == MountKind::Volume) {
        plain.noCopy = mount.noCopy;
        plain.subpath = mount.subpath;
        plain.volumeOptions = mount.volumeOptions;
        plain.volumeLabels = mount.volumeLabels;
    } else {
        plain.tmpfsSize = mount.tmpfsSize;
        plain.tmpfsMode = mount.tmpfsMode;
        plain.tmpfsUser = mount.tmpfsUser;
        plain.tmpfsGroup = mount.tmpfsGroup;
    }
    return !(plain == mount);
}

std::string octal(std::uint32_t number) {
    std::array<char, 16> text{};
    const auto end = std::to_chars(text.begin(), text.end(), number, 8).ptr;
    return "0" + std::string(text.begin(), end);
}

} // namespace

std::string_view mountKindName(MountKind kind) {
    return kind == MountKind::Volume ? "volume" : kind == MountKind::Bind ? "bind" : "tmpfs";
}

Result<MountSpec> parseMount(std::string_view text) {
    if (text.size() > kLongestText)
        return wrong("the description of a mount is longer than 64 KiB");
    if (text.find('\0') != std::string_view::npos)
        return wrong("the description of a mount holds a NUL byte");
    TRY_ASSIGN(const auto fields, csvFields(text));
    struct Key {
        std::string key;
        std::string value;
    };
    std::vector<Key> keys;
    MountSpec mount;
    for (const auto& field : fields) {
        const auto equals = field.find('=');
        std::string key = field.substr(0, equals);
        std::transform(key.begin(), key.end(), key.begin(), [](unsigned char c) { return std::tolower(c); });
        if (equals == std::string::npos && !mayStandAlone(key))
            return wrong(inQuotes(field) + " in the mount " + inQuotes(text) +
                             " is not of the form key=value",
                         "A comma in a value needs quotes around the whole field.");
        std::string value = equals == std::string::npos ? "true" : field.substr(equals + 1);
        if (key == "type")
            TRY(setKind(value, mount));
        else
            keys.push_back({std::move(key), std::move(value)});
    }
    for (const auto& [key, value] : keys)
        TRY(setKey(key, value, mount));
    if (mount.target.empty())
        return wrong("the mount " + inQuotes(text) + " has no target", "Add target=/path/inside.");
    if (mount.kind == MountKind::Bind && mount.source.starts_with('/'))
        mount.source = cleaned(mount.source);
    return mount;
}

std::string mountText(const MountSpec& mount) {
    std::string text = "type=" + std::string(mountKindName(mount.kind));
    const auto add = [&text](std::string_view key, std::string_view value) {
        text += ',' + csvField(std::string(key) + '=' + std::string(value));
    };
    const auto flag = [&text](std::string_view key, bool isSet) {
        if (isSet)
            text += ',' + std::string(key);
    };
    if (!mount.source.empty())
        add("source", mount.source);
    add("target", mount.target);
    flag("readonly", mount.readOnly);
    if (!mount.propagation.empty())
        add("bind-propagation", mount.propagation);
    flag("bind-nonrecursive", !mount.recursive);
    flag("bind-create-src", mount.createSource);
    if (mount.recursiveReadOnly != "enabled")
        add("bind-recursive", mount.recursiveReadOnly);
    flag("volume-nocopy", mount.noCopy);
    if (!mount.subpath.empty())
        add("volume-subpath", mount.subpath);
    for (const auto& [name, value] : mount.volumeOptions)
        add("volume-opt", name + '=' + value);
    for (const auto& [name, value] : mount.volumeLabels)
        add("volume-label", name + '=' + value);
    if (mount.tmpfsSize != 0)
        add("tmpfs-size", std::to_string(mount.tmpfsSize));
    if (mount.tmpfsMode)
        add("tmpfs-mode", octal(*mount.tmpfsMode));
    if (mount.tmpfsUser)
        add("tmpfs-uid", std::to_string(*mount.tmpfsUser));
    if (mount.tmpfsGroup)
        add("tmpfs-gid", std::to_string(*mount.tmpfsGroup));
    return text;
}

Result<MountSpec> parseVolumeFlag(std::string_view text) {
    if (text.size() > kLongestText || text.find('\0') != std::string_view::npos)
        return wrong("the description of a mount is too long, or holds a NUL byte");
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const auto colon = std::min(text.find(':', start), text.size());
        parts.push_back(text.substr(start, colon - start));
        start = colon + 1;
    }
    const bool hasEmpty =
        std::any_of(parts.begin(), parts.end(), [](std::string_view part) { return part.empty(); });
    if (parts.size() > 3 || hasEmpty)
        return wrong(inQuotes(text) + " is no mount",
                     "Write VOLUME:/path, /folder:/path or /path, and options after a further colon. A path "
                     "with a colon needs the long form (type=bind,source=…,target=…).");
    MountSpec mount;
    const auto target = parts.size() == 1 ? parts[0] : parts[1];
    if (!target.starts_with('/'))
        return wrong("the path inside, " + inQuotes(target) + ", is not absolute", "Begin it with a slash.");
    mount.target = cleaned(target);
    if (parts.size() > 1) {
        mount.source = parts[0];
        if (isPath(parts[0])) {
            mount.kind = MountKind::Bind;
            mount.createSource = true;
            if (parts[0].starts_with('/'))
                mount.source = cleaned(parts[0]);
        } else if (!isVolumeName(parts[0])) {
            return wrong(inQuotes(parts[0]) + " is no name of a volume",
                         "Use two or more letters, digits, underscores, dots and hyphens; a folder of this "
                         "machine begins with / or ./");
        }
    }
    if (parts.size() == 3)
        TRY(setMode(parts[2], mount, text));
    return mount;
}

void makeAbsolute(MountSpec& mount, const std::string& folder, const std::string& home) {
    if (mount.kind != MountKind::Bind || mount.source.empty() || mount.source.starts_with('/'))
        return;
    const bool isHome = mount.source == "~" || mount.source.starts_with("~/");
    mount.source = cleaned(isHome ? home + "/" + mount.source.substr(1) : folder + "/" + mount.source);
}

Result<void> checkMount(const MountSpec& mount) {
    TRY(checkPath("target", mount.target));
    if (mount.target != cleaned(mount.target))
        return wrong("the target " + inQuotes(mount.target) + " of a mount is not in its shortest form",
                     "Write " + inQuotes(cleaned(mount.target)) + ".");
    if (mount.target == "/")
        return wrong("nothing can be mounted on a container's /", "Choose a folder below it.");
    if (hasForeignMembers(mount))
        return wrong("the mount at " + inQuotes(mount.target) + " has options of another type");
    return mount.kind == MountKind::Volume ? checkVolume(mount)
           : mount.kind == MountKind::Bind ? checkBind(mount)
                                           : checkTmpfs(mount);
}

Result<void> checkMounts(const std::vector<MountSpec>& mounts) {
    std::set<std::string_view> targets;
    for (const auto& mount : mounts) {
        TRY(checkMount(mount));
        if (!targets.insert(mount.target).second)
            return wrong("two things are mounted at " + inQuotes(mount.target), "Leave one of them out.");
    }
    return {};
}

} // namespace escale
