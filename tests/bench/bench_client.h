// What the benchmarks have in common: calls to the engine that end the program when they fail, and waiting.
#pragma once

#include "engine/base/unique_fd.h"
#include "engine_proxy.h"
#include "helper/dbus/types.h"

#include <QElapsedTimer>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace escale::bench {

[[noreturn]] void stop(const QString& why);
/// Polls, for what takes milliseconds: the pause is well below them.
void waitFor(const std::function<bool()>& done,
             std::chrono::microseconds pause = std::chrono::microseconds(200));
double milliseconds(const QElapsedTimer& timer);
double median(std::vector<double> values);

template <class Reply>
Reply answered(Reply reply) {
    reply.waitForFinished();
    if (reply.isError())
        stop(reply.error().message());
    return reply;
}

class BenchClient {
public:
    BenchClient();
    /// The log appears when the monitor starts; a job that failed meanwhile says why there is none.
    UniqueFd openLog(const QString& id, const QDBusObjectPath& job);
    dbus::Container find(const QString& id);
    bool ended(const QDBusObjectPath& path);
    void finish(const QDBusObjectPath& path);
    /// Of what takes a second: asks so seldom that the asking takes no part of it.
    void finishLong(const QDBusObjectPath& path);
    /// The id of one that runs.
    QString start(const QString& image, const QStringList& command, const QVariantMap& options = {});
    void remove(const QString& id);
    /// Of the process that a pid's status names as its parent.
    static int parentOf(quint32 pid);
    [[nodiscard]] uint helperPid() const;

    QDBusConnection bus;
    OrgEscaleEngine1ImagesInterface images;
    OrgEscaleEngine1ContainersInterface containers;
    OrgEscaleEngine1NetworksInterface networks;
    OrgEscaleEngine1VolumesInterface volumes;
    OrgEscaleEngine1BuildsInterface builds;
    OrgEscaleEngine1StacksInterface stacks;
};

} // namespace escale::bench
