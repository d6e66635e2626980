// Reading and writing archives through libarchive with our own waiting, which can be cancelled. Only for
// tar_stream, tar_extract and tar_write. Errors: Unreachable when the archive ends too early or nobody reads
// it, Cancelled, or what the system says.
#pragma once

#include "gui/common/transfer.h"

#include <archive.h>

#include <memory>
#include <optional>
#include <vector>

struct archive_entry;

namespace escale::gui {

Result<void> waitFor(int fd, short events, const Cancellation& cancellation);
/// 0 at the end.
Result<std::size_t> readSome(int fd, char* buffer, std::size_t size, Transfer::Control& control);
/// Also to a descriptor that does not block. Unreachable when nobody reads any more.
Result<void> writeAll(int fd, const char* bytes, std::size_t size, Transfer::Control& control);

class TarInput {
public:
    TarInput(int fd, Transfer::Control& control);
    /// The next entry, null at the end; valid until the next call.
    Result<archive_entry*> next();
    /// Exactly that many bytes of the entry's content.
    Result<void> readData(char* to, std::size_t size);
    struct Block {
        const char* bytes = nullptr;
        std::size_t size = 0;
        qint64 offset = 0; // in the file
    };
    /// The next part of the entry's content; nothing at its end.
    Result<std::optional<Block>> nextBlock();

private:
    struct Free {
        void operator()(archive* reader) const { archive_read_free(reader); }
    };
    static la_ssize_t readCallback(archive* reader, void* self, const void** buffer);
    Error problem();

    int m_fd;
    Transfer::Control& m_control;
    std::vector<char> m_buffer;
    Result<void> m_reading; // why the input failed
    std::unique_ptr<archive, Free> m_archive;
};

class TarOutput {
public:
    TarOutput(int fd, Transfer::Control& control);
    ~TarOutput();
    TarOutput(const TarOutput&) = delete;
    TarOutput& operator=(const TarOutput&) = delete;
    Result<void> add(archive_entry* entry);
    Result<void> data(const char* bytes, std::size_t size);
    /// The end mark; without it the archive is not whole.
    Result<void> finish();

private:
    struct Free {
        void operator()(archive* writer) const { archive_write_free(writer); }
    };
    static la_ssize_t writeCallback(archive* writer, void* self, const void* bytes, size_t size);
    Error problem();

    int m_fd;
    Transfer::Control& m_control;
    Result<void> m_writing;
    bool m_finished = false;
    std::unique_ptr<archive, Free> m_archive;
};

} // namespace escale::gui
