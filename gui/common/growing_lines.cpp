#include "gui/common/growing_lines.h"

#include <QSocketNotifier>

#include <array>
#include <string>
#include <sys/inotify.h>
#include <unistd.h>
#include <utility>

namespace escale::gui {

static constexpr std::size_t kSlice = 256 * 1024;
// The first event of a build holds the Dockerfile, of at most 4 MiB, with escapes.
static constexpr qsizetype kLongestLine = 32 << 20;
static constexpr int kPoll = 250; // milliseconds

GrowingLines::GrowingLines(QObject* parent)
    : QObject(parent) {
    m_poll.setInterval(kPoll);
    connect(&m_turn, &QTimer::timeout, this, &GrowingLines::readSlice);
    connect(&m_poll, &QTimer::timeout, this, [this] { m_turn.start(); });
}

GrowingLines::~GrowingLines() = default;

void GrowingLines::open(UniqueFd file) {
    close();
    m_file = std::move(file);
    watch();
    m_turn.start();
}

void GrowingLines::close() {
    m_turn.stop();
    m_poll.stop();
    m_notifier.reset();
    m_inotify.reset();
    m_file.reset();
    m_rest.clear();
    m_offset = 0;
    m_isSkipping = false;
}

void GrowingLines::watch() {
    m_inotify.reset(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const std::string path = "/proc/self/fd/" + std::to_string(m_file.get());
    if (!m_inotify || inotify_add_watch(m_inotify.get(), path.c_str(), IN_MODIFY) < 0)
        return m_poll.start();
    m_notifier = std::make_unique<QSocketNotifier>(m_inotify.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &GrowingLines::drain);
}

void GrowingLines::drain() {
    std::array<char, 4096> told{};
    while (::read(m_inotify.get(), told.data(), told.size()) > 0) {
    }
    m_turn.start();
}

void GrowingLines::readSlice() {
    std::array<char, kSlice> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by pread
    const ssize_t count = ::pread(m_file.get(), buffer.data(), buffer.size(), m_offset);
    if (count < 0)
        return fail(systemError("cannot read the events"));
    if (count == 0) {
        m_turn.stop();
        return Q_EMIT caughtUp();
    }
    m_offset += count;
    QList<QByteArray> found;
    take(QByteArrayView(buffer.data(), count), found);
    if (!found.isEmpty())
        Q_EMIT lines(found);
}

void GrowingLines::take(QByteArrayView bytes, QList<QByteArray>& found) {
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
        if (!std::exchange(m_isSkipping, false))
            found.append(m_rest);
        m_rest.clear();
    }
}

void GrowingLines::fail(const Error& error) {
    close();
    Q_EMIT failed(error);
}

} // namespace escale::gui
