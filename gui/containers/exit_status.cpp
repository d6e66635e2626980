#include "gui/containers/exit_status.h"

#include <QCoreApplication>

#include <csignal>
#include <cstring>

namespace escale::gui {
namespace {

constexpr int kNotStarted = 125;
constexpr int kCannotRun = 126;
constexpr int kNoSuchCommand = 127;
constexpr int kSignalBase = 128; // shells' and Docker's convention: 128 + the signal that ended it

QString translated(const char* text) {
    return QCoreApplication::translate("escale::gui::ContainerState", text);
}

int signalOf(int code) {
    return code > kSignalBase && !signalName(code - kSignalBase).isEmpty() ? code - kSignalBase : 0;
}

// What the signals mean that programs die of; the others have a general sentence.
const char* signalAdvice(int signal) {
    switch (signal) {
    case SIGKILL:
        return QT_TRANSLATE_NOOP("escale::gui::ContainerState",
                                 "It was killed, not by its memory limit: by somebody's kill, by a stop "
                                 "whose time-out ran out, or "
                                 "because the machine itself had no memory left. If a stop did it, give the "
                                 "program more time to end "
                                 "or let it heed the stop signal.");
    case SIGTERM:
        return QT_TRANSLATE_NOOP("escale::gui::ContainerState",
                                 "It was asked to stop and did. There is nothing to mend.");
    case SIGINT:
        return QT_TRANSLATE_NOOP("escale::gui::ContainerState",
                                 "It was interrupted, as by Ctrl+C. There is nothing to mend.");
    case SIGSEGV:
    case SIGBUS:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program crashed: it touched memory that is not its own. That is a fault in it "
            "or in one of its libraries, or its image was made for another processor. Look at "
            "the end of its log and try another version of the image.");
    case SIGABRT:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program gave up by itself (abort): it found something that must not be. The end "
            "of its log usually says what.");
    case SIGILL:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program used an instruction this processor lacks. Choose an image for this "
            "architecture, or an older build of it.");
    case SIGFPE:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program divided by zero or the like: a fault in it. Look at the end of its log.");
    case SIGSYS:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program made a system call that the container's seccomp profile forbids. Find "
            "out which one, and allow it by a profile of your own.");
    case SIGPIPE:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program wrote to a connection that was closed at the other end, and does not "
            "handle that. Look at the end of its log.");
    case SIGHUP:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "Its terminal was closed, or it was told to read its configuration again and does "
            "not know that signal.");
    case SIGXCPU:
    case SIGXFSZ:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "It went over one of its ulimits (processor time or file size). Raise that limit.");
    default:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "It was ended by a signal, of its own or from outside. Look at the end of its log.");
    }
}

const char* advice(const ExitStatus& status) {
    if (status.oomKilled)
        return QT_TRANSLATE_NOOP("escale::gui::ContainerState",
                                 "It needed more memory than its limit allows, so the kernel killed it. "
                                 "Raise the memory limit, or make "
                                 "the program need less: smaller caches, fewer workers, a smaller heap.");
    switch (status.code) {
    case 0:
        return QT_TRANSLATE_NOOP("escale::gui::ContainerState", "It did what it had to do and ended well.");
    case 1:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program says that it failed: often a wrong setting, a missing file or a missing "
            "variable. The end of its log usually says which.");
    case 2:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The program did not like how it was called: an option or an argument is wrong. "
            "Compare the command with the program's manual.");
    case kNotStarted:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The container itself could not be started: one of its options does not work here. "
            "The error in its details says which.");
    case kCannotRun:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The command is there but cannot be executed: it lacks the execute permission, is a "
            "folder, or was built for another processor.");
    case kNoSuchCommand:
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The image has no such command. Look for a spelling mistake, and whether the program "
            "is in the image and in its PATH.");
    default:
        if (const int signal = signalOf(status.code))
            return signalAdvice(signal);
        return QT_TRANSLATE_NOOP(
            "escale::gui::ContainerState",
            "The number is the program's own: its manual or the end of its log says what it "
            "means.");
    }
}

} // namespace

QString signalName(int number) {
    if (const char* name = sigabbrev_np(number))
        return QStringLiteral("SIG") + QString::fromLatin1(name);
    return {};
}

QString exitWords(const ExitStatus& status) {
    const int code = status.code;
    if (status.oomKilled)
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "ran out of memory (%1)"))
            .arg(code);
    if (code == kNotStarted)
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "could not be started (125)"));
    if (code == kCannotRun)
        return translated(
            QT_TRANSLATE_NOOP("escale::gui::ContainerState", "command cannot be executed (126)"));
    if (code == kNoSuchCommand)
        return translated(QT_TRANSLATE_NOOP("escale::gui::ContainerState", "command not found (127)"));
    if (const int signal = signalOf(code)) {
        return translated(signal == SIGTERM || signal == SIGINT
                              ? QT_TRANSLATE_NOOP("escale::gui::ContainerState", "stopped by %1 (%2)")
                              : QT_TRANSLATE_NOOP("escale::gui::ContainerState", "killed by %1 (%2)"))
            .arg(signalName(signal))
            .arg(code);
    }
    return translated(code == 0 ? QT_TRANSLATE_NOOP("escale::gui::ContainerState", "exited (%1)")
                                : QT_TRANSLATE_NOOP("escale::gui::ContainerState", "failed (%1)"))
        .arg(code);
}

QString exitAdvice(const ExitStatus& status) {
    return translated(advice(status));
}

bool exitIsBad(const ExitStatus& status) {
    const int signal = signalOf(status.code);
    const bool asked = signal == SIGTERM || signal == SIGINT || signal == SIGKILL;
    return status.oomKilled || (status.code != 0 && !asked);
}

} // namespace escale::gui
