// A layer as one file: an EROFS image, which the kernel mounts read-only. Writing it costs little more than
// the bytes that are in it, where a folder costs the making of every file; it is removed by one unlink.
//
// - Content is written as it arrives, from front to back; small contents, and the ends of others, lie beside
// their
//   inodes. Folders come last, when it is known what is in them.
// - Holes of sparse files are holes of the image.
// - A folder that no entry names belongs to root, mode 0755, of the year 1970.
#pragma once

#include "engine/image/erofs_blocks.h"
#include "engine/image/layer_sink.h"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace escale {

class ErofsImage final : public LayerSink {
public:
    /// `file` is borrowed; empty, open for reading and writing. Nothing is synced.
    explicit ErofsImage(int file);
    ~ErofsImage() override;

    Result<void> makeDirectory(const EntryPath& path, EntryAttributes attributes) override;
    Result<void> beginFile(const EntryPath& path, std::uint64_t size) override;
    Result<void> write(std::uint64_t offset, std::span<const char> bytes) override;
    Result<void> finishFile(const EntryAttributes& attributes) override;
    Result<void> makeSymlink(const EntryPath& path, const std::string& target,
                             const EntryAttributes& attributes) override;
    Result<void> makeFifo(const EntryPath& path, const EntryAttributes& attributes) override;
    Result<void> makeHardLink(const EntryPath& path, const EntryPath& target) override;
    Result<void> makeWhiteout(const std::string& parent, const std::string& name) override;
    Result<void> makeOpaque(const std::string& parent) override;
    Result<std::string> readBack(const EntryPath& path, std::uint64_t most) override;
    Result<void> finish() override;

private:
    // What a name stands for: an index of m_directories, else of m_files.
    struct Child {
        erofs::FileType type;
        std::uint32_t index;
    };
    struct File {
        std::uint64_t offset = 0; // of its inode
        std::uint32_t links = 1;
    };
    struct Directory {
        EntryAttributes attributes;
        std::map<std::string, Child, std::less<>> children;
        std::uint32_t parent = 0;
        bool opaque = false;
        bool removed = false;
        std::uint64_t offset = 0; // of its inode, by and by
    };

    Result<std::uint32_t> directoryAt(const std::string& path);
    Result<std::uint32_t> addDirectory(std::uint32_t parent, const std::string& name);
    [[nodiscard]] const Child* find(const EntryPath& path) const;
    void remove(const Child& child);
    /// In the place of what has the name.
    Result<void> put(const EntryPath& path, Child child);
    /// An inode, its attributes, and content that lies behind them when there is room.
    Result<std::uint64_t> placeInode(erofs::Inode inode, std::string_view xattrs, std::string_view end);
    Result<void> addFile(const EntryPath& path, erofs::FileType type, erofs::Inode inode,
                         std::string_view xattrs, std::string_view end);
    Result<void> addContent(std::span<const char> bytes);
    Result<void> addZeros(std::uint64_t count);
    /// `offset` is its own inode's.
    [[nodiscard]] std::string contentOf(const Directory& directory, std::uint64_t offset) const;
    Result<void> placeDirectories();
    Result<void> writeDirectory(const Directory& directory, std::uint32_t number);
    Result<void> writeSuperblock();

    ErofsBlocks m_blocks;
    std::deque<Directory> m_directories; // the first is the root
    std::vector<File> m_files;
    std::size_t m_attributeBytes = 0;
    std::string m_parent; // where the last entry was; entries of one folder follow each other
    std::uint32_t m_parentIndex = 0;

    // The file that is being written.
    EntryPath m_path;
    std::uint64_t m_size = 0;
    std::uint64_t m_position = 0;
    std::uint32_t m_firstBlock = 0;
    std::string m_end; // its last bytes, less than a block
};

} // namespace escale
