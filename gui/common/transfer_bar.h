// A transfer that goes on: what it does, how far it is, and a button that cancels it. Hidden without one. It
// also brings the transfer's own outcome and that of the engine's job together.
#pragma once

#include "gui/common/transfer.h"

#include <QFrame>
#include <QPointer>
#include <QTimer>

class QLabel;
class QProgressBar;
class QToolButton;

namespace escale::gui {

class ElidedLabel;
class Job;

class TransferBar : public QFrame {
    Q_OBJECT
public:
    explicit TransferBar(QWidget* parent = nullptr);
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// Shows that something begins; false when something goes on already. Then come setJob() or refuse(), and
    /// start() or stop().
    bool begin(const QString& words);
    /// `total`: bytes, 0 when unknown (then the work may tell).
    void start(quint64 total, Transfer::Work work, Transfer::Done done);
    /// The engine's part of it: cancelled along, and waited for. May come before or after start().
    void setJob(Job* job);
    /// The engine's part could not begin: the transfer ends with that error.
    void refuse(const Error& error);
    /// What could not begin.
    void stop();
    void cancel();

private:
    void refresh();
    void settle();

    Transfer* m_transfer;
    ElidedLabel* m_words;
    QLabel* m_amount;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QTimer m_timer;
    QPointer<Job> m_job;
    Transfer::Done m_done;
    Result<void> m_outcome;
    quint64 m_total = 0;
    bool m_awaitsJob = false;
    bool m_busy = false, m_ended = false, m_cancelled = false;
};

} // namespace escale::gui
