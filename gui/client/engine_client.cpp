#include "gui/client/engine_client.h"

#include "engine_proxy.h"
#include "gui/client/run_sources.h"

#include <QCoreApplication>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

namespace escale::gui {

// How long a person may take over a password prompt, in milliseconds.
static constexpr int kInteractiveTimeout = 5 * 60 * 1000;
// Between losing the engine and waking it again: an upgrade replaces the program in between.
static constexpr int kRestartDelay = 300;
static constexpr qsizetype kMostStats = 1024; // ids that the engine takes in one call
static constexpr auto kContainersInterface = "org.escale.Engine1.Containers";
static constexpr auto kNetworksInterface = "org.escale.Engine1.Networks";
static constexpr auto kVolumesInterface = "org.escale.Engine1.Volumes";
static constexpr auto kBuildsInterface = "org.escale.Engine1.Builds";
static constexpr auto kInspectInterface = "org.escale.Engine1.Inspect";
static constexpr auto kImagesInterface = "org.escale.Engine1.Images";
static const QString kConnectionName = QStringLiteral("escale-gui");

EngineClient::EngineClient(QObject* parent)
    : QObject(parent)
    , m_jobs(this) {
    dbus::registerTypes();
}

EngineClient::~EngineClient() {
    m_engine.reset();
    m_images.reset();
    m_containers.reset();
    m_networks.reset();
    m_volumes.reset();
    m_builds.reset();
    QDBusConnection::disconnectFromBus(kConnectionName);
}

void EngineClient::open() {
    setState(State::Connecting);
    if (m_connection.isConnected())
        return greet();
    // A connection that failed is remembered under its name: drop it first.
    m_engine.reset();
    m_images.reset();
    m_containers.reset();
    m_networks.reset();
    m_volumes.reset();
    m_builds.reset();
    delete m_watcher;
    m_watcher = nullptr;
    m_connection = QDBusConnection(QString());
    QDBusConnection::disconnectFromBus(kConnectionName);
    m_connection = QDBusConnection::connectToBus(QDBusConnection::SystemBus, kConnectionName);
    if (!m_connection.isConnected()) {
        return setState(State::Unreachable,
                        {ErrorCode::Unreachable,
                         tr("The system's message bus cannot be reached: %1")
                             .arg(m_connection.lastError().message())
                             .toStdString(),
                         tr("Check that D-Bus runs (dbus.service), then try again.").toStdString()});
    }
    m_jobs.setConnection(m_connection);
    const QString service = QString::fromLatin1(dbus::kService);
    const QString object = QString::fromLatin1(dbus::kObject);
    m_engine = std::make_unique<OrgEscaleEngine1Interface>(service, object, m_connection);
    m_images = std::make_unique<OrgEscaleEngine1ImagesInterface>(service, object, m_connection);
    m_containers = std::make_unique<OrgEscaleEngine1ContainersInterface>(service, object, m_connection);
    m_networks = std::make_unique<OrgEscaleEngine1NetworksInterface>(service, object, m_connection);
    m_volumes = std::make_unique<OrgEscaleEngine1VolumesInterface>(service, object, m_connection);
    m_builds = std::make_unique<OrgEscaleEngine1BuildsInterface>(service, object, m_connection);
    connect(m_engine.get(), &OrgEscaleEngine1Interface::Changed, this, &EngineClient::takeChange);
    connect(m_engine.get(), &OrgEscaleEngine1Interface::Happened, this, &EngineClient::happened);

    auto* watcher =
        new QDBusServiceWatcher(service, m_connection, QDBusServiceWatcher::WatchForOwnerChange, this);
    m_watcher = watcher;
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        m_jobs.abandonAll(
            {ErrorCode::Unreachable, tr("The engine ended while it was at work.").toStdString(),
             tr("What was half-done is cleaned up when it starts again; try once more.").toStdString()});
        setState(State::Connecting);
        QTimer::singleShot(kRestartDelay, this, [this] {
            if (m_state == State::Connecting)
                greet();
        });
    });
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &EngineClient::greet);
    greet();
}

// Any call wakes the engine (D-Bus activation) and makes it send us its signals; the list of jobs is the
// cheapest.
void EngineClient::greet() {
    call<dbus::JobSummaries>(m_engine->ListJobs(), this, [this](const Result<dbus::JobSummaries>& jobs) {
        if (!jobs)
            return setState(State::Unreachable, jobs.error());
        followRunning(*jobs);
        setState(State::Ready);
        Q_EMIT imagesChanged();
        Q_EMIT containersChanged({});
        Q_EMIT networksChanged();
        Q_EMIT volumesChanged();
        Q_EMIT buildsChanged();
        Q_EMIT stacksChanged({});
    });
}

