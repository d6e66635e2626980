// Jobs on the bus: ListJobs, and each job's own object.
#pragma once

#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"

namespace escale {

class JobsService : public QObject {
    Q_OBJECT
public:
    /// All outlive this object.
    JobsService(QDBusConnection bus, Dispatcher& dispatcher, Jobs& jobs, Callers& callers,
                QObject* parent = nullptr);

private:
    void tellProgress(const Job& job);
    QDBusConnection m_bus;
    Jobs& m_jobs;
    Callers& m_callers;
};

} // namespace escale
