#include "tests/bench/bench_client.h"

#include "engine/base/file.h"
#include "job_proxy.h"

#include <QDBusConnectionInterface>
#include <QDBusUnixFileDescriptor>
#include <QThread>

#include <algorithm>
#include <fcntl.h>

namespace escale::bench {

void stop(const QString& why) {
    std::fprintf(stderr, "escale-bench: %s\n", qPrintable(why));
    std::exit(1);
}

void waitFor(const std::function<bool()>& done, std::chrono::microseconds pause) {
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.elapsed() > 300000)
            stop(QStringLiteral("no end after five minutes"));
        QThread::usleep(static_cast<unsigned long>(pause.count()));
    }
}

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values.at(values.size() / 2);
}

BenchClient::BenchClient()
    : bus(QDBusConnection::systemBus())
    , images(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), bus)
    , containers(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), bus)
    , networks(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), bus)
    , volumes(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), bus)
    , builds(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), bus)
    , stacks(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), bus) {
    volumes.setTimeout(300'000); // where each removed file is discarded on the disk, a removal takes long
}

UniqueFd BenchClient::openLog(const QString& id, const QDBusObjectPath& job) {
    UniqueFd log;
    waitFor([&] {
        auto reply = containers.OpenLog(id, {});
        reply.waitForFinished();
        if (reply.isError())
            (void)ended(job);
        else
            log.reset(::fcntl(reply.value().last().fileDescriptor(), F_DUPFD_CLOEXEC, 0));
        return log.valid();
    });
    return log;
}

dbus::Container BenchClient::find(const QString& id) {
    const auto list = answered(containers.List()).value();
    for (const auto& container : list) {
        if (container.id == id)
            return container;
    }
    stop(QStringLiteral("container %1 is gone").arg(id));
}

bool BenchClient::ended(const QDBusObjectPath& path) {
    OrgEscaleEngine1JobInterface job(QString::fromLatin1(dbus::kService), path.path(), bus);
    const dbus::JobStatus status = answered(job.Status()).value();
    if (status.state != QLatin1String("done") && status.state != QLatin1String("running"))
        stop(status.title + QStringLiteral(": ") + status.errorMessage);
    return status.state == QLatin1String("done");
}

void BenchClient::finish(const QDBusObjectPath& path) {
    waitFor([&] { return ended(path); });
}

void BenchClient::finishLong(const QDBusObjectPath& path) {
    waitFor([&] { return ended(path); }, std::chrono::milliseconds(5));
}

QString BenchClient::start(const QString& image, const QStringList& command, const QVariantMap& options) {
    const auto started = answered(containers.Run(image, command, options));
    finish(started.argumentAt<1>());
    return started.argumentAt<0>();
}

void BenchClient::remove(const QString& id) {
    finish(answered(containers.Remove(id, {{QStringLiteral("force"), true}})).value());
}

int BenchClient::parentOf(quint32 pid) {
    const auto status = readFile("/proc/" + std::to_string(pid) + "/status");
    const auto at = status ? status->find("PPid:\t") : std::string::npos;
    if (at == std::string::npos)
        stop(QStringLiteral("the container does not run"));
    return std::atoi(status->c_str() + at + 6);
}

uint BenchClient::helperPid() const {
    return bus.interface()->servicePid(QString::fromLatin1(dbus::kService)).value();
}

} // namespace escale::bench
