#include "gui/app/job_row.h"

#include "gui/client/job.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/error_banner.h"
#include "gui/common/progress.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace escale::gui {

JobRow::JobRow(Job& job, QWidget* parent)
    : QWidget(parent)
    , m_job(job)
    , m_title(new ElidedLabel(this))
    , m_words(label({}, "muted", this))
    , m_problem(label({}, "muted", this))
    , m_bar(progressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("jobRow"));
    m_cancel->setObjectName(QStringLiteral("jobRow.cancel"));
    m_problem->setWordWrap(true);
    m_bar->setFixedWidth(220);
    m_words->setMinimumWidth(200);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 6, 16, 6);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_bar, 0, 1, Qt::AlignVCenter);
    grid->addWidget(m_words, 0, 2);
    grid->addWidget(m_cancel, 0, 3);
    grid->addWidget(m_problem, 1, 0, 1, 4);
    connect(m_cancel, &QPushButton::clicked, &m_job, &Job::cancel);
    connect(&m_job, &Job::changed, this, &JobRow::update);
    update();
}

void JobRow::update() {
    m_title->setText(m_job.title());
    m_words->setText(jobWords(m_job));
    showProgress(*m_bar, m_job);
    m_cancel->setVisible(m_job.isRunning());
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(m_job.title()));
    const bool failed = !m_job.isRunning() && !m_job.isDone() && !m_job.isCancelled();
    if (failed) {
        const Error error = m_job.error();
        const QString hint =
            error.hint.empty() ? defaultHint(error.code) : QString::fromStdString(error.hint);
        const QString message = QString::fromStdString(error.message);
        m_problem->setText(hint.isEmpty() ? message : message + QLatin1Char('\n') + hint);
    }
    m_problem->setVisible(failed);
}

} // namespace escale::gui
