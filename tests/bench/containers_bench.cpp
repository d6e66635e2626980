#include "tests/bench/containers_bench.h"

#include "engine/base/file.h"

#include <QThread>

#include <sstream>
#include <unistd.h>

namespace escale::bench {
namespace {

constexpr int kLookSeconds = 10;
const QVariantMap kNoNetwork{{QStringLiteral("network"), QStringLiteral("none")}};

QStringList shell(const char* script) {
    return {QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromLatin1(script)};
}

// "VmRSS:  123 kB" of /proc/PID/NAME.
double kibOf(uint pid, const char* file, const std::string& key) {
    const auto text = readFile("/proc/" + std::to_string(pid) + "/" + file);
    double sum = 0;
    std::istringstream lines(text ? *text : "");
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(key))
            sum += std::atof(line.c_str() + key.size());
    }
    return sum;
}

// User and system time so far, seconds.
double processorSeconds(uint pid) {
    const auto stat = readFile("/proc/" + std::to_string(pid) + "/stat");
    if (!stat)
        stop(QStringLiteral("the helper has ended"));
    std::istringstream words(stat->substr(stat->rfind(')') + 2));
    std::string skipped;
    for (int i = 0; i < 11; ++i)
        words >> skipped;
    double user = 0;
    double system = 0;
    words >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

} // namespace

void benchExec(BenchClient& client, const QString& image, int count) {
    const QString id = client.start(image, {QStringLiteral("/bin/sleep"), QStringLiteral("1000")});
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        QElapsedTimer timer;
        timer.start();
        const QString exec =
            answered(client.containers.ExecDetached(id, {QStringLiteral("/bin/true")}, {})).value();
        waitFor([&] { return !answered(client.containers.InspectExec(exec)).argumentAt<1>(); });
        times.push_back(milliseconds(timer));
    }
    client.remove(id);
    std::printf("{\"ms\": %.2f}\n", median(times));
}

void benchStop(BenchClient& client, const QString& image, int count) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        const QString id = client.start(image, shell("trap 'exit 0' TERM; echo ready; sleep 1000 & wait"));
        QThread::msleep(100); // the trap is set
        QElapsedTimer timer;
        timer.start();
        client.finish(answered(client.containers.Stop(id, {})).value());
        times.push_back(milliseconds(timer));
        client.remove(id);
    }
    std::printf("{\"ms\": %.2f}\n", median(times));
}

void benchList(BenchClient& client, const QString& image, int count) {
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i)
        answered(client.containers.Create(image, {QStringLiteral("/bin/true")}, {}));
    const double made = milliseconds(timer) / count;
    std::vector<double> times;
    for (int i = 0; i < 20; ++i) {
        timer.restart();
        if (answered(client.containers.List()).value().size() < count)
            stop(QStringLiteral("some containers are not in the list"));
        times.push_back(milliseconds(timer));
    }
    timer.restart();
    answered(client.containers.Prune({}));
    std::printf("{\"create\": %.2f, \"list\": %.2f, \"prune\": %.2f}\n", made, median(times),
                milliseconds(timer));
}

void benchLog(BenchClient& client, const QString& image, const QVariantMap& options) {
    QVariantMap all = kNoNetwork;
    all.insert(options);
    QElapsedTimer timer;
    timer.start();
    const auto started =
        answered(client.containers.Run(image,
                                       shell("yes 'a line of a hundred characters, as a server may write it "
                                             "to its log: 200 OK, 12345 bytes, 3 ms..' | "
                                             "head -c 104857600"),
                                       all));
    const QString id = started.argumentAt<0>();
    answered(client.containers.Wait(id, {}));
    const double time = milliseconds(timer);
    client.remove(id);
    std::printf("{\"ms\": %.1f}\n", time);
}

void benchCrowd(BenchClient& client, const QString& image, int count) {
    QStringList ids;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < count; ++i)
        ids.append(client.start(image, {QStringLiteral("/bin/sleep"), QStringLiteral("100000")}, kNoNetwork));
    const double started = milliseconds(timer) / count;
    std::vector<double> resident;
    std::vector<double> own;
    const auto list = answered(client.containers.List()).value();
    for (const auto& container : list) {
        const auto monitor = static_cast<uint>(BenchClient::parentOf(container.pid));
        resident.push_back(kibOf(monitor, "status", "VmRSS:"));
        own.push_back(kibOf(monitor, "smaps_rollup", "Private_Clean:") +
                      kibOf(monitor, "smaps_rollup", "Private_Dirty:"));
    }
    const uint helper = client.helperPid();
    QThread::sleep(3);
    const double before = processorSeconds(helper);
    QThread::sleep(kLookSeconds);
    const double percent = (processorSeconds(helper) - before) * 100 / kLookSeconds;
    const double memory = kibOf(helper, "status", "VmRSS:");
    for (const QString& id : std::as_const(ids))
        client.remove(id);
    std::printf("{\"start\": %.2f, \"percent\": %.2f, \"helper\": %.0f, \"resident\": %.0f, \"own\": %.0f}\n",
                started, percent, memory, median(resident), median(own));
}

} // namespace escale::bench
