// Images out of archives: Load and Import of org.escale.Engine1.Images.
#pragma once

#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/image_news.h"

namespace escale {

class ImagesLoadService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Jobs& jobs;
        ImageNews& news;
        std::string workerProgram;
    };
    ImagesLoadService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    void load(const CallPointer& call);
    void import(const CallPointer& call);
    void start(const CallPointer& call, const char* kind, const QString& title, Job::Work work);
    Parts m_parts;
};

} // namespace escale
