#include "gui/common/job_panel.h"

#include "gui/client/job.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/job_steps.h"
#include "gui/common/progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace escale::gui {

static constexpr int kMostRowsHeight = 150, kBesideScrollBar = 8;

JobPanel::JobPanel(const QString& prefix, QWidget* parent)
    : QFrame(parent)
    , m_title(new ElidedLabel(this))
    , m_words(label({}, "muted", this))
    , m_whole(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_close(flatButton(QStringLiteral("close"), tr("Dismiss"), this))
    , m_steps(new JobSteps(prefix, this))
    , m_scroll(new QScrollArea(this)) {
    setProperty("role", "card");
    setObjectName(prefix + QStringLiteral(".jobPanel"));
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_whole->setObjectName(prefix + QStringLiteral(".jobProgress"));
    m_words->setObjectName(prefix + QStringLiteral(".jobWords"));
    m_cancel->setObjectName(prefix + QStringLiteral(".cancel"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job != nullptr)
            m_job->cancel();
        m_cancel->setEnabled(false);
    });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);

    m_scroll->setWidget(m_steps);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
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
    column->addWidget(m_scroll);
    hide();
}

void JobPanel::follow(Job* job) {
    if (m_job != nullptr)
        disconnect(m_job, nullptr, this, nullptr);
    m_job = job;
    m_cancel->setEnabled(true);
    connect(job, &Job::changed, this, &JobPanel::update);
    show();
    update();
}

Job* JobPanel::job() const {
    return m_job;
}

void JobPanel::update() {
    if (m_job == nullptr)
        return;
    m_title->setText(m_job->title());
    m_words->setText(jobWords(*m_job));
    showProgress(*m_whole, *m_job);
    const bool hadFocus = m_cancel->hasFocus();
    m_close->setVisible(!m_job->isRunning());
    m_cancel->setVisible(m_job->isRunning());
    if (hadFocus && !m_job->isRunning())
        m_close->setFocus(Qt::OtherFocusReason);
    m_steps->show(*m_job);
    const qsizetype rows = m_job->status().steps.size();
    m_scroll->setVisible(rows > 0);
    if (rows == 0 && m_job->isDone())
        hide(); // nothing to read; what came of it is told elsewhere
    const int height = JobSteps::heightOf(rows);
    m_scroll->setFixedHeight(std::min(kMostRowsHeight, height));
    // Words end below the bar's end, unless a scroll bar is in between.
    m_steps->layout()->setContentsMargins(0, 0, height > kMostRowsHeight ? kBesideScrollBar : 0, 0);
}

} // namespace escale::gui
