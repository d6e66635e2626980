#include "gui/common/transfer_bar.h"

#include "gui/client/job.h"
#include "gui/common/buttons.h"
#include "gui/common/elided_label.h"
#include "gui/common/format.h"
#include "gui/common/progress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace escale::gui {

static constexpr int kInterval = 100; // milliseconds

TransferBar::TransferBar(QWidget* parent)
    : QFrame(parent)
    , m_transfer(new Transfer(this))
    , m_words(new ElidedLabel(this))
    , m_amount(label({}, "muted", this))
    , m_bar(progressBar(this))
    , m_cancel(flatButton(QStringLiteral("close"), tr("Cancel"), this)) {
    setObjectName(QStringLiteral("transferBar"));
    m_cancel->setObjectName(QStringLiteral("transferBar.cancel"));
    m_bar->setFixedWidth(180);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(12);
    row->addWidget(m_words, 1);
    row->addWidget(m_amount);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, &TransferBar::cancel);
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &TransferBar::refresh);
    hide();
}

bool TransferBar::begin(const QString& words) {
    if (m_busy)
        return false;
    m_busy = m_awaitsJob = true;
    m_ended = m_cancelled = false;
    m_job = nullptr;
    m_total = 0;
    m_words->setText(words);
    m_bar->setAccessibleName(words);
    m_cancel->setEnabled(true);
    refresh();
    m_timer.start();
    show();
    return true;
}

void TransferBar::start(quint64 total, Transfer::Work work, Transfer::Done done) {
    m_total = total;
    m_done = std::move(done);
    m_transfer->start(std::move(work), [this](const Result<void>& outcome) {
        m_outcome = outcome;
        m_ended = true;
        // What failed here ends the engine's part, too.
        if (!outcome && m_job != nullptr && m_job->isRunning())
            m_job->cancel();
        settle();
    });
    if (m_cancelled)
        m_transfer->cancel();
}

void TransferBar::setJob(Job* job) {
    m_job = job;
    m_awaitsJob = false;
    connect(job, &Job::ended, this, &TransferBar::settle);
    if (m_cancelled || (m_ended && !m_outcome))
        job->cancel();
    settle();
}

void TransferBar::refuse(const Error& error) {
    m_awaitsJob = false;
    m_transfer->cancel();
    const Transfer::Done done = std::exchange(m_done, nullptr);
    m_done = [done, error](const Result<void>&) {
        if (done)
            done(fail(error));
    };
    settle();
}

// Over when both are. A transfer that ended too early did so for the job's reason.
void TransferBar::settle() {
    if (!m_ended || m_awaitsJob || (m_job != nullptr && m_job->isRunning()))
        return;
    Result<void> outcome = m_outcome;
    const bool isLocal = !outcome && outcome.error().code != ErrorCode::Unreachable;
    if (!isLocal && m_job != nullptr && !m_job->isDone() && !m_job->isCancelled())
        outcome = fail(m_job->error());
    if (m_cancelled || (m_job != nullptr && m_job->isCancelled() && outcome))
        outcome = fail(ErrorCode::Cancelled, "cancelled");
    const Transfer::Done done = std::exchange(m_done, nullptr);
    stop();
    if (done)
        done(outcome);
}

void TransferBar::stop() {
    m_timer.stop();
    m_busy = m_ended = false;
    m_job = nullptr;
    hide();
}

void TransferBar::cancel() {
    m_cancelled = true;
    m_cancel->setEnabled(false);
    if (m_job != nullptr)
        m_job->cancel();
    m_transfer->cancel();
}

void TransferBar::refresh() {
    // Of an archive that is written as it goes, the engine alone knows how much there is.
    if (m_total == 0 && m_job != nullptr && m_job->fraction() >= 0) {
        showFraction(*m_bar, m_job->fraction(), "");
        return m_amount->setText(jobWords(*m_job));
    }
    const quint64 total = m_total > 0 ? m_total : m_transfer->isRunning() ? m_transfer->total() : 0;
    const quint64 bytes = m_transfer->isRunning() ? m_transfer->bytes() : 0;
    const quint64 shown = total > 0 ? std::min(bytes, total) : bytes;
    showFraction(*m_bar, total > 0 ? static_cast<double>(shown) / static_cast<double>(total) : -1, "");
    m_amount->setText(shown == 0  ? QString()
                      : total > 0 ? tr("%1 of %2").arg(formatBytes(shown), formatBytes(total))
                                  : formatBytes(shown));
}

} // namespace escale::gui
