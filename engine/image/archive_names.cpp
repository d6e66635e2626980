#include "engine/image/archive_names.h"

#include "engine/image/tar_entry.h"

#include <archive.h>
#include <archive_entry.h>
#include <cerrno>
#include <memory>
#include <unistd.h>
#include <vector>

namespace escale {
namespace {

constexpr std::size_t kBlock = 128 * 1024;

class ArchiveNames {
public:
    explicit ArchiveNames(int file)
        : m_file(file)
        , m_archive(archive_read_new())
        , m_buffer(kBlock) {}

    /// False: no tar.
    Result<bool> open() {
        archive* reader = m_archive.get();
        if (reader == nullptr)
            return fail(ErrorCode::Internal, "no memory for a tar reader");
        if (::lseek(m_file, 0, SEEK_SET) != 0)
            return failErrno("cannot read the archive");
        for (auto* filter : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
                             archive_read_support_filter_xz, archive_read_support_filter_zstd})
            filter(reader);
        return archive_read_support_format_tar(reader) == ARCHIVE_OK &&
               archive_read_open(reader, this, nullptr, readCallback, nullptr) == ARCHIVE_OK;
    }
    /// Null at the end, or at what is no entry; `isDamaged` tells which.
    archive_entry* next(bool& isDamaged) {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(m_archive.get(), &entry);
        isDamaged = result != ARCHIVE_OK && result != ARCHIVE_WARN && result != ARCHIVE_EOF;
        return result == ARCHIVE_OK || result == ARCHIVE_WARN ? entry : nullptr;
    }
    [[nodiscard]] std::string error() const {
        const char* text = archive_error_string(m_archive.get());
        return text != nullptr ? text : "unknown error";
    }
    Result<void> rewind() const {
        return ::lseek(m_file, 0, SEEK_SET) == 0 ? Result<void>() : failErrno("cannot read the archive");
    }

private:
    struct Free {
        void operator()(archive* reader) const { archive_read_free(reader); }
    };
    static la_ssize_t readCallback(archive* reader, void* self, const void** bytes) {
        auto& names = *static_cast<ArchiveNames*>(self);
        ssize_t size = 0;
        do {
            size = ::read(names.m_file, names.m_buffer.data(), names.m_buffer.size());
        } while (size < 0 && errno == EINTR);
        if (size < 0)
            archive_set_error(reader, errno, "the file cannot be read");
        *bytes = names.m_buffer.data();
        return size;
    }

    int m_file;
    std::unique_ptr<archive, Free> m_archive;
    std::vector<char> m_buffer;
};

} // namespace

Result<bool> isTarArchive(int file) {
    const CLocale locale;
    ArchiveNames names(file);
    TRY_ASSIGN(const bool isOpen, names.open());
    bool isDamaged = false;
    const bool isArchive = isOpen && names.next(isDamaged) != nullptr;
    TRY(names.rewind());
    return isArchive;
}

Result<void> visitArchive(int file, const std::function<Result<void>(const std::string&)>& visit) {
    const CLocale locale;
    ArchiveNames names(file);
    TRY_ASSIGN(const bool isOpen, names.open());
    bool isDamaged = !isOpen;
    while (archive_entry* entry = isDamaged ? nullptr : names.next(isDamaged)) {
        if (const char* name = archive_entry_pathname(entry))
            TRY(visit(name));
    }
    if (isDamaged)
        return fail(ErrorCode::Untrusted, "the archive is damaged: " + names.error(), "Make it again.");
    return names.rewind();
}

} // namespace escale