void EngineClient::setState(State state, Error problem) {
    m_problem = std::move(problem);
    if (m_state == state && state != State::Unreachable)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

void EngineClient::takeChange(const QString& kind, const QStringList& ids) {
    if (kind == QLatin1String("images"))
        Q_EMIT imagesChanged();
    else if (kind == QLatin1String("containers"))
        Q_EMIT containersChanged(ids);
    else if (kind == QLatin1String("networks"))
        Q_EMIT networksChanged();
    else if (kind == QLatin1String("volumes"))
        Q_EMIT volumesChanged();
    else if (kind == QLatin1String("builds"))
        Q_EMIT buildsChanged();
    else if (kind == QLatin1String("stacks"))
        Q_EMIT stacksChanged(ids);
    else if (kind == QLatin1String("jobs"))
        listJobs();
}

// Jobs that another client of the same person began show up, too.
void EngineClient::listJobs() {
    call<dbus::JobSummaries>(m_engine->ListJobs(), this, [this](const Result<dbus::JobSummaries>& jobs) {
        if (jobs)
            followRunning(*jobs); // the next change asks again
    });
}

// Those that ended before we looked were another window's, or were put away by the person.
void EngineClient::followRunning(const dbus::JobSummaries& jobs) {
    for (const dbus::JobSummary& job : jobs) {
        // It may be one that a look at a file waits for, and is not listed then.
        static const QStringList kLooks{QStringLiteral("copy-out"), QStringLiteral("read-layers"),
                                        QStringLiteral("search"), QStringLiteral("test-connection"),
                                        QStringLiteral("read-step")};
        // One that follows changes goes on for as long as a view is open, maybe another window's.
        const bool isLook =
            (m_looking > 0 && kLooks.contains(job.kind)) || job.kind == QLatin1String("watch-changes");
        if (job.state == QLatin1String("running") && !isLook)
            m_jobs.follow(job.path.path());
    }
}

QDBusPendingCall EngineClient::send(const char* interface, const char* method,
                                    const QVariantList& arguments) {
    if (!m_connection.isConnected()) {
        return QDBusPendingCall::fromError(
            QDBusError(QDBusError::Disconnected, tr("not connected to the system's message bus")));
    }
    // The generated proxies cannot set the flag before Qt 6.7.
    QDBusMessage message = QDBusMessage::createMethodCall(
        QString::fromLatin1(dbus::kService), QString::fromLatin1(dbus::kObject),
        QString::fromLatin1(interface), QString::fromLatin1(method));
    message.setArguments(arguments);
    message.setInteractiveAuthorizationAllowed(true);
    return m_connection.asyncCall(message, kInteractiveTimeout);
}

QDBusPendingCall EngineClient::interactive(const char* interface, const char* method,
                                           const QVariantList& arguments) {
    BusCall told{++m_calls, QString::fromLatin1(interface), QString::fromLatin1(method), arguments};
    // Who remembers the call must not keep open what the engine closes.
    for (QVariant& argument : told.arguments) {
        if (argument.metaType() == QMetaType::fromType<QDBusUnixFileDescriptor>())
            argument = QVariant::fromValue(QDBusUnixFileDescriptor());
    }
    const QDBusPendingCall pending = send(interface, method, arguments);
    if (m_connection.isConnected()) {
        Q_EMIT called(told);
        tellOutcome(told.number, pending);
    }
    return pending;
}

void EngineClient::tellOutcome(quint64 number, const QDBusPendingCall& pending) {
    auto* watcher = new QDBusPendingCallWatcher(pending, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, number](QDBusPendingCallWatcher* done) {
        done->deleteLater();
        const QDBusMessage reply = done->reply();
        BusOutcome outcome{number, {}, {}};
        if (reply.type() == QDBusMessage::ErrorMessage)
            outcome.error = errorFrom(QDBusError(reply));
        for (const QVariant& value : reply.arguments()) {
            if (value.metaType() == QMetaType::fromType<QDBusObjectPath>())
                outcome.job = value.value<QDBusObjectPath>().path();
        }
        Q_EMIT answered(outcome);
    });
}

QString EngineClient::nameOf(const QString& id) const {
    return m_names.value(id, id.left(12));
}

void EngineClient::jobCall(const QDBusPendingCall& pending, QObject* guard, Answer<Job*> answer) {
    call<QDBusObjectPath>(pending, guard,
                          [this, answer = std::move(answer)](const Result<QDBusObjectPath>& path) {
                              if (!path)
                                  return answer(fail(path.error()));
                              answer(m_jobs.follow(path->path()));
                          });
}

// A call before open(), or after the bus was lost, answers with an error instead of dereferencing nothing.
template <class Proxy, class Method, class... Arguments>
static QDBusPendingCall ask(const std::unique_ptr<Proxy>& proxy, Method method,
                            const Arguments&... arguments) {
    if (!proxy)
        return QDBusPendingCall::fromError(
            QDBusError(QDBusError::Disconnected, QStringLiteral("no message bus")));
    return ((*proxy).*method)(arguments...);
}

void EngineClient::listImages(QObject* guard, Answer<dbus::ImageList> answer) {
    call<dbus::ImageList>(ask(m_images, &OrgEscaleEngine1ImagesInterface::List), guard, std::move(answer));
}

