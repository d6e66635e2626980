#include "helper/service/jobs_service.h"

namespace escale {

JobsService::JobsService(QDBusConnection bus, Dispatcher& dispatcher, Jobs& jobs, Callers& callers,
                         QObject* parent)
    : QObject(parent)
    , m_bus(std::move(bus))
    , m_jobs(jobs)
    , m_callers(callers) {
    dispatcher.handle("org.escale.Engine1", "ListJobs", [this](const CallPointer& call) {
        dbus::JobSummaries summaries;
        for (const Job* job : m_jobs.of(call->owner()))
            summaries.append(job->summary());
        call->reply({QVariant::fromValue(summaries)});
    });
    dispatcher.handle("org.escale.Engine1.Job", "Status", [this](const CallPointer& call) {
        const auto job = m_jobs.find(call->owner(), call->path());
        if (job)
            call->reply({QVariant::fromValue((*job)->status())});
        else
            call->refuse(job.error());
    });
    dispatcher.handle("org.escale.Engine1.Job", "Cancel", [this](const CallPointer& call) {
        const auto job = m_jobs.find(call->owner(), call->path());
        if (!job) {
            call->refuse(job.error());
            return;
        }
        (*job)->cancel();
        call->reply();
    });
    connect(&m_jobs, &Jobs::progressed, this, [this](Job* job) { tellProgress(*job); });
}

void JobsService::tellProgress(const Job& job) {
    for (const QString& connection : m_callers.connectionsOf(job.owner())) {
        auto signal = QDBusMessage::createTargetedSignal(
            connection, job.path(), QStringLiteral("org.escale.Engine1.Job"), QStringLiteral("Progress"));
        signal << QVariant::fromValue(job.status());
        m_bus.send(signal);
    }
}

} // namespace escale
