#include "gui/containers/state_text.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

QString translated(const char* text, int n = -1) {
    return QCoreApplication::translate("escale::gui::ContainerState", text, nullptr, n);
}

// One that ran, ended and was started again by its policy has an exit status of its last run.
bool hasEnded(const dbus::Container& container) {
    return container.finished > 0 || container.exitCode != 0 || container.oomKilled;
}

} // namespace

QString stateText(const dbus::Container& container) {
    if (isRunning(container))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "running"));
    if (isPaused(container))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "paused"));
    if (isRestarting(container))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "restarting: %1"))
            .arg(exitWords(exitStatus(container)));
    if (container.state == QLatin1String("created"))
        return container.error.isEmpty()
                   ? translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "created"))
                   : translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "could not start"));
    if (container.state == QLatin1String("exited"))
        return exitWords(exitStatus(container));
    if (container.state == QLatin1String("dead"))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "could not be removed"));
    return container.state;
}

QString healthText(const dbus::Container& container) {
    if (!isRunning(container) && !isPaused(container))
        return {};
    if (container.health == QLatin1String("healthy"))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "healthy"));
    if (container.health == QLatin1String("unhealthy"))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "unhealthy"));
    if (container.health == QLatin1String("starting"))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "being checked"));
    return container.health;
}

Tone stateTone(const dbus::Container& container) {
    if (isRunning(container))
        return container.health == QLatin1String("unhealthy")  ? Tone::Bad
               : container.health == QLatin1String("starting") ? Tone::Busy
                                                               : Tone::Good;
    if (isPaused(container))
        return Tone::Busy;
    if (isRestarting(container) || !container.error.isEmpty() || container.oomKilled ||
        container.state == QLatin1String("dead"))
        return Tone::Bad;
    return container.state == QLatin1String("exited") && exitIsBad(exitStatus(container)) ? Tone::Bad
                                                                                          : Tone::Idle;
}

QString stateExplanation(const dbus::Container& container) {
    QStringList lines;
    if (!container.error.isEmpty())
        lines.append(container.error);
    if (container.health == QLatin1String("unhealthy") && isRunning(container)) {
        lines.append(translated(QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "It runs, but its health check fails. The probes' output says what does not work.")));
    }
    if (isPaused(container))
        lines.append(translated(
            QT_TRANSLATE_NOOP("escale::gui::ContainerState",
                              "All its processes are frozen; they keep their memory. Unpause it to go on.")));
    if (container.restartCount > 0 && isAlive(container)) {
        lines.append(translated(QT_TRANSLATE_N_NOOP("escale::gui::ContainerState",
                                                    "Its restart policy has started it again %n time(s)."),
                                static_cast<int>(container.restartCount)));
        if (hasEnded(container) && !isRestarting(container)) // its state says it already
            lines.append(
                translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "The last time it ended: %1."))
                    .arg(exitWords(exitStatus(container))));
    }
    const bool over = container.state == QLatin1String("exited");
    if (over || isRestarting(container) || (container.restartCount > 0 && hasEnded(container)))
        lines.append(exitAdvice(exitStatus(container)));
    return lines.join(QLatin1Char('\n'));
}

} // namespace escale::gui