void EngineClient::pull(const QString& reference, const QVariantMap& options, QObject* guard,
                        Answer<Job*> answer) {
    jobCall(interactive(OrgEscaleEngine1ImagesInterface::staticInterfaceName(), "Pull", {reference, options}),
            guard, std::move(answer));
}

void EngineClient::removeImage(const QString& repository, const QString& tag, QObject* guard,
                               Answer<> answer) {
    call<void>(interactive(OrgEscaleEngine1ImagesInterface::staticInterfaceName(), "Remove",
                           {repository, tag, QVariantMap()}),
               guard, std::move(answer));
}

void EngineClient::listContainers(QObject* guard, Answer<dbus::ContainerList> answer) {
    call<dbus::ContainerList>(ask(m_containers, &OrgEscaleEngine1ContainersInterface::List), guard,
                              [this, answer = std::move(answer)](const Result<dbus::ContainerList>& list) {
                                  if (list) {
                                      for (const dbus::Container& container : *list)
                                          m_names.insert(container.id, container.name);
                                  }
                                  answer(list);
                              });
}

// What is to be opened is opened on another thread: a disk, or a server behind it, may take its time.
void EngineClient::openSources(const RunRequest& request, QObject* guard, Answer<RunRequest> answer) {
    if (needsNoSources(request))
        return answer(request);
    QThreadPool::globalInstance()->start(
        [request, owner = QPointer<QObject>(guard), answer = std::move(answer)]() mutable {
            QMetaObject::invokeMethod(
                qApp, [owner, opened = withSources(std::move(request)), answer = std::move(answer)] {
                    if (owner != nullptr)
                        answer(opened);
                });
        });
}

void EngineClient::run(const RunRequest& request, QObject* guard, Answer<std::pair<QString, Job*>> answer) {
    using Reply = std::tuple<QString, QDBusObjectPath>;
    openSources(request, guard, [this, guard, answer = std::move(answer)](const Result<RunRequest>& opened) {
        if (!opened)
            return answer(fail(opened.error()));
        call<Reply>(
            interactive(kContainersInterface, "Run", {opened->image, opened->command, opened->options}),
            guard, [this, request = *opened, answer](const Result<Reply>& started) {
                if (!started)
                    return answer(fail(started.error()));
                takeName(request, std::get<0>(*started));
                answer(std::pair(std::get<0>(*started), m_jobs.follow(std::get<1>(*started).path())));
            });
    });
}

void EngineClient::create(const RunRequest& request, QObject* guard, Answer<QString> answer) {
    openSources(request, guard, [this, guard, answer = std::move(answer)](const Result<RunRequest>& opened) {
        if (!opened)
            return answer(fail(opened.error()));
        call<QString>(
            interactive(kContainersInterface, "Create", {opened->image, opened->command, opened->options}),
            guard, [this, request = *opened, answer](const Result<QString>& id) {
                if (id)
                    takeName(request, *id);
                answer(id);
            });
    });
}

void EngineClient::takeName(const RunRequest& request, const QString& id) {
    if (const QString name = request.options.value(QStringLiteral("name")).toString(); !name.isEmpty())
        m_names.insert(id, name);
}

void EngineClient::start(const QString& id, QObject* guard, Answer<Job*> answer) {
    jobCall(
        interactive(OrgEscaleEngine1ContainersInterface::staticInterfaceName(), "Start", {id, QVariantMap()}),
        guard, std::move(answer));
}

void EngineClient::stop(const QString& id, QObject* guard, Answer<Job*> answer) {
    jobCall(
        interactive(OrgEscaleEngine1ContainersInterface::staticInterfaceName(), "Stop", {id, QVariantMap()}),
        guard, std::move(answer));
}

void EngineClient::removeContainer(const QString& id, bool force, QObject* guard, Answer<Job*> answer,
                                   bool volumes) {
    QVariantMap options;
    if (volumes)
        options.insert(QStringLiteral("volumes"), true);
    if (force)
        options.insert(QStringLiteral("force"), true);
    jobCall(interactive(OrgEscaleEngine1ContainersInterface::staticInterfaceName(), "Remove", {id, options}),
            guard, std::move(answer));
}

void EngineClient::restart(const QString& id, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kContainersInterface, "Restart", {id, QVariantMap()}), guard, std::move(answer));
}

void EngineClient::kill(const QString& id, const QString& signal, QObject* guard, Answer<> answer) {
    call<void>(interactive(kContainersInterface, "Kill", {id, signal}), guard, std::move(answer));
}

void EngineClient::pause(const QString& id, QObject* guard, Answer<> answer) {
    call<void>(interactive(kContainersInterface, "Pause", {id}), guard, std::move(answer));
}

void EngineClient::unpause(const QString& id, QObject* guard, Answer<> answer) {
    call<void>(interactive(kContainersInterface, "Unpause", {id}), guard, std::move(answer));
}

