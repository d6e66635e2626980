// A helper with an image to run, and short ways to ask it as root and as an ordinary user: on a private bus,
// or the one that is installed on this machine.
#pragma once

#include "helper/dbus/types.h"
#include "tests/support/docker_registry.h"
#include "tests/support/private_bus.h"

#include <QMap>
#include <QObject>

#include <memory>

namespace escale::test {

class HelperMachine {
public:
    /// With busybox pulled for both users; "nobody" may manage containers of their own.
    static Result<std::unique_ptr<HelperMachine>> start();
    /// The installed one, on the system bus, with what polkit says of itself. The image is root's only.
    static Result<std::unique_ptr<HelperMachine>> installed();
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
    PrivateBus& bus() { return *m_bus; }               // not of installed()
    DockerRegistry& registry() { return *m_registry; } // neither
    [[nodiscard]] const QString& image() const { return m_image; }

private:
    HelperMachine() = default;
    Result<void> pushImage();
    Result<void> pull(uid_t user);
    std::unique_ptr<DockerRegistry> m_registry;
    std::unique_ptr<PrivateBus> m_bus; // none: the system bus
    QMap<uid_t, QDBusConnection> m_connections;
    QString m_image;
};

/// A test class with such a machine, whose log is shown when a test fails; skipped where there can be none.
class HelperTest : public QObject {
    Q_OBJECT
protected:
    static constexpr uid_t kUser = PrivateBus::kNobody;
    const QStringList kSleep{QStringLiteral("/bin/sleep"), QStringLiteral("1000")};
    const QString kErrors = QStringLiteral("org.escale.Error.");

    QString error(const char* member, const QVariantList& arguments, uid_t user = kUser) {
        return m_machine->ask(user, member, arguments).errorName();
    }
    /// What initTestCase() of a class of its own begins with; m_machine is there when it could be.
    void startMachine();
    std::unique_ptr<HelperMachine> m_machine;

protected Q_SLOTS:
    /// What cleanup() of a class ends with.
    void cleanup();

private Q_SLOTS:
    void initTestCase() { startMachine(); }
    void cleanupTestCase() { m_machine.reset(); }
};

} // namespace escale::test
