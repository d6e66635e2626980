// org.escale.Engine1.Containers: Commit, the image that is made of a container.
#pragma once

#include "engine/container/containers.h"
#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"
#include "helper/service/image_news.h"
#include "helper/worker/commit.h"

class QThreadPool;

namespace escale {

class CommitService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Containers& containers;
        Jobs& jobs;
        ImageNews& news;
        QThreadPool& pool;
        std::string workerProgram;
    };
    CommitService(Dispatcher& dispatcher, Parts parts, QObject* parent = nullptr);

private:
    struct Order {
        std::string reference;
        LayerHistory history;
        QVariantMap options;
        bool pauses = true;
    };
    void commit(const CallPointer& call);
    void begin(const CallPointer& call, const Container& container, const Order& order);
    Result<QString> run(const Container& container, const Order& order, JobProgress& progress,
                        const Cancellation& cancellation);

    Parts m_parts;
};

} // namespace escale
