// A private system bus with a real polkitd and the D-Bus-activated escale-helper (private_bus.sh), all ended
// with the object. Root only.
#pragma once

#include "engine/base/result.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace escale::test {

/// Puts the calling thread, and the processes it starts, into network and mount namespaces of their own,
/// loopback up. Returns why not, or "".
std::string enterOwnNetwork();

class PrivateBus {
public:
    static constexpr uid_t kNobody = 65534;

    /// The helper gets a state and a run folder below folder(), and names for cgroup, bridge and table of its
    /// own.
    static Result<std::unique_ptr<PrivateBus>> start(const std::vector<std::string>& helperArguments = {});
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;
    /// Runs the helper with --purge, too.
    ~PrivateBus();

    [[nodiscard]] std::string folder() const { return m_folder.path().toStdString(); }
    /// For DBUS_SYSTEM_BUS_ADDRESS.
    [[nodiscard]] const QString& address() const { return m_address; }
    [[nodiscard]] const std::vector<std::string>& helperCommand() const { return m_helper; }
    /// A new connection that the bus takes for one of that user.
    QDBusConnection connectAs(uid_t user);
    /// The process that has the engine's name; 0 when none runs. Does not start one.
    pid_t helperPid();

    /// polkit rules (JavaScript, polkit(8)) from now on; polkitd is started anew with them.
    Result<void> setRules(const std::string& text);
    Result<void> stopPolkit();
    /// Stops its answers for a while.
    Result<void> pausePolkit(bool pause);
    Result<void> startPolkit();
    /// What bus, helper and polkitd have written.
    [[nodiscard]] std::string log() const;

private:
    PrivateBus() = default;
    QTemporaryDir m_folder;
    std::vector<std::string> m_helper;
    QString m_address;
    QStringList m_connections;
};

/// A new connection, named `name`, that the bus takes for one of that user. Root only.
QDBusConnection connectToBusAs(uid_t user, const QString& address, const QString& name);

/// Calls a method of /org/escale/Engine1 (or of `path`) and waits for the answer.
QDBusMessage call(const QDBusConnection& bus, const QString& interface, const QString& member,
                  const QVariantList& arguments = {},
                  const QString& path = QStringLiteral("/org/escale/Engine1"));

} // namespace escale::test
