// org.escale.Engine1.Images: Export, an image's whole file system as an archive.
#pragma once

#include "engine/container/containers.h"
#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"

namespace escale {

class ImagesExportService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Containers& containers;
        Jobs& jobs;
        std::string workerProgram;
    };
    ImagesExportService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void exportImage(const CallPointer& call);
    Result<QString> run(uid_t owner, const std::string& image, int output, JobProgress& progress,
                        const Cancellation& cancellation);
    Parts m_parts;
};

} // namespace escale
