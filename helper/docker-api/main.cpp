// escale-docker-api: the Docker Engine API on a socket of the user's. Runs as the user, with no privilege and
// no state of its own: whatever it may do, they may do over D-Bus.
#include "engine/base/log.h"
#include "engine/base/subprocess.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/routing_table.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/http/listening_socket.h"
#include "helper/docker-api/http/server.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/signalfd.h>

namespace escale::docker_api {
namespace {

constexpr int kLookMilliseconds = 10'000;
constexpr std::chrono::milliseconds kPatience{800}; // with what is under way when the service stops

// Before any thread is made, so that all inherit the mask and the signal comes through the descriptor only.
Result<UniqueFd> stopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    ::signal(SIGPIPE, SIG_IGN); // NOLINT(cppcoreguidelines-pro-type-cstyle-cast): a reader that goes is an
                                // error of write(2)
    if (const int error = ::pthread_sigmask(SIG_BLOCK, &signals, nullptr); error != 0)
        return fail(systemError(error, "cannot block signals"));
    UniqueFd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd)
        return failErrno("cannot watch signals");
    return fd;
}

// The one that systemd has made for us, or one of our own.
Result<UniqueFd> listeningSocket(const QString& path) {
    TRY_ASSIGN(auto passed, passedSocket());
    if (passed)
        return std::move(*passed);
    if (!path.isEmpty())
        return listenAt(path.toStdString());
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (runtime.isEmpty())
        return fail(Error{
            ErrorCode::InvalidArgument, "XDG_RUNTIME_DIR is not set", "Say where with --socket PATH.", {}});
    return listenAt((runtime + QStringLiteral("/escale/docker.sock")).toStdString());
}

Result<void> serve(const QString& path, int idleSeconds, int stopFd) {
    TRY_ASSIGN(auto socket, listeningSocket(path));
    useSmallStacks();
    TRY_ASSIGN(const auto engine, Engine::connect());
    TRY_ASSIGN(const auto server, Server::start(std::move(socket), [&engine](Exchange& exchange) {
                   dispatch(exchange, Bus(*engine, exchange.request().isGuest));
               }));
    const QSocketNotifier stop(stopFd, QSocketNotifier::Read);
    QObject::connect(&stop, &QSocketNotifier::activated, QCoreApplication::instance(),
                     &QCoreApplication::quit);
    QTimer look; // systemd holds the socket meanwhile, and starts us again
    QObject::connect(&look, &QTimer::timeout, QCoreApplication::instance(), [&server, idleSeconds] {
        if (server->closeWhenIdle(std::chrono::seconds(idleSeconds)))
            QCoreApplication::quit();
    });
    if (idleSeconds > 0)
        look.start(std::min(kLookMilliseconds, idleSeconds * 1000));
    QCoreApplication::exec();
    // There is nothing to keep. A thread that still waits for the bus, or runs its last destructors, must not
    // find that what it uses has gone.
    if (!server->stop(kPatience))
        logWarning("left with requests under way");
    std::_Exit(0);
}

} // namespace
} // namespace escale::docker_api

int main(int count, char** values) {
    using namespace escale;
    QCoreApplication application(count, values);
    QCoreApplication::setApplicationVersion(QStringLiteral(ESCALE_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The Docker Engine API on a socket of your own."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption socket(
        QStringLiteral("socket"),
        QStringLiteral("Listen at PATH, in place of $XDG_RUNTIME_DIR/escale/docker.sock."),
        QStringLiteral("PATH"));
    const QCommandLineOption idle(
        QStringLiteral("idle-exit"),
        QStringLiteral("Leave when nobody was connected for SECONDS (with systemd's socket)."),
        QStringLiteral("SECONDS"), QStringLiteral("0"));
    const QCommandLineOption routes(QStringLiteral("describe-routes"),
                                    QStringLiteral("Print the table of endpoints and leave."));
    parser.addOptions({socket, idle, routes});
    parser.process(application);
    if (parser.isSet(routes)) {
        std::fputs(docker_api::describeRoutes().c_str(), stdout);
        return 0;
    }
    if (const auto allowed = allowManyDescriptors(); !allowed)
        logWarning(allowed.error().text()); // fewer clients at once, then
    const auto stop = docker_api::stopSignals();
    const auto served =
        !stop ? Result<void>(fail(stop.error()))
              : docker_api::serve(parser.value(socket), parser.value(idle).toInt(), stop->get());
    if (!served)
        logError(served.error().text());
    return served ? 0 : 1;
}
