#include "gui/containers/container_notices.h"

#include "gui/containers/debug_terminal.h"
#include "gui/containers/exit_status.h"

#include <QTimer>

#include <csignal>

namespace escale::gui {

static constexpr int kPatience = 1000;        // milliseconds; "stop" follows "die" at once
static constexpr qint64 kBetween = 60 * 1000; // of one container's notices, milliseconds
static constexpr int kKilled = 128 + SIGKILL;

ContainerNotices::ContainerNotices(QObject* parent)
    : QObject(parent)
    , m_patience(kPatience) {}

void ContainerNotices::take(const dbus::EventList& events) {
    for (const dbus::Event& event : events) {
        // How a debug shell ends is no news: somebody has typed it.
        if (event.type == QLatin1String("container") && !isDebugEvent(event))
            takeOne(event);
    }
}

// Signals that mean "end"; others are news for the program.
static bool endsIt(const QString& signal) {
    const int number = signal.toInt();
    return number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGQUIT;
}

void ContainerNotices::takeOne(const dbus::Event& event) {
    const QString& id = event.id;
    if (event.action == QLatin1String("kill")) {
        if (endsIt(event.attributes.value(QStringLiteral("signal"))))
            m_askedToEnd.insert(id);
    } else if (event.action == QLatin1String("oom")) {
        m_outOfMemory.insert(id);
    } else if (event.action == QLatin1String("die")) {
        takeDeath(event);
    } else if (event.action == QLatin1String("start")) {
        m_askedToEnd.remove(id);
        m_outOfMemory.remove(id);
    } else if (event.action == QLatin1String("stop")) {
        m_deaths.remove(id);
        m_askedToEnd.remove(id);
    } else if (event.action == QLatin1String("destroy")) {
        if (m_deaths.value(id).killed)
            m_deaths.remove(id);
        m_askedToEnd.remove(id);
        m_outOfMemory.remove(id);
        m_lastTold.remove(id);
    } else if (event.action == QLatin1String("health_status: unhealthy")) {
        tell(id, event.time, tr("%1 is unhealthy").arg(event.attributes.value(QStringLiteral("name"))),
             tr("Its health check fails. Look at the probes' output."));
    }
}

// A stop is told after the death that it brought: so a death waits a moment. One that was removed by force
// died of SIGKILL, and is gone then.
void ContainerNotices::takeDeath(const dbus::Event& event) {
    const QString& id = event.id;
    const ExitStatus status{event.attributes.value(QStringLiteral("exitCode")).toInt(),
                            m_outOfMemory.remove(id)};
    if (const bool asked = m_askedToEnd.remove(id); asked || (status.code == 0 && !status.oomKilled))
        return;
    m_deaths.insert(id, {event.sequence, status.code == kKilled && !status.oomKilled});
    QTimer::singleShot(m_patience, this, [this, event, status] {
        if (m_deaths.value(event.id).sequence != event.sequence)
            return;
        m_deaths.remove(event.id);
        tell(event.id, event.time,
             tr("%1 has ended: %2").arg(event.attributes.value(QStringLiteral("name")), exitWords(status)),
             exitAdvice(status));
    });
}

void ContainerNotices::tell(const QString& id, qint64 time, const QString& title, const QString& text) {
    if (const auto last = m_lastTold.constFind(id); last != m_lastTold.constEnd() && time - *last < kBetween)
        return;
    m_lastTold.insert(id, time);
    Q_EMIT notice(id, title, text);
}

} // namespace escale::gui
