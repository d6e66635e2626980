#include "tests/bench/volumes_bench.h"

#include <QThread>

#include <fcntl.h>
#include <unistd.h>

namespace escale::bench {
namespace {

constexpr unsigned long kPauseMilliseconds = 20; // what the kernel does in the background after one step
const QStringList kSleep{QStringLiteral("/bin/sleep"), QStringLiteral("100000")};

QString nameOf(int number) {
    return QStringLiteral("bench-%1").arg(number);
}

/// The time of the start alone, and of making the container, too.
struct StartTimes {
    double start = 0, all = 0;
};

StartTimes startOne(BenchClient& client, const QString& image, const QStringList& mounts) {
    QElapsedTimer all;
    all.start();
    const QString id = answered(client.containers.Create(image, kSleep,
                                                         {{QStringLiteral("network"), QStringLiteral("none")},
                                                          {QStringLiteral("mounts"), mounts},
                                                          {QStringLiteral("stop-timeout"), 0U}}))
                           .value();
    QElapsedTimer start;
    start.start();
    client.finish(answered(client.containers.Start(id, {})).value());
    const StartTimes times{milliseconds(start), milliseconds(all)};
    client.remove(id);
    QThread::msleep(kPauseMilliseconds);
    return times;
}

} // namespace

void benchMounts(BenchClient& client, const QString& image, int count) {
    constexpr int kMost = 8;
    QStringList mounts;
    for (int i = 0; i < kMost; ++i) {
        answered(client.volumes.Create(nameOf(i), {}));
        mounts.append(QStringLiteral("type=volume,source=%1,target=/volume%2").arg(nameOf(i)).arg(i));
    }
    (void)startOne(client, image, mounts); // warm
    for (int i = 0; i < count; ++i) {
        for (const int volumes : {0, 1, kMost})
            std::printf("%d %.3f\n", volumes, startOne(client, image, mounts.mid(0, volumes)).start);
    }
    for (int i = 0; i < kMost; ++i)
        answered(client.volumes.Remove(nameOf(i), {}));
}

void benchCopyUp(BenchClient& client, const QString& image, int count) {
    const QStringList mount{QStringLiteral("type=volume,source=%1,target=/many").arg(nameOf(0))};
    for (int i = 0; i < count; ++i) {
        std::printf("empty %.3f\n", startOne(client, image, mount).all);
        std::printf("filled %.3f\n", startOne(client, image, mount).all);
        answered(client.volumes.Remove(nameOf(0), {}));
    }
}

void fillVolume(BenchClient& client, const QString& volume, const QString& archive) {
    const UniqueFd input(::open(archive.toUtf8().constData(), O_RDONLY | O_CLOEXEC));
    client.finishLong(
        answered(client.volumes.Restore(volume, QDBusUnixFileDescriptor(input.get()), {})).value());
}

void benchBackup(BenchClient& client, const QString& volume, const QString& compression) {
    QElapsedTimer timer;
    timer.start();
    const auto started =
        answered(client.volumes.Backup(volume, {{QStringLiteral("compression"), compression}}));
    const UniqueFd pipe(::fcntl(started.argumentAt<1>().fileDescriptor(), F_DUPFD_CLOEXEC, 3));
    std::vector<char> buffer(1 << 20);
    long long bytes = 0;
    for (ssize_t length = 0; (length = ::read(pipe.get(), buffer.data(), buffer.size())) > 0;)
        bytes += length;
    client.finish(started.argumentAt<0>());
    std::printf("backup %.3f\nbytes %lld\n", milliseconds(timer), bytes);
}

void benchListFiles(BenchClient& client, const QString& volume, const QString& path) {
    QElapsedTimer timer;
    timer.start();
    const auto found = answered(client.volumes.ListFiles(volume, path));
    std::printf("list %.3f\nfiles %lld\n", milliseconds(timer),
                static_cast<long long>(found.argumentAt<0>().size()));
}

} // namespace escale::bench
