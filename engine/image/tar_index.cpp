#include "engine/image/tar_index.h"

#include "engine/image/entry_path.h"

#include <array>
#include <charconv>
#include <cstring>

namespace escale {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kMostHeaders = 4 * TarIndex::kMostMembers; // with those that only lengthen a name
constexpr std::uint64_t kLongestExtension = 64 * 1024;           // of a pax header, or of a name
constexpr std::size_t kMostNameBytes = 32u << 20;                // of all members together
constexpr int kMostLinks = 8;

using Header = std::array<std::uint8_t, kBlock>;

struct Field {
    std::size_t start;
    std::size_t size;
};
constexpr Field kName{0, 100};
constexpr Field kSize{124, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kType = 156;
constexpr Field kLink{157, 100};
constexpr Field kMagic{257, 5};
constexpr Field kPrefix{345, 155};

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::Untrusted, "the archive is no valid tar archive: " + why,
                "It may be damaged: save it again, and compare its size.");
}

std::string_view textOf(const Header& header, Field field) {
    const char* const begin = reinterpret_cast<const char*>(header.data()) + field.start;
    return {begin, ::strnlen(begin, field.size)};
}

/// Octal digits, or base 256 with the first bit set (GNU, star).
std::optional<std::uint64_t> numberOf(const Header& header, Field field) {
    const auto bytes = std::span(header).subspan(field.start, field.size);
    std::uint64_t value = 0;
    if ((bytes[0] & 0x80) != 0) {
        if (bytes[0] != 0x80) // negative, or above 2^88
            return std::nullopt;
        for (const std::uint8_t byte : bytes.subspan(1)) {
            if (value >> 55 != 0)
                return std::nullopt;
            value = value << 8 | byte;
        }
        return value;
    }
    std::string_view digits = textOf(header, field);
    digits.remove_prefix(std::min(digits.find_first_not_of(' '), digits.size()));
    digits = digits.substr(0, digits.find(' '));
    if (digits.empty())
        return 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 8);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return value;
}

bool hasItsChecksum(const Header& header) {
    std::uint64_t unsignedSum = 0;
    std::int64_t signedSum = 0; // as some old ones computed it
    for (std::size_t i = 0; i < kBlock; ++i) {
        const bool own = i >= kChecksum.start && i < kChecksum.start + kChecksum.size;
        const std::uint8_t byte = own ? ' ' : header[i];
        unsignedSum += byte;
        signedSum += static_cast<std::int8_t>(byte);
    }
    const auto stored = numberOf(header, kChecksum);
    return stored && (*stored == unsignedSum || static_cast<std::int64_t>(*stored) == signedSum);
}

std::uint64_t padded(std::uint64_t size) {
    return (size + kBlock - 1) / kBlock * kBlock;
}

} // namespace

Result<std::string> readMember(const ArchiveMember& member, std::size_t limit, const std::string& path) {
    if (member.size > limit)
        return fail(ErrorCode::Untrusted, quotedName(path) + " in the archive has " +
                                              std::to_string(member.size) + " bytes, more than the " +
                                              std::to_string(limit) + " that are allowed");
    std::string bytes(member.size, '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        TRY_ASSIGN(
            const std::size_t got,
            member.read(done, {reinterpret_cast<std::uint8_t*>(bytes.data()) + done, bytes.size() - done}));
        if (got == 0)
            return fail(ErrorCode::Untrusted, quotedName(path) + " in the archive ends in the middle");
        done += got;
    }
    return bytes;
}

/// One pass over the headers.
class TarIndexReader {
public:
    TarIndexReader(TarIndex& index, std::uint64_t size)
        : m_index(index)
        , m_size(size) {}
    Result<void> run();

private:
    /// What headers before an entry's own say of it.
    struct Extended {
        std::optional<std::string> name;
        std::optional<std::string> link;
        std::optional<std::uint64_t> size;
    };
    Result<bool> readHeader(Header& header);
    Result<void> take(const Header& header);
    Result<std::string> readExtension(std::uint64_t size);
    Result<void> takePax(const std::string& records);
    Result<void> takePaxRecord(std::string_view key, std::string_view value);
    Result<void> takeEntry(const Header& header, char type, std::uint64_t size);
    Result<void> skip(std::uint64_t size);

    TarIndex& m_index;
    std::uint64_t m_size;
    std::uint64_t m_position = 0;
    std::size_t m_nameBytes = 0;
    Extended m_extended;
};

