// org.escale.Engine1.Images.
#pragma once

#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/image_news.h"

class QThreadPool;

namespace escale {

class ImagesService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Jobs& jobs;
        ImageNews& news;
        QThreadPool& pool;
        std::string workerProgram;
    };
    ImagesService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void pull(const CallPointer& call);
    void remove(const CallPointer& call);
    void tag(const CallPointer& call);
    void openDocuments(const CallPointer& call);
    void readLayers(const CallPointer& call);
    Parts m_parts;
};

} // namespace escale
