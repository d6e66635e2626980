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

Result<std::uint64_t> readEntryContent(archive* reader, std::uint64_t size, const ContentErrors& errors,
                                       const TakeContent& take) {
    std::uint64_t end = 0;
    std::uint64_t sum = 0;
    for (;;) {
        const void* block = nullptr;
        std::size_t length = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(reader, &block, &length, &offset);
        if (status == ARCHIVE_EOF)
            return sum;
        if (status < ARCHIVE_WARN)
            return errors.read();
        // Sparse archives name offsets.
        const auto position = static_cast<std::uint64_t>(offset);
        if (offset < 0 || position > size || length > size - position)
            return errors.hostile("has content beyond its size");
        if (position < end)
            return errors.hostile("has its content out of order");
        TRY(take(position, {static_cast<const char*>(block), length}));
        end = position + length;
        sum += length;
    }
}

Result<void> writeAt(int file, std::uint64_t offset, std::span<const char> bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failErrno("cannot write " + quotedName(path));
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return {};
}

Result<std::uint64_t> writeEntryContent(archive* reader, int file, const std::string& path,
                                        std::uint64_t size, const ContentErrors& errors) {
    std::uint64_t end = 0;
    TRY_ASSIGN(const std::uint64_t sum,
               readEntryContent(reader, size, errors, [&](std::uint64_t offset, std::span<const char> bytes) {
                   end = offset + bytes.size();
                   return writeAt(file, offset, bytes, path);
               }));
    if (end < size && ::ftruncate(file, static_cast<off_t>(size)) != 0)
        return failErrno("cannot write " + quotedName(path));
    return sum;
}

} // namespace escale
