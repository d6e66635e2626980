// A helper on a private bus with an image to run, and short ways to ask it as root and as an ordinary user.
#pragma once

#include "helper/dbus/types.h"
#include "tests/support/docker_registry.h"
#include "tests/support/private_bus.h"

#include <QMap>

#include <memory>

namespace escale::test {

class HelperMachine {
public:
    /// With busybox pulled for both users; "nobody" may manage containers of their own.
    static Result<std::unique_ptr<HelperMachine>> start();
    ~HelperMachine();

    QDBusConnection as(uid_t user);
    /// A method of org.escale.Engine1.Containers.
    QDBusMessage ask(uid_t user, const char* member, const QVariantList& arguments);
    /// Waits for the end of a job, given as the object path that a method answered.
    dbus::JobStatus ended(uid_t user, const QVariant& job);
    /// The id of a container that runs; "" when it could not be started.
    QString run(uid_t user, const QStringList& command, const QVariantMap& options = {});
    void remove(uid_t user, const QString& id);
    dbus::Container container(uid_t user, const QString& id);
    PrivateBus& bus() { return *m_bus; }
    [[nodiscard]] const QString& image() const { return m_image; }

private:
    HelperMachine() = default;
    std::unique_ptr<DockerRegistry> m_registry;
    std::unique_ptr<PrivateBus> m_bus;
    QMap<uid_t, QDBusConnection> m_connections;
    QString m_image;
};

} // namespace escale::test
