#include "tests/support/private_bus.h"

#include "engine/base/file.h"
#include "engine/base/subprocess.h"
#include "helper/dbus/types.h"

#include <QDBusConnectionInterface>

#include <csignal>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale::test {
namespace {

const std::string kScript = std::string(ESCALE_SOURCE) + "/tests/support/private_bus.sh";

Result<void> raiseLoopback() {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    request.ifr_name[0] = 'l';
    request.ifr_name[1] = 'o';
    request.ifr_flags = IFF_UP;
    if (!socket || ::ioctl(socket.get(), SIOCSIFFLAGS, &request) != 0)
        return failErrno("cannot raise the loopback interface");
    return {};
}

} // namespace

std::string enterOwnNetwork() {
    if (::geteuid() != 0)
        return "needs root";
    if (::unshare(CLONE_NEWNET | CLONE_NEWNS) != 0)
        return systemError("cannot make namespaces").message;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return systemError("cannot make the mounts private").message;
    const auto raised = raiseLoopback();
    return raised ? std::string() : raised.error().message;
}

Result<std::unique_ptr<PrivateBus>> PrivateBus::start(const std::vector<std::string>& helperArguments) {
    dbus::registerTypes();
    std::unique_ptr<PrivateBus> bus(new PrivateBus);
    const std::string tag = std::to_string(::getpid());
    if (::chmod(bus->folder().c_str(), 0755) != 0) // other users connect to the socket in it
        return failErrno("cannot open the folder to others");
    bus->m_helper = {std::string(ESCALE_BIN) + "/escale-helper",
                     "--state",
                     bus->folder() + "/state",
                     "--run",
                     bus->folder() + "/run",
                     "--cgroup-parent",
                     "/escale-test-" + tag,
                     "--bridge",
                     "esct" + tag,
                     "--table",
                     "escale_test_" + tag};
    bus->m_helper.insert(bus->m_helper.end(), helperArguments.begin(), helperArguments.end());
    std::vector<std::string> command{"/bin/bash", kScript, "start", bus->folder() + "/bus"};
    command.insert(command.end(), bus->m_helper.begin(), bus->m_helper.end());
    TRY_ASSIGN(const std::string output, runProgram(command));
    bus->m_address = QString::fromStdString(output).trimmed();
    return bus;
}

PrivateBus::~PrivateBus() {
    for (const QString& name : m_connections)
        QDBusConnection::disconnectFromBus(name);
    if (const auto stopped = runProgram({"/bin/bash", kScript, "stop", folder() + "/bus"}); !stopped)
        qWarning("%s", stopped.error().text().c_str());
    auto purge = m_helper;
    purge.emplace_back("--purge");
    if (const auto purged = runProgram(purge); !purged)
        qWarning("%s", purged.error().text().c_str());
}

QDBusConnection PrivateBus::connectAs(uid_t user) {
    static int number = 0;
    const QString name = QStringLiteral("private-%1").arg(++number);
    m_connections.append(name);
    return connectToBusAs(user, m_address, name);
}

pid_t PrivateBus::helperPid() {
    auto connection = connectAs(0);
    const QDBusReply<uint> pid = connection.interface()->servicePid(QLatin1String(dbus::kService));
    return pid.isValid() ? static_cast<pid_t>(pid.value()) : 0;
}

Result<void> PrivateBus::setRules(const std::string& text) {
    TRY(writeFileAtomically(folder() + "/bus/rules/10-test.rules", text, 0644));
    TRY(stopPolkit());
    return startPolkit();
}

Result<void> PrivateBus::stopPolkit() {
    TRY(runProgram({"/bin/bash", kScript, "stop-polkit", folder() + "/bus"}));
    return {};
}

Result<void> PrivateBus::pausePolkit(bool pause) {
    TRY_ASSIGN(const std::string pid, readFile(folder() + "/bus/polkitd.pid"));
    if (::kill(std::stoi(pid), pause ? SIGSTOP : SIGCONT) != 0)
        return failErrno("cannot pause polkitd");
    return {};
}

Result<void> PrivateBus::startPolkit() {
    TRY(runProgram({"/bin/bash", kScript, "start-polkit", folder() + "/bus"}));
    return {};
}

std::string PrivateBus::log() const {
    return readFile(folder() + "/bus/bus.log").value_or("") +
           readFile(folder() + "/bus/polkitd.log").value_or("");
}

QDBusConnection connectToBusAs(uid_t user, const QString& address, const QString& name) {
    // The bus believes the kernel, which notes the effective user at connect(2); glibc changes it for all
    // threads, so the one of QtDBus, too.
    if (::setegid(user) != 0 || ::seteuid(user) != 0)
        qFatal("cannot become user %u", user);
    auto connection = QDBusConnection::connectToBus(address, name);
    if (::seteuid(0) != 0 || ::setegid(0) != 0)
        qFatal("cannot become root again");
    if (!connection.isConnected())
        qWarning("%s", qPrintable(connection.lastError().message()));
    return connection;
}

QDBusMessage call(const QDBusConnection& bus, const QString& interface, const QString& member,
                  const QVariantList& arguments, const QString& path) {
    auto message = QDBusMessage::createMethodCall(QLatin1String(dbus::kService), path, interface, member);
    message.setArguments(arguments);
    return bus.call(message);
}

} // namespace escale::test
