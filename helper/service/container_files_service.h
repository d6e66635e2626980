// org.escale.Engine1.Containers: the files of a container. Archives go past the helper, between the client's
// descriptor and a worker (helper/worker/container_files.h).
#pragma once

#include "engine/container/containers.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/pipe_reply.h"
#include "helper/worker/container_files.h"

class QThreadPool;

namespace escale {

class ContainerFilesService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all but the last outlive this object
        Containers& containers;
        Jobs& jobs;
        QThreadPool& pool;
        ContainerFiles files;
    };
    ContainerFilesService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void statFile(const CallPointer& call);
    void listFiles(const CallPointer& call);
    void changes(const CallPointer& call);
    void copyOut(const CallPointer& call);
    void copyIn(const CallPointer& call);
    void exportAll(const CallPointer& call);

    /// A job that sends an archive; it answers the call itself, as soon as the file was found.
    struct Sending {
        QString kind;
        std::string action; // the event
        std::string path;
        ContainerFiles::OutOptions options;
    };
    void sendArchive(const CallPointer& call, const Sending& sending);
    Result<QString> runSending(const Container& container, const Sending& sending, PipeReply& reply,
                               JobProgress& progress, const Cancellation& cancellation);
    /// Finds the container that the first argument names on the pool; then `begin` on the D-Bus thread.
    void findFirst(const CallPointer& call, std::function<void(const Container&)> begin);

    Parts m_parts;
};

} // namespace escale
