#include "gui/learn/life_text.h"

#include "gui/containers/exit_status.h"

#include <QCoreApplication>
#include <QLocale>

#include <csignal>

namespace escale::gui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LifeText)
};

using State = LifeState;

QString attribute(const dbus::Event& event, const char* name) {
    return event.attributes.value(QString::fromLatin1(name));
}

QString signalOf(int number) {
    const QString name = signalName(number);
    return name.isEmpty() ? Words::tr("a signal") : name;
}

} // namespace

QString lifeStateName(State state) {
    switch (state) {
    case State::None:
        return Words::tr("Nothing yet");
    case State::Created:
        return Words::tr("Created");
    case State::Running:
        return Words::tr("Running");
    case State::Paused:
        return Words::tr("Paused");
    case State::Restarting:
        return Words::tr("Waiting to restart");
    case State::Exited:
        return Words::tr("Exited");
    case State::Removed:
        return Words::tr("Removed");
    }
    return {};
}

QString lifeStateText(State state) {
    switch (state) {
    case State::None:
        return {};
    case State::Created:
        return Words::tr(
            "Its settings are written down and its layer for writing is there. No process runs, and it "
            "has no namespaces yet: those are made at a start.");
    case State::Running:
        return Words::tr(
            "Its first process runs, with number 1 inside. The container lives exactly as long as this "
            "process, whatever others it has started.");
    case State::Paused:
        return Words::tr(
            "All its processes stand still: the freezer of its cgroup holds them. They keep their "
            "memory, get no processor, and notice nothing but that time has jumped.");
    case State::Restarting:
        return Words::tr(
            "It has ended, and its restart policy starts it again after a pause that doubles from try "
            "to try.");
    case State::Exited:
        return Words::tr(
            "Its first process has ended, and with it all others. Namespaces and cgroup are gone; its "
            "files (the layer for writing), its settings and its log are kept until it is removed.");
    case State::Removed:
        return Words::tr("Its files, settings and log are gone. Volumes that have a name stay.");
    }
    return {};
}

QString lifeActionName(State from, State to, const QString& action) {
    if (action == u"create")
        return Words::tr("create");
    if (action == u"start")
        return from == State::Restarting ? Words::tr("try again") : Words::tr("start");
    if (action == u"pause")
        return Words::tr("pause");
    if (action == u"unpause")
        return Words::tr("go on");
    if (action == u"die")
        return Words::tr("end");
    if (action == u"destroy")
        return Words::tr("remove");
    return action == u"stop" ? Words::tr("stop") : action;
}

QString lifeActionText(State from, State to, const QString& action) {
    if (action == u"create")
        return Words::tr(
            "docker create, or the first half of docker run: the engine checks the settings and makes "
            "the layer that the container writes to.");
    if (action == u"start")
        return from == State::Restarting
                   ? Words::tr("The restart policy starts it again, with all that a start makes anew.")
                   : Words::tr(
                         "The runtime makes namespaces, cgroup, mounts and network, then the program takes "
                         "the place of the runtime (execve). The page How it was made tells each step.");
    if (action == u"pause")
        return Words::tr("The engine writes to the freezer of the cgroup.");
    if (action == u"unpause")
        return Words::tr("The freezer lets the processes go on where they stood.");
    if (action == u"die")
        return to == State::Restarting
                   ? Words::tr(
                         "Process 1 has ended, nobody had asked for that, and the restart policy wants it "
                         "to run.")
                   : Words::tr("Process 1 has ended: by itself, by a signal, or because memory ran out.");
    if (action == u"destroy")
        return Words::tr("docker rm: what was kept of it is taken away.");
    return Words::tr("Somebody has stopped it.");
}

QString eventWords(const dbus::Event& event) {
    const QString& action = event.action;
    if (action == u"start")
        return Words::tr("started");
    if (action == u"pause")
        return Words::tr("paused");
    if (action == u"unpause")
        return Words::tr("goes on");
    if (action == u"oom")
        return Words::tr("memory ran out: the kernel has ended a process");
    if (action == u"stop")
        return Words::tr("stopped");
    if (action == u"restart")
        return Words::tr("restarted by somebody");
    if (action == u"update")
        return Words::tr("limits changed");
    if (action == u"destroy")
        return Words::tr("removed");
    if (action == u"kill") {
        const QString name = signalOf(attribute(event, "signal").toInt());
        const QString grace = attribute(event, "grace");
        return grace.isEmpty() ? Words::tr("%1 sent").arg(name)
                               : Words::tr("%1 sent, %2 s to obey").arg(name, grace);
    }
    if (action == u"die") {
        const QString code = attribute(event, "exitCode");
        return code.isEmpty() ? Words::tr("ended") : exitWords({code.toInt(), false});
    }
    if (action.startsWith(u"health_status: "))
        return Words::tr("health: %1").arg(action.section(QLatin1Char(' '), 1));
    if (action.startsWith(u"exec_start: "))
        return Words::tr("one more process: %1").arg(action.section(QLatin1Char(' '), 1));
    if (action == u"exec_die")
        return Words::tr("that process has ended (%1)").arg(attribute(event, "exitCode"));
    return action;
}

