#include "tests/support/session_keyring.h"

#include "engine/base/file.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <thread>
#include <unistd.h>

namespace escale::test {
namespace {

constexpr const char* kDaemon = "/usr/bin/gnome-keyring-daemon";
constexpr const char* kBus = "/usr/bin/dbus-daemon";
constexpr const char* kSend = "/usr/bin/dbus-send";

// Only what is started here: nothing of the machine is activated on it.
constexpr const char* kConfiguration =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>session</type>"
    "<listen>unix:path=@/bus</listen><policy context=\"default\"><allow send_destination=\"*\" "
    "eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n";

Result<void> waitFor(const std::string& what, const std::function<bool()>& isThere) {
    for (int i = 0; i < 400; ++i) {
        if (isThere())
            return {};
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return fail(ErrorCode::Timeout, what + " does not appear");
}

} // namespace

bool SessionKeyring::isInstalled() {
    return exists(kDaemon) && exists(kBus) && exists(kSend);
}

Result<std::unique_ptr<SessionKeyring>> SessionKeyring::start() {
    std::unique_ptr<SessionKeyring> keyring(new SessionKeyring);
    char folder[] = "/tmp/escale-test-keyring-XXXXXX";
    if (::mkdtemp(folder) == nullptr)
        return failErrno("mkdtemp");
    keyring->m_folder = folder;
    TRY(makeDirectories(keyring->m_folder + "/data", 0700));
    ::setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + keyring->m_folder + "/bus").c_str(), 1);
    ::unsetenv("XDG_CURRENT_DESKTOP"); // KDE would mean KWallet
    TRY(keyring->startBus());
    TRY(keyring->startService());
    return keyring;
}

Result<void> SessionKeyring::startBus() {
    std::string configuration = kConfiguration;
    configuration.replace(configuration.find('@'), 1, m_folder);
    TRY(writeFileAtomically(m_folder + "/bus.conf", configuration));
    Subprocess::Options options;
    options.arguments = {kBus, "--config-file=" + m_folder + "/bus.conf", "--nofork", "--nopidfile"};
    TRY_ASSIGN(Subprocess bus, Subprocess::start(options));
    m_bus = std::make_unique<Subprocess>(std::move(bus));
    return waitFor("the session's bus", [this] { return exists(m_folder + "/bus"); });
}

Result<void> SessionKeyring::startService() {
    std::array<int, 2> input{};
    if (::pipe2(input.data(), O_CLOEXEC) != 0)
        return failErrno("pipe");
    const UniqueFd itsInput(input[0]);
    UniqueFd ours(input[1]);
    TRY(writeAll(ours.get(), "the session's password", "the keyring"));
    ours.reset();
    TRY_ASSIGN(const UniqueFd log, openFile(m_folder + "/log", O_WRONLY | O_CREAT, 0600));
    Subprocess::Options options;
    options.arguments = {kDaemon, "--foreground", "--unlock", "--components=secrets"};
    options.environment = {"PATH=/usr/bin:/bin", "HOME=" + m_folder, "XDG_DATA_HOME=" + m_folder + "/data",
                           "XDG_RUNTIME_DIR=" + m_folder,
                           "DBUS_SESSION_BUS_ADDRESS=unix:path=" + m_folder + "/bus"};
    options.fds = {{itsInput.get(), 0}, {log.get(), 1}, {log.get(), 2}};
    TRY_ASSIGN(Subprocess service, Subprocess::start(options));
    m_service = std::make_unique<Subprocess>(std::move(service));
    return waitFor("the Secret Service", [this] {
        const auto collections = ask("/org/freedesktop/secrets", "org.freedesktop.DBus.Properties.Get",
                                     {"string:org.freedesktop.Secret.Service", "string:Collections"});
        return collections && collections->find("collection/login") != std::string::npos;
    });
}

Result<std::string> SessionKeyring::ask(const std::string& object, const std::string& method,
                                        const std::vector<std::string>& arguments) {
    std::vector<std::string> command{kSend,           "--bus=unix:path=" + m_folder + "/bus",
                                     "--print-reply", "--dest=org.freedesktop.secrets",
                                     object,          method};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return runProgram(std::move(command));
}

SessionKeyring::~SessionKeyring() {
    m_service.reset(); // ended and reaped
    m_bus.reset();
    (void)removeTree(m_folder);
}

} // namespace escale::test
