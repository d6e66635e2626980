// What libarchive's tar reader and writer need from us, for layers and for archives of containers' files.
#pragma once

#include "engine/image/entry_attributes.h"

#include <clocale>
#include <cstdint>
#include <functional>
#include <span>

struct archive;
struct archive_entry;

namespace escale {

/// libarchive turns names of pax headers into the thread's character set, and normalises them on the way. In
/// the C locale it cannot and hands out the bytes as they are, which is what a file's name is. For the
/// thread, while the object lives.
class CLocale {
public:
    CLocale()
        : m_locale(::newlocale(LC_ALL_MASK, "C", nullptr))
        , m_before(::uselocale(m_locale)) {}
    CLocale(const CLocale&) = delete;
    CLocale& operator=(const CLocale&) = delete;
    ~CLocale() {
        ::uselocale(m_before);
        ::freelocale(m_locale);
    }

private:
    locale_t m_locale;
    locale_t m_before;
};

/// Adds an extended attribute that is an ACL in words, as tar programs have it. False: it is none, or
/// malformed. attributesOfEntry() reads either.
bool addAcl(archive_entry* entry, const std::string& xattr, std::string_view value);

/// Untrusted: an owner or group that no file can have. `path` for the message.
Result<EntryAttributes> attributesOfEntry(archive_entry* entry, const std::string& path);

/// All of `bytes`; `path` for messages.
Result<void> writeAt(int file, std::uint64_t offset, std::span<const char> bytes, const std::string& path);

/// How the archive that is read calls what is wrong with it.
struct ContentErrors {
    std::function<tl::unexpected<Error>()> read;
    std::function<tl::unexpected<Error>(const std::string& why)> hostile; // of the entry
};
/// A piece of an entry's content and where it lies; what no piece covers is a hole.
using TakeContent = std::function<Result<void>(std::uint64_t offset, std::span<const char> bytes)>;
/// The content of the entry that was read last, in pieces at rising offsets within `size`. Answers with the
/// bytes that `take` got.
Result<std::uint64_t> readEntryContent(archive* reader, std::uint64_t size, const ContentErrors& errors,
                                       const TakeContent& take);
/// The same into the empty `file`, with its holes. `path` for messages.
Result<std::uint64_t> writeEntryContent(archive* reader, int file, const std::string& path,
                                        std::uint64_t size, const ContentErrors& errors);

} // namespace escale
