// org.escale.Engine1.Containers: Attach and Exec. What is carried goes past the helper, between the client's
// descriptor and the container's monitor.
#pragma once

#include "engine/container/containers.h"
#include "helper/service/dispatcher.h"

class QThreadPool;

namespace escale {

class ContainerSessionsService : public QObject {
    Q_OBJECT
public:
    /// All outlive this object.
    ContainerSessionsService(Dispatcher& dispatcher, Containers& containers, QThreadPool& pool,
                             QObject* parent = nullptr);

private:
    void attach(const CallPointer& call);
    void exec(const CallPointer& call, bool detached);
    void inspectExec(const CallPointer& call);

    Containers& m_containers;
    QThreadPool& m_pool;
};

} // namespace escale
