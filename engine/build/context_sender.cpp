#include "engine/build/context_sender.h"

#include "engine/base/byte_stream.h"
#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/build/context_list.h"
#include "engine/build/context_stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace escale {
namespace {

constexpr std::size_t kEntriesFrame = 256 * 1024;
constexpr std::uint64_t kTellEveryBytes = 4u << 20;
constexpr std::uint64_t kTellEveryFiles = 256;

class ContextSender {
public:
    ContextSender(int socket, int folder, const std::function<void(const ContextProgress&)>& progress,
                  const Cancellation& cancellation)
        : m_folder(folder)
        , m_progress(progress)
        , m_cancellation(cancellation)
        , m_writer(socket, cancellation)
        , m_reader(socket, cancellation) {}

    Result<ContextProgress> run(const IgnoreFile& ignored) {
        auto sent = send(ignored);
        if (sent)
            return m_counts;
        // A receiver that has failed says why, also to somebody who was about to write to it.
        if (sent.error().code == ErrorCode::Unreachable) {
            auto last = m_reader.next();
            while (last)
                last = m_reader.next();
            if (last.error().code != ErrorCode::Unreachable)
                return fail(std::move(last).error());
        } else {
            (void)m_writer.sendFailure(sent.error()); // when it has gone, nobody needs to know
        }
        return fail(std::move(sent).error());
    }

private:
    Result<void> send(const IgnoreFile& ignored) {
        std::string version;
        ByteWriter(version).number(kContextVersion);
        TRY(m_writer.send(ContextFrame::Hello, version));
        if (m_folder >= 0) {
            TRY_ASSIGN(m_entries, listContext(m_folder, ignored, m_cancellation, [this](std::size_t entries) {
                           m_counts.listed = entries;
                           tell();
                       }));
        }
        m_counts.listed = m_entries.size();
        TRY(sendList());
        TRY(readNeeded());
        for (const std::uint32_t number : m_needed)
            TRY(sendFile(number));
        TRY(m_writer.send(ContextFrame::End));
        TRY(m_writer.flush());
        TRY_ASSIGN(const ReceivedFrame last, m_reader.next());
        if (last.kind != ContextFrame::Done)
            return fail(ErrorCode::Untrusted, "the engine answers the build's files with something else");
        tell();
        return {};
    }

    Result<void> sendList() {
        std::string bytes;
        for (const ContextEntry& entry : m_entries) {
            appendContextEntry(bytes, entry);
            if (bytes.size() < kEntriesFrame)
                continue;
            TRY(m_writer.send(ContextFrame::Entries, bytes));
            bytes.clear();
        }
        TRY(m_writer.send(ContextFrame::Entries, bytes));
        TRY(m_writer.send(ContextFrame::EntriesEnd));
        return m_writer.flush();
    }

    Result<void> readNeeded() {
        for (;;) {
            TRY_ASSIGN(const ReceivedFrame frame, m_reader.next());
            if (frame.kind == ContextFrame::NeededEnd)
                break;
            if (frame.kind != ContextFrame::Needed)
                return fail(ErrorCode::Untrusted, "the engine asks for the build's files in a strange way");
            ByteReader numbers(frame.bytes);
            while (!numbers.isAtEnd()) {
                TRY_ASSIGN(const auto number, numbers.number<std::uint32_t>());
                // Only what was listed, and each but once: the engine is not to read around here.
                if (number >= m_entries.size() || !S_ISREG(m_entries[number].mode) ||
                    (!m_needed.empty() && number <= m_needed.back()))
                    return fail(ErrorCode::Untrusted, "the engine asks for a file that was not listed");
                m_needed.push_back(number);
                m_counts.allBytes += m_entries[number].size;
            }
        }
        m_counts.allFiles = m_needed.size();
        tell();
        return {};
    }

    Result<void> sendFile(std::uint32_t number) {
        const ContextEntry& entry = m_entries[number];
        TRY_ASSIGN(const UniqueFd file, openListed(entry));
        std::uint64_t left = entry.size;
        bool isFirst = true;
        do {
            const std::size_t head = isFirst ? sizeof number : 0;
            const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, kLargestFrame - head));
            char* room = m_writer.beginFrame(head + wanted);
            if (isFirst)
                std::copy_n(reinterpret_cast<const char*>(&number), sizeof number, room);
            TRY(readExactly(file.get(), room + head, wanted, entry));
            TRY(m_writer.endFrame(isFirst ? ContextFrame::Content : ContextFrame::More, head + wanted));
            left -= wanted;
            isFirst = false;
            m_counts.bytes += wanted;
            m_untold += wanted;
            if (m_untold >= kTellEveryBytes)
                tell();
        } while (left > 0);
        if (++m_counts.files % kTellEveryFiles == 0)
            tell();
        return {};
    }

    Result<UniqueFd> openListed(const ContextEntry& entry) {
        const auto slash = entry.path.rfind('/');
        const std::string parent = slash == std::string::npos ? std::string() : entry.path.substr(0, slash);
        if (!m_parentFd || parent != m_parent) {
            TRY_ASSIGN(m_parentFd,
                       openBeneath(m_folder, parent.empty() ? "." : parent, O_PATH | O_DIRECTORY));
            m_parent = parent;
        }
        const std::string name = slash == std::string::npos ? entry.path : entry.path.substr(slash + 1);
        UniqueFd file(::openat(m_parentFd.get(), name.c_str(),
                               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
        if (!file && (errno == EACCES || errno == EPERM))
            return fail(ErrorCode::PermissionDenied,
                        "the file " + entry.path + " of the build cannot be read",
                        "Give yourself the right to read it, or leave it out by a line in .dockerignore.");
        struct stat info {};
        if (!file || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) ||
            static_cast<std::uint64_t>(info.st_size) != entry.size ||
            nanosecondsOf(info.st_mtim) != entry.modified)
            return changed(entry);
        return file;
    }

    static Result<void> readExactly(int file, char* to, std::size_t size, const ContextEntry& entry) {
        while (size > 0) {
            const ssize_t count = ::read(file, to, size);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return failErrno("cannot read the file " + entry.path + " of the build");
            if (count == 0)
                return changed(entry);
            to += count;
            size -= static_cast<std::size_t>(count);
        }
        return {};
    }

    static tl::unexpected<Error> changed(const ContextEntry& entry) {
        return fail(ErrorCode::InvalidArgument,
                    "the file " + entry.path + " has changed while it was sent to the build",
                    "Build again when nothing writes to it, or leave it out by a line in .dockerignore.");
    }

    void tell() {
        m_untold = 0;
        if (m_progress)
            m_progress(m_counts);
    }

    int m_folder;
    const std::function<void(const ContextProgress&)>& m_progress;
    const Cancellation& m_cancellation;
    FrameWriter m_writer;
    FrameReader m_reader;
    std::vector<ContextEntry> m_entries;
    std::vector<std::uint32_t> m_needed;
    std::string m_parent;
    UniqueFd m_parentFd;
    ContextProgress m_counts;
    std::uint64_t m_untold = 0;
};

} // namespace

Result<ContextProgress> sendContext(int socket, int folder, const IgnoreFile& ignored,
                                    const std::function<void(const ContextProgress&)>& progress,
                                    const Cancellation& cancellation) {
    return ContextSender(socket, folder, progress, cancellation).run(ignored);
}

} // namespace escale
