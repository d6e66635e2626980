// What is where in a tar archive, so that its members are read in place: POSIX ustar and pax, GNU's long
// names. The archive is a stranger's: nothing of it is believed beyond what its bytes show, and there is an
// end to how much is remembered of it.
#pragma once

#include "engine/image/archive_member.h"

#include <memory>
#include <unordered_map>

namespace escale {

class TarIndex final : public ArchiveMembers {
public:
    /// Most members; an archive of images has three a layer.
    static constexpr std::size_t kMostMembers = 100'000;

    /// Reads every header, no content. `archive` is kept and read from by the members. Untrusted: no tar
    /// archive, cut off, "..", two files of one name, sparse files, or more than kMostMembers.
    static Result<std::unique_ptr<TarIndex>> read(ReadAt archive, std::uint64_t size);

    /// Links are followed inside of the archive: old Dockers wrote a layer that two images share as one.
    [[nodiscard]] Result<std::optional<ArchiveMember>> find(const std::string& path) const override;
    [[nodiscard]] std::size_t count() const { return m_entries.size(); }

private:
    friend class TarIndexReader;
    enum class Type : std::uint8_t { File, HardLink, Symlink, Folder, Other };
    struct Entry {
        Type type = Type::Other;
        std::uint64_t offset = 0; // of the content
        std::uint64_t size = 0;
        std::string link;
    };

    TarIndex() = default;
    ReadAt m_archive;
    std::unordered_map<std::string, Entry> m_entries; // by EntryPath::text()
};

} // namespace escale
