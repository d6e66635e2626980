#include "tests/bench/networks_bench.h"

#include <QThread>

namespace escale::bench {
namespace {

// What the kernel does in the background after one step is not the next one's.
constexpr unsigned long kPauseMilliseconds = 20;
const QStringList kSleep{QStringLiteral("/bin/sleep"), QStringLiteral("100000")};

QVariantMap placeOf(const QString& network, const QString& name, const QString& publish) {
    QVariantMap options{{QStringLiteral("network"), network},
                        {QStringLiteral("name"), name},
                        {QStringLiteral("network-alias"), QStringList{QStringLiteral("alias-") + name}},
                        {QStringLiteral("stop-timeout"), 0U}};
    if (!publish.isEmpty())
        options.insert(QStringLiteral("publish"), publish.split(u','));
    return options;
}

void report(const char* name, const QElapsedTimer& timer) {
    std::printf("%s %.3f\n", name, milliseconds(timer));
    QThread::msleep(kPauseMilliseconds);
}

} // namespace

void makeNetwork(BenchClient& client, const QString& name) {
    answered(client.networks.Create(name, {}));
}

void startMember(BenchClient& client, const QString& image, const QString& network, const QString& name,
                 const QString& publish) {
    const QString id = client.start(image, kSleep, placeOf(network, name, publish));
    const dbus::Container container = client.find(id);
    std::printf("%u %s %s\n", container.pid, qPrintable(container.address), qPrintable(id));
}

void benchStart(BenchClient& client, const QString& image, const QString& network, const QString& publish,
                int count) {
    for (int i = 0; i < count; ++i) {
        const QString id = answered(client.containers.Create(
                                        image, kSleep, placeOf(network, QStringLiteral("started"), publish)))
                               .value();
        QElapsedTimer timer;
        timer.start();
        client.finish(answered(client.containers.Start(id, {})).value());
        report("start", timer);
        client.remove(id);
        QThread::msleep(kPauseMilliseconds);
    }
}

void benchConnect(BenchClient& client, const QString& network, const QStringList& containers) {
    QElapsedTimer timer;
    for (const QString& container : containers) {
        timer.restart();
        answered(client.networks.Connect(network, container, {}));
        report("connect", timer);
    }
    for (const QString& container : containers) {
        timer.restart();
        answered(client.networks.Disconnect(network, container));
        report("disconnect", timer);
    }
}

} // namespace escale::bench
