// Decides from the stream of events what the desktop is told: a container that died and was not asked to, or
// that turned unhealthy; at most one notice a container a minute. Works whichever pane is shown.
#pragma once

#include "helper/dbus/types.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace escale::gui {

class ContainerNotices : public QObject {
    Q_OBJECT
public:
    explicit ContainerNotices(QObject* parent = nullptr);

    /// Events in their order. A death is told after a moment, when no "stop" has followed it.
    void take(const dbus::EventList& events);
    /// How long that moment is, in milliseconds; a second by default.
    void setPatience(int milliseconds) { m_patience = milliseconds; }

Q_SIGNALS:
    void notice(const QString& id, const QString& title, const QString& text);

private:
    void takeOne(const dbus::Event& event);
    void takeDeath(const dbus::Event& event);
    void tell(const QString& id, qint64 time, const QString& title, const QString& text);

    int m_patience;
    QSet<QString> m_askedToEnd;  // killed by somebody, not dead yet
    QSet<QString> m_outOfMemory; // "oom" came, "die" not yet
    struct Death {
        quint64 sequence = 0; // of its event
        bool killed = false;  // by SIGKILL, and not for its memory
    };
    QHash<QString, Death> m_deaths; // not told yet
    QHash<QString, qint64> m_lastTold;
};

} // namespace escale::gui
