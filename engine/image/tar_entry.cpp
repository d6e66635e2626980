#include "engine/image/tar_entry.h"

#include "engine/image/entry_path.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cstdint>

namespace escale {

Result<EntryAttributes> attributesOfEntry(archive_entry* entry, const std::string& path) {
    const auto owner = archive_entry_uid(entry);
    const auto group = archive_entry_gid(entry);
    // (uid_t)-1 means "leave it" to chown(2).
    if (owner < 0 || owner >= UINT32_MAX || group < 0 || group >= UINT32_MAX)
        return fail(ErrorCode::Untrusted,
                    "the entry " + quotedName(path) + " belongs to an impossible user or group");
    EntryAttributes attributes;
    attributes.owner = static_cast<uid_t>(owner);
    attributes.group = static_cast<gid_t>(group);
    attributes.mode = archive_entry_perm(entry) & 07777;
    attributes.modified = {.tv_sec = archive_entry_mtime(entry),
                           .tv_nsec = std::clamp<long>(archive_entry_mtime_nsec(entry), 0, 999'999'999)};
    archive_entry_xattr_reset(entry);
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
        if (isAllowedXattr(name))
            attributes.xattrs.emplace_back(name, std::string(static_cast<const char*>(value), size));
    }
    return attributes;
}

} // namespace escale
