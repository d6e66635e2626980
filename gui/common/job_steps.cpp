#include "gui/common/job_steps.h"

#include "gui/client/job.h"
#include "gui/common/buttons.h"
#include "gui/common/format.h"
#include "gui/common/progress.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>

namespace escale::gui {

static constexpr int kRowHeight = 26;

JobSteps::JobSteps(QString prefix, QWidget* parent)
    : QWidget(parent)
    , m_prefix(std::move(prefix))
    , m_grid(new QGridLayout(this)) {
    setProperty("role", "clear");
    m_grid->setContentsMargins(0, 0, 8, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(2, 170);
}

int JobSteps::heightOf(qsizetype rows) {
    return static_cast<int>(rows) * kRowHeight;
}

void JobSteps::addRow() {
    const auto row = static_cast<int>(m_rows.size());
    Row made{label({}, "muted", this), progressBar(this), label({}, "muted", this)};
    made.id->setFont(monospace(font()));
    made.bar->setObjectName(m_prefix + QStringLiteral(".layer.%1").arg(row));
    made.words->setObjectName(m_prefix + QStringLiteral(".layerWords.%1").arg(row));
    made.words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_grid->addWidget(made.id, row, 0);
    m_grid->addWidget(made.bar, row, 1, Qt::AlignVCenter);
    m_grid->addWidget(made.words, row, 2);
    m_rows.append(made);
}

static QString amount(const dbus::JobStep& step) {
    if (step.total == 0) // a stream's end is not known
        return formatBytes(step.done);
    return JobSteps::tr("%1 of %2").arg(formatBytes(step.done), formatBytes(step.total));
}

static QString stepWords(const dbus::JobStep& step, const Job& job) {
    const bool isPush = job.status().kind == QLatin1String("push");
    if (step.phase == QLatin1String("present"))
        return isPush ? JobSteps::tr("already there") : JobSteps::tr("already here");
    if (step.phase == QLatin1String("done"))
        return formatBytes(step.total);
    if (step.phase == QLatin1String("waiting"))
        return job.isRunning() ? JobSteps::tr("waits") : dash();
    if (step.phase == QLatin1String("packing"))
        return JobSteps::tr("packing %1", "12 MB of 20 MB").arg(amount(step));
    if (step.phase == QLatin1String("reading"))
        return JobSteps::tr("reading %1", "12 MB of 20 MB").arg(amount(step));
    return amount(step);
}

static bool isWhole(const dbus::JobStep& step) {
    return step.phase == QLatin1String("present") || step.phase == QLatin1String("done");
}

void JobSteps::show(const Job& job) {
    const QList<dbus::JobStep>& steps = job.status().steps;
    while (m_rows.size() < steps.size())
        addRow();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const bool used = i < steps.size();
        for (QWidget* part : {static_cast<QWidget*>(row.id), static_cast<QWidget*>(row.bar),
                              static_cast<QWidget*>(row.words)})
            part->setVisible(used);
        if (!used)
            continue;
        const dbus::JobStep& step = steps[i];
        const QString name = step.id == QLatin1String("archive") ? tr("Archive") : shortDigest(step.id);
        row.id->setText(name);
        row.id->setToolTip(step.id);
        row.words->setText(stepWords(step, job));
        row.bar->setAccessibleName(tr("Layer %1").arg(name));
        showFraction(*row.bar,
                     isWhole(step)    ? 1.0
                     : step.total > 0 ? static_cast<double>(step.done) / static_cast<double>(step.total)
                                      : 0.0,
                     isWhole(step) ? "done" : "");
    }
}

} // namespace escale::gui
