#include "gui/stacks/timeline_tab.h"

#include "gui/build/step_text.h"
#include "gui/common/cells_model.h"
#include "gui/stacks/timeline_view.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace escale::gui {

static Tone toneOf(ShownStackStep::State state) {
    switch (state) {
    case ShownStackStep::State::Running:
        return Tone::Busy;
    case ShownStackStep::State::Done:
        return Tone::Good;
    case ShownStackStep::State::Failed:
        return Tone::Bad;
    default:
        return Tone::Idle;
    }
}

TimelineTab::TimelineTab(QWidget* parent)
    : QWidget(parent)
    , m_view(new TimelineView(this))
    , m_model(new CellsModel({tr("Step"), tr("State"), tr("Took"), tr("Waited for")}, this))
    , m_table(new Table(this)) {
    setObjectName(QStringLiteral("stacksPane.timelineTab"));
    m_table->setObjectName(QStringLiteral("stacksPane.steps"));
    m_table->setAccessibleName(tr("Steps of what was done"));
    m_table->setSource(m_model, -1);
    m_table->setColumnWidth(1, 84);
    m_table->setColumnWidth(2, 74);
    m_table->setColumnWidth(3, 110);
    m_table->giveRoomTo(0);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setProperty("divided", true);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_view);
    splitter->addWidget(m_table);
    splitter->setSizes({520, 420});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_view, &TimelineView::currentChanged, this, [this](const QString& id) {
        for (const TimelineRow& row : m_view->timeline().rows) {
            if (row.id == id && !row.service.isEmpty())
                Q_EMIT serviceRequested(row.service);
        }
    });
}

void TimelineTab::setProgress(const StackProgress& progress, qint64 now) {
    m_view->setTimeline(timelineOf(progress, now));
    QList<CellsRow> rows;
    for (qsizetype i = 0; i < progress.steps().size(); ++i) {
        const ShownStackStep& step = progress.steps()[i];
        const qint64 took = step.began == 0 ? 0 : (step.ended == 0 ? now : step.ended) - step.began;
        const QString text = stackStepText(step);
        rows.append({QString::number(i),
                     {{text, i, step.why.isEmpty() ? text : step.why, Tone::None, false, true},
                      {stackStepStateText(step.state), {}, step.error, toneOf(step.state)},
                      {step.began == 0 ? QString() : formatDuration(took), took},
                      {progress.waitsFor(step)}}});
    }
    m_model->setRows(rows);
}

} // namespace escale::gui
