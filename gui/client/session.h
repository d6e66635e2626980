// The client's end of Attach and Exec: the frames of engine/base/session_frame.h over a socket, without
// waiting. The engine has said Hello already. What the socket does not take is kept and sent when it does.
// Ends with exactly one of exited, detached and lost. GUI thread.
#pragma once

#include "engine/base/session_frame.h"
#include "engine/base/unique_fd.h"

#include <QByteArray>
#include <QObject>
#include <QSize>
#include <QSocketNotifier>

namespace escale::gui {

class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(UniqueFd socket, QObject* parent = nullptr);
    ~Session() override;

    [[nodiscard]] bool isOpen() const { return bool(m_socket); }
    /// Bytes for the terminal or standard input. Dropped when the session has ended.
    void send(const QByteArray& bytes);
    /// Standard input ends behind what was sent.
    void endInput();
    /// Columns and rows.
    void resize(QSize size);
    /// Hangs up; says nothing any more.
    void close();
    /// Bytes that wait for the socket.
    [[nodiscard]] qsizetype waiting() const { return m_out.size(); }

Q_SIGNALS:
    void output(const QByteArray& bytes);
    void errors(const QByteArray& bytes);
    void exited(int code);
    void detached();
    /// The other end went away, or sent what is no session.
    void lost();

private:
    void put(FrameType type, QByteArrayView payload);
    void write();
    void read();
    void takeFrames();
    void take(FrameType type, const QByteArray& payload);

    UniqueFd m_socket;
    QSocketNotifier m_readable, m_writable;
    QByteArray m_in, m_out;
};

} // namespace escale::gui
