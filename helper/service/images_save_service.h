// org.escale.Engine1.Images: Save.
#pragma once

#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/image_news.h"

namespace escale {

class ImagesSaveService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Jobs& jobs;
        ImageNews& news;
        std::string workerProgram;
    };
    ImagesSaveService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void save(const CallPointer& call);
    Parts m_parts;
};

} // namespace escale
