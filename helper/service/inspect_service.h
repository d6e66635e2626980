// org.escale.Engine1.Inspect: what the teaching views show, read from the kernel at each call. Nothing is
// kept and nothing runs between calls. Short work is answered from the pool; what is in the layers comes by a
// job through a pipe.
#pragma once

#include "engine/container/containers.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/pipe_reply.h"

#include <memory>

class QThreadPool;

namespace escale {

class InspectService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Containers& containers;
        Jobs& jobs;
        QThreadPool& pool;
        std::string workerProgram;
    };
    InspectService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void processes(const CallPointer& call);
    Result<dbus::InspectedProcesses> processesOf(uid_t owner, std::vector<std::string> names);
    /// The first argument as a container's id, checked; then `work` on the pool, for one that runs. What was
    /// read of one that has ended meanwhile is not answered: its numbers may be others' by then.
    using Look = std::function<Result<QVariantList>(const RunningContainer& container)>;
    void answerRunning(const CallPointer& call, Look look);
    void making(const CallPointer& call);
    /// A job that answers the call itself, with a pipe that a worker fills from the container's layers.
    using Send = std::function<Result<void>(const Container& container, ContainerLayers layers, Pipe pipe,
                                            PipeReply& reply, const Cancellation&)>;
    void startSending(const CallPointer& call, const char* kind, Send send);
    void readLayers(const CallPointer& call);
    void watchChanges(const CallPointer& call);
    Parts m_parts;
};

} // namespace escale
