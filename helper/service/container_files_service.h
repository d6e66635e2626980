// org.escale.Engine1.Containers: the files of a container.
#pragma once

#include "engine/container/containers.h"
#include "helper/service/dispatcher.h"
#include "helper/service/files_calls.h"

namespace escale {

class ContainerFilesService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all but the last outlive this object
        Containers& containers;
        Jobs& jobs;
        QThreadPool& pool;
        FilesWorker files;
    };
    ContainerFilesService(Dispatcher& dispatcher, const Parts& parts, QObject* parent = nullptr);

private:
    void changes(const CallPointer& call);
    void exportAll(const CallPointer& call, const FilesCalls::Find& find);
    Result<FilesPlace> placeOf(uid_t owner, const std::string& id);

    Parts m_parts;
    FilesCalls m_calls;
};

} // namespace escale
