#include "engine/volume/volume.h"

namespace escale {

std::string_view volumeKindName(VolumeKind kind) {
    switch (kind) {
    case VolumeKind::Local:
        return "local";
    case VolumeKind::Bind:
        return "bind";
    case VolumeKind::Tmpfs:
        return "tmpfs";
    case VolumeKind::Nfs:
        return "nfs";
    case VolumeKind::Device:
        return "device";
    }
    return "local";
}

VolumeKind volumeKind(const VolumeRecord& record) {
    const auto type = record.options.find("type");
    if (type == record.options.end() || type->second.empty())
        return VolumeKind::Local;
    if (type->second == "none")
        return VolumeKind::Bind;
    if (type->second == "tmpfs")
        return VolumeKind::Tmpfs;
    return type->second == "nfs" || type->second == "nfs4" ? VolumeKind::Nfs : VolumeKind::Device;
}

} // namespace escale
