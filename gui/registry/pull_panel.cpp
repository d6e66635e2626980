#include "gui/registry/pull_panel.h"

#include "gui/client/job.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/format.h"
#include "gui/common/progress.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace escale::gui {

static constexpr int kMostRowsHeight = 150;
static constexpr int kRowHeight = 26;

PullPanel::PullPanel(QWidget* parent)
    : QFrame(parent)
    , m_title(new ElidedLabel(this))
    , m_words(label({}, "muted", this))
    , m_whole(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_close(flatButton(QStringLiteral("close"), tr("Dismiss"), this))
    , m_layers(new QWidget(this))
    , m_grid(new QGridLayout(m_layers)) {
    setProperty("role", "card");
    setObjectName(QStringLiteral("registryPane.pullPanel"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_whole->setObjectName(QStringLiteral("registryPane.pullProgress"));
    m_words->setObjectName(QStringLiteral("registryPane.pullWords"));
    m_cancel->setObjectName(QStringLiteral("registryPane.cancel"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job != nullptr)
            m_job->cancel();
        m_cancel->setEnabled(false);
    });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);

    m_layers->setProperty("role", "clear");
    m_grid->setContentsMargins(0, 0, 8, 0);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnMinimumWidth(2, 150);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("registryPane.layerScroll"));
    scroll->setWidget(m_layers);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(m_title, 1);
    head->addWidget(m_words);
    head->addWidget(m_cancel);
    head->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 12, 12);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_whole);
    column->addWidget(scroll);
    hide();
}

void PullPanel::follow(Job* job) {
    if (m_job != nullptr)
        disconnect(m_job, nullptr, this, nullptr);
    m_job = job;
    m_cancel->setEnabled(true);
    connect(job, &Job::changed, this, &PullPanel::update);
    show();
    update();
}

Job* PullPanel::job() const {
    return m_job;
}

void PullPanel::addRow() {
    const auto row = static_cast<int>(m_rows.size());
    LayerRow made{label({}, "muted", m_layers), progressBar(m_layers), label({}, "muted", m_layers)};
    made.id->setFont(monospace(font()));
    made.bar->setObjectName(QStringLiteral("registryPane.layer.%1").arg(row));
    made.words->setObjectName(QStringLiteral("registryPane.layerWords.%1").arg(row));
    made.words->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_grid->addWidget(made.id, row, 0);
    m_grid->addWidget(made.bar, row, 1, Qt::AlignVCenter);
    m_grid->addWidget(made.words, row, 2);
    m_rows.append(made);
}

static QString stepWords(const dbus::JobStep& step, bool running) {
    if (step.phase == QLatin1String("present"))
        return PullPanel::tr("already here");
    if (step.phase == QLatin1String("done"))
        return formatBytes(step.total);
    if (step.phase == QLatin1String("waiting"))
        return running ? PullPanel::tr("waits") : dash();
    return PullPanel::tr("%1 of %2").arg(formatBytes(step.done), formatBytes(step.total));
}

void PullPanel::update() {
    if (m_job == nullptr)
        return;
    const dbus::JobStatus& status = m_job->status();
    m_title->setText(m_job->title());
    m_words->setText(jobWords(*m_job));
    showProgress(*m_whole, *m_job);
    const bool hadFocus = m_cancel->hasFocus();
    m_close->setVisible(!m_job->isRunning());
    m_cancel->setVisible(m_job->isRunning());
    if (hadFocus && !m_job->isRunning())
        m_close->setFocus(Qt::OtherFocusReason);
    while (m_rows.size() < status.steps.size())
        addRow();
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const LayerRow& row = m_rows[i];
        const bool used = i < status.steps.size();
        row.id->setVisible(used);
        row.bar->setVisible(used);
        row.words->setVisible(used);
        if (!used)
            continue;
        const dbus::JobStep& step = status.steps[i];
        const bool whole = step.phase == QLatin1String("present") || step.phase == QLatin1String("done");
        row.id->setText(shortDigest(step.id));
        row.id->setToolTip(step.id);
        row.words->setText(stepWords(step, m_job->isRunning()));
        row.bar->setAccessibleName(tr("Layer %1").arg(shortDigest(step.id)));
        showFraction(*row.bar,
                     whole            ? 1.0
                     : step.total > 0 ? static_cast<double>(step.done) / static_cast<double>(step.total)
                                      : 0.0,
                     whole ? "done" : "");
    }
    auto* scroll = findChild<QScrollArea*>(QStringLiteral("registryPane.layerScroll"));
    scroll->setFixedHeight(std::min(kMostRowsHeight, static_cast<int>(status.steps.size()) * kRowHeight));
}

} // namespace escale::gui
