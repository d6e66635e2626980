#include "engine/image/erofs_image.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <sys/stat.h>

namespace escale {

using erofs::FileType;
using erofs::Inode;
using erofs::kBlockSize;
using erofs::Layout;

namespace {

// What folders may take while they wait for the end, as in layer_tree.cpp.
constexpr std::size_t kMostDirectories = 500'000;
constexpr std::size_t kMostAttributeBytes = 128U << 20;
// A root's number has 16 bits: its inode lies in the first block, behind the superblock.
constexpr std::uint64_t kRootOffset = erofs::kSuperblockOffset + sizeof(erofs::Superblock);
constexpr std::array<char, kBlockSize> kZeros{};

template <class T>
std::span<const char> bytesOf(const T& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

template <class T>
void append(std::string& to, const T& value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::uint64_t nidOf(std::uint64_t offset) {
    return offset / erofs::kInodeSlot;
}

// EROFS keeps the beginning of a name as a number (fs/erofs/erofs_fs.h, EROFS_XATTR_INDEX_…).
struct Prefix {
    std::string_view text;
    std::uint8_t index;
    bool isWhole; // no more may follow
};
constexpr std::array kPrefixes{Prefix{"user.", 1, false}, Prefix{"system.posix_acl_access", 2, true},
                               Prefix{"system.posix_acl_default", 3, true}, Prefix{"security.", 6, false}};

Result<void> addXattr(std::string& xattrs, std::string_view name, std::string_view value,
                      const std::string& path) {
    const auto* prefix = std::find_if(kPrefixes.begin(), kPrefixes.end(), [&](const Prefix& each) {
        return each.isWhole ? name == each.text
                            : name.starts_with(each.text) && name.size() > each.text.size();
    });
    // xattr(7): names have 255 bytes at most, values 64 KiB; all of them together are counted with 16 bits
    // here.
    constexpr std::size_t kMost = 255 * 1024;
    if (prefix == kPrefixes.end() || name.size() > 255 || value.size() > UINT16_MAX ||
        xattrs.size() + name.size() + value.size() > kMost)
        return hostileEntry(path, "has an invalid extended attribute " + quotedName(name));
    name.remove_prefix(prefix->text.size());
    append(xattrs, erofs::XattrEntry{static_cast<std::uint8_t>(name.size()), prefix->index,
                                     static_cast<std::uint16_t>(value.size())});
    xattrs.append(name).append(value);
    xattrs.resize((xattrs.size() + 3) / 4 * 4);
    return {};
}

/// As they lie behind the inode; empty when there are none.
Result<std::string> xattrsOf(const EntryAttributes& attributes, bool opaque, const std::string& path) {
    std::string xattrs;
    if (attributes.xattrs.empty() && !opaque)
        return xattrs;
    append(xattrs, erofs::XattrHeader{});
    for (const auto& [name, value] : attributes.xattrs)
        TRY(addXattr(xattrs, name, value, path));
    if (opaque)
        TRY(addXattr(xattrs, "user.overlay.opaque", "y", path));
    return xattrs;
}

Inode inodeOf(const EntryAttributes& attributes, mode_t type) {
    Inode inode;
    inode.mode = static_cast<std::uint16_t>(type | (attributes.mode & 07777));
    inode.uid = attributes.owner;
    inode.gid = attributes.group;
    inode.mtime = static_cast<std::uint64_t>(attributes.modified.tv_sec);
    inode.mtimeNsec = static_cast<std::uint32_t>(attributes.modified.tv_nsec);
    return inode;
}

bool fitsBeside(std::string_view xattrs, std::size_t end) {
    return sizeof(Inode) + xattrs.size() + end <= kBlockSize;
}

/// The inode as it lies in the image, with what lies behind it: its attributes, and the end of its content
/// unless that has a block of its own.
std::string recordOf(Inode inode, std::string_view xattrs, std::string_view inlineEnd) {
    inode.setLayout(inlineEnd.empty() ? Layout::Plain : Layout::Inline);
    if (!xattrs.empty())
        inode.xattrCount = static_cast<std::uint16_t>(1 + (xattrs.size() - sizeof(erofs::XattrHeader)) / 4);
    std::string record;
    append(record, inode);
    return record.append(xattrs).append(inlineEnd);
}

} // namespace

ErofsImage::ErofsImage(int file)
    : m_blocks(file)
    , m_directories(1) {}

ErofsImage::~ErofsImage() = default;

// The tree, in memory.

Result<std::uint32_t> ErofsImage::addDirectory(std::uint32_t parent, const std::string& name) {
    if (m_directories.size() >= kMostDirectories)
        return fail(ErrorCode::Untrusted, "the layer has too many folders");
    const auto index = static_cast<std::uint32_t>(m_directories.size());
    m_directories.emplace_back().parent = parent;
    m_directories[parent].children.insert_or_assign(name, Child{FileType::Directory, index});
    return index;
}

// Makes those that are missing. One that a whiteout stood for hides what is below.
Result<std::uint32_t> ErofsImage::directoryAt(const std::string& path) {
    if (path == m_parent && !m_directories[m_parentIndex].removed)
        return m_parentIndex;
    std::uint32_t index = 0;
    for (std::size_t start = 0; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string name = path.substr(start, end - start);
        const auto& children = m_directories[index].children;
        const auto found = children.find(name);
        if (found != children.end() && found->second.type == FileType::Directory) {
            index = found->second.index;
        } else if (found != children.end() && found->second.type != FileType::CharDevice) {
            return hostileEntry(path.substr(0, end), "is used as a folder but is a link or a file");
        } else {
            const bool hides = found != children.end();
            if (hides)
                remove(found->second);
            TRY_ASSIGN(index, addDirectory(index, name));
            m_directories[index].opaque = hides;
        }
        start = end + 1;
    }
    m_parent = path;
    m_parentIndex = index;
    return index;
}

const ErofsImage::Child* ErofsImage::find(const EntryPath& path) const {
    std::uint32_t index = 0;
    const std::string& parent = path.parent;
    for (std::size_t start = 0; start < parent.size();) {
        const std::size_t end = std::min(parent.find('/', start), parent.size());
        const auto& children = m_directories[index].children;
        const auto found = children.find(std::string_view(parent).substr(start, end - start));
        if (found == children.end() || found->second.type != FileType::Directory)
            return nullptr;
        index = found->second.index;
        start = end + 1;
    }
    const auto& children = m_directories[index].children;
    const auto found = children.find(path.name);
    return found == children.end() ? nullptr : &found->second;
}

void ErofsImage::remove(const Child& child) {
    if (child.type != FileType::Directory) {
        --m_files[child.index].links;
        return;
    }
    // Not by recursion: the depth is an image's to choose.
    std::vector<std::uint32_t> left{child.index};
    while (!left.empty()) {
        Directory& directory = m_directories[left.back()];
        left.pop_back();
        directory.removed = true;
        for (const auto& [name, each] : directory.children) {
            if (each.type == FileType::Directory)
                left.push_back(each.index);
            else
                --m_files[each.index].links;
        }
        directory.children.clear();
        directory.attributes = {};
    }
}

Result<void> ErofsImage::put(const EntryPath& path, Child child) {
    TRY_ASSIGN(const std::uint32_t parent, directoryAt(path.parent));
    auto& children = m_directories[parent].children;
    const auto [place, isNew] = children.try_emplace(path.name, child);
    if (!isNew) {
        remove(place->second);
        place->second = child;
    }
    return {};
}

Result<void> ErofsImage::makeDirectory(const EntryPath& path, EntryAttributes attributes) {
    for (const auto& [name, value] : attributes.xattrs)
        m_attributeBytes += name.size() + value.size() + 64;
    if (m_attributeBytes > kMostAttributeBytes)
        return fail(ErrorCode::Untrusted, "the layer has too many folders");
    std::uint32_t index = 0;
    if (!path.name.empty()) {
        TRY_ASSIGN(const std::uint32_t parent, directoryAt(path.parent));
        const auto& children = m_directories[parent].children;
        const auto found = children.find(path.name);
        if (found != children.end() && found->second.type == FileType::Directory) {
            index = found->second.index;
        } else {
            const bool hides = found != children.end() && found->second.type == FileType::CharDevice;
            if (found != children.end())
                remove(found->second);
            TRY_ASSIGN(index, addDirectory(parent, path.name));
            m_directories[index].opaque = hides;
        }
    }
    m_directories[index].attributes = std::move(attributes);
    return {};
}

Result<void> ErofsImage::makeHardLink(const EntryPath& path, const EntryPath& target) {
    if (path == target)
        return {};
    const Child* found = find(target);
    if (target.name.empty() || (found != nullptr && found->type == FileType::Directory))
        return hostileEntry(path.text(), "is a hard link to a folder");
    if (found == nullptr || found->type == FileType::CharDevice)
        return hostileEntry(path.text(),
                            "is a hard link to " + quotedName(target.text()) + ", which is not in the layer");
    const Child child = *found;
    ++m_files[child.index].links; // first: the name may stand for the same file already
    return put(path, child);
}

Result<void> ErofsImage::makeWhiteout(const std::string& parent, const std::string& name) {
    const EntryPath path{parent, name};
    // This layer has put something there already, which hides what is below; a folder must not merge with it.
    if (const Child* found = find(path); found != nullptr) {
        if (found->type == FileType::Directory)
            m_directories[found->index].opaque = true;
        return {};
    }
    return addFile(path, FileType::CharDevice, inodeOf({.mode = 0}, S_IFCHR), {}, {});
}

Result<void> ErofsImage::makeOpaque(const std::string& parent) {
    if (parent.empty())
        return fail(ErrorCode::Unsupported, "the layer hides the whole content of the layers below",
                    "overlayfs cannot do that at the root. Ask who made the image to flatten it.");
    TRY_ASSIGN(const std::uint32_t index, directoryAt(parent));
    m_directories[index].opaque = true;
    return {};
}

// Files, which are written as they come.

Result<std::uint64_t> ErofsImage::placeInode(Inode inode, std::string_view xattrs, std::string_view end) {
    const bool isInline = !end.empty() && fitsBeside(xattrs, end.size());
    if (!end.empty() && !isInline) {
        if (inode.size < kBlockSize)
            inode.place = m_blocks.next();
        TRY(m_blocks.addPadded(end)); // nothing came between it and the blocks before
    }
    inode.number = static_cast<std::uint32_t>(m_files.size() + 1);
    return m_blocks.place(recordOf(inode, xattrs, isInline ? end : std::string_view()));
}

Result<void> ErofsImage::addFile(const EntryPath& path, FileType type, Inode inode, std::string_view xattrs,
                                 std::string_view end) {
    TRY_ASSIGN(const std::uint64_t offset, placeInode(inode, xattrs, end));
    const Child child{type, static_cast<std::uint32_t>(m_files.size())};
    m_files.push_back({offset, 1});
    return put(path, child);
}

Result<void> ErofsImage::beginFile(const EntryPath& path, std::uint64_t size) {
    TRY(directoryAt(path.parent)); // refused before its content is read
    m_path = path;
    m_size = size;
    m_position = 0;
    m_firstBlock = m_blocks.next();
    m_end.clear();
    return {};
}

Result<void> ErofsImage::addContent(std::span<const char> bytes) {
    m_position += bytes.size();
    if (!m_end.empty()) {
        const auto some = bytes.first(std::min(bytes.size(), kBlockSize - m_end.size()));
        m_end.append(some.data(), some.size());
        bytes = bytes.subspan(some.size());
        if (m_end.size() < kBlockSize)
            return {};
        TRY(m_blocks.add(m_end));
        m_end.clear();
    }
    const auto whole = bytes.first(bytes.size() / kBlockSize * kBlockSize);
    TRY(m_blocks.add(whole));
    const auto rest = bytes.subspan(whole.size());
    m_end.assign(rest.data(), rest.size());
    return {};
}

Result<void> ErofsImage::addZeros(std::uint64_t count) {
    const std::uint64_t toBlock = m_end.empty() ? 0 : kBlockSize - m_end.size();
    const std::uint64_t first = std::min(count, toBlock);
    TRY(addContent(std::span(kZeros).first(first)));
    count -= first;
    if (const std::uint64_t blocks = count / kBlockSize; blocks > 0) {
        TRY(m_blocks.addHole(blocks));
        m_position += blocks * kBlockSize;
    }
    return addContent(std::span(kZeros).first(count % kBlockSize));
}

Result<void> ErofsImage::write(std::uint64_t offset, std::span<const char> bytes) {
    if (offset < m_position || offset > m_size || bytes.size() > m_size - offset)
        return hostileEntry(m_path.text(), "has its content out of order");
    if (offset > m_position)
        TRY(addZeros(offset - m_position));
    return addContent(bytes);
}

Result<void> ErofsImage::finishFile(const EntryAttributes& attributes) {
    if (m_position < m_size)
        TRY(addZeros(m_size - m_position));
    TRY_ASSIGN(const std::string xattrs, xattrsOf(attributes, false, m_path.text()));
    Inode inode = inodeOf(attributes, S_IFREG);
    inode.size = m_size;
    inode.place = m_size >= kBlockSize ? m_firstBlock : 0;
    return addFile(m_path, FileType::Regular, inode, xattrs, m_end);
}

Result<void> ErofsImage::makeSymlink(const EntryPath& path, const std::string& target,
                                     const EntryAttributes& attributes) {
    if (target.size() >= kBlockSize) // PATH_MAX, what symlink(2) takes
        return hostileEntry(path.text(), "is a symbolic link to a name that is too long");
    Inode inode = inodeOf(attributes, S_IFLNK);
    inode.mode = S_IFLNK | 0777;
    inode.size = target.size();
    return addFile(path, FileType::Symlink, inode, {}, target);
}

Result<void> ErofsImage::makeFifo(const EntryPath& path, const EntryAttributes& attributes) {
    return addFile(path, FileType::Fifo, inodeOf(attributes, S_IFIFO), {}, {});
}

Result<std::string> ErofsImage::readBack(const EntryPath& path, std::uint64_t most) {
    const Child* found = find(path);
    if (found == nullptr || found->type != FileType::Regular)
        return cannotReadBack(path.text());
    const std::uint64_t offset = m_files[found->index].offset;
    std::array<char, sizeof(Inode)> bytes{};
    TRY(m_blocks.read(offset, bytes));
    const auto inode = std::bit_cast<Inode>(bytes);
    if (inode.size > most)
        return cannotReadBack(path.text());
    std::string content(inode.size, '\0');
    const std::size_t beside = inode.layout() == Layout::Inline ? inode.size % kBlockSize : 0;
    TRY(m_blocks.read(std::uint64_t{inode.place} * kBlockSize,
                      std::span(content).first(content.size() - beside)));
    const std::size_t xattrs =
        inode.xattrCount == 0 ? 0 : sizeof(erofs::XattrHeader) + (inode.xattrCount - 1U) * 4;
    TRY(m_blocks.read(offset + sizeof(Inode) + xattrs, std::span(content).last(beside)));
    return content;
}

// Folders, at the end.

namespace {

struct NamedEntry {
    std::string_view name;
    erofs::DirectoryEntry entry;
};

/// Blocks of entries and their names; the last one without its padding.
std::string directoryContent(std::vector<NamedEntry> entries) {
    std::sort(entries.begin(), entries.end(),
              [](const auto& one, const auto& other) { return one.name < other.name; });
    std::string content;
    for (std::size_t first = 0; first < entries.size();) {
        std::size_t last = first;
        std::size_t size = 0;
        for (; last < entries.size(); ++last) {
            const std::size_t more = sizeof(erofs::DirectoryEntry) + entries[last].name.size();
            if (size + more > kBlockSize)
                break;
            size += more;
        }
        content.resize((content.size() + kBlockSize - 1) / kBlockSize * kBlockSize);
        std::size_t nameOffset = (last - first) * sizeof(erofs::DirectoryEntry);
        for (std::size_t i = first; i < last; ++i) {
            entries[i].entry.nameOffset = static_cast<std::uint16_t>(nameOffset);
            nameOffset += entries[i].name.size();
            append(content, entries[i].entry);
        }
        for (; first < last; ++first)
            content.append(entries[first].name);
    }
    return content;
}

} // namespace

std::string ErofsImage::contentOf(const Directory& directory, std::uint64_t offset) const {
    std::vector<NamedEntry> entries;
    entries.reserve(directory.children.size() + 2);
    const auto add = [&entries](std::string_view name, std::uint64_t inode, FileType type) {
        entries.push_back({name, {.nid = nidOf(inode), .fileType = static_cast<std::uint8_t>(type)}});
    };
    add(".", offset, FileType::Directory);
    add("..", m_directories[directory.parent].offset, FileType::Directory);
    for (const auto& [name, child] : directory.children)
        add(name,
            child.type == FileType::Directory ? m_directories[child.index].offset
                                              : m_files[child.index].offset,
            child.type);
    return directoryContent(std::move(entries));
}

// A folder's entries name its parent and its children by their places, so all get their places first.
Result<void> ErofsImage::placeDirectories() {
    m_directories[0].offset = kRootOffset;
    for (std::size_t i = 1; i < m_directories.size(); ++i) {
        Directory& directory = m_directories[i];
        if (directory.removed)
            continue;
        TRY_ASSIGN(const std::string xattrs, xattrsOf(directory.attributes, directory.opaque, "a folder"));
        const std::size_t end = contentOf(directory, 0).size() % kBlockSize;
        const std::size_t size = sizeof(Inode) + xattrs.size() + (fitsBeside(xattrs, end) ? end : 0);
        TRY_ASSIGN(directory.offset, m_blocks.place(std::string(size, '\0')));
    }
    return {};
}

Result<void> ErofsImage::writeDirectory(const Directory& directory, std::uint32_t number) {
    const bool isRoot = number == 0;
    TRY_ASSIGN(const std::string xattrs, xattrsOf(directory.attributes, directory.opaque, "a folder"));
    if (isRoot && kRootOffset + sizeof(Inode) + xattrs.size() > kBlockSize)
        return fail(ErrorCode::Unsupported,
                    "the layer's root has more extended attributes than an image holds");
    const std::string content = contentOf(directory, directory.offset);
    const std::size_t whole = content.size() / kBlockSize * kBlockSize;
    const std::string_view end = std::string_view(content).substr(whole);
    const bool isInline = !isRoot && !end.empty() && fitsBeside(xattrs, end.size());
    Inode inode = inodeOf(directory.attributes, S_IFDIR);
    inode.size = content.size();
    inode.place = m_blocks.next();
    inode.number = number + 1;
    inode.links = 2 + static_cast<std::uint32_t>(std::count_if(
                          directory.children.begin(), directory.children.end(),
                          [](const auto& each) { return each.second.type == FileType::Directory; }));
    TRY(m_blocks.add(std::span(content).first(whole)));
    if (!end.empty() && !isInline)
        TRY(m_blocks.addPadded(end));
    return m_blocks.patch(directory.offset, recordOf(inode, xattrs, isInline ? end : std::string_view()));
}

Result<void> ErofsImage::writeSuperblock() {
    erofs::Superblock superblock;
    superblock.rootNid = static_cast<std::uint16_t>(nidOf(kRootOffset));
    superblock.inodes = m_files.size() + m_directories.size();
    superblock.blocks = m_blocks.next();
    return m_blocks.patch(erofs::kSuperblockOffset, bytesOf(superblock));
}

Result<void> ErofsImage::finish() {
    TRY(placeDirectories());
    for (std::uint32_t i = 0; i < m_directories.size(); ++i) {
        if (!m_directories[i].removed)
            TRY(writeDirectory(m_directories[i], i));
    }
    for (const File& file : m_files) {
        if (file.links > 1)
            TRY(m_blocks.patch(file.offset + erofs::kLinksOffset, bytesOf(file.links)));
    }
    TRY(writeSuperblock());
    return m_blocks.finish();
}

} // namespace escale
