// A desktop session's own message bus with a real Secret Service on it: gnome-keyring-daemon, unlocked, with
// its files in a temporary folder. The process' environment points at it; one a process, since the libraries
// remember the bus.
#pragma once

#include "engine/base/result.h"
#include "engine/base/subprocess.h"

#include <memory>
#include <string>
#include <vector>

namespace escale::test {

class SessionKeyring {
public:
    static bool isInstalled();
    /// Returns when the service has its collection.
    static Result<std::unique_ptr<SessionKeyring>> start();
    SessionKeyring(const SessionKeyring&) = delete;
    SessionKeyring& operator=(const SessionKeyring&) = delete;
    ~SessionKeyring();

    /// Where its files are.
    [[nodiscard]] const std::string& folder() const { return m_folder; }
    /// Calls the service as another program of the session would (dbus-send); the answer as it prints it.
    Result<std::string> ask(const std::string& object, const std::string& method,
                            const std::vector<std::string>& arguments);

private:
    SessionKeyring() = default;
    Result<void> startBus();
    Result<void> startService();
    std::string m_folder;
    std::unique_ptr<Subprocess> m_bus, m_service;
};

} // namespace escale::test