/// False at the archive's end: two blocks of zeros, or the end of the file between two entries.
Result<bool> TarIndexReader::readHeader(Header& header) {
    if (m_size - m_position < kBlock)
        return m_size == m_position ? Result<bool>(false) : broken("it is cut off in a header");
    TRY_ASSIGN(const std::string bytes,
               readMember({kBlock,
                           [this](std::uint64_t offset, std::span<std::uint8_t> out) {
                               return m_index.m_archive(m_position + offset, out);
                           }},
                          kBlock, "a header"));
    std::memcpy(header.data(), bytes.data(), kBlock);
    m_position += kBlock;
    return std::any_of(header.begin(), header.end(), [](std::uint8_t byte) { return byte != 0; });
}

Result<void> TarIndexReader::run() {
    Header header{};
    for (std::size_t count = 0;; ++count) {
        TRY_ASSIGN(const bool more, readHeader(header));
        if (!more)
            break;
        if (!hasItsChecksum(header))
            return broken(count == 0 ? "it does not begin with a header" : "a header has a wrong checksum");
        if (count >= kMostHeaders)
            return broken("it has more than " + std::to_string(kMostHeaders) + " headers");
        TRY(take(header));
    }
    if (m_index.m_entries.empty())
        return broken("it is empty");
    return {};
}

Result<void> TarIndexReader::take(const Header& header) {
    const char type = static_cast<char>(header[kType]);
    const auto stored = numberOf(header, kSize);
    if (!stored)
        return broken("the size of " + quotedName(textOf(header, kName)) + " is no number");
    switch (type) {
    case 'g': // for all entries that follow: dates and the like, nothing that counts here
        return skip(*stored);
    case 'x': {
        TRY_ASSIGN(const std::string records, readExtension(*stored));
        return takePax(records);
    }
    case 'L': {
        TRY_ASSIGN(const std::string name, readExtension(*stored));
        m_extended.name = name.substr(0, name.find('\0'));
        return {};
    }
    case 'K': {
        TRY_ASSIGN(const std::string link, readExtension(*stored));
        m_extended.link = link.substr(0, link.find('\0'));
        return {};
    }
    case 'S':
        return broken(quotedName(textOf(header, kName)) + " is a sparse file");
    default:
        break;
    }
    auto taken = takeEntry(header, type, m_extended.size.value_or(*stored));
    m_extended = {};
    return taken;
}

Result<std::string> TarIndexReader::readExtension(std::uint64_t size) {
    if (size > kLongestExtension)
        return broken("an extended header has " + std::to_string(size) + " bytes");
    const std::uint64_t start = m_position;
    TRY(skip(size));
    return readMember(
        {size, [this, start](std::uint64_t offset,
                             std::span<std::uint8_t> out) { return m_index.m_archive(start + offset, out); }},
        kLongestExtension, "an extended header");
}

/// "LENGTH key=value\n", the length counting the whole record.
Result<void> TarIndexReader::takePax(const std::string& records) {
    std::string_view rest = records;
    while (!rest.empty()) {
        std::size_t length = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
        const auto digits = static_cast<std::size_t>(end - rest.data());
        if (error != std::errc() || length > rest.size() || length < digits + 3 || rest[digits] != ' ' ||
            rest[length - 1] != '\n')
            return broken("a pax header is malformed");
        const std::string_view record = rest.substr(digits + 1, length - digits - 2);
        const std::size_t equals = record.find('=');
        if (equals == std::string_view::npos)
            return broken("a pax header is malformed");
        TRY(takePaxRecord(record.substr(0, equals), record.substr(equals + 1)));
        rest.remove_prefix(length);
    }
    return {};
}

Result<void> TarIndexReader::takePaxRecord(std::string_view key, std::string_view value) {
    if (key == "path")
        m_extended.name = std::string(value);
    else if (key == "linkpath")
        m_extended.link = std::string(value);
    else if (key.starts_with("GNU.sparse."))
        return broken("it holds a sparse file");
    if (key != "size")
        return {};
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), size);
    if (error != std::errc() || end != value.data() + value.size())
        return broken("a pax header has a malformed size");
    m_extended.size = size;
    return {};
}

