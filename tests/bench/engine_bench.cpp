// Measures the engine as a client on the bus sees it, and unpacking alone; prints one JSON object. Used by
// run.sh.
//
//   escale-bench run REFERENCE COUNT      `echo`: from the call to the first byte of its log and to its
//   recorded end, ms escale-bench pull REFERENCE           one pull, from the call to the job's end, ms
//   escale-bench remove REPOSITORY TAG    takes an image away again
//   escale-bench idle REFERENCE           starts a container that sleeps; prints the process ids of helper
//   and monitor
#include "engine/base/file.h"
#include "engine_proxy.h"
#include "helper/dbus/types.h"
#include "job_proxy.h"

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusUnixFileDescriptor>
#include <QElapsedTimer>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>
#include <vector>

using namespace escale;

namespace {

[[noreturn]] void stop(const QString& why) {
    std::fprintf(stderr, "escale-bench: %s\n", qPrintable(why));
    std::exit(1);
}

template <class Reply>
Reply answered(Reply reply) {
    reply.waitForFinished();
    if (reply.isError())
        stop(reply.error().message());
    return reply;
}

// Polls: the engine is measured, not the delivery of signals. The pause is well below what is measured.
void waitFor(const std::function<bool()>& done) {
    QElapsedTimer timer;
    timer.start();
    while (!done()) {
        if (timer.elapsed() > 300000)
            stop(QStringLiteral("no end after five minutes"));
        QThread::usleep(200);
    }
}

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values.at(values.size() / 2);
}

class Bench {
public:
    Bench()
        : m_bus(QDBusConnection::systemBus())
        , m_images(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), m_bus)
        , m_containers(QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject), m_bus) {}

    void run(const QString& image, int count) {
        std::vector<double> first;
        std::vector<double> end;
        for (int i = 0; i < count; ++i) {
            QElapsedTimer timer;
            timer.start();
            const auto started =
                answered(m_containers.Run(image, {QStringLiteral("/bin/echo"), QStringLiteral("hello")}, {}));
            const QString id = started.argumentAt<0>();
            const UniqueFd log = openLog(id, started.argumentAt<1>());
            waitFor([&log] {
                struct stat status {};
                return ::fstat(log.get(), &status) == 0 && status.st_size > 0;
            });
            first.push_back(milliseconds(timer));
            waitFor([&] { return find(id).state == QLatin1String("exited"); });
            end.push_back(milliseconds(timer));
            finish(answered(m_containers.Remove(id, {})).value());
        }
        std::printf("{\"first\": %.2f, \"end\": %.2f, \"count\": %d}\n", median(first), median(end), count);
    }

    void pull(const QString& reference) {
        QElapsedTimer timer;
        timer.start();
        finish(answered(m_images.Pull(reference, {})).value());
        std::printf("{\"ms\": %.1f}\n", milliseconds(timer));
    }

    void remove(const QString& repository, const QString& tag) {
        answered(m_images.Remove(repository, tag, {}));
    }

    void idle(const QString& image) {
        const auto started =
            answered(m_containers.Run(image, {QStringLiteral("/bin/sleep"), QStringLiteral("600")}, {}));
        finish(started.argumentAt<1>());
        const auto status =
            readFile("/proc/" + std::to_string(find(started.argumentAt<0>()).pid) + "/status");
        const auto at = status ? status->find("PPid:\t") : std::string::npos;
        if (at == std::string::npos)
            stop(QStringLiteral("the container does not run"));
        std::printf("{\"helper\": %u, \"monitor\": %d}\n",
                    m_bus.interface()->servicePid(QString::fromLatin1(dbus::kService)).value(),
                    std::atoi(status->c_str() + at + 6));
    }

private:
    // The log appears when the monitor starts; a job that failed meanwhile says why there is none.
    UniqueFd openLog(const QString& id, const QDBusObjectPath& job) {
        UniqueFd log;
        waitFor([&] {
            auto reply = m_containers.OpenLog(id, {});
            reply.waitForFinished();
            if (reply.isError())
                (void)ended(job);
            else
                log.reset(::fcntl(reply.value().last().fileDescriptor(), F_DUPFD_CLOEXEC, 0));
            return log.valid();
        });
        return log;
    }

    dbus::Container find(const QString& id) {
        for (const auto& container : answered(m_containers.List()).value()) {
            if (container.id == id)
                return container;
        }
        stop(QStringLiteral("container %1 is gone").arg(id));
    }

    bool ended(const QDBusObjectPath& path) {
        OrgEscaleEngine1JobInterface job(QString::fromLatin1(dbus::kService), path.path(), m_bus);
        const dbus::JobStatus status = answered(job.Status()).value();
        if (status.state != QLatin1String("done") && status.state != QLatin1String("running"))
            stop(status.title + QStringLiteral(": ") + status.errorMessage);
        return status.state == QLatin1String("done");
    }

    void finish(const QDBusObjectPath& path) {
        waitFor([&] { return ended(path); });
    }

    QDBusConnection m_bus;
    OrgEscaleEngine1ImagesInterface m_images;
    OrgEscaleEngine1ContainersInterface m_containers;
};

} // namespace

int main(int count, char** values) {
    const QCoreApplication application(count, values);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString command = arguments.value(0);
    dbus::registerTypes();
    Bench bench;
    if (command == QLatin1String("run"))
        bench.run(arguments.value(1), arguments.value(2).toInt());
    else if (command == QLatin1String("pull"))
        bench.pull(arguments.value(1));
    else if (command == QLatin1String("remove"))
        bench.remove(arguments.value(1), arguments.value(2));
    else if (command == QLatin1String("idle"))
        bench.idle(arguments.value(1));
    else
        stop(QStringLiteral("no command \"%1\"").arg(command));
    return 0;
}
