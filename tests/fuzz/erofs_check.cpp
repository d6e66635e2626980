#include "tests/fuzz/erofs_check.h"

#include "engine/image/erofs_format.h"
#include "tests/fuzz/promise.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace escale::fuzz {
namespace {

using erofs::Inode;
using erofs::kBlockSize;
using erofs::Layout;

class Image {
public:
    explicit Image(int file)
        : m_file(file) {
        struct stat status {};
        require(::fstat(file, &status) == 0, "the image is a file");
        m_size = static_cast<std::uint64_t>(status.st_size);
        const auto superblock = read<erofs::Superblock>(erofs::kSuperblockOffset);
        require(superblock.magic == erofs::kMagic, "there is a superblock");
        require(std::uint64_t{superblock.blocks} * kBlockSize == m_size, "the image is as long as it says");
        m_root = superblock.rootNid;
    }

    ErofsCounts walk() {
        struct Folder {
            std::uint64_t nid, parent;
        };
        std::vector<Folder> left{{m_root, m_root}};
        std::map<std::uint64_t, std::uint32_t> folders;
        while (!left.empty()) {
            const Folder folder = left.back();
            left.pop_back();
            require(folders.emplace(folder.nid, 0).second, "no folder has two names");
            for (const auto& [name, nid] : list(folder.nid, folder.parent)) {
                ++m_counts.names;
                if (S_ISDIR(inodeAt(nid).mode))
                    left.push_back({nid, folder.nid});
                else
                    ++m_links[nid];
            }
        }
        for (const auto& [nid, links] : m_links)
            checkFile(nid, links);
        return m_counts;
    }

private:
    template <class T>
    T read(std::uint64_t offset) {
        T value;
        readBytes(offset, reinterpret_cast<char*>(&value), sizeof value);
        return value;
    }
    void readBytes(std::uint64_t offset, char* to, std::size_t size) {
        require(offset <= m_size && size <= m_size - offset, "all lies within the image");
        require(::pread(m_file, to, size, static_cast<off_t>(offset)) == static_cast<ssize_t>(size),
                "the image can be read");
    }
    Inode inodeAt(std::uint64_t nid) {
        const auto inode = read<Inode>(nid * erofs::kInodeSlot);
        require((inode.format & 1U) == 1U, "inodes are extended ones");
        return inode;
    }
    static std::size_t xattrSize(const Inode& inode) {
        return inode.xattrCount == 0 ? 0 : sizeof(erofs::XattrHeader) + (inode.xattrCount - 1U) * 4U;
    }
    /// Where the content lies; checks that it is in the image.
    struct Content {
        std::uint64_t whole = 0; // bytes in blocks
        std::uint64_t inlineAt = 0;
    };
    Content contentOf(std::uint64_t nid, const Inode& inode) {
        const auto layout = static_cast<Layout>(inode.format >> 1U);
        require(layout == Layout::Plain || layout == Layout::Inline, "the layout is known");
        Content content;
        content.inlineAt = nid * erofs::kInodeSlot + sizeof(Inode) + xattrSize(inode);
        require(content.inlineAt <= m_size, "attributes lie within the image");
        if (layout == Layout::Inline) {
            const std::uint64_t end = inode.size % kBlockSize;
            require(end > 0, "an inline end is not empty");
            content.whole = inode.size - end;
            require(content.inlineAt % kBlockSize + end <= kBlockSize && content.inlineAt % kBlockSize != 0,
                    "an inline end lies in its inode's block");
        } else {
            content.whole = inode.size;
        }
        if (content.whole > 0) {
            const std::uint64_t start = std::uint64_t{inode.place} * kBlockSize;
            const std::uint64_t blocks = (content.whole + kBlockSize - 1) / kBlockSize;
            require(start >= kBlockSize && blocks <= (m_size - std::min(start, m_size)) / kBlockSize,
                    "content lies within the image");
        }
        return content;
    }
    std::string contentBytes(std::uint64_t nid, const Inode& inode) {
        const Content content = contentOf(nid, inode);
        std::string bytes(inode.size, '\0');
        readBytes(std::uint64_t{inode.place} * kBlockSize, bytes.data(), content.whole);
        readBytes(content.inlineAt, bytes.data() + content.whole, inode.size - content.whole);
        return bytes;
    }
    void checkXattrs(std::uint64_t nid, const Inode& inode) {
        std::string bytes(xattrSize(inode), '\0');
        readBytes(nid * erofs::kInodeSlot + sizeof(Inode), bytes.data(), bytes.size());
        for (std::size_t at = sizeof(erofs::XattrHeader); at < bytes.size();) {
            erofs::XattrEntry entry;
            require(bytes.size() - at >= sizeof entry, "an attribute is whole");
            std::memcpy(&entry, bytes.data() + at, sizeof entry);
            at += (sizeof entry + entry.nameLength + entry.valueSize + 3U) / 4U * 4U;
            require(at <= bytes.size(), "an attribute lies within its inode's");
        }
    }
    std::map<std::string, std::uint64_t> list(std::uint64_t nid, std::uint64_t parent);
    void checkFile(std::uint64_t nid, std::uint32_t links);