void EngineClient::rename(const QString& id, const QString& name, QObject* guard, Answer<> answer) {
    call<void>(interactive(kContainersInterface, "Rename", {id, name}), guard, std::move(answer));
}

void EngineClient::update(const QString& id, const QVariantMap& options, QObject* guard, Answer<> answer) {
    call<void>(interactive(kContainersInterface, "Update", {id, options}), guard, std::move(answer));
}

void EngineClient::inspect(const QString& id, QObject* guard, Answer<ContainerDetails> answer) {
    call<std::tuple<dbus::Container, QVariantMap, QVariantMap>>(
        interactive(kContainersInterface, "Inspect", {id}), guard,
        [this, answer = std::move(answer)](
            const Result<std::tuple<dbus::Container, QVariantMap, QVariantMap>>& told) {
            if (!told)
                return answer(fail(told.error()));
            m_names.insert(std::get<0>(*told).id, std::get<0>(*told).name);
            answer(ContainerDetails{std::get<0>(*told), std::get<1>(*told), std::get<2>(*told)});
        });
}

void EngineClient::exec(const QString& id, const QStringList& command, const QVariantMap& options,
                        QObject* guard, Answer<ExecSession> answer) {
    call<std::tuple<QString, QDBusUnixFileDescriptor>>(
        interactive(kContainersInterface, "Exec", {id, command, options}), guard,
        [answer = std::move(answer)](const Result<std::tuple<QString, QDBusUnixFileDescriptor>>& started) {
            if (!started)
                return answer(fail(started.error()));
            answer(ExecSession{std::get<0>(*started), std::get<1>(*started)});
        });
}

void EngineClient::attach(const QString& id, const QVariantMap& options, QObject* guard,
                          Answer<QDBusUnixFileDescriptor> answer) {
    call<QDBusUnixFileDescriptor>(interactive(kContainersInterface, "Attach", {id, options}), guard,
                                  std::move(answer));
}

void EngineClient::top(const QString& id, QObject* guard, Answer<dbus::ProcessList> answer) {
    call<dbus::ProcessList>(ask(m_containers, &OrgEscaleEngine1ContainersInterface::Top, id), guard,
                            std::move(answer));
}

void EngineClient::health(const QString& id, QObject* guard, Answer<dbus::HealthProbes> answer) {
    call<dbus::HealthProbes>(ask(m_containers, &OrgEscaleEngine1ContainersInterface::Health, id), guard,
                             std::move(answer));
}

void EngineClient::pruneContainers(QObject* guard, Answer<QStringList> answer) {
    call<QStringList>(interactive(kContainersInterface, "Prune", {QVariantMap()}), guard, std::move(answer));
}

void EngineClient::listEvents(const QVariantMap& options, QObject* guard, Answer<dbus::EventList> answer) {
    call<dbus::EventList>(ask(m_engine, &OrgEscaleEngine1Interface::ListEvents, options), guard,
                          std::move(answer));
}

static const char* interfaceOf(const FilesPlace& place) {
    return place.isVolume() ? kVolumesInterface : kContainersInterface;
}

void EngineClient::statFile(const FilesPlace& place, const QString& path, const QVariantMap& options,
                            QObject* guard, Answer<dbus::FileEntry> answer) {
    call<dbus::FileEntry>(interactive(interfaceOf(place), "StatFile", {place.id, path, options}), guard,
                          std::move(answer));
}

// Taking a hundred thousand files out of a message takes a good part of a second: that is another thread's.
void EngineClient::listFiles(const FilesPlace& place, const QString& path, QObject* guard,
                             Answer<FileListing> answer) {
    auto* watcher =
        new QDBusPendingCallWatcher(interactive(interfaceOf(place), "ListFiles", {place.id, path}), guard);
    connect(watcher, &QDBusPendingCallWatcher::finished, guard,
            [guard, answer = std::move(answer)](QDBusPendingCallWatcher* done) {
                done->deleteLater();
                if (done->isError())
                    return answer(fail(errorFrom(done->error())));
                const QVariantList told = done->reply().arguments();
                QThreadPool::globalInstance()->start([owner = QPointer<QObject>(guard), answer,
                                                      files = told.value(0), more = told.value(1).toBool()] {
                    auto listing = std::make_shared<FileListing>(
                        FileListing{qdbus_cast<dbus::FileEntries>(files), more});
                    QMetaObject::invokeMethod(qApp, [owner, answer, listing] {
                        if (owner != nullptr)
                            answer(std::move(*listing));
                    });
                });
            });
}

using ArchiveReply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor, dbus::FileEntry>;

void EngineClient::copyOut(const FilesPlace& place, const QString& path, const QVariantMap& options,
                           QObject* guard, Answer<ArchiveOut> answer) {
    call<ArchiveReply>(interactive(interfaceOf(place), "CopyOut", {place.id, path, options}), guard,
                       [this, answer = std::move(answer)](const Result<ArchiveReply>& begun) {
                           if (!begun)
                               return answer(fail(begun.error()));
                           answer(ArchiveOut{m_jobs.follow(std::get<0>(*begun).path()), std::get<1>(*begun),
                                             std::get<2>(*begun)});
                       });
}

