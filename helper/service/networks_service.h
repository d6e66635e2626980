// org.escale.Engine1.Networks.
#pragma once

#include "engine/container/containers.h"
#include "helper/dbus/types.h"
#include "helper/service/changes.h"
#include "helper/service/dispatcher.h"

#include <QThreadPool>

namespace escale {

class NetworksService : public QObject {
    Q_OBJECT
public:
    struct Parts { // all outlive this object
        Containers& containers;
        Changes& changes;
        QThreadPool& pool;
    };
    NetworksService(Dispatcher& dispatcher, const Parts& parts, QObject* parent = nullptr);

private:
    void create(const CallPointer& call);
    void check(const CallPointer& call);
    void remove(const CallPointer& call);
    void prune(const CallPointer& call);
    void connectContainer(const CallPointer& call);
    void disconnectContainer(const CallPointer& call);
    void move(const CallPointer& call);
    void rules(const CallPointer& call);
    void reach(const CallPointer& call);

    // On the pool's threads.
    Result<QVariantList> list(uid_t owner);
    Result<QVariantList> interfaces(uid_t owner);
    Result<QVariantList> statistics(uid_t owner);
    void changed(const NetworkRecord& record);

    Parts m_parts;
};

} // namespace escale
