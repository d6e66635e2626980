// What a build does now, as steps of its job. Thread-safe.
#pragma once

#include "helper/jobs/job.h"

#include <mutex>
#include <string>

namespace escale {

class BuildProgress {
public:
    explicit BuildProgress(JobProgress& job)
        : m_job(job) {}

    /// One piece of work: "running" until this goes, "done" then; the last ones are told.
    class Step {
    public:
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;
        ~Step() { m_progress.end(m_number); }
        /// Bytes; total 0: unknown.
        void moved(quint64 done, quint64 total = 0) const { m_progress.moved(m_number, done, total); }

    private:
        friend class BuildProgress;
        Step(BuildProgress& progress, quint64 number)
            : m_progress(progress)
            , m_number(number) {}
        BuildProgress& m_progress;
        quint64 m_number;
    };
    Step begin(const std::string& text, const QString& phase = QStringLiteral("running"));

private:
    struct Told {
        quint64 number = 0;
        dbus::JobStep step;
    };
    void moved(quint64 number, quint64 done, quint64 total);
    void end(quint64 number);
    Told* find(quint64 number);
    void report();

    JobProgress& m_job;
    std::mutex m_mutex;
    QList<Told> m_steps;
    quint64 m_last = 0;
};

} // namespace escale