    int m_file;
    std::uint64_t m_size = 0;
    std::uint64_t m_root = 0;
    std::map<std::uint64_t, std::uint32_t> m_links;
    ErofsCounts m_counts;
};

std::map<std::string, std::uint64_t> Image::list(std::uint64_t nid, std::uint64_t parent) {
    const Inode inode = inodeAt(nid);
    require(S_ISDIR(inode.mode), "a folder is one");
    checkXattrs(nid, inode);
    const std::string bytes = contentBytes(nid, inode);
    std::map<std::string, std::uint64_t> found;
    std::string before;
    std::uint32_t folders = 0;
    for (std::size_t block = 0; block < bytes.size(); block += kBlockSize) {
        const std::string_view part = std::string_view(bytes).substr(block, kBlockSize);
        std::vector<erofs::DirectoryEntry> entries(1);
        require(part.size() > sizeof entries[0], "a folder's block has an entry");
        std::memcpy(entries.data(), part.data(), sizeof entries[0]);
        const std::size_t count = entries[0].nameOffset / sizeof entries[0];
        require(count > 0 && entries[0].nameOffset % sizeof entries[0] == 0 &&
                    entries[0].nameOffset < part.size(),
                "the first name lies behind the entries");
        entries.resize(count);
        std::memcpy(entries.data(), part.data(), count * sizeof entries[0]);
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t from = entries[i].nameOffset;
            const std::size_t to = i + 1 < count ? entries[i + 1].nameOffset : part.size();
            require(from < to && to <= part.size(), "names follow one another");
            std::string name(part.substr(from, to - from));
            if (i + 1 == count) // padded in all blocks but the last
                name.resize(std::strlen(name.c_str()));
            require(!name.empty() && name.size() <= 255 && name.find('\0') == std::string::npos &&
                        name.find('/') == std::string::npos,
                    "a name is a name");
            require(before.empty() || before < name, "names are sorted, and none stands twice");
            before = name;
            const Inode named = inodeAt(entries[i].nid);
            if (S_ISDIR(named.mode))
                ++folders;
            if (name == "." || name == "..")
                require(entries[i].nid == (name == "." ? nid : parent),
                        "\".\" and \"..\" lead where they should");
            else
                found.emplace(name, std::uint64_t{entries[i].nid});
        }
    }
    require(inode.links == folders, "a folder's links are counted right");
    return found;
}

void Image::checkFile(std::uint64_t nid, std::uint32_t links) {
    const Inode inode = inodeAt(nid);
    require(inode.links == links, "a file's names are counted right");
    require(S_ISREG(inode.mode) || S_ISLNK(inode.mode) || S_ISFIFO(inode.mode) ||
                (S_ISCHR(inode.mode) && inode.place == 0),
            "no device is in a layer but whiteouts");
    checkXattrs(nid, inode);
    if (S_ISLNK(inode.mode))
        require(inode.size > 0 && inode.size < kBlockSize &&
                    contentBytes(nid, inode).find('\0') == std::string::npos,
                "a link leads to a name");
    if (S_ISREG(inode.mode)) {
        (void)contentOf(nid, inode);
        m_counts.bytes += inode.size;
    }
}

} // namespace

ErofsCounts checkErofs(int file) {
    return Image(file).walk();
}

} // namespace escale::fuzz
