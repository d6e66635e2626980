#include "gui/client/session.h"

#include <QPointer>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>

namespace escale::gui {

// One turn of the event loop reads so much at most, so that keys and painting get their turns in a flood.
static constexpr qsizetype kReadAtOnce = 64 * 1024;

Session::Session(UniqueFd socket, QObject* parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_readable(m_socket.get(), QSocketNotifier::Read)
    , m_writable(m_socket.get(), QSocketNotifier::Write) {
    ::fcntl(m_socket.get(), F_SETFL, ::fcntl(m_socket.get(), F_GETFL) | O_NONBLOCK);
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &Session::read);
    connect(&m_writable, &QSocketNotifier::activated, this, &Session::write);
}

Session::~Session() {
    close();
}

void Session::close() {
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    m_in.clear();
    m_out.clear();
    m_socket.reset();
}

void Session::send(const QByteArray& bytes) {
    for (qsizetype done = 0; done < bytes.size(); done += qsizetype(kLongestPayload))
        put(FrameType::Input,
            QByteArrayView(bytes).sliced(done, std::min(bytes.size() - done, qsizetype(kLongestPayload))));
}

void Session::endInput() {
    put(FrameType::InputEnds, {});
}

void Session::resize(QSize size) {
    const auto short16 = [](int value) { return static_cast<std::uint16_t>(std::clamp(value, 1, 0xFFFF)); };
    const std::array<char, 4> payload = makeSize(short16(size.height()), short16(size.width()));
    put(FrameType::Resize, QByteArrayView(payload.data(), payload.size()));
}

void Session::put(FrameType type, QByteArrayView payload) {
    if (!isOpen())
        return;
    const FrameHeaderBytes header = makeFrameHeader(type, static_cast<std::size_t>(payload.size()));
    m_out.append(header.data(), header.size());
    m_out.append(payload);
    write();
}

void Session::write() {
    while (isOpen() && !m_out.isEmpty()) {
        const ssize_t sent = ::send(m_socket.get(), m_out.constData(), static_cast<std::size_t>(m_out.size()),
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) {
            // A peer that has gone is found by read(), behind what it has left to read.
            if (errno != EAGAIN)
                m_out.clear();
            break;
        }
        m_out.remove(0, sent);
    }
    m_writable.setEnabled(isOpen() && !m_out.isEmpty());
}

void Session::read() {
    std::array<char, 64 * 1024> piece;
    bool ended = false;
    for (qsizetype total = 0; total < kReadAtOnce;) {
        const ssize_t got = ::recv(m_socket.get(), piece.data(), piece.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            break;
        if (got <= 0) {
            ended = true;
            break;
        }
        m_in.append(piece.data(), got);
        total += got;
    }
    const QPointer<Session> alive(this); // whoever hears us may delete us
    takeFrames();
    if (alive && ended && isOpen()) {
        close();
        Q_EMIT lost();
    }
}

void Session::takeFrames() {
    const QPointer<Session> alive(this);
    // Neighbours of one type are told at once: a program that writes byte by byte is drawn once.
    QByteArray run;
    FrameType runType = FrameType::Output;
    const auto tell = [&] {
        const QByteArray told = std::exchange(run, {});
        if (!told.isEmpty())
            take(runType, told);
        return !alive.isNull() && isOpen();
    };
    qsizetype position = 0;
    while (m_in.size() - position >= qsizetype(kFrameHeaderSize)) {
        FrameHeaderBytes bytes{};
        std::copy_n(m_in.constData() + position, bytes.size(), bytes.begin());
        const auto header = parseFrameHeader(bytes);
        if (!header) {
            if (tell()) {
                close();
                Q_EMIT lost();
            }
            return;
        }
        const qsizetype whole = qsizetype(kFrameHeaderSize) + header->length;
        if (m_in.size() - position < whole)
            break;
        const QByteArray payload = m_in.mid(position + qsizetype(kFrameHeaderSize), header->length);
        position += whole;
        const bool carries = header->type == FrameType::Output || header->type == FrameType::Error;
        if ((!carries || header->type != runType) && !tell())
            return;
        if (carries) {
            runType = header->type;
            run += payload;
            continue;
        }
        take(header->type, payload);
        if (!alive || !isOpen())
            return;
    }
    m_in.remove(0, position);
    (void)tell();
}

void Session::take(FrameType type, const QByteArray& payload) {
    switch (type) {
    case FrameType::Output:
        Q_EMIT output(payload);
        break;
    case FrameType::Error:
        Q_EMIT errors(payload);
        break;
    case FrameType::Exited:
        close();
        Q_EMIT exited(static_cast<int>(
            parseNumber(std::string_view(payload.constData(), static_cast<std::size_t>(payload.size())))));
        break;
    case FrameType::Detached:
        close();
        Q_EMIT detached();
        break;
    default:
        break; // those that go the other way
    }
}

} // namespace escale::gui