QStringList endSentences(const LifeRun& run) {
    QStringList sentences;
    const LifeSignal* asked = run.request();
    const LifeSignal* force = run.force();
    if (run.endedByOom())
        sentences.append(Words::tr("Memory ran out: the kernel has ended a process of it (OOM killer)."));
    else if (run.oomKilled)
        sentences.append(
            Words::tr("Meanwhile memory had run out: the kernel has ended one of its processes, but not "
                      "the first (OOM killer)."));
    if (asked != nullptr) {
        const QString name = signalOf(asked->number);
        if (asked->number == SIGKILL)
            sentences.append(
                Words::tr("It was sent SIGKILL, which no process can catch, put off or ignore."));
        else if (asked->grace)
            sentences.append(Words::tr("It was asked to stop by %1, and given %2 s to do so.")
                                 .arg(name)
                                 .arg(*asked->grace));
        else
            sentences.append(Words::tr("It was sent %1.").arg(name));
        if (force != nullptr)
            sentences.append(
                Words::tr("It went on for %1 all the same. So it was ended by SIGKILL, which no process "
                          "can catch, put off or ignore. Process 1 gets only those signals that it has "
                          "a handler for: a program that has none is not ended by %2.")
                    .arg(durationWords(force->time - asked->time), name));
        else if (run.ended > 0 && asked->number != SIGKILL)
            sentences.append(Words::tr("It obeyed after %1.")
                                 .arg(durationWords(std::max<qint64>(0, run.ended - asked->time))));
        else if (run.ended == 0)
            sentences.append(Words::tr("It still runs."));
    } else if (run.ended > 0 && !run.endedByOom()) {
        sentences.append(run.wasStopped
                             ? Words::tr("It was stopped; which signal it was sent is not known.")
                             : Words::tr("Nobody had asked for its end: its program ended by itself."));
    }
    if (run.exitCode) {
        const ExitStatus status{*run.exitCode, run.endedByOom()};
        sentences.append(Words::tr("Exit code %1: %2.").arg(*run.exitCode).arg(exitWords(status)));
        sentences.append(exitAdvice(status));
    }
    return sentences;
}

QString durationWords(qint64 milliseconds) {
    const QLocale locale;
    if (milliseconds < 1000)
        return Words::tr("%1 ms").arg(locale.toString(milliseconds));
    if (milliseconds < 10'000)
        return Words::tr("%1 s").arg(locale.toString(static_cast<double>(milliseconds) / 1000, 'f', 1));
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 60)
        return Words::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Words::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return Words::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60);
}

bool isZombie(const dbus::ContainerProcess& process) {
    return process.state == u"Z";
}

QString zombieText(bool hasInit) {
    const QString what = Words::tr(
        "A zombie has ended already: it has no memory and no files any more, and no signal can end it "
        "once more. The kernel keeps its number and its exit code until its parent asks for them (wait). "
        "This parent has not asked.");
    return what + QLatin1Char(' ') +
           (hasInit
                ? Words::tr(
                      "When the parent ends, process 1 takes over its children. Here that is the small init "
                      "of --init, which asks at once: the zombie goes.")
                : Words::tr(
                      "When the parent ends, process 1 takes over its children (orphans). Without --init "
                      "that "
                      "is the program itself: if it does not ask either, zombies pile up until the limit of "
                      "processes is reached."));
}

QString firstProcessText(bool hasInit) {
    return hasInit
               ? Words::tr(
                     "Process 1 is the small init of --init: it passes signals on to the program, and asks "
                     "for the exit code of every orphan.")
               : Words::tr(
                     "Process 1 of a container takes over orphans, as init does on a machine. The kernel "
                     "keeps from it every signal that it has no handler for, but those from outside that "
                     "nothing can stop: SIGKILL and SIGSTOP.");
}

} // namespace escale::gui
