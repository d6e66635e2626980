// What images take on the disk, whether they are whole, and giving space back: DiskUsage, Verify and Prune of
// org.escale.Engine1.Images.
#pragma once

#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/image_news.h"

#include <QThreadPool>

namespace escale {

class ImagesUsageService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Jobs& jobs;
        ImageNews& news;
        QThreadPool& pool;
        std::string workerProgram;
    };
    ImagesUsageService(Dispatcher& dispatcher, const Parts& parts, QObject* parent = nullptr);

private:
    void prune(const CallPointer& call);
    void verify(const CallPointer& call);
    Parts m_parts;
    QThreadPool m_walks; // through containers' files: slow, and one at a time
};

} // namespace escale
