#include "gui/build/step_text.h"

#include "gui/common/format.h"

#include <QCoreApplication>
#include <QLocale>

namespace escale::gui {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("StepText", text);
}

} // namespace

QString stateText(const ShownStep& step) {
    switch (step.state) {
    case StepState::Waiting:
        return say(QT_TRANSLATE_NOOP("StepText", "waiting"));
    case StepState::Cached:
        return say(QT_TRANSLATE_NOOP("StepText", "cached"));
    case StepState::Running:
        return say(QT_TRANSLATE_NOOP("StepText", "running"));
    case StepState::Done:
        return say(QT_TRANSLATE_NOOP("StepText", "done"));
    case StepState::Failed:
        return step.exitCode != 0
                   ? say(QT_TRANSLATE_NOOP("StepText", "failed (exit code %1)")).arg(step.exitCode)
                   : say(QT_TRANSLATE_NOOP("StepText", "failed"));
    case StepState::Cancelled:
        return say(QT_TRANSLATE_NOOP("StepText", "cancelled"));
    }
    return {};
}

Tone stateTone(StepState state) {
    switch (state) {
    case StepState::Cached:
    case StepState::Done:
        return Tone::Good;
    case StepState::Running:
        return Tone::Busy;
    case StepState::Failed:
        return Tone::Bad;
    default:
        return Tone::Idle;
    }
}

QString formatDuration(qint64 milliseconds) {
    const QLocale locale;
    if (milliseconds < 9'950)
        return say(QT_TRANSLATE_NOOP("StepText", "%1 s"))
            .arg(locale.toString(static_cast<double>(milliseconds) / 1000, 'f', 1));
    const qint64 seconds = (milliseconds + 500) / 1000;
    if (seconds < 60)
        return say(QT_TRANSLATE_NOOP("StepText", "%1 s")).arg(seconds);
    if (seconds < 3600)
        return say(QT_TRANSLATE_NOOP("StepText", "%1 min %2 s")).arg(seconds / 60).arg(seconds % 60);
    return say(QT_TRANSLATE_NOOP("StepText", "%1 h %2 min")).arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString stepFigures(const ShownStep& step, qint64 now) {
    QStringList parts{stateText(step)};
    const bool isOver = step.state == StepState::Done || step.state == StepState::Failed ||
                        step.state == StepState::Cancelled;
    if (step.started != 0 && (isOver || step.state == StepState::Running))
        parts.append(formatDuration(step.duration(now)));
    if (step.size != 0)
        parts.append(formatBytes(step.size));
    return parts.join(QStringLiteral(" · "));
}

QString spokenStep(const ShownStage& stage, const ShownStep& step, qint64 now) {
    return say(QT_TRANSLATE_NOOP("StepText", "%1, of %2, line %3: %4"))
        .arg(step.text, stage.title(), QString::number(step.line), stepFigures(step, now));
}

QString stateText(BuildModel::State state) {
    switch (state) {
    case BuildModel::State::Planned:
        return say(QT_TRANSLATE_NOOP("StepText", "not built yet"));
    case BuildModel::State::Running:
        return say(QT_TRANSLATE_NOOP("StepText", "running"));
    case BuildModel::State::Done:
        return say(QT_TRANSLATE_NOOP("StepText", "done"));
    case BuildModel::State::Failed:
        return say(QT_TRANSLATE_NOOP("StepText", "failed"));
    case BuildModel::State::Cancelled:
        return say(QT_TRANSLATE_NOOP("StepText", "cancelled"));
    }
    return {};
}

QString buildStateText(const QString& state) {
    if (state == u"running")
        return stateText(BuildModel::State::Running);
    if (state == u"failed")
        return stateText(BuildModel::State::Failed);
    return stateText(state == u"cancelled" ? BuildModel::State::Cancelled : BuildModel::State::Done);
}

Tone buildStateTone(const QString& state) {
    return state == u"running"  ? Tone::Busy
           : state == u"failed" ? Tone::Bad
           : state == u"done"   ? Tone::Good
                                : Tone::Idle;
}

} // namespace escale::gui
