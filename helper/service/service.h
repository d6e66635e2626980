// The helper as a whole: the engine opened, its objects on the bus, and when to leave.
#pragma once

#include "engine/base/result.h"
#include "helper/service/options.h"

#include <QDBusConnection>
#include <QObject>

#include <memory>

namespace escale {

class Service : public QObject {
    Q_OBJECT
public:
    /// Opens store and containers (blocking: containers that run are taken over), then takes the bus name.
    /// `bus` must be connected. The application's event loop is left (quit()) when nothing has been asked for
    /// a while or the bus has gone.
    static Result<std::unique_ptr<Service>> open(const HelperOptions& options, const QDBusConnection& bus);
    /// Cancels jobs and waits for them; containers live on.
    ~Service() override;

    /// Blocks until every container has ended, as they must when the machine is shut down.
    void endWithMachine();

    /// Removes everything this instance made; without a bus.
    static Result<void> purge(const HelperOptions& options);

private Q_SLOTS:
    void busHasGone();

private:
    struct Parts;
    Service();
    void tellChanges();
    Result<void> appear(int idleSeconds);
    void quitWhenIdle();
    bool containersRun() const;
    std::unique_ptr<Parts> m_parts;
};

} // namespace escale
