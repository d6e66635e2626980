#include "gui/build/build_events_reader.h"

#include <QSocketNotifier>

#include <array>
#include <string>
#include <sys/inotify.h>
#include <unistd.h>

namespace escale::gui {

static constexpr std::size_t kSlice = 256 * 1024;
// The first event holds the Dockerfile, of at most 4 MiB, with escapes.
static constexpr qsizetype kLongestLine = 32 << 20;
static constexpr int kPoll = 250; // milliseconds

BuildEventsReader::BuildEventsReader(QObject* parent)
    : QObject(parent) {
    m_poll.setInterval(kPoll);
    connect(&m_turn, &QTimer::timeout, this, &BuildEventsReader::readSlice);
    connect(&m_poll, &QTimer::timeout, this, [this] { m_turn.start(); });
}

BuildEventsReader::~BuildEventsReader() = default;

void BuildEventsReader::open(UniqueFd events) {
    close();
    m_file = std::move(events);
    watch();
    m_turn.start();
}

void BuildEventsReader::close() {
    m_turn.stop();
    m_poll.stop();
    m_notifier.reset();
    m_inotify.reset();
    m_file.reset();
    m_rest.clear();
    m_offset = 0;
    m_isSkipping = false;
}

void BuildEventsReader::watch() {
    m_inotify.reset(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const std::string path = "/proc/self/fd/" + std::to_string(m_file.get());
    if (!m_inotify || inotify_add_watch(m_inotify.get(), path.c_str(), IN_MODIFY) < 0)
        return m_poll.start();
    m_notifier = std::make_unique<QSocketNotifier>(m_inotify.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &BuildEventsReader::drain);
}

void BuildEventsReader::drain() {
    std::array<char, 4096> told{};
    while (::read(m_inotify.get(), told.data(), told.size()) > 0) {
    }
    m_turn.start();
}

void BuildEventsReader::readSlice() {
    std::array<char, kSlice> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by pread
    const ssize_t count = ::pread(m_file.get(), buffer.data(), buffer.size(), m_offset);
    if (count < 0)
        return fail(systemError("cannot read the build's events"));
    if (count == 0) {
        m_turn.stop();
        return Q_EMIT caughtUp();
    }
    m_offset += count;
    QList<BuildEvent> found;
    take(QByteArrayView(buffer.data(), count), found);
    if (!found.isEmpty())
        Q_EMIT events(found);
}

void BuildEventsReader::take(QByteArrayView bytes, QList<BuildEvent>& found) {
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView piece = end < 0 ? bytes : bytes.first(end);
        if (!m_isSkipping)
            m_rest.append(piece.data(), piece.size());
        if (m_rest.size() > kLongestLine) {
            m_rest.clear();
            m_isSkipping = true;
        }
        if (end < 0)
            return;
        bytes = bytes.sliced(end + 1);
        // A line that is no event comes from another version: what is known is shown.
        if (!std::exchange(m_isSkipping, false)) {
            if (auto event = parseBuildEvent({m_rest.constData(), static_cast<std::size_t>(m_rest.size())}))
                found.append(std::move(*event));
        }
        m_rest.clear();
    }
}

void BuildEventsReader::fail(const Error& error) {
    close();
    Q_EMIT failed(error);
}

} // namespace escale::gui
