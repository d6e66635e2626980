#include "gui/common/tar_input.h"

#include <archive_entry.h>

#include <cerrno>

namespace escale::gui {

static constexpr std::size_t kBuffer = 64 * 1024;

TarInput::TarInput(int fd, Transfer::Control& control)
    : m_fd(fd)
    , m_control(control)
    , m_buffer(kBuffer)
    , m_archive(archive_read_new()) {
    archive_read_support_format_tar(m_archive.get());
    archive_read_support_format_empty(m_archive.get());
    archive_read_open(m_archive.get(), this, nullptr, readCallback, nullptr);
}

la_ssize_t TarInput::readCallback(archive* reader, void* self, const void** buffer) {
    auto& input = *static_cast<TarInput*>(self);
    *buffer = input.m_buffer.data();
    const Result<std::size_t> count =
        readSome(input.m_fd, input.m_buffer.data(), input.m_buffer.size(), input.m_control);
    if (!count) {
        input.m_reading = fail(count.error());
        archive_set_error(reader, EIO, "the input failed");
        return ARCHIVE_FATAL;
    }
    input.m_control.bytes += *count;
    return static_cast<la_ssize_t>(*count);
}

Error TarInput::problem() {
    if (!m_reading)
        return m_reading.error();
    const char* text = archive_error_string(m_archive.get());
    return {ErrorCode::Unreachable,
            std::string("the archive is not whole: ") + (text ? text : "unknown"),
            {},
            {}};
}

Result<archive_entry*> TarInput::next() {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(m_archive.get(), &entry);
    if (status == ARCHIVE_EOF)
        return nullptr;
    if (status < ARCHIVE_WARN)
        return fail(problem());
    if (archive_entry_pathname(entry) == nullptr)
        return fail(ErrorCode::Untrusted, "a name in the archive cannot be read");
    return entry;
}

Result<void> TarInput::readData(char* to, std::size_t size) {
    while (size > 0) {
        const la_ssize_t count = archive_read_data(m_archive.get(), to, size);
        if (count <= 0)
            return fail(problem());
        to += count;
        size -= static_cast<std::size_t>(count);
    }
    return {};
}

Result<std::optional<TarInput::Block>> TarInput::nextBlock() {
    const void* bytes = nullptr;
    size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(m_archive.get(), &bytes, &size, &offset);
    if (status == ARCHIVE_EOF)
        return std::optional<Block>();
    if (status < ARCHIVE_WARN)
        return fail(problem());
    return std::optional<Block>(Block{static_cast<const char*>(bytes), size, offset});
}

TarOutput::TarOutput(int fd, Transfer::Control& control)
    : m_fd(fd)
    , m_control(control)
    , m_archive(archive_write_new()) {
    archive* writer = m_archive.get();
    archive_write_set_format_pax_restricted(writer);
    archive_write_set_bytes_per_block(writer, static_cast<int>(kBuffer));
    archive_write_set_bytes_in_last_block(writer, 1);
    archive_write_open(writer, this, nullptr, writeCallback, nullptr);
}

TarOutput::~TarOutput() {
    if (!m_finished)
        archive_write_fail(m_archive.get()); // no end mark
}

la_ssize_t TarOutput::writeCallback(archive* writer, void* self, const void* bytes, size_t size) {
    auto& output = *static_cast<TarOutput*>(self);
    output.m_writing = writeAll(output.m_fd, static_cast<const char*>(bytes), size, output.m_control);
    if (!output.m_writing) {
        archive_set_error(writer, EIO, "the output failed");
        return -1;
    }
    return static_cast<la_ssize_t>(size);
}

Error TarOutput::problem() {
    if (!m_writing)
        return m_writing.error();
    const char* text = archive_error_string(m_archive.get());
    return {ErrorCode::SystemFailure,
            std::string("cannot write the archive: ") + (text ? text : "unknown"),
            {},
            {}};
}

Result<void> TarOutput::add(archive_entry* entry) {
    if (archive_write_header(m_archive.get(), entry) < ARCHIVE_WARN)
        return fail(problem());
    return {};
}

Result<void> TarOutput::data(const char* bytes, std::size_t size) {
    while (size > 0) {
        const la_ssize_t count = archive_write_data(m_archive.get(), bytes, size);
        if (count <= 0)
            return fail(problem());
        bytes += count;
        size -= static_cast<std::size_t>(count);
    }
    return {};
}

Result<void> TarOutput::finish() {
    m_finished = true;
    if (archive_write_close(m_archive.get()) != ARCHIVE_OK)
        return fail(problem());
    return {};
}

} // namespace escale::gui
