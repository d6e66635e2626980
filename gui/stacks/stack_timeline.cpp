#include "gui/stacks/stack_timeline.h"

#include "gui/build/step_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace escale::gui {
namespace {

using StepState = ShownStackStep::State;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StackTimeline)
};

// Below it two steps are taken for one after the other.
constexpr qint64 kNoWait = 15; // milliseconds

TimelineRow& rowFor(Timeline& timeline, const QString& id, const QString& name, const QString& service) {
    for (TimelineRow& row : timeline.rows) {
        if (row.id == id)
            return row;
    }
    timeline.rows.append({id, name, service, {}, {}});
    return timeline.rows.last();
}

TimelineBar::Kind kindOf(StepState state) {
    switch (state) {
    case StepState::Done:
        return TimelineBar::Kind::Done;
    case StepState::Failed:
        return TimelineBar::Kind::Failed;
    case StepState::Skipped:
        return TimelineBar::Kind::LeftOut;
    default:
        return TimelineBar::Kind::Working;
    }
}

bool isWait(const ShownStackStep& step) {
    return step.kind == u"wait";
}

void addImages(Timeline& timeline, const StackProgress& progress, qint64 now) {
    for (const ShownStackImage& image : progress.images()) {
        if (image.state == u"present" && image.ended - image.began < kNoWait)
            continue; // nothing was done
        TimelineRow& row = rowFor(timeline, QStringLiteral("image:") + image.service,
                                  Words::tr("image of %1").arg(image.service), image.service);
        const bool isOpen = image.ended == 0;
        const bool failed = image.state == u"failed";
        row.bars.append({isOpen   ? TimelineBar::Kind::Working
                         : failed ? TimelineBar::Kind::Failed
                                  : TimelineBar::Kind::Done,
                         image.began, isOpen ? now : image.ended,
                         image.build.isEmpty() ? Words::tr("pull") : Words::tr("build"), isOpen});
        row.error = image.error;
    }
}

// From the end of the row's last bar to the step's beginning, and for whom.
void addWaiting(TimelineRow& row, const StackProgress& progress, const ShownStackStep& step, qint64 until,
                bool isOpen) {
    const QString reason = progress.waitsFor(step);
    const qint64 from = row.bars.isEmpty() ? progress.planned() : row.bars.last().to;
    if (reason.isEmpty() || until - from < kNoWait)
        return;
    row.bars.append({TimelineBar::Kind::Waiting, from, until, Words::tr("waits for %1").arg(reason), isOpen});
}

void addStep(Timeline& timeline, const StackProgress& progress, const ShownStackStep& step, qint64 now) {
    // Networks and volumes have names of their own, containers those of theirs.
    const QString group = step.service.isEmpty() ? step.kind.section(u'-', -1) : QStringLiteral("container");
    const QString name = step.name.isEmpty() ? step.service : step.name;
    TimelineRow& row = rowFor(timeline, group + u':' + step.service + u':' + name, name, step.service);
    if (step.began == 0) {
        if (step.state == StepState::Waiting)
            addWaiting(row, progress, step, now, true);
        else if (step.state == StepState::Skipped && step.ended > 0)
            addWaiting(row, progress, step, step.ended, false);
        return;
    }
    addWaiting(row, progress, step, step.began, false);
    const bool isOpen = step.ended == 0;
    row.bars.append({kindOf(step.state), step.began, isOpen ? now : step.ended, stackStepText(step), isOpen});
    if (!step.error.isEmpty())
        row.error = step.error;
}

} // namespace

Timeline timelineOf(const StackProgress& progress, qint64 now) {
    Timeline timeline;
    timeline.from = progress.began();
    addImages(timeline, progress, now);
    for (const ShownStackStep& step : progress.steps()) {
        if (!isWait(step))
            addStep(timeline, progress, step, now);
    }
    timeline.rows.removeIf([](const TimelineRow& row) { return row.bars.isEmpty(); });
    timeline.to = progress.isRunning() ? now : progress.ended();
    for (const TimelineRow& row : std::as_const(timeline.rows)) {
        timeline.from = std::min(timeline.from, row.bars.first().from);
        timeline.to = std::max(timeline.to, row.bars.last().to);
    }
    return timeline;
}

QString spokenRow(const Timeline& timeline, const TimelineRow& row) {
    QStringList parts{row.name};
    for (const TimelineBar& bar : row.bars)
        parts << Words::tr("%1, from %2, %3")
                     .arg(bar.text, formatDuration(bar.from - timeline.from),
                          formatDuration(bar.to - bar.from));
    if (!row.error.isEmpty())
        parts << row.error;
    return parts.join(QStringLiteral("; "));
}

qint64 tickOf(qint64 least) {
    qint64 tick = 1;
    while (true) {
        for (const qint64 factor : {1, 2, 5}) {
            if (tick * factor >= least)
                return tick * factor;
        }
        tick *= 10;
    }
}

} // namespace escale::gui
