// Reads a growing log from its files (Containers.OpenLog): what is there, then what is added, told by
// inotify(7). Reads one small slice a turn of the event loop, so that a flood leaves the GUI responsive;
// nothing is lost while throttled, the files wait.
#pragma once

#include "engine/log/log_file.h"
#include "gui/common/log_parser.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QSocketNotifier;

namespace escale::gui {

class LogFollower : public QObject {
    Q_OBJECT
public:
    explicit LogFollower(QObject* parent = nullptr);
    ~LogFollower() override;
    /// Reads the files in their order and follows the last one; of very much only the end is read.
    void open(std::vector<UniqueFd> files);
    /// After putAside(): the files as they are now. Goes on behind what was read.
    void resume(std::vector<UniqueFd> files);
    void close();
    [[nodiscard]] bool isOpen() const { return !m_files.empty(); }
    [[nodiscard]] bool isPutAside() const { return m_isPutAside; }
    /// Stops reading until the reader has caught up.
    void setThrottled(bool throttled);

Q_SIGNALS:
    void lines(const QList<LogLine>& lines);
    /// All that is there has been read; what is added follows.
    void caughtUp();
    /// What is older was left out.
    void skipped();
    /// The file was emptied: what was shown is no longer in it.
    void restarted();
    /// The file that was followed is full and read to its end; another one is written to.
    void putAside();
    void failed(const escale::Error& error);

private:
    struct File {
        LogFile log;
        int fd = -1; // of log
        quint64 inode = 0;
        qint64 size = 0; // when it was opened
    };
    Result<std::vector<File>> identify(std::vector<UniqueFd> files);
    void begin(std::vector<File> files, std::size_t first, qint64 offset);
    void fail(const Error& error);
    void watchLast();
    void readSlice();
    void reachEnd();
    void drainEvents();

    std::vector<File> m_files;
    std::size_t m_current = 0; // the one that is read
    qint64 m_offset = 0;
    QByteArray m_link;       // what /proc calls the last one: another name when it has been put aside
    qint64 m_lastTime = 0;   // of the last line that was read; nanoseconds since 1970
    qint64 m_knownUntil = 0; // lines up to this time were read from a file that is gone
    bool m_isPutAside = false;
    bool m_throttled = false;
    UniqueFd m_inotify;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_turn;
    QTimer m_poll; // where inotify cannot watch
    LogParser m_parser;
};

} // namespace escale::gui
