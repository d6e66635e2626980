// What a container mounts, in docker's words: the texts of `--mount` and `-v`, both ways. Pure.
// docs.docker.com/reference/cli/docker/container/run (--mount, --volume, --tmpfs)
#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

enum class MountKind : std::uint8_t { Volume, Bind, Tmpfs };
std::string_view mountKindName(MountKind kind); // "volume", "bind", "tmpfs"

struct MountSpec {
    MountKind kind = MountKind::Volume;
    std::string source; // a volume's name (empty: an anonymous one), or an absolute path of this machine
    std::string target; // absolute, inside
    bool readOnly = false;

    // Bind
    std::string propagation;   // "rprivate" when empty; "private", "rslave", "slave", "rshared", "shared"
    bool recursive = true;     // what is mounted below the source comes along
    bool createSource = false; // a missing source is made, a folder of the caller's; else it is an error
    /// Docker's bind-recursive: what is mounted below a read-only source is read-only, too ("enabled": where
    /// the kernel can; "readonly": or it is an error), or stays writable ("writable").
    std::string recursiveReadOnly = "enabled";

    // Volume
    bool noCopy = false;                              // an empty volume is not filled from the image
    std::string subpath;                              // a folder or file of the volume, relative
    std::map<std::string, std::string> volumeOptions; // of one that is made: "type", "device", "o"
    std::map<std::string, std::string> volumeLabels;

    // Tmpfs; user and group are Escale's own words, as "tmpfs-uid" and "tmpfs-gid"
    std::uint64_t tmpfsSize = 0;            // bytes; 0: no limit but the container's memory
    std::optional<std::uint32_t> tmpfsMode; // 01777 when not set
    std::optional<std::uint32_t> tmpfsUser;
    std::optional<std::uint32_t> tmpfsGroup;

    bool operator==(const MountSpec&) const = default;
};

/// "type=volume,source=web,target=/data,readonly": CSV of RFC 4180, docker's keys with their other names
/// (src, dst, destination, ro). A source of type bind may be relative: see makeAbsolute. InvalidArgument
/// names the key.
Result<MountSpec> parseMount(std::string_view text);
/// The one form that parseMount() reads back as an equal value.
std::string mountText(const MountSpec& mount);

/// "web:/data:ro,nocopy", "/srv/web:/data:ro,rslave,z", "/data" (anonymous). z, Z, cached, delegated and
/// consistent are accepted and mean nothing here. A source that begins with "/", "." or "~" is a path, and a
/// missing one is made, as docker does for this form.
Result<MountSpec> parseVolumeFlag(std::string_view text);

/// A bind mount's source that is not absolute: below `folder` (the caller's), or for "~" below `home`.
void makeAbsolute(MountSpec& mount, const std::string& folder, const std::string& home);

/// Whether the target is absolute and not "/", and the rest of it fits its kind.
Result<void> checkMount(const MountSpec& mount);
/// Each of them, and that none is mounted where another one is.
Result<void> checkMounts(const std::vector<MountSpec>& mounts);

} // namespace escale