template <class Reply>
void EngineClient::quietCall(const QDBusPendingCall& pending, QObject* guard,
                             std::function<void(Job*, const Reply&)> take,
                             std::function<void(const Error&)> refuse) {
    ++m_looking;
    call<Reply>(pending, this,
                [this, owner = QPointer<QObject>(guard), take = std::move(take),
                 refuse = std::move(refuse)](const Result<Reply>& begun) {
                    --m_looking;
                    QString path;
                    if constexpr (std::is_same_v<Reply, QDBusObjectPath>)
                        path = begun ? begun->path() : QString();
                    else
                        path = begun ? std::get<0>(*begun).path() : QString();
                    if (begun)
                        m_jobs.hide(path);
                    if (owner == nullptr)
                        return; // a pipe is closed with the reply, which ends the job
                    if (!begun)
                        return refuse(begun.error());
                    take(m_jobs.followQuietly(path, owner), *begun);
                });
}

void EngineClient::lookAt(const FilesPlace& place, const QString& path, const QVariantMap& options,
                          QObject* guard, Answer<ArchiveOut> answer) {
    quietCall<ArchiveReply>(
        send(interfaceOf(place), "CopyOut", {place.id, path, options}), guard,
        [answer](Job* job, const ArchiveReply& begun) {
            answer(ArchiveOut{job, std::get<1>(begun), std::get<2>(begun)});
        },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::tagImage(const QString& image, const QString& reference, QObject* guard, Answer<> answer) {
    call<void>(interactive(kImagesInterface, "Tag", {image, reference}), guard, std::move(answer));
}

void EngineClient::pushImage(const QString& image, const QVariantMap& options, QObject* guard,
                             Answer<Job*> answer) {
    jobCall(interactive(kImagesInterface, "Push", {image, options}), guard, std::move(answer));
}

void EngineClient::saveImages(const QStringList& images, const QDBusUnixFileDescriptor& output,
                              const QVariantMap& options, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kImagesInterface, "Save", {images, QVariant::fromValue(output), options}), guard,
            std::move(answer));
}

void EngineClient::loadImages(const QDBusUnixFileDescriptor& input, const QVariantMap& options,
                              QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kImagesInterface, "Load", {QVariant::fromValue(input), options}), guard,
            std::move(answer));
}

void EngineClient::importImage(const QDBusUnixFileDescriptor& input, const QString& reference,
                               const QVariantMap& options, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kImagesInterface, "Import", {QVariant::fromValue(input), reference, options}), guard,
            std::move(answer));
}

void EngineClient::pruneImages(const QVariantMap& options, QObject* guard, Answer<PrunedImages> answer) {
    using Reply = std::tuple<QStringList, qulonglong>;
    call<Reply>(interactive(kImagesInterface, "Prune", {options}), guard,
                [answer = std::move(answer)](const Result<Reply>& pruned) {
                    if (!pruned)
                        return answer(fail(pruned.error()));
                    answer(PrunedImages{std::get<0>(*pruned), std::get<1>(*pruned)});
                });
}

void EngineClient::diskUsage(QObject* guard, Answer<DiskUsage> answer) {
    using Reply = std::tuple<dbus::ImageUsages, dbus::ContainerUsages, dbus::TotalUsage>;
    call<Reply>(send(kImagesInterface, "DiskUsage", {}), guard,
                [answer = std::move(answer)](const Result<Reply>& usage) {
                    if (!usage)
                        return answer(fail(usage.error()));
                    answer(DiskUsage{std::get<0>(*usage), std::get<1>(*usage), std::get<2>(*usage)});
                });
}

void EngineClient::verifyImages(const QVariantMap& options, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kImagesInterface, "Verify", {options}), guard, std::move(answer));
}

void EngineClient::openDocuments(const QString& image, QObject* guard, Answer<ImageDocuments> answer) {
    using Reply = std::tuple<QString, QDBusUnixFileDescriptor, QDBusUnixFileDescriptor>;
    call<Reply>(send(kImagesInterface, "OpenDocuments", {image}), guard,
                [answer = std::move(answer)](const Result<Reply>& opened) {
                    if (!opened)
                        return answer(fail(opened.error()));
                    answer(ImageDocuments{std::get<0>(*opened), std::get<1>(*opened), std::get<2>(*opened)});
                });
}

