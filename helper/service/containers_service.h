// org.escale.Engine1.Containers.
#pragma once

#include "engine/container/containers.h"
#include "helper/jobs/jobs.h"
#include "helper/service/container_places.h"
#include "helper/service/dispatcher.h"
#include "helper/validation/mount_sources.h"

class QThreadPool;

namespace escale {

class ContainersService : public QObject {
    Q_OBJECT
public:
    /// All outlive this object.
    ContainersService(Dispatcher& dispatcher, Containers& containers, ContainerPlaces& places, Jobs& jobs,
                      QThreadPool& pool, QObject* parent = nullptr);

private:
    void list(const CallPointer& call);
    void overview(const CallPointer& call);
    void create(const CallPointer& call);
    void run(const CallPointer& call);
    void start(const CallPointer& call);
    void stop(const CallPointer& call);
    void restart(const CallPointer& call);
    void remove(const CallPointer& call);
    void openLog(const CallPointer& call);
    void stats(const CallPointer& call);
    void statsHistory(const CallPointer& call);

    /// On the pool: checks the caller's limit and makes the container.
    Result<Container> make(uid_t owner, const ContainerOptions& options, PassedSources& passed);
    /// On the D-Bus thread: starts what was just made, or takes it away again.
    void startMade(const CallPointer& call, const Container& container);
    /// Finds the container on the pool, then starts a job for it and answers with the job.
    using Action = std::function<Result<void>(const std::string& id, const Cancellation&)>;
    void answerWithJob(const CallPointer& call, const QString& kind, Action action);

    Containers& m_containers;
    ContainerPlaces& m_places;
    Jobs& m_jobs;
    QThreadPool& m_pool;
};

} // namespace escale
