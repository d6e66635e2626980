#include "gui/common/log_follower.h"

#include <QFile>
#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <sys/inotify.h>
#include <sys/stat.h>

namespace escale::gui {

static constexpr std::size_t kSlice = 64 * 1024;
static constexpr qint64 kLongestBacklog = 256 << 20; // a million lines and more, all that a view keeps
static constexpr qint64 kCompression = 10;           // how much larger a compressed file is at a guess
static constexpr int kPollInterval = 250;            // milliseconds

static QByteArray nameOf(int fd) {
    std::array<char, 4096> name{};
    const auto path = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(path.c_str(), name.data(), name.size());
    return {name.data(), std::max<ssize_t>(size, 0)};
}

LogFollower::LogFollower(QObject* parent)
    : QObject(parent) {
    m_turn.setInterval(0);
    m_poll.setInterval(kPollInterval);
    connect(&m_turn, &QTimer::timeout, this, &LogFollower::readSlice);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (!m_throttled)
            m_turn.start();
    });
}

LogFollower::~LogFollower() = default;

Result<std::vector<LogFollower::File>> LogFollower::identify(std::vector<UniqueFd> files) {
    std::vector<File> known;
    for (UniqueFd& file : files) {
        const int fd = file.get();
        struct stat status {};
        if (::fstat(fd, &status) != 0)
            return failErrno("cannot look at the log");
        TRY_ASSIGN(auto log, LogFile::open(std::move(file)));
        const qint64 size = log.isCompressed() ? status.st_size * kCompression : status.st_size;
        known.push_back({std::move(log), fd, status.st_ino, size});
    }
    if (known.empty())
        return escale::fail(ErrorCode::NotFound, "the log has no files");
    return known;
}

void LogFollower::fail(const Error& error) {
    close();
    Q_EMIT failed(error);
}

void LogFollower::open(std::vector<UniqueFd> files) {
    close();
    m_parser.reset();
    m_lastTime = 0;
    m_knownUntil = 0;
    auto known = identify(std::move(files));
    if (!known)
        return fail(known.error());
    // From the newest back, as much as anybody wants to see; a record that is cut is dropped by the parser.
    std::size_t first = known->size() - 1;
    qint64 left = kLongestBacklog - known->at(first).size;
    while (left > 0 && first > 0 && known->at(first - 1).size <= left)
        left -= known->at(--first).size;
    if (first > 0 || left < 0)
        Q_EMIT skipped();
    begin(std::move(*known), first, std::max<qint64>(-left, 0));
}

void LogFollower::resume(std::vector<UniqueFd> files) {
    if (!isOpen())
        return open(std::move(files));
    const quint64 inode = m_files.back().inode;
    auto known = identify(std::move(files));
    if (!known)
        return fail(known.error());
    const auto ours =
        std::find_if(known->begin(), known->end(), [&](const File& file) { return file.inode == inode; });
    const bool gone = ours == known->end(); // compressed since, or no longer kept
    const auto first = gone ? 0 : static_cast<std::size_t>(ours - known->begin());
    const qint64 offset = gone ? 0 : m_offset;
    m_knownUntil = gone ? m_lastTime : 0;
    begin(std::move(*known), first, offset);
}

void LogFollower::begin(std::vector<File> files, std::size_t first, qint64 offset) {
    m_files = std::move(files);
    m_current = first;
    m_offset = offset;
    m_isPutAside = false;
    watchLast();
    if (!m_throttled)
        m_turn.start();
}

void LogFollower::watchLast() {
    m_poll.stop();
    m_notifier.reset();
    const int fd = m_files.back().fd;
    m_link = nameOf(fd);
    m_inotify.reset(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const std::string path = "/proc/self/fd/" + std::to_string(fd);
    if (m_inotify && inotify_add_watch(m_inotify.get(), path.c_str(), IN_MODIFY | IN_MOVE_SELF) >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_inotify.get(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &LogFollower::drainEvents);
    } else {
        m_poll.start();
    }
}

void LogFollower::close() {
    m_turn.stop();
    m_poll.stop();
    m_notifier.reset();
    m_inotify.reset();
    m_files.clear();
    m_isPutAside = false;
}

void LogFollower::setThrottled(bool throttled) {
    m_throttled = throttled;
    if (throttled)
        m_turn.stop();
    else if (isOpen())
        m_turn.start();
}

void LogFollower::drainEvents() {
    std::array<char, 4096> events{};
    while (::read(m_inotify.get(), events.data(), events.size()) > 0) {
    }
    if (!m_throttled)
        m_turn.start();
}

void LogFollower::readSlice() {
    std::array<char, kSlice> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by read
    const auto count = m_files[m_current].log.read(static_cast<std::uint64_t>(m_offset), buffer);
    if (!count)
        return fail(count.error());
    if (*count == 0)
        return reachEnd();
    m_offset += static_cast<qint64>(*count);
    QList<LogLine> complete = m_parser.feed(QByteArrayView(buffer.data(), static_cast<qsizetype>(*count)));
    if (m_knownUntil != 0)
        complete.removeIf([this](const LogLine& line) { return line.time <= m_knownUntil; });
    if (complete.isEmpty())
        return;
    m_lastTime = complete.last().time;
    Q_EMIT lines(complete);
}

void LogFollower::reachEnd() {
    if (m_current + 1 < m_files.size()) {
        ++m_current;
        m_offset = 0;
        return;
    }
    m_turn.stop();
    struct stat status {};
    const int fd = m_files.back().fd;
    if (::fstat(fd, &status) == 0 && status.st_size < m_offset) {
        m_offset = 0;
        m_parser.reset();
        Q_EMIT restarted();
        m_turn.start();
    } else if (!m_isPutAside && nameOf(fd) != m_link) {
        // Its name is taken from it before the next one is written to, so this is its end, unless a last
        // record came between our reading and our look at the name.
        if (::fstat(fd, &status) == 0 && status.st_size > m_offset)
            return m_turn.start();
        m_isPutAside = true;
        Q_EMIT putAside();
    } else {
        Q_EMIT caughtUp();
    }
}

} // namespace escale::gui