Result<void> TarIndexReader::takeEntry(const Header& header, char type, std::uint64_t size) {
    const bool isUstar = textOf(header, kMagic) == "ustar";
    std::string name(textOf(header, kName));
    if (const auto prefix = textOf(header, kPrefix);
        isUstar && header[kMagic.start + 5] == 0 && !prefix.empty())
        name = std::string(prefix) + "/" + name;
    name = m_extended.name.value_or(name);
    TarIndex::Entry entry{TarIndex::Type::Other, m_position, 0, {}};
    if (type == '0' || type == '\0' || type == '7') {
        // Before POSIX a folder was a file with a slash at its end.
        entry.type = name.ends_with('/') ? TarIndex::Type::Folder : TarIndex::Type::File;
        entry.size = size;
        TRY(skip(size));
    } else if (type == '1' || type == '2') {
        entry.type = type == '1' ? TarIndex::Type::HardLink : TarIndex::Type::Symlink;
        entry.link = m_extended.link.value_or(std::string(textOf(header, kLink)));
    } else if (type == '5') {
        entry.type = TarIndex::Type::Folder;
    } else if (type != '3' && type != '4' && type != '6') {
        TRY(skip(size)); // as POSIX wants it for what nobody knows
    }
    const auto path = parseEntryPath(name);
    if (!path)
        return broken("it holds " + quotedName(name) + ", a path that leads out of it or is too long");
    std::string text = path->text();
    m_nameBytes += text.size() + entry.link.size();
    if (m_nameBytes > kMostNameBytes)
        return broken("the names in it are too long");
    const bool isFolder = entry.type == TarIndex::Type::Folder;
    const auto [known, isNew] = m_index.m_entries.try_emplace(std::move(text), std::move(entry));
    if (!isNew && !(isFolder && known->second.type == TarIndex::Type::Folder))
        return broken("it holds " + quotedName(path->text()) + " twice");
    if (m_index.m_entries.size() > TarIndex::kMostMembers)
        return broken("it has more than " + std::to_string(TarIndex::kMostMembers) + " entries");
    return {};
}

Result<void> TarIndexReader::skip(std::uint64_t size) {
    // The last content may lack its padding.
    if (size > m_size - m_position)
        return broken("it is cut off: an entry says it has " + std::to_string(size) +
                      " bytes, and the archive has " + std::to_string(m_size - m_position) + " left");
    m_position = std::min(m_size, m_position + padded(size));
    return {};
}

Result<std::unique_ptr<TarIndex>> TarIndex::read(ReadAt archive, std::uint64_t size) {
    std::unique_ptr<TarIndex> index(new TarIndex);
    index->m_archive = std::move(archive);
    TRY(TarIndexReader(*index, size).run());
    return index;
}

namespace {

/// Where a symbolic link at `from` leads, inside of the archive.
Result<std::string> followed(const std::string& from, const std::string& target) {
    std::string path = target;
    std::string folder = from.substr(0, std::min(from.rfind('/'), from.size()));
    if (from.find('/') == std::string::npos)
        folder.clear();
    while (path.starts_with("../") && !folder.empty()) {
        path.erase(0, 3);
        folder = folder.find('/') == std::string::npos ? std::string() : folder.substr(0, folder.rfind('/'));
    }
    if (path.starts_with('/'))
        return fail(ErrorCode::Untrusted,
                    "the link " + quotedName(from) + " leads out of the archive, to " + quotedName(target));
    auto parsed = parseEntryPath(folder.empty() ? path : folder + "/" + path);
    if (!parsed)
        return fail(ErrorCode::Untrusted,
                    "the link " + quotedName(from) + " leads out of the archive, to " + quotedName(target));
    return parsed->text();
}

} // namespace

Result<std::optional<ArchiveMember>> TarIndex::find(const std::string& path) const {
    TRY_ASSIGN(const EntryPath parsed, parseEntryPath(path));
    std::string name = parsed.text();
    for (int hops = 0; hops <= kMostLinks; ++hops) {
        const auto found = m_entries.find(name);
        if (found == m_entries.end())
            return std::optional<ArchiveMember>();
        const Entry& entry = found->second;
        if (entry.type == Type::File)
            return std::optional(
                ArchiveMember{entry.size, [this, &entry](std::uint64_t offset, std::span<std::uint8_t> out) {
                                  const std::uint64_t left = entry.size - std::min(offset, entry.size);
                                  return m_archive(entry.offset + offset,
                                                   out.first(std::min<std::uint64_t>(out.size(), left)));
                              }});
        if (entry.type != Type::HardLink && entry.type != Type::Symlink)
            return fail(ErrorCode::Untrusted, quotedName(path) + " in the archive is no file");
        TRY_ASSIGN(name, followed(entry.type == Type::Symlink ? name : std::string(), entry.link));
    }
    return fail(ErrorCode::Untrusted, quotedName(path) + " in the archive is a link that leads in a circle");
}

} // namespace escale
