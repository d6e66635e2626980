// One long action: its work runs on a thread of its own, its state is read on the D-Bus thread.
//
//   Running ──work returned──▶ Done | Failed | Cancelled (the work gave ErrorCode::Cancelled)
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/result.h"
#include "helper/dbus/types.h"
#include "helper/jobs/rate.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <mutex>
#include <sys/types.h>

class QThreadPool;

namespace escale {

/// Where the work tells how far it is. Thread-safe; cheap enough to be called for every block of bytes.
class JobProgress {
public:
    struct Report {
        quint64 done = 0;
        quint64 total = 0; // 0: unknown
        QList<dbus::JobStep> steps;
    };
    void report(Report report);

private:
    friend class Job;
    /// Fills `into` when something was reported since the last call.
    bool takeNew(Report& into);
    std::mutex m_mutex;
    Report m_report;
    bool m_new = false;
};

class Job : public QObject {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Running, Done, Failed, Cancelled };
    /// Returns what the job results in: an image's digest, a container's id.
    using Work = std::function<Result<QString>(JobProgress&, const Cancellation&)>;
    struct Description {
        uid_t owner = 0;
        QString kind;  // "pull", "start", "stop", "remove"
        QString title; // what a person calls the object
    };

    /// The pool must be done with the work before this object is deleted.
    Job(QString path, Description description, int tickMilliseconds, QObject* parent);

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] uid_t owner() const { return m_description.owner; }
    [[nodiscard]] const QString& kind() const { return m_description.kind; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running; }
    [[nodiscard]] dbus::JobStatus status() const;
    [[nodiscard]] dbus::JobSummary summary() const;

    void start(QThreadPool& pool, Work work);
    /// Asks the work to end; nothing happens when it has.
    void cancel();

Q_SIGNALS:
    /// At most one a tick while it runs, and always one at the end, before ended().
    void progressed();
    void ended();

private:
    struct Shared {
        JobProgress progress;
        Cancellation cancellation;
    };
    void tick();
    void finish(const Result<QString>& result);

    QString m_path;
    Description m_description;
    State m_state = State::Running;
    std::shared_ptr<Shared> m_shared;
    JobProgress::Report m_report;
    Rate m_rate;
    QElapsedTimer m_clock;
    QTimer m_tick;
    QString m_errorName, m_errorMessage, m_hint, m_result;
};

} // namespace escale
