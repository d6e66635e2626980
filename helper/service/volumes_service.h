// org.escale.Engine1.Volumes: what volumes there are. Their files: volume_files_service.h.
#pragma once

#include "engine/container/containers.h"
#include "engine/store/store.h"
#include "helper/jobs/jobs.h"
#include "helper/service/dispatcher.h"

#include <QThreadPool>

#include <chrono>
#include <mutex>

namespace escale {

class VolumesService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Store& store;
        Containers& containers;
        Jobs& jobs;
        QThreadPool& pool;
    };
    VolumesService(Dispatcher& dispatcher, const Parts& parts, QObject* parent = nullptr);

private:
    void list(const CallPointer& call);
    void create(const CallPointer& call);
    void check(const CallPointer& call);
    void testConnection(const CallPointer& call);
    void remove(const CallPointer& call);
    void prune(const CallPointer& call);

    // On the pool's threads.
    Result<QVariantList> volumesOf(uid_t owner);
    void lookAtServers(const std::vector<VolumeRecord>& records);
    Result<void> removeOne(uid_t owner, const std::string& name);
    Error namingUsers(Error error, const VolumeRecord& record);

    Parts m_parts;
    std::mutex m_looking;                           // guards the next
    std::chrono::steady_clock::time_point m_looked; // when servers were last asked
};

} // namespace escale
