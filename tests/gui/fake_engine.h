// An engine with nothing behind it, on a bus of its own: it keeps what it is asked for, and answers what a
// test has told it to. It serves the lists, the methods of Images, Networks, Volumes, Builds, Stacks and
// Inspect, and jobs.
#pragma once

#include "gui/client/engine_client.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace escale::test {

/// A message bus that is the system's for this process. One at most: libdbus reads its address once.
class FakeBus {
public:
    static bool isPossible() {
        return !QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty();
    }
    FakeBus() {
        m_daemon.start(
            QStringLiteral("dbus-daemon"),
            {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
        m_daemon.waitForReadyRead(10'000);
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
        m_before = qgetenv("DBUS_SYSTEM_BUS_ADDRESS");
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_address.toUtf8());
    }
    FakeBus(const FakeBus&) = delete;
    FakeBus& operator=(const FakeBus&) = delete;
    ~FakeBus() {
        QDBusConnection::disconnectFromBus(QStringLiteral("fake-images"));
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", m_before);
        m_daemon.terminate();
        m_daemon.waitForFinished(5000);
    }
    [[nodiscard]] QDBusConnection connection() const {
        return QDBusConnection::connectToBus(m_address, QStringLiteral("fake-images"));
    }

private:
    QProcess m_daemon;
    QString m_address;
    QByteArray m_before;
};

class FakeEngine : public QDBusVirtualObject {
public:
    struct Call {
        QString method;
        QVariantList arguments;
        [[nodiscard]] QVariantMap options() const { return qdbus_cast<QVariantMap>(arguments.last()); }
        [[nodiscard]] QString text(int index) const { return arguments.value(index).toString(); }
    };
    dbus::ImageList images;
    dbus::ContainerList containers;
    dbus::ImageUsages imageUsages;
    dbus::TotalUsage usage;
    dbus::NetworkList networks;
    dbus::NetworkDrivers drivers;
    dbus::HostInterfaces interfaces;
    dbus::EndpointStatistics statistics;
    dbus::RuleChains rules;
    QMap<QString, dbus::PortReaches> reach; // by container
    // What Check answers to a name and options.
    std::function<std::pair<dbus::NetworkProblems, dbus::NetworkPools>(const QString&, const QVariantMap&)>
        check;
    dbus::VolumeList volumes;
    // What Volumes.Check answers to a name and options.
    std::function<dbus::VolumeProblems(const QString&, const QVariantMap&)> checkVolume;
    dbus::BuildList builds;
    QVariantMap buildSettings;        // of every build
    QMap<QString, QByteArray> events; // of builds, by id; what is written later comes with tellEvents()
    dbus::BuildCache cache;
    dbus::StackSummaries stacks;
    dbus::StackContainers members;   // of every stack
    QByteArray stackConfig;          // of every stack; empty: there is none
    dbus::StackSteps plan;           // of every stack
    QByteArray stackEvents;          // of what is done next; what is written later comes with tellEvents()
    QByteArray dockerfile;           // of the last Build
    QDBusUnixFileDescriptor context; // of the last Build: the engine's end of its socket
    dbus::FileEntries files;         // of every folder of every volume
    dbus::InspectedProcesses processes;
    dbus::NamespaceFacts facts;     // of every container
    dbus::MountList mounts;         // of every container
    dbus::SyscallVerdicts verdicts; // of every container
    QByteArray archive;             // what Backup, CopyOut and SearchFiles write into their pipe
    QMap<QString, int> looks; // how often a method that only reads was called, of Networks, Volumes, Inspect
    QList<Call> calls;        // of methods that do something
    QMap<QString, std::pair<QString, QString>> refusals; // of a method: error code, message
    QVariantList prunes{QStringList(), QVariant(quint64(0))};

    /// Takes the engine's name on the bus, which outlives it.
    explicit FakeEngine(const FakeBus& bus)
        : m_bus(bus.connection()) {
        dbus::registerTypes();
        m_bus.registerVirtualObject(QString::fromLatin1(dbus::kObject), this, QDBusConnection::SubPath);
        m_bus.registerService(QString::fromLatin1(dbus::kService));
    }
    ~FakeEngine() override {
        m_bus.unregisterService(QString::fromLatin1(dbus::kService));
        m_bus.unregisterObject(QString::fromLatin1(dbus::kObject), QDBusConnection::UnregisterTree);
    }

    /// The last call of that method; null when there was none.
    [[nodiscard]] const Call* last(const QString& method) const {
        const auto found = std::find_if(calls.rbegin(), calls.rend(),
                                        [&](const Call& call) { return call.method == method; });
        return found == calls.rend() ? nullptr : &*found;
    }
    /// The newest job becomes that: "running", "done" with its result, or "failed" with an error's code and
    /// message.
    void endJob(const QString& state, const QString& result, const QString& message = {}) {
        m_status.state = state;
        if (state == QLatin1String("failed")) {
            m_status.errorName = QString::fromLatin1(dbus::kErrorPrefix) + result;
            m_status.errorMessage = message;
        } else {
            m_status.result = result;
        }
        auto signal = QDBusMessage::createSignal(jobPath(), QStringLiteral("org.escale.Engine1.Job"),
                                                 QStringLiteral("Progress"));
        m_bus.send(signal << QVariant::fromValue(m_status));
    }
    /// The newest job is so far.
    void tellProgress(quint64 done, quint64 total, quint64 rate, const QList<dbus::JobStep>& steps) {
        m_status.done = done;
        m_status.total = total;
        m_status.rate = rate;
        m_status.steps = steps;
        endJob(QStringLiteral("running"), {});
    }
    void tellChanged(const QString& kind) {
        auto signal =
            QDBusMessage::createSignal(QString::fromLatin1(dbus::kObject),
                                       QStringLiteral("org.escale.Engine1"), QStringLiteral("Changed"));
        m_bus.send(signal << kind << QStringList());
    }
    /// What is appended to the events of a build that has been opened.
    void tellEvents(const QByteArray& lines) const {
        [[maybe_unused]] const auto written =
            ::pwrite(m_events.fileDescriptor(), lines.constData(), std::size_t(lines.size()),
                     ::lseek(m_events.fileDescriptor(), 0, SEEK_END));
    }
    void tellImagesChanged() { tellChanged(QStringLiteral("images")); }

    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override {
        const QString method = message.member();
        const auto answer = [&](const QVariantList& values) { return bus.send(message.createReply(values)); };
        if (message.interface().endsWith(QLatin1String(".Networks")) && !isRefused(method))
            return answer(answerOfNetworks(message));
        if (message.interface().endsWith(QLatin1String(".Volumes")) && !isRefused(method))
            return answer(answerOfVolumes(message));
        if (message.interface().endsWith(QLatin1String(".Builds")) && !isRefused(method))
            return answer(answerOfBuilds(message));
        if (message.interface().endsWith(QLatin1String(".Inspect")) && !isRefused(method) &&
            isOfInspect(method))
            return answer(answerOfInspect(method));
        if (message.interface().endsWith(QLatin1String(".Stacks")) && !isRefused(method)) {
            if ((method == QLatin1String("Config") && stackConfig.isEmpty()) ||
                (method == QLatin1String("Ps") && members.isEmpty()))
                return bus.send(message.createErrorReply(QStringLiteral("org.escale.Error.NotFound"),
                                                         QStringLiteral("brought up elsewhere")));
            return answer(answerOfStacks(message));
        }
        if (method == QLatin1String("Status"))
            return answer({QVariant::fromValue(m_status)});
        if (method == QLatin1String("ListJobs"))
            return answer({QVariant::fromValue(dbus::JobSummaries())});
        if (method == QLatin1String("List"))
            return message.interface().endsWith(QLatin1String(".Images"))
                       ? answer({QVariant::fromValue(images)})
                       : answer({QVariant::fromValue(containers)});
        if (method == QLatin1String("DiskUsage"))
            return answer({QVariant::fromValue(imageUsages), QVariant::fromValue(dbus::ContainerUsages()),
                           QVariant::fromValue(usage)});
        if (method == QLatin1String("OpenDocuments") || method == QLatin1String("ReadLayers"))
            return bus.send(message.createErrorReply(QStringLiteral("org.escale.Error.NotFound"),
                                                     QStringLiteral("this engine has no content")));
        calls.append({method, message.arguments()});
        if (const auto refusal = refusals.constFind(method); refusal != refusals.constEnd())
            return bus.send(message.createErrorReply(QString::fromLatin1(dbus::kErrorPrefix) + refusal->first,
                                                     refusal->second));
        if (method == QLatin1String("Prune"))
            return answer(prunes);
        if (method == QLatin1String("Tag") || method == QLatin1String("Remove") ||
            method == QLatin1String("Cancel"))
            return answer({});
        return answer({beginJob(method)});
    }

private:
    [[nodiscard]] bool isRefused(const QString& method) const { return refusals.contains(method); }
    static bool isOfInspect(const QString& method) {
        static const QStringList kTold{QStringLiteral("Processes"), QStringLiteral("Namespaces"),
                                       QStringLiteral("Mounts"), QStringLiteral("Syscalls")};
        return kTold.contains(method);
    }
    QVariantList answerOfInspect(const QString& method) {
        ++looks[method];
        return {method == QLatin1String("Processes")    ? QVariant::fromValue(processes)
                : method == QLatin1String("Namespaces") ? QVariant::fromValue(facts)
                : method == QLatin1String("Mounts")     ? QVariant::fromValue(mounts)
                                                        : QVariant::fromValue(verdicts)};
    }
    QVariantList answerOfNetworks(const QDBusMessage& message) {
        const QString method = message.member();
        const QVariantList arguments = message.arguments();
        const QMap<QString, QVariant> told{
            {QStringLiteral("List"), QVariant::fromValue(networks)},
            {QStringLiteral("Drivers"), QVariant::fromValue(drivers)},
            {QStringLiteral("Interfaces"), QVariant::fromValue(interfaces)},
            {QStringLiteral("Statistics"), QVariant::fromValue(statistics)},
            {QStringLiteral("Rules"), QVariant::fromValue(rules)},
            {QStringLiteral("Reach"), QVariant::fromValue(reach.value(arguments.value(0).toString()))}};
        if (told.contains(method)) {
            ++looks[method];
            return {told.value(method)};
        }
        if (method == QLatin1String("Check")) {
            const auto judged =
                check ? check(arguments.value(0).toString(), qdbus_cast<QVariantMap>(arguments.value(1)))
                      : std::pair<dbus::NetworkProblems, dbus::NetworkPools>();
            return {QVariant::fromValue(judged.first), QVariant::fromValue(judged.second)};
        }
        calls.append({method, arguments});
        if (method == QLatin1String("Create"))
            return {QStringLiteral("made")};
        if (method == QLatin1String("Prune"))
            return {prunes.first()};
        if (method == QLatin1String("Move"))
            return {QVariant::fromValue(
                dbus::NetworkPools{{QStringLiteral("10.99.0.0/24"), {}, QStringLiteral("10.99.0.1")}})};
        return {};
    }
    QVariantList answerOfVolumes(const QDBusMessage& message) {
        const QString method = message.member();
        const QVariantList arguments = message.arguments();
        const QMap<QString, QVariantList> told{
            {QStringLiteral("List"), {QVariant::fromValue(volumes)}},
            {QStringLiteral("ListFiles"), {QVariant::fromValue(files), false}},
            {QStringLiteral("StatFile"), {QVariant::fromValue(files.value(0))}}};
        if (told.contains(method)) {
            ++looks[method];
            return told.value(method);
        }
        if (method == QLatin1String("Check")) {
            ++looks[method];
            return {QVariant::fromValue(checkVolume ? checkVolume(arguments.value(0).toString(),
                                                                  qdbus_cast<QVariantMap>(arguments.value(1)))
                                                    : dbus::VolumeProblems())};
        }
        calls.append({method, arguments});
        if (method == QLatin1String("Create"))
            return {arguments.value(0)};
        if (method == QLatin1String("Prune"))
            return prunes;
        if (method == QLatin1String("Backup") || method == QLatin1String("SearchFiles"))
            return {beginJob(method), pipeOf(archive)};
        if (method == QLatin1String("CopyOut"))
            return {beginJob(method), pipeOf(archive), QVariant::fromValue(files.value(0))};
        static const QStringList kJobs{QStringLiteral("TestConnection"), QStringLiteral("Measure"),
                                       QStringLiteral("Restore"), QStringLiteral("RemoveFiles"),
                                       QStringLiteral("CopyIn")};
        return kJobs.contains(method) ? QVariantList{beginJob(method)} : QVariantList();
    }
    QVariantList answerOfBuilds(const QDBusMessage& message) {
        const QString method = message.member();
        const QVariantList arguments = message.arguments();
        const QMap<QString, QVariant> told{{QStringLiteral("List"), QVariant::fromValue(builds)},
                                           {QStringLiteral("Inspect"), buildSettings},
                                           {QStringLiteral("ListCache"), QVariant::fromValue(cache)}};
        if (told.contains(method)) {
            ++looks[method];
            return {told.value(method)};
        }
        if (method == QLatin1String("OpenEvents")) {
            return {openEvents(events.value(arguments.value(0).toString()))};
        }
        calls.append({method, arguments});
        if (method == QLatin1String("Build")) {
            const auto file = arguments.value(0).value<QDBusUnixFileDescriptor>();
            dockerfile.resize(1 << 16);
            dockerfile.resize(std::max<ssize_t>(
                0, ::pread(file.fileDescriptor(), dockerfile.data(), std::size_t(dockerfile.size()), 0)));
            context = arguments.value(1).value<QDBusUnixFileDescriptor>();
            return {QStringLiteral("b-new"), beginJob(method)};
        }
        if (method == QLatin1String("PruneCache"))
            return {QVariant(uint(2)), QVariant(qulonglong(508'000'000))};
        if (method == QLatin1String("ReadStep"))
            return {beginJob(method), pipeOf({})};
        return method == QLatin1String("OpenFailed") ? QVariantList{beginJob(method)} : QVariantList();
    }
    QVariantList answerOfStacks(const QDBusMessage& message) {
        const QString method = message.member();
        const QMap<QString, QVariantList> told{
            {QStringLiteral("List"), {QVariant::fromValue(stacks)}},
            {QStringLiteral("Ps"), {QVariant::fromValue(members)}},
            {QStringLiteral("Plan"), {QVariant::fromValue(plan), QStringList()}}};
        if (told.contains(method)) {
            ++looks[method];
            return told.value(method);
        }
        if (method == QLatin1String("Config"))
            return {pipeOf(stackConfig)};
        calls.append({method, message.arguments()});
        return {beginJob(method), openEvents(stackEvents)};
    }
    // A description of its own: whoever reads it begins at its beginning.
    QVariant openEvents(const QByteArray& told) {
        m_events.giveFileDescriptor(::memfd_create("events", MFD_CLOEXEC));
        tellEvents(told);
        const QByteArray path = "/proc/self/fd/" + QByteArray::number(m_events.fileDescriptor());
        QDBusUnixFileDescriptor reading;
        reading.giveFileDescriptor(::open(path.constData(), O_RDONLY | O_CLOEXEC));
        return QVariant::fromValue(reading);
    }
    QVariant beginJob(const QString& method) {
        m_status = dbus::JobStatus();
        m_status.kind = method.toLower();
        m_status.state = QStringLiteral("running");
        ++m_jobs;
        return QVariant::fromValue(QDBusObjectPath(jobPath()));
    }
    // Read to its end there is `bytes`, which fit a pipe.
    static QVariant pipeOf(const QByteArray& bytes) {
        int ends[2] = {-1, -1};
        if (::pipe(ends) != 0)
            return {};
        [[maybe_unused]] const auto written = ::write(ends[1], bytes.constData(), std::size_t(bytes.size()));
        ::close(ends[1]);
        QDBusUnixFileDescriptor reading;
        reading.giveFileDescriptor(ends[0]);
        return QVariant::fromValue(reading);
    }
    [[nodiscard]] QString jobPath() const { return QStringLiteral("/org/escale/Engine1/Job/%1").arg(m_jobs); }

    QDBusConnection m_bus;
    dbus::JobStatus m_status;
    QDBusUnixFileDescriptor m_events; // of the build that was opened last
    int m_jobs = 0;
};

} // namespace escale::test
