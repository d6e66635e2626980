// Reads lines of a file that grows, such as the events of a build or of a stack: what is there, then what is
// added, told by inotify(7). One slice a turn of the event loop, so that much of it leaves the window
// responsive. GUI thread.
#pragma once

#include "engine/base/error.h"
#include "engine/base/unique_fd.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace escale::gui {

class GrowingLines : public QObject {
    Q_OBJECT
public:
    explicit GrowingLines(QObject* parent = nullptr);
    ~GrowingLines() override;
    /// From its beginning. What was read of another one is forgotten.
    void open(UniqueFd file);
    void close();
    [[nodiscard]] bool isOpen() const { return static_cast<bool>(m_file); }

Q_SIGNALS:
    /// Whole ones, without their ends. Very long ones are left out.
    void lines(const QList<QByteArray>& lines);
    /// All that is there has been read; what is added follows.
    void caughtUp();
    void failed(const escale::Error& error);

private:
    void watch();
    void readSlice();
    void take(QByteArrayView bytes, QList<QByteArray>& found);
    void drain();
    void fail(const Error& error);

    UniqueFd m_file, m_inotify;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_turn;
    QTimer m_poll; // where inotify cannot watch
    qint64 m_offset = 0;
    QByteArray m_rest; // of an unfinished line
    bool m_isSkipping = false;
};

} // namespace escale::gui
