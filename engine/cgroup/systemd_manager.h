// systemd's manager (org.freedesktop.systemd1, man 5 org.freedesktop.systemd1) over its own socket, which
// only root may connect to, or over the system's message bus.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/cgroup/dbus_message.h"

#include <chrono>
#include <map>
#include <string>

namespace escale {

class SystemdManager {
public:
    /// The bus that DBUS_SYSTEM_BUS_ADDRESS names, or systemd's own socket, or where that is missing the
    /// system bus at its usual place. Unsupported when systemd does not run here.
    static Result<SystemdManager> connect();
    /// By way of a message bus that listens on this socket.
    static Result<SystemdManager> connectBus(const std::string& socket);

    /// Returns when the unit has started. One that has failed before is cleared away first.
    Result<void> startTransientUnit(const std::string& unit, const UnitProperties& properties);
    /// Until the unit ends. Those that this systemd does not know are left out.
    Result<void> setProperties(const std::string& unit, UnitProperties properties);
    /// Returns when the unit has stopped; no error when there is none.
    Result<void> stopUnit(const std::string& unit);

private:
    explicit SystemdManager(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    static Result<SystemdManager> connectSocket(const std::string& path);
    Result<void> authenticate();
    Result<void> joinBus();
    /// The answer's texts; an error answer becomes an Error, its name in `refusal`.
    Result<std::vector<std::string>> call(std::string_view member, const DbusWriter& body,
                                          std::string& refusal, const DbusObject& object = kSystemdObject);
    Result<void> waitForJob(const std::string& job, const std::string& what);
    Result<DbusMessage> receive();
    Result<void> sendAll(std::string_view bytes) const;
    Result<std::string> receiveBytes(std::size_t size);
    Result<std::string> receiveLine();
    Result<void> waitFor(short events) const;

    UniqueFd m_socket;
    std::string m_sender; // systemd's name on the bus: a signal of another one is not heard
    std::uint32_t m_serial = 0;
    std::map<std::string, std::string> m_jobs; // that have ended → their results
    std::chrono::steady_clock::time_point m_deadline;
};

} // namespace escale
