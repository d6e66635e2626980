// org.escale.Engine1.Containers: what is done to containers that are there. Short work, answered from the
// pool.
#pragma once

#include "engine/container/containers.h"
#include "helper/service/dispatcher.h"

class QThreadPool;

namespace escale {

class ContainerChangesService : public QObject {
    Q_OBJECT
public:
    /// All outlive this object.
    ContainerChangesService(Dispatcher& dispatcher, Containers& containers, QThreadPool& pool,
                            QObject* parent = nullptr);

private:
    void kill(const CallPointer& call);
    void pause(const CallPointer& call);
    void unpause(const CallPointer& call);
    void rename(const CallPointer& call);
    void update(const CallPointer& call);
    void wait(const CallPointer& call);
    void prune(const CallPointer& call);
    void inspect(const CallPointer& call);
    void top(const CallPointer& call);
    void health(const CallPointer& call);
    /// The first argument as a container's id, checked; then `work` on the pool.
    using Work = std::function<Result<QVariantList>(uid_t owner, const std::string& id)>;
    void answer(const CallPointer& call, Work work);

    Containers& m_containers;
    QThreadPool& m_pool;
};

} // namespace escale
