// Reads what happens in a build from its file of events (Builds.OpenEvents): what is there, then what is
// added, told by inotify(7). One slice a turn of the event loop, so that a build that writes much leaves the
// window responsive. GUI thread.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine/build/build_events.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTimer>

#include <memory>

class QSocketNotifier;

namespace escale::gui {

class BuildEventsReader : public QObject {
    Q_OBJECT
public:
    explicit BuildEventsReader(QObject* parent = nullptr);
    ~BuildEventsReader() override;
    /// From its beginning. What was read of another one is forgotten.
    void open(UniqueFd events);
    void close();
    [[nodiscard]] bool isOpen() const { return static_cast<bool>(m_file); }

Q_SIGNALS:
    void events(const QList<escale::BuildEvent>& events);
    /// All that is there has been read; what is added follows.
    void caughtUp();
    void failed(const escale::Error& error);

private:
    void watch();
    void readSlice();
    void take(QByteArrayView bytes, QList<BuildEvent>& found);
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
