#include "engine/volume/mount_options.h"

#include <algorithm>
#include <array>
#include <sys/mount.h>

namespace escale {
namespace {

struct Flag {
    std::string_view name;
    unsigned long set = 0;
    unsigned long clear = 0;
};

constexpr std::array kFlags{Flag{"ro", MS_RDONLY, 0},
                            Flag{"rw", 0, MS_RDONLY},
                            Flag{"noexec", MS_NOEXEC, 0},
                            Flag{"exec", 0, MS_NOEXEC},
                            Flag{"nosuid", MS_NOSUID, 0},
                            Flag{"nodev", MS_NODEV, 0},
                            Flag{"sync", MS_SYNCHRONOUS, 0},
                            Flag{"async", 0, MS_SYNCHRONOUS},
                            Flag{"dirsync", MS_DIRSYNC, 0},
                            Flag{"atime", 0, MS_NOATIME},
                            Flag{"noatime", MS_NOATIME, MS_RELATIME},
                            Flag{"diratime", 0, MS_NODIRATIME},
                            Flag{"nodiratime", MS_NODIRATIME, 0},
                            Flag{"relatime", MS_RELATIME, MS_NOATIME},
                            Flag{"norelatime", 0, MS_RELATIME},
                            Flag{"strictatime", MS_STRICTATIME, MS_NOATIME | MS_RELATIME},
                            Flag{"nostrictatime", 0, MS_STRICTATIME},
                            Flag{"lazytime", MS_LAZYTIME, 0},
                            Flag{"nolazytime", 0, MS_LAZYTIME},
                            Flag{"iversion", MS_I_VERSION, 0},
                            Flag{"noiversion", 0, MS_I_VERSION},
                            Flag{"mand", MS_MANDLOCK, 0},
                            Flag{"nomand", 0, MS_MANDLOCK},
                            Flag{"silent", MS_SILENT, 0},
                            Flag{"loud", 0, MS_SILENT}};

constexpr std::array<std::string_view, 14> kIgnored{
    "defaults", "auto",   "noauto",  "user",    "nouser",       "users",   "owner",
    "group",    "nofail", "_netdev", "comment", "nouuid-check", "uhelper", "helper"};

constexpr std::array<std::string_view, 18> kRefused{
    "suid",      "dev",        "remount",     "move",    "loop",      "offset",
    "sizelimit", "shared",     "rshared",     "private", "rprivate",  "slave",
    "rslave",    "unbindable", "runbindable", "context", "fscontext", "rootcontext"};

/// Cuts the next option off: up to a comma that is not in double quotes, which are left out.
Result<std::string> nextOption(std::string_view& text) {
    std::string option;
    bool quoted = false;
    std::size_t i = 0;
    for (; i < text.size() && (quoted || text[i] != ','); ++i) {
        if (text[i] == '"')
            quoted = !quoted;
        else if (static_cast<unsigned char>(text[i]) < ' ')
            return fail(ErrorCode::InvalidArgument, "an option holds a control character");
        else
            option += text[i];
    }
    if (quoted)
        return fail(ErrorCode::InvalidArgument, "a double quote is not closed");
    text.remove_prefix(std::min(text.size(), i + 1));
    return option;
}

template <class List>
bool contains(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

Result<void> refuse(const std::string& name) {
    if (name == "suid" || name == "dev")
        return fail(ErrorCode::InvalidArgument, "\"" + name + "\" is not possible for a volume",
                    "Set-id programs and devices of a volume are never used. Leave it out.");
    if (name == "loop" || name == "offset" || name == "sizelimit")
        return fail(ErrorCode::InvalidArgument,
                    "\"" + name + "\" is not possible: Escale sets up no loop device",
                    "Make one with losetup(8) and name it as the device.");
    return fail(ErrorCode::InvalidArgument, "\"" + name + "\" is not possible for a volume", "Leave it out.");
}

} // namespace

const MountOption* MountOptions::find(std::string_view name) const {
    const auto found =
        std::find_if(forKernel.rbegin(), forKernel.rend(), [&](const auto& one) { return one.name == name; });
    return found == forKernel.rend() ? nullptr : &*found;
}

std::string MountOptions::text() const {
    std::string all;
    for (const auto& option : forKernel) {
        all += (all.empty() ? "" : ",") + option.name;
        if (option.value)
            all += "=" + *option.value;
    }
    return all;
}

Result<MountOptions> parseMountOptions(std::string_view text) {
    MountOptions options;
    options.flags = MS_NOSUID | MS_NODEV;
    while (!text.empty()) {
        TRY_ASSIGN(const std::string word, nextOption(text));
        const auto equals = std::find(word.begin(), word.end(), '=');
        MountOption option{std::string(word.begin(), equals), std::nullopt};
        if (equals != word.end())
            option.value = std::string(equals + 1, word.end());
        const auto flag =
            std::find_if(kFlags.begin(), kFlags.end(), [&](const Flag& one) { return one.name == word; });
        if (flag != kFlags.end()) {
            options.flags = (options.flags & ~flag->clear) | flag->set;
        } else if (word == "bind" || word == "rbind") {
            options.isBind = true;
            options.isRecursive = word == "rbind";
        } else if (contains(kRefused, option.name)) {
            TRY(refuse(option.name));
        } else if (!word.empty() && !contains(kIgnored, option.name) && !word.starts_with("x-") &&
                   !word.starts_with("X-")) {
            options.forKernel.push_back(std::move(option));
        }
    }
    return options;
}

} // namespace escale