void EngineClient::readLayers(const QString& image, QObject* guard, Answer<LayerRecords> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    quietCall<Reply>(
        send(kImagesInterface, "ReadLayers", {image}), guard,
        [answer](Job* job, const Reply& begun) {
            answer(LayerRecords{job, std::get<1>(begun)});
        },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::readContainerLayers(const QString& container, QObject* guard,
                                       Answer<ContainerLayers> answer) {
    using Reply = std::tuple<QDBusObjectPath, QStringList, QDBusUnixFileDescriptor>;
    quietCall<Reply>(
        send(kInspectInterface, "ReadLayers", {container}), guard,
        [answer](Job* job, const Reply& begun) {
            answer(ContainerLayers{job, std::get<1>(begun), std::get<2>(begun)});
        },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::watchChanges(const QString& container, QObject* guard, Answer<FoundFiles> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    quietCall<Reply>(
        send(kInspectInterface, "WatchChanges", {container}), guard,
        [answer](Job* job, const Reply& begun) {
            answer(FoundFiles{job, std::get<1>(begun)});
        },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::copyIn(const FilesPlace& place, const QString& path,
                          const QDBusUnixFileDescriptor& archive, const QVariantMap& options, QObject* guard,
                          Answer<Job*> answer) {
    jobCall(
        interactive(interfaceOf(place), "CopyIn", {place.id, path, QVariant::fromValue(archive), options}),
        guard, std::move(answer));
}

void EngineClient::exportContainer(const QString& id, QObject* guard, Answer<ArchiveOut> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    call<Reply>(interactive(kContainersInterface, "Export", {id}), guard,
                [this, answer = std::move(answer)](const Result<Reply>& begun) {
                    if (!begun)
                        return answer(fail(begun.error()));
                    answer(ArchiveOut{m_jobs.follow(std::get<0>(*begun).path()), std::get<1>(*begun), {}});
                });
}

void EngineClient::commit(const QString& id, const QString& reference, const QVariantMap& options,
                          QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kContainersInterface, "Commit", {id, reference, options}), guard, std::move(answer));
}

void EngineClient::changes(const QString& id, QObject* guard, Answer<dbus::FileChanges> answer) {
    call<dbus::FileChanges>(interactive(kContainersInterface, "Changes", {id}), guard, std::move(answer));
}

void EngineClient::openLog(const QString& id, QObject* guard, Answer<dbus::FileList> answer) {
    call<dbus::FileList>(ask(m_containers, &OrgEscaleEngine1ContainersInterface::OpenLog, id, QVariantMap()),
                         guard, std::move(answer));
}

void EngineClient::stats(const QStringList& ids, QObject* guard, Answer<dbus::StatsList> answer) {
    struct Whole {
        dbus::StatsList stats;
        qsizetype open = 0; // calls that are not answered
    };
    const auto whole = std::make_shared<Whole>();
    whole->open = std::max<qsizetype>((ids.size() + kMostStats - 1) / kMostStats, 1);
    for (qsizetype first = 0; first == 0 || first < ids.size(); first += kMostStats) {
        call<dbus::StatsList>(
            ask(m_containers, &OrgEscaleEngine1ContainersInterface::Stats, ids.mid(first, kMostStats)), guard,
            [whole, answer](const Result<dbus::StatsList>& stats) {
                if (whole->open < 0)
                    return; // one has failed, which was told
                if (!stats) {
                    whole->open = -1;
                    return answer(stats);
                }
                whole->stats += *stats;
                if (--whole->open == 0)
                    answer(whole->stats);
            });
    }
}

void EngineClient::statsHistory(const QString& id, qint64 since, QObject* guard,
                                Answer<dbus::StatsPoints> answer) {
    call<dbus::StatsPoints>(ask(m_containers, &OrgEscaleEngine1ContainersInterface::StatsHistory, id, since),
                            guard, std::move(answer));
}

void EngineClient::listNetworks(QObject* guard, Answer<dbus::NetworkList> answer) {
    call<dbus::NetworkList>(ask(m_networks, &OrgEscaleEngine1NetworksInterface::List), guard,
                            [this, answer = std::move(answer)](const Result<dbus::NetworkList>& list) {
                                if (list) {
                                    for (const dbus::Network& network : *list)
                                        m_names.insert(network.id, network.name);
                                }
                                answer(list);
                            });
}

void EngineClient::createNetwork(const QString& name, const QVariantMap& options, QObject* guard,
                                 Answer<QString> answer) {
    call<QString>(interactive(kNetworksInterface, "Create", {name, options}), guard,
                  [this, name, answer = std::move(answer)](const Result<QString>& id) {
                      if (id)
                          m_names.insert(*id, name);
                      answer(id);
                  });
}

void EngineClient::checkNetwork(const QString& name, const QVariantMap& options, QObject* guard,
                                Answer<NetworkCheck> answer) {
    call<std::tuple<dbus::NetworkProblems, dbus::NetworkPools>>(
        send(kNetworksInterface, "Check", {name, options}), guard,
        [answer =
             std::move(answer)](const Result<std::tuple<dbus::NetworkProblems, dbus::NetworkPools>>& told) {
            if (!told)
                return answer(fail(told.error()));
            answer(NetworkCheck{std::get<0>(*told), std::get<1>(*told)});
        });
}

void EngineClient::removeNetwork(const QString& id, QObject* guard, Answer<> answer) {
    call<void>(interactive(kNetworksInterface, "Remove", {id}), guard, std::move(answer));
}

void EngineClient::pruneNetworks(QObject* guard, Answer<QStringList> answer) {
    call<QStringList>(interactive(kNetworksInterface, "Prune", {QVariantMap()}), guard, std::move(answer));
}

void EngineClient::connectNetwork(const QString& network, const QString& container,
                                  const QVariantMap& options, QObject* guard, Answer<> answer) {
    call<void>(interactive(kNetworksInterface, "Connect", {network, container, options}), guard,
               std::move(answer));
}

void EngineClient::disconnectNetwork(const QString& network, const QString& container, QObject* guard,
                                     Answer<> answer) {
    call<void>(interactive(kNetworksInterface, "Disconnect", {network, container}), guard, std::move(answer));
}

void EngineClient::moveNetwork(const QString& id, QObject* guard, Answer<dbus::NetworkPools> answer) {
    call<dbus::NetworkPools>(interactive(kNetworksInterface, "Move", {id}), guard, std::move(answer));
}

void EngineClient::hostInterfaces(QObject* guard, Answer<dbus::HostInterfaces> answer) {
    call<dbus::HostInterfaces>(ask(m_networks, &OrgEscaleEngine1NetworksInterface::Interfaces), guard,
                               std::move(answer));
}

void EngineClient::networkDrivers(QObject* guard, Answer<dbus::NetworkDrivers> answer) {
    call<dbus::NetworkDrivers>(ask(m_networks, &OrgEscaleEngine1NetworksInterface::Drivers), guard,
                               std::move(answer));
}

void EngineClient::endpointStatistics(QObject* guard, Answer<dbus::EndpointStatistics> answer) {
    call<dbus::EndpointStatistics>(ask(m_networks, &OrgEscaleEngine1NetworksInterface::Statistics), guard,
                                   std::move(answer));
}

void EngineClient::networkRules(const QString& network, const QString& container, QObject* guard,
                                Answer<dbus::RuleChains> answer) {
    call<dbus::RuleChains>(ask(m_networks, &OrgEscaleEngine1NetworksInterface::Rules, network, container),
                           guard, std::move(answer));
}

void EngineClient::portReach(const QString& container, QObject* guard, Answer<dbus::PortReaches> answer) {
    call<dbus::PortReaches>(ask(m_networks, &OrgEscaleEngine1NetworksInterface::Reach, container), guard,
                            std::move(answer));
}

void EngineClient::listVolumes(QObject* guard, Answer<dbus::VolumeList> answer) {
    call<dbus::VolumeList>(ask(m_volumes, &OrgEscaleEngine1VolumesInterface::List), guard, std::move(answer));
}

void EngineClient::createVolume(const QString& name, const QVariantMap& options, QObject* guard,
                                Answer<QString> answer) {
    call<QString>(interactive(kVolumesInterface, "Create", {name, options}), guard, std::move(answer));
}

void EngineClient::checkVolume(const QString& name, const QVariantMap& options, QObject* guard,
                               Answer<dbus::VolumeProblems> answer) {
    call<dbus::VolumeProblems>(send(kVolumesInterface, "Check", {name, options}), guard, std::move(answer));
}

void EngineClient::testConnection(const QVariantMap& options, QObject* guard, Answer<Job*> answer) {
    quietCall<QDBusObjectPath>(
        send(kVolumesInterface, "TestConnection", {options}), guard,
        [answer](Job* job, const QDBusObjectPath&) { answer(job); },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::removeVolume(const QString& name, QObject* guard, Answer<> answer) {
    call<void>(interactive(kVolumesInterface, "Remove", {name, QVariantMap()}), guard, std::move(answer));
}

void EngineClient::pruneVolumes(const QVariantMap& options, QObject* guard, Answer<PrunedVolumes> answer) {
    using Reply = std::tuple<QStringList, qulonglong>;
    call<Reply>(interactive(kVolumesInterface, "Prune", {options}), guard,
                [answer = std::move(answer)](const Result<Reply>& pruned) {
                    if (!pruned)
                        return answer(fail(pruned.error()));
                    answer(PrunedVolumes{std::get<0>(*pruned), std::get<1>(*pruned)});
                });
}

void EngineClient::measureVolumes(const QStringList& names, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kVolumesInterface, "Measure", {names}), guard, std::move(answer));
}

void EngineClient::backupVolume(const QString& name, const QVariantMap& options, QObject* guard,
                                Answer<ArchiveOut> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    call<Reply>(interactive(kVolumesInterface, "Backup", {name, options}), guard,
                [this, answer = std::move(answer)](const Result<Reply>& begun) {
                    if (!begun)
                        return answer(fail(begun.error()));
                    answer(ArchiveOut{m_jobs.follow(std::get<0>(*begun).path()), std::get<1>(*begun), {}});
                });
}

void EngineClient::restoreVolume(const QString& name, const QDBusUnixFileDescriptor& archive,
                                 const QVariantMap& options, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kVolumesInterface, "Restore", {name, QVariant::fromValue(archive), options}), guard,
            std::move(answer));
}

void EngineClient::makeFolder(const FilesPlace& place, const QString& path, QObject* guard, Answer<> answer) {
    call<void>(interactive(interfaceOf(place), "MakeFolder", {place.id, path}), guard, std::move(answer));
}

void EngineClient::moveFile(const FilesPlace& place, const QString& from, const QString& to, QObject* guard,
                            Answer<> answer) {
    call<void>(interactive(interfaceOf(place), "MoveFile", {place.id, from, to}), guard, std::move(answer));
}

void EngineClient::removeFiles(const FilesPlace& place, const QStringList& paths, QObject* guard,
                               Answer<Job*> answer) {
    jobCall(interactive(interfaceOf(place), "RemoveFiles", {place.id, paths}), guard, std::move(answer));
}

void EngineClient::setAttributes(const FilesPlace& place, const QString& path, const QVariantMap& options,
                                 QObject* guard, Answer<> answer) {
    call<void>(interactive(interfaceOf(place), "SetAttributes", {place.id, path, options}), guard,
               std::move(answer));
}

void EngineClient::searchFiles(const FilesPlace& place, const QString& path, const QString& text,
                               QObject* guard, Answer<FoundFiles> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    quietCall<Reply>(
        send(interfaceOf(place), "SearchFiles", {place.id, path, text}), guard,
        [answer](Job* job, const Reply& begun) {
            answer(FoundFiles{job, std::get<1>(begun)});
        },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::exportImage(const QString& image, const QDBusUnixFileDescriptor& output, QObject* guard,
                               Answer<Job*> answer) {
    jobCall(interactive(kImagesInterface, "Export", {image, QVariant::fromValue(output)}), guard,
            std::move(answer));
}

void EngineClient::build(const QDBusUnixFileDescriptor& dockerfile, const QDBusUnixFileDescriptor& context,
                         const QVariantMap& options, QObject* guard, Answer<BegunBuild> answer) {
    using Reply = std::tuple<QString, QDBusObjectPath>;
    call<Reply>(interactive(kBuildsInterface, "Build",
                            {QVariant::fromValue(dockerfile), QVariant::fromValue(context), options}),
                guard, [this, answer = std::move(answer)](const Result<Reply>& begun) {
                    if (!begun)
                        return answer(fail(begun.error()));
                    answer(BegunBuild{std::get<0>(*begun), m_jobs.follow(std::get<1>(*begun).path())});
                });
}

void EngineClient::listBuilds(QObject* guard, Answer<dbus::BuildList> answer) {
    call<dbus::BuildList>(ask(m_builds, &OrgEscaleEngine1BuildsInterface::List), guard, std::move(answer));
}

void EngineClient::inspectBuild(const QString& id, QObject* guard, Answer<QVariantMap> answer) {
    call<QVariantMap>(ask(m_builds, &OrgEscaleEngine1BuildsInterface::Inspect, id), guard, std::move(answer));
}

void EngineClient::openBuildEvents(const QString& id, QObject* guard,
                                   Answer<QDBusUnixFileDescriptor> answer) {
    call<QDBusUnixFileDescriptor>(ask(m_builds, &OrgEscaleEngine1BuildsInterface::OpenEvents, id), guard,
                                  std::move(answer));
}

void EngineClient::removeBuilds(const QStringList& ids, QObject* guard, Answer<> answer) {
    call<void>(interactive(kBuildsInterface, "Remove", {ids}), guard, std::move(answer));
}

void EngineClient::openFailedStep(const QString& id, QObject* guard, Answer<Job*> answer) {
    jobCall(interactive(kBuildsInterface, "OpenFailed", {id}), guard, std::move(answer));
}

void EngineClient::readStep(const QString& layer, QObject* guard, Answer<LayerRecords> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    quietCall<Reply>(
        send(kBuildsInterface, "ReadStep", {layer}), guard,
        [answer](Job* job, const Reply& begun) {
            answer(LayerRecords{job, std::get<1>(begun)});
        },
        [answer](const Error& error) { answer(fail(error)); });
}

void EngineClient::listBuildCache(QObject* guard, Answer<dbus::BuildCache> answer) {
    call<dbus::BuildCache>(ask(m_builds, &OrgEscaleEngine1BuildsInterface::ListCache), guard,
                           std::move(answer));
}

void EngineClient::pruneBuildCache(const QVariantMap& options, QObject* guard,
                                   Answer<PrunedBuildCache> answer) {
    using Reply = std::tuple<uint, qulonglong>;
    call<Reply>(interactive(kBuildsInterface, "PruneCache", {options}), guard,
                [answer = std::move(answer)](const Result<Reply>& pruned) {
                    if (!pruned)
                        return answer(fail(pruned.error()));
                    answer(PrunedBuildCache{std::get<0>(*pruned), std::get<1>(*pruned)});
                });
}

} // namespace escale::gui
