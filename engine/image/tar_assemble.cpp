#include "engine/image/tar_assemble.h"

#include "engine/base/file.h"
#include "engine/image/tar_record.h"
#include "engine/store/tar_record_head.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace escale {
namespace {

constexpr std::size_t kBufferSize = 256 * 1024;
constexpr const char* kPullAgain = "Remove the image and pull it again.";

using Kind = TarRecordReader::Kind;
using Step = TarRecordReader::Step;

tl::unexpected<Error> damaged(const char* why) {
    return fail(ErrorCode::Untrusted, std::string("the record of the layer's archive is damaged: ") + why,
                kPullAgain);
}

tl::unexpected<Error> changed(const std::string& path, const std::string& how) {
    return fail(ErrorCode::Untrusted, "the layer's file " + quotedName(path) + " " + how, kPullAgain);
}

class Assembler {
public:
    Assembler(int record, int root, const TakeTar& take)
        : m_record(record)
        , m_root(root)
        , m_take(take)
        , m_buffer(kBufferSize) {}

    Result<std::uint64_t> run();

private:
    Result<void> collectReplaced();
    Result<bool> takeStep(const Step& step);
    Result<void> beginFile(const std::string& path);
    Result<void> addContent(std::uint64_t offset, std::uint64_t length);
    Result<void> addOfFile(std::uint64_t offset, std::uint64_t length);
    Result<void> add(std::span<const std::uint8_t> bytes);

    int m_record;
    int m_root;
    const TakeTar& m_take;
    std::uint64_t m_tarSize = 0; // as the record says
    std::uint64_t m_done = 0;
    std::map<std::uint64_t, std::string> m_replaced; // contents, by their files' numbers
    std::uint64_t m_files = 0;
    // The file that content is of.
    std::string m_path;
    UniqueFd m_file;
    const std::string* m_content = nullptr; // when it has been replaced
    std::vector<std::uint8_t> m_buffer;
};

/// They stand behind the place where they are needed: that of the entry that took theirs.
Result<void> Assembler::collectReplaced() {
    TarRecordReader reader(m_record);
    std::uint64_t total = 0;
    std::string* content = nullptr;
    for (;;) {
        TRY_ASSIGN(const Step step, reader.next());
        if (step.kind == Kind::End)
            return {};
        if (step.kind != Kind::Replaced)
            continue;
        content = &m_replaced[step.number];
        total += step.bytes.size();
        if (total > kMostReplacedBytes)
            return damaged("it holds too much");
        content->append(reinterpret_cast<const char*>(step.bytes.data()), step.bytes.size());
    }
}

Result<std::uint64_t> Assembler::run() {
    TRY_ASSIGN(const TarRecordHead head, readTarRecordHead(m_record));
    m_tarSize = head.tarSize;
    if ((head.flags & TarRecordHead::kHasReplaced) != 0)
        TRY(collectReplaced());
    TarRecordReader reader(m_record);
    for (;;) {
        TRY_ASSIGN(const Step step, reader.next());
        TRY_ASSIGN(const bool more, takeStep(step));
        if (!more)
            break;
    }
    if (m_done != m_tarSize)
        return damaged("it is shorter than it says");
    return m_done;
}

Result<bool> Assembler::takeStep(const Step& step) {
    switch (step.kind) {
    case Kind::Raw:
        TRY(add(step.bytes));
        return true;
    case Kind::File:
        TRY(beginFile(step.path));
        return true;
    case Kind::Content:
        TRY(addContent(step.offset, step.length));
        return true;
    case Kind::Replaced:
        return true;
    case Kind::End:
        return false;
    }
    return damaged("an unknown step");
}

Result<void> Assembler::beginFile(const std::string& path) {
    m_path = path;
    m_file.reset();
    const auto replaced = m_replaced.find(m_files++);
    m_content = replaced == m_replaced.end() ? nullptr : &replaced->second;
    if (m_content != nullptr)
        return {};
    auto file = openBeneath(m_root, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    if (!file)
        return changed(path, "cannot be read: " + file.error().message);
    struct stat info {};
    if (::fstat(file->get(), &info) != 0 || !S_ISREG(info.st_mode))
        return changed(path, "is no longer a file");
    m_file = std::move(*file);
    return {};
}

Result<void> Assembler::addContent(std::uint64_t offset, std::uint64_t length) {
    if (length > m_tarSize - m_done)
        return damaged("it is longer than it says");
    if (m_content == nullptr)
        return m_file ? addOfFile(offset, length) : damaged("content of no file");
    if (offset > m_content->size() || length > m_content->size() - offset)
        return damaged("content of a replaced file is missing");
    return add({reinterpret_cast<const std::uint8_t*>(m_content->data()) + offset, length});
}

Result<void> Assembler::addOfFile(std::uint64_t offset, std::uint64_t length) {
    while (length > 0) {
        const ssize_t size =
            ::pread(m_file.get(), m_buffer.data(), std::min<std::uint64_t>(length, kBufferSize),
                    static_cast<off_t>(offset));
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return failErrno("cannot read the layer's file " + quotedName(m_path));
        if (size == 0)
            return changed(m_path, "is shorter than it was");
        TRY(add({m_buffer.data(), static_cast<std::size_t>(size)}));
        offset += static_cast<std::uint64_t>(size);
        length -= static_cast<std::uint64_t>(size);
    }
    return {};
}

Result<void> Assembler::add(std::span<const std::uint8_t> bytes) {
    if (bytes.size() > m_tarSize - m_done)
        return damaged("it is longer than it says");
    m_done += bytes.size();
    return m_take(bytes);
}

} // namespace

Result<std::uint64_t> assembleTar(int record, int root, const TakeTar& take) {
    return Assembler(record, root, take).run();
}

} // namespace escale
