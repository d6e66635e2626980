// Measures the engine as a client on the bus sees it; prints one JSON object. Used by run.sh.
//
// - run IMAGE COUNT: `echo`, from the call to the first byte of its log; and until it is removed again, ms
// - pull IMAGE: one pull, from the call to the job's end, ms
// - push IMAGE TARGET: one push, ms
// - load FILE: one load of an archive, likewise
// - remove REPOSITORY TAG: takes an image away again
// - idle IMAGE: starts a container that sleeps; the process ids of helper and monitor
// - exec|stop|list|crowd IMAGE COUNT, log IMAGE [OPTION=VALUE…]: see containers_bench.h
// - network NAME, member IMAGE NETWORK NAME [PUBLISH], start IMAGE NETWORK PUBLISH COUNT,
//   connect NETWORK CONTAINER…: see networks_bench.h
// - mounts|copy-up IMAGE COUNT, fill VOLUME ARCHIVE, backup VOLUME COMPRESSION, list-files VOLUME PATH:
//   see volumes_bench.h
// - stack-up FILE…, stack-down|stack-started PROJECT: see stacks_bench.h
// - build CONTEXT DOCKERFILE TAG [OPTION…], save IMAGE FILE, forget-builds IMAGE…: see builds_bench.h
#include "tests/bench/builds_bench.h"
#include "tests/bench/containers_bench.h"
#include "tests/bench/networks_bench.h"
#include "tests/bench/stacks_bench.h"
#include "tests/bench/volumes_bench.h"

#include <QCoreApplication>

#include <fcntl.h>
#include <sys/stat.h>

using namespace escale;
using namespace escale::bench;

namespace {

const QStringList kEcho{QStringLiteral("/bin/echo"), QStringLiteral("hello")};

// To the first byte of its log.
double firstByte(BenchClient& client, const QString& image) {
    QElapsedTimer timer;
    timer.start();
    const auto started = answered(client.containers.Run(image, kEcho, {}));
    const QString id = started.argumentAt<0>();
    const UniqueFd log = client.openLog(id, started.argumentAt<1>());
    waitFor([&log] {
        struct stat status {};
        return ::fstat(log.get(), &status) == 0 && status.st_size > 0;
    });
    const double time = milliseconds(timer);
    client.remove(id);
    return time;
}

// As `docker run --rm` goes about it: until it is removed.
double wholeRun(BenchClient& client, const QString& image) {
    QElapsedTimer timer;
    timer.start();
    const QString id =
        answered(client.containers.Create(image, kEcho, {{QStringLiteral("remove"), true}})).value();
    auto gone = client.containers.Wait(id, {{QStringLiteral("removed"), true}});
    answered(client.containers.Start(id, {}));
    if (answered(gone).value() != 0)
        stop(QStringLiteral("the container has failed"));
    return milliseconds(timer);
}

void benchRun(BenchClient& client, const QString& image, int count) {
    std::vector<double> first;
    std::vector<double> end;
    for (int i = 0; i < count; ++i) {
        first.push_back(firstByte(client, image));
        end.push_back(wholeRun(client, image));
    }
    std::printf("{\"first\": %.2f, \"end\": %.2f, \"count\": %d}\n", median(first), median(end), count);
}

void benchPull(BenchClient& client, const QString& reference) {
    QElapsedTimer timer;
    timer.start();
    client.finishLong(answered(client.images.Pull(reference, {})).value());
    std::printf("{\"ms\": %.1f}\n", milliseconds(timer));
}

void benchPush(BenchClient& client, const QString& image, const QString& target) {
    QElapsedTimer timer;
    timer.start();
    client.finishLong(answered(client.images.Push(image, {{QStringLiteral("target"), target}})).value());
    std::printf("{\"ms\": %.1f}\n", milliseconds(timer));
}

void benchLoad(BenchClient& client, const QString& archive) {
    const UniqueFd input(::open(archive.toUtf8().constData(), O_RDONLY | O_CLOEXEC));
    QElapsedTimer timer;
    timer.start();
    client.finishLong(answered(client.images.Load(QDBusUnixFileDescriptor(input.get()), {})).value());
    std::printf("{\"ms\": %.1f}\n", milliseconds(timer));
}

void benchIdle(BenchClient& client, const QString& image) {
    const QString id = client.start(image, {QStringLiteral("/bin/sleep"), QStringLiteral("600")});
    std::printf("{\"helper\": %u, \"monitor\": %d}\n", client.helperPid(),
                BenchClient::parentOf(client.find(id).pid));
}

} // namespace

int main(int count, char** values) {
    const QCoreApplication application(count, values);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString command = arguments.value(0);
    const QString image = arguments.value(1);
    const int times = arguments.value(2).toInt();
    dbus::registerTypes();
    BenchClient client;
    if (command == QLatin1String("run")) {
        benchRun(client, image, times);
    } else if (command == QLatin1String("pull")) {
        benchPull(client, image);
    } else if (command == QLatin1String("push")) {
        benchPush(client, image, arguments.value(2));
    } else if (command == QLatin1String("load")) {
        benchLoad(client, image);
    } else if (command == QLatin1String("remove")) {
        answered(client.images.Remove(image, arguments.value(2), {}));
    } else if (command == QLatin1String("idle")) {
        benchIdle(client, image);
    } else if (command == QLatin1String("exec")) {
        benchExec(client, image, times);
    } else if (command == QLatin1String("stop")) {
        benchStop(client, image, times);
    } else if (command == QLatin1String("list")) {
        benchList(client, image, times);
    } else if (command == QLatin1String("crowd")) {
        benchCrowd(client, image, times);
    } else if (command == QLatin1String("log")) {
        dbus::TextMap log;
        for (const QString& option : arguments.mid(2))
            log.insert(option.section(u'=', 0, 0), option.section(u'=', 1));
        benchLog(client, image, {{QStringLiteral("log-options"), QVariant::fromValue(log)}});
    } else if (command == QLatin1String("network")) {
        makeNetwork(client, image);
    } else if (command == QLatin1String("member")) {
        startMember(client, image, arguments.value(2), arguments.value(3), arguments.value(4));
    } else if (command == QLatin1String("start")) {
        benchStart(client, image, arguments.value(2), arguments.value(3), arguments.value(4).toInt());
    } else if (command == QLatin1String("connect")) {
        benchConnect(client, image, arguments.mid(2));
    } else if (command == QLatin1String("mounts")) {
        benchMounts(client, image, times);
    } else if (command == QLatin1String("copy-up")) {
        benchCopyUp(client, image, times);
    } else if (command == QLatin1String("fill")) {
        fillVolume(client, image, arguments.value(2));
    } else if (command == QLatin1String("backup")) {
        benchBackup(client, image, arguments.value(2));
    } else if (command == QLatin1String("build")) {
        benchBuild(client, arguments.mid(1));
    } else if (command == QLatin1String("save")) {
        saveImage(client, image, arguments.value(2));
    } else if (command == QLatin1String("forget-builds")) {
        forgetBuilds(client, arguments.mid(1));
    } else if (command == QLatin1String("stack-up")) {
        benchStackUp(client, arguments.mid(1));
    } else if (command == QLatin1String("stack-down")) {
        benchStackDown(client, image);
    } else if (command == QLatin1String("stack-started")) {
        printStarted(client, image);
    } else if (command == QLatin1String("list-files")) {
        benchListFiles(client, image, arguments.value(2));
    } else {
        stop(QStringLiteral("no command \"%1\"").arg(command));
    }
    return 0;
}
