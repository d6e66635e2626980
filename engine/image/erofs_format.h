// EROFS on the disk, as far as layers use it: uncompressed, blocks of 4 KiB, extended inodes
// (Documentation/filesystems/erofs.rst; fs/erofs/erofs_fs.h). All numbers are little-endian, as the machines
// are that Escale runs on.
#pragma once

#include <bit>
#include <cstdint>

namespace escale::erofs {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint32_t kBlockBits = 12;
constexpr std::uint32_t kBlockSize = 1U << kBlockBits;
constexpr std::uint64_t kSuperblockOffset = 1024;
constexpr std::uint32_t kMagic = 0xE0F5E1E2;
constexpr std::uint32_t kHasMtime = 2; // feature_compat
/// An inode's number is its place, counted in these.
constexpr std::uint64_t kInodeSlot = 32;

struct Superblock {
    std::uint32_t magic = kMagic;
    std::uint32_t checksum = 0; // none: feature_compat says so
    std::uint32_t featureCompat = kHasMtime;
    std::uint8_t blockBits = kBlockBits;
    std::uint8_t extensionSlots = 0;
    std::uint16_t rootNid = 0;
    std::uint64_t inodes = 0;
    std::uint64_t buildTime = 0;
    std::uint32_t buildTimeNsec = 0;
    std::uint32_t blocks = 0;
    std::uint32_t metaBlock = 0; // inodes' numbers count from here
    std::uint32_t xattrBlock = 0;
    std::uint8_t uuid[16] = {};
    std::uint8_t volumeName[16] = {};
    std::uint32_t featureIncompat = 0;
    std::uint8_t rest[44] = {};
};
static_assert(sizeof(Superblock) == 128);

enum class Layout : std::uint16_t {
    Plain = 0,  // whole blocks, one after the other
    Inline = 2, // the same, but for the last part, which lies behind inode and attributes, in the same block
};

struct Inode {
    std::uint16_t format = 0;     // bit 0: extended; then the layout
    std::uint16_t xattrCount = 0; // 0: none; else 1 + (size - 12) / 4
    std::uint16_t mode = 0;
    std::uint16_t reserved = 0;
    std::uint64_t size = 0;
    std::uint32_t place = 0; // first block, or device number
    std::uint32_t number = 0;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint64_t mtime = 0;
    std::uint32_t mtimeNsec = 0;
    std::uint32_t links = 1;
    std::uint8_t rest[16] = {};

    void setLayout(Layout layout) {
        format = static_cast<std::uint16_t>(1U | static_cast<unsigned>(layout) << 1U);
    }
    [[nodiscard]] Layout layout() const { return static_cast<Layout>(format >> 1U); }
};
static_assert(sizeof(Inode) == 64);
constexpr std::uint64_t kLinksOffset = 44;

/// A block of a folder: these, sorted by name, then the names, without ends.
struct [[gnu::packed]] DirectoryEntry {
    std::uint64_t nid = 0;
    std::uint16_t nameOffset = 0; // of the first: tells how many there are
    std::uint8_t fileType = 0;    // FileType
    std::uint8_t reserved = 0;
};
static_assert(sizeof(DirectoryEntry) == 12);

enum class FileType : std::uint8_t { Regular = 1, Directory = 2, CharDevice = 3, Fifo = 5, Symlink = 7 };

/// Behind the inode, when it has attributes; then an XattrEntry, name and value each, padded to 4.
struct XattrHeader {
    std::uint32_t nameFilter = 0;
    std::uint8_t sharedCount = 0;
    std::uint8_t reserved[7] = {};
};
static_assert(sizeof(XattrHeader) == 12);

struct XattrEntry {
    std::uint8_t nameLength = 0; // without the prefix
    std::uint8_t prefix = 0;
    std::uint16_t valueSize = 0;
};
static_assert(sizeof(XattrEntry) == 4);

} // namespace escale::erofs
