#include "gui/common/log_follower.h"

#include <QSocketNotifier>

#include <array>
#include <sys/inotify.h>
#include <sys/stat.h>

namespace escale::gui {

static constexpr std::size_t kSlice = 64 * 1024;
static constexpr qint64 kLongestBacklog = 24 << 20; // about 200 000 lines, more than the view keeps
static constexpr int kPollInterval = 250;           // milliseconds

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

void LogFollower::open(UniqueFd file) {
    close();
    m_file = std::move(file);
    m_offset = 0;
    m_parser.reset();
    struct stat status {};
    if (fstat(m_file.get(), &status) == 0 && status.st_size > kLongestBacklog) {
        m_offset = status.st_size - kLongestBacklog; // the cut first record is dropped by the parser
        Q_EMIT skipped(m_offset);
    }
    m_inotify.reset(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const std::string path = "/proc/self/fd/" + std::to_string(m_file.get());
    if (m_inotify && inotify_add_watch(m_inotify.get(), path.c_str(), IN_MODIFY) >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_inotify.get(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, &LogFollower::drainEvents);
    } else {
        m_poll.start();
    }
    m_turn.start();
}

void LogFollower::close() {
    m_turn.stop();
    m_poll.stop();
    m_notifier.reset();
    m_inotify.reset();
    m_file.reset();
}

void LogFollower::setThrottled(bool throttled) {
    m_throttled = throttled;
    if (throttled)
        m_turn.stop();
    else if (m_file)
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
    std::array<char, kSlice> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by pread
    const ssize_t count = pread(m_file.get(), buffer.data(), buffer.size(), m_offset);
    if (count < 0) {
        m_turn.stop();
        if (errno != EINTR && errno != EAGAIN) {
            const Error error = systemError("cannot read the log");
            close();
            Q_EMIT failed(error);
        }
        return;
    }
    if (count == 0) {
        m_turn.stop();
        struct stat status {};
        if (fstat(m_file.get(), &status) == 0 && status.st_size < m_offset) {
            m_offset = 0;
            m_parser.reset();
            Q_EMIT restarted();
            m_turn.start();
        }
        return;
    }
    m_offset += count;
    const QList<LogLine> complete = m_parser.feed(QByteArrayView(buffer.data(), count));
    if (!complete.isEmpty())
        Q_EMIT lines(complete);
}

} // namespace escale::gui
