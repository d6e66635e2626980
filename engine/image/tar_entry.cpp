#include "engine/image/tar_entry.h"

#include "engine/image/entry_path.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace escale {

namespace {

// The kernel's form (linux/posix_acl_xattr.h), little-endian: the version, then tag, permissions, id.
constexpr std::uint32_t kAclVersion = 2;
constexpr std::uint32_t kNoId = UINT32_MAX;
struct AclTag {
    std::uint16_t kernel;
    int archive;
};
// In the order that the kernel asks for.
constexpr std::array kAclTags{
    AclTag{0x01, ARCHIVE_ENTRY_ACL_USER_OBJ},  AclTag{0x02, ARCHIVE_ENTRY_ACL_USER},
    AclTag{0x04, ARCHIVE_ENTRY_ACL_GROUP_OBJ}, AclTag{0x08, ARCHIVE_ENTRY_ACL_GROUP},
    AclTag{0x10, ARCHIVE_ENTRY_ACL_MASK},      AclTag{0x20, ARCHIVE_ENTRY_ACL_OTHER}};
struct AclEntry {
    std::uint16_t tag;
    std::uint16_t permissions;
    std::uint32_t id;
};
static_assert(sizeof(AclEntry) == 8);

constexpr std::array<std::pair<const char*, int>, 2> kAcls{
    {{"system.posix_acl_access", ARCHIVE_ENTRY_ACL_TYPE_ACCESS},
     {"system.posix_acl_default", ARCHIVE_ENTRY_ACL_TYPE_DEFAULT}}};

/// The ACL of this type in the kernel's form; empty: there is none. Users and groups that the archive only
/// names are left out: names mean something on one machine alone.
std::string aclOfEntry(archive_entry* entry, int wanted) {
    std::vector<AclEntry> acl;
    int type = 0;
    int permissions = 0;
    int tag = 0;
    int id = 0;
    const char* name = nullptr;
    archive_entry_acl_reset(entry, wanted);
    while (archive_entry_acl_next(entry, wanted, &type, &permissions, &tag, &id, &name) == ARCHIVE_OK) {
        const auto* known = std::find_if(kAclTags.begin(), kAclTags.end(),
                                         [&](const AclTag& one) { return one.archive == tag; });
        const bool isNamed = tag == ARCHIVE_ENTRY_ACL_USER || tag == ARCHIVE_ENTRY_ACL_GROUP;
        if (known == kAclTags.end() || (isNamed && id < 0))
            continue;
        acl.push_back({known->kernel, static_cast<std::uint16_t>(permissions & 7),
                       isNamed ? static_cast<std::uint32_t>(id) : kNoId});
    }
    if (acl.empty())
        return {};
    std::sort(acl.begin(), acl.end(), [](const AclEntry& one, const AclEntry& other) {
        return std::pair(one.tag, one.id) < std::pair(other.tag, other.id);
    });
    std::string value(reinterpret_cast<const char*>(&kAclVersion), sizeof kAclVersion);
    value.append(reinterpret_cast<const char*>(acl.data()), acl.size() * sizeof(AclEntry));
    return value;
}

} // namespace

bool addAcl(archive_entry* entry, const std::string& xattr, std::string_view value) {
    const auto* kind =
        std::find_if(kAcls.begin(), kAcls.end(), [&](const auto& one) { return xattr == one.first; });
    std::uint32_t version = 0;
    if (kind == kAcls.end() || value.size() < sizeof version ||
        (value.size() - sizeof version) % sizeof(AclEntry) != 0)
        return false;
    std::memcpy(&version, value.data(), sizeof version);
    if (version != kAclVersion)
        return false;
    for (value.remove_prefix(sizeof version); !value.empty(); value.remove_prefix(sizeof(AclEntry))) {
        AclEntry one{};
        std::memcpy(&one, value.data(), sizeof one);
        for (const AclTag& tag : kAclTags) {
            if (tag.kernel == one.tag)
                archive_entry_acl_add_entry(entry, kind->second, one.permissions, tag.archive,
                                            one.id == kNoId ? -1 : static_cast<int>(one.id), nullptr);
        }
    }
    return true;
}

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
    for (const auto& [xattr, type] : kAcls) {
        // GNU tar may write both, and then this one has the ids where the words have names.
        if (std::any_of(attributes.xattrs.begin(), attributes.xattrs.end(),
                        [name = xattr](const auto& one) { return one.first == name; }))
            continue;
        if (auto acl = aclOfEntry(entry, type); !acl.empty())
            attributes.xattrs.emplace_back(xattr, std::move(acl));
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
