#include "gui/containers/state_text.h"

#include <QCoreApplication>

#include <csignal>
#include <cstring>

namespace escale::gui {
namespace {

// Shells' and Docker's convention: 128 + the signal that ended it.
constexpr int kSignalBase = 128;
constexpr int kCannotRun = 126;
constexpr int kNoSuchCommand = 127;

QString translated(const char* text) {
    return QCoreApplication::translate("escale::gui::ContainerState", text);
}

QString signalName(int number) {
    if (const char* name = sigabbrev_np(number))
        return QStringLiteral("SIG") + QString::fromLatin1(name);
    return {};
}

QString exitText(const dbus::Container& container) {
    const int code = container.exitCode;
    if (container.oomKilled)
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "ran out of memory (%1)"))
            .arg(code);
    if (code == kCannotRun)
        return translated(
            QT_TRANSLATE_NOOP("escale::gui::ContainerState", "command cannot be executed (126)"));
    if (code == kNoSuchCommand)
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "command not found (127)"));
    if (const QString name = code > kSignalBase ? signalName(code - kSignalBase) : QString();
        !name.isEmpty()) {
        return translated(code == kSignalBase + SIGTERM || code == kSignalBase + SIGINT
                              ? QT_TRANSLATE_NOOP("escale::gui::ContainerState", "stopped by %1 (%2)")
                              : QT_TRANSLATE_NOOP("escale::gui::ContainerState", "killed by %1 (%2)"))
            .arg(name)
            .arg(code);
    }
    return translated(code == 0 ? QT_TRANSLATE_NOOP("escale::gui::ContainerState", "exited (%1)")
                                : QT_TRANSLATE_NOOP("escale::gui::ContainerState", "failed (%1)"))
        .arg(code);
}

} // namespace

QString stateText(const dbus::Container& container) {
    if (isRunning(container))
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "running"));
    if (container.state == QLatin1String("created"))
        return container.error.isEmpty()
                   ? translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "created"))
                   : translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "could not start"));
    if (container.state == QLatin1String("exited"))
        return exitText(container);
    return container.state;
}

Tone stateTone(const dbus::Container& container) {
    if (isRunning(container))
        return Tone::Good;
    if (!container.error.isEmpty() || container.oomKilled)
        return Tone::Bad;
    const int code = container.exitCode;
    const bool asked = code == 0 || code == kSignalBase + SIGTERM || code == kSignalBase + SIGINT ||
                       code == kSignalBase + SIGKILL;
    return container.state == QLatin1String("exited") && !asked ? Tone::Bad : Tone::Idle;
}

} // namespace escale::gui
