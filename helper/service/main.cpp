// escale-helper: the engine on the system bus. Root; started by D-Bus when somebody calls, leaves when nobody
// does.
#include "engine/base/log.h"
#include "engine/base/subprocess.h"
#include "engine/base/unique_fd.h"
#include "helper/service/options.h"
#include "helper/service/service.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QDBusVariant>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr int kUsageError = 2;
constexpr int kSystemdMilliseconds = 2000;

// Before any thread is made, so that all inherit the mask and the signal comes through the descriptor only.
Result<UniqueFd> stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    if (const int error = ::pthread_sigmask(SIG_BLOCK, &signals, nullptr); error != 0)
        return fail(systemError(error, "cannot block signals"));
    UniqueFd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd)
        return failErrno("cannot watch signals");
    return fd;
}

// Somebody has asked systemd to shut down or restart the machine: shutdown.target waits for the services to
// stop. Containers live on when it is only us that it stops. (Its SystemState says "starting" until the last
// job of a boot has ended, come what may.)
bool machineEnds(const QDBusConnection& bus) {
    auto question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.systemd1"),
        QStringLiteral("/org/freedesktop/systemd1/unit/shutdown_2etarget"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    question << QStringLiteral("org.freedesktop.systemd1.Unit") << QStringLiteral("Job");
    question.setAutoStartService(false);
    const QDBusReply<QDBusVariant> reply = bus.call(question, QDBus::Block, kSystemdMilliseconds);
    if (!reply.isValid())
        return false; // no systemd here
    uint job = 0;
    QDBusObjectPath path;
    const auto value = reply.value().variant().value<QDBusArgument>();
    value.beginStructure();
    value >> job >> path;
    value.endStructure();
    return job != 0;
}

Result<void> serve(const HelperOptions& options, int stopFd) {
    const auto bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return fail(ErrorCode::Unreachable,
                    "cannot reach the system message bus: " + bus.lastError().message().toStdString(),
                    "Start dbus, or set DBUS_SYSTEM_BUS_ADDRESS.");
    const QSocketNotifier stop(stopFd, QSocketNotifier::Read);
    QObject::connect(&stop, &QSocketNotifier::activated, QCoreApplication::instance(),
                     &QCoreApplication::quit);
    TRY_ASSIGN(const auto service, Service::open(options, bus));
    logInfo("ready");
    QCoreApplication::exec();
    if (machineEnds(bus)) {
        logInfo("the machine is shut down: stopping the containers");
        service->endWithMachine();
    }
    return {};
}

Result<void> run(const HelperOptions& options, int stopFd) {
    if (::geteuid() != 0)
        return fail(ErrorCode::PermissionDenied, "escale-helper must be run as root",
                    "It is started by the message bus; use the application escale instead.");
    return options.purge ? Service::purge(options) : serve(options, stopFd);
}

} // namespace
} // namespace escale

int main(int count, char** values) {
    using namespace escale;
    const auto options = parseHelperOptions({values + 1, values + count});
    if (!options) {
        std::fprintf(stderr, "escale-helper: %s\n", options.error().text().c_str());
        return kUsageError;
    }
    if (options->help || options->version) {
        std::fputs(options->help ? helperUsage() : "escale-helper " ESCALE_VERSION "\n", stdout);
        return 0;
    }
    ::umask(022);
    ::signal(SIGPIPE, SIG_IGN);
    // The counters of every container stay open (engine/container/stats_sampler.h), and a socket for each of
    // their published ports (engine/network/port_reservation.h).
    if (auto allowed = allowManyDescriptors(); !allowed)
        logWarning(allowed.error().text());
    const auto stopFd = stopSignals();
    const QCoreApplication application(count, values);
    const auto result = stopFd ? run(*options, stopFd->get()) : Result<void>(fail(stopFd.error()));
    if (!result) {
        logError(result.error().text());
        return 1;
    }
    return 0;
}
