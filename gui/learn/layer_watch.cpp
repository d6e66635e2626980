#include "gui/learn/layer_watch.h"

#include "gui/client/engine_client.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace escale::gui {

static constexpr qsizetype kMostPending = 1 << 20; // bytes of one line

LayerWatch::LayerWatch(EngineClient& client, QObject* parent)
    : QObject(parent)
    , m_client(client) {}

void LayerWatch::open(const QString& container) {
    close();
    m_guard = std::make_unique<QObject>();
    m_client.watchChanges(container, m_guard.get(), [this](const Result<FoundFiles>& begun) {
        if (begun) {
            m_job = begun->job;
            return follow(begun->lines);
        }
        const Error error = begun.error();
        m_guard.release()->deleteLater(); // we are inside its answer
        Q_EMIT failed(error);
    });
}

void LayerWatch::close() {
    m_ready.reset();
    m_pipe = {};
    m_rest.clear();
    if (m_job != nullptr && m_job->isRunning())
        m_job->cancel();
    m_job = nullptr;
    if (m_guard != nullptr)
        m_guard.release()->deleteLater();
}

void LayerWatch::follow(const QDBusUnixFileDescriptor& lines) {
    m_pipe = lines;
    const int pipe = m_pipe.fileDescriptor();
    ::fcntl(pipe, F_SETFL, O_RDONLY | O_NONBLOCK);
    m_ready = std::make_unique<QSocketNotifier>(pipe, QSocketNotifier::Read);
    connect(m_ready.get(), &QSocketNotifier::activated, this, &LayerWatch::read);
}

// One bufferful a time: keys and painting come between.
void LayerWatch::read() {
    std::array<char, 65536> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t count = ::read(m_pipe.fileDescriptor(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0 || m_rest.size() > kMostPending)
        return close();
    m_rest.append(buffer.data(), static_cast<qsizetype>(count));
    QList<LayerEvent> found;
    qsizetype from = 0;
    for (qsizetype end = 0; (end = m_rest.indexOf('\n', from)) >= 0; from = end + 1) {
        if (const auto event = LayerEvent::fromLine(m_rest.mid(from, end - from)))
            found.append(*event);
    }
    m_rest.remove(0, from);
    if (!found.isEmpty())
        Q_EMIT events(found);
}

} // namespace escale::gui
