#include "engine/image/tar_entry.h"

#include "engine/image/entry_path.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <unistd.h>

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

Result<std::uint64_t> writeEntryContent(archive* reader, int file, const std::string& path,
                                        std::uint64_t size, const ContentErrors& errors) {
    std::uint64_t end = 0;
    std::uint64_t sum = 0;
    for (;;) {
        const void* block = nullptr;
        std::size_t length = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(reader, &block, &length, &offset);
        if (status == ARCHIVE_EOF)
            break;
        if (status < ARCHIVE_WARN)
            return errors.read();
        // Sparse archives name offsets.
        if (offset < 0 || static_cast<std::uint64_t>(offset) > size ||
            length > size - static_cast<std::uint64_t>(offset))
            return errors.hostile("has content beyond its size");
        auto position = static_cast<std::uint64_t>(offset);
        for (const auto* bytes = static_cast<const char*>(block); length > 0;) {
            const ssize_t written = ::pwrite(file, bytes, length, static_cast<off_t>(position));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return failErrno("cannot write " + quotedName(path));
            bytes += written;
            length -= static_cast<std::size_t>(written);
            position += static_cast<std::uint64_t>(written);
            sum += static_cast<std::uint64_t>(written);
        }
        end = std::max(end, position);
    }
    if (end < size && ::ftruncate(file, static_cast<off_t>(size)) != 0)
        return failErrno("cannot write " + quotedName(path));
    return sum;
}

} // namespace escale
