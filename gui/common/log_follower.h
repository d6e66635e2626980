// Reads a growing log file from its descriptor: what is there, then what is added, told by inotify(7). Reads
// one small slice a turn of the event loop, so that a flood leaves the GUI responsive; nothing is lost while
// throttled, the file waits.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "gui/common/log_parser.h"

#include <QObject>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace escale::gui {

class LogFollower : public QObject {
    Q_OBJECT
public:
    explicit LogFollower(QObject* parent = nullptr);
    ~LogFollower() override;
    /// Follows the file from its beginning; of a very large one only the end is read.
    void open(UniqueFd file);
    void close();
    [[nodiscard]] bool isOpen() const { return m_file.valid(); }
    /// Stops reading until the reader has caught up.
    void setThrottled(bool throttled);

Q_SIGNALS:
    void lines(const QList<LogLine>& lines);
    /// Bytes at the beginning that were left out.
    void skipped(qint64 bytes);
    /// The file was cut or replaced: what was shown belongs to the old one.
    void restarted();
    void failed(const escale::Error& error);

private:
    void readSlice();
    void drainEvents();

    UniqueFd m_file;
    UniqueFd m_inotify;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_turn;
    QTimer m_poll; // where inotify cannot watch
    LogParser m_parser;
    qint64 m_offset = 0;
    bool m_throttled = false;
};

} // namespace escale::gui
