// systemd's manager (org.freedesktop.systemd1, man 5 org.freedesktop.systemd1) over its own socket, which
// only root may connect to: no message bus is needed.
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
    /// Unsupported when systemd does not run here.
    static Result<SystemdManager> connect(const std::string& socket = "/run/systemd/private");

    /// Returns when the unit has started. One that has failed before is cleared away first.
    Result<void> startTransientUnit(const std::string& unit, const UnitProperties& properties);
    Result<void> setProperties(const std::string& unit, const UnitProperties& properties);
    /// Returns when the unit has stopped; no error when there is none.
    Result<void> stopUnit(const std::string& unit);

private:
    explicit SystemdManager(UniqueFd socket)
        : m_socket(std::move(socket)) {}
    Result<void> authenticate();
    /// The answer's texts; an error answer becomes an Error, its name in `refusal`.
    Result<std::vector<std::string>> call(std::string_view member, const DbusWriter& body,
                                          std::string& refusal);
    Result<void> waitForJob(const std::string& job, const std::string& what);
    Result<DbusMessage> receive();
    Result<void> sendAll(std::string_view bytes) const;
    Result<std::string> receiveBytes(std::size_t size);
    Result<std::string> receiveLine();
    Result<void> waitFor(short events) const;

    UniqueFd m_socket;
    std::uint32_t m_serial = 0;
    std::map<std::string, std::string> m_jobs; // that have ended → their results
    std::chrono::steady_clock::time_point m_deadline;
};

} // namespace escale
