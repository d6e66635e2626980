#include "helper/service/service.h"

#include "engine/base/file.h"
#include "engine/base/log.h"
#include "engine/container/containers.h"
#include "engine/container/layer_mounts.h"
#include "engine/network/ipam.h"
#include "engine/stack/stack_labels.h"
#include "engine/store/store.h"
#include "helper/dbus/types.h"
#include "helper/service/builds_service.h"
#include "helper/service/changes.h"
#include "helper/service/commit_service.h"
#include "helper/service/container_changes_service.h"
#include "helper/service/container_files_service.h"
#include "helper/service/container_sessions_service.h"
#include "helper/service/containers_service.h"
#include "helper/service/dispatcher.h"
#include "helper/service/events_service.h"
#include "helper/service/images_export_service.h"
#include "helper/service/images_load_service.h"
#include "helper/service/images_save_service.h"
#include "helper/service/images_service.h"
#include "helper/service/images_usage_service.h"
#include "helper/service/inspect_service.h"
#include "helper/service/jobs_service.h"
#include "helper/service/networks_service.h"
#include "helper/service/push_service.h"
#include "helper/service/stack_views_service.h"
#include "helper/service/stacks_service.h"
#include "helper/service/volume_files_service.h"
#include "helper/service/volumes_service.h"
#include "helper/worker/files_worker.h"
#include "helper/worker/mount_worker.h"

#include <QCoreApplication>
#include <QDBusConnectionInterface>
#include <QDBusError>
#include <QDeadlineTimer>
#include <QThread>
#include <QThreadPool>
#include <QTimer>

#include <array>
#include <chrono>
#include <unistd.h>

namespace escale {
namespace {

constexpr int kQueryThreads = 8;
// Less than TimeoutStopSec= of our unit, which is what systemd gives every service.
constexpr std::chrono::seconds kMachineEndPatience(75);
constexpr int kLastCallsMilliseconds = 5000;
constexpr int kStoreWaitMilliseconds = 20'000; // less than the bus waits for an activated service
constexpr unsigned long kStorePollMilliseconds = 20;

// The programs of the engine stand in one folder.
Result<std::string> siblingProgram(const char* name) {
    std::array<char, 4096> self{};
    const ssize_t length = ::readlink("/proc/self/exe", self.data(), self.size() - 1);
    if (length <= 0)
        return failErrno("cannot read /proc/self/exe");
    const std::string path(self.data(), static_cast<std::size_t>(length));
    return path.substr(0, path.rfind('/') + 1) + name;
}

Result<ContainersSettings> settingsOf(const HelperOptions& options) {
    ContainersSettings settings;
    TRY_ASSIGN(settings.runtimeProgram, siblingProgram("escale-runtime"));
    settings.runFolder = options.runFolder;
    settings.cgroupParent = options.cgroupParent;
    settings.bridge = options.bridge;
    settings.table = options.table;
    TRY_ASSIGN(const std::string worker, siblingProgram("escale-worker"));
    settings.volumes.mounter = mountBy(worker);
    settings.volumes.copier = copyTree(worker);
    if (!options.pools.empty()) {
        TRY_ASSIGN(settings.pools, parsePools(options.pools));
    }
    return settings;
}

// The helper before this one gives its name up first and its store last, when its jobs have ended.
Result<std::unique_ptr<Store>> openStoreWhenFree(const std::string& folder) {
    const QDeadlineTimer patience(kStoreWaitMilliseconds);
    auto store = Store::open(folder);
    while (!store && store.error().code == ErrorCode::InUse && !patience.hasExpired()) {
        QThread::msleep(kStorePollMilliseconds);
        store = Store::open(folder);
    }
    return store;
}

Result<LayerForm> layerFormOf(const HelperOptions& options) {
    if (options.layers == "folder")
        return LayerForm::Folder;
    auto can = tryErofs(options.stateFolder + "/staging");
    if (can)
        return LayerForm::Image;
    if (options.layers == "image")
        return fail(std::move(can).error().prefixed("layers cannot be images here"));
    logInfo("layers are kept as folders: " + can.error().text());
    return LayerForm::Folder;
}

/// For whoever tells changes from any thread.
std::function<void(uid_t, const std::string&)> noting(Changes& changes, const char* kind) {
    return [&changes, kind = QString::fromLatin1(kind)](uid_t owner, const std::string& id) {
        QMetaObject::invokeMethod(
            &changes,
            [&changes, kind, owner, id = QString::fromStdString(id)] { changes.note(owner, kind, id); },
            Qt::QueuedConnection);
    };
}

} // namespace

// In the order of their making; destroyed from the last to the first.
struct Service::Parts {
    explicit Parts(QDBusConnection connection)
        : bus(std::move(connection)) {}

    QDBusConnection bus;
    std::unique_ptr<Changes> changes;
    std::unique_ptr<Store> store;
    std::unique_ptr<Containers> containers;
    std::unique_ptr<ContainerPlaces> containerPlaces;
    std::unique_ptr<BuildCache> buildCache;
    std::unique_ptr<BuildRecords> buildRecords;
    std::unique_ptr<Callers> callers;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<JobsService> jobsService;
    std::unique_ptr<ImageNews> imageNews;
    std::unique_ptr<ImagesService> imagesService;
    std::unique_ptr<ImagesLoadService> imagesLoadService;
    std::unique_ptr<ImagesSaveService> imagesSaveService;
    std::unique_ptr<ImagesExportService> imagesExportService;
    std::unique_ptr<ImagesUsageService> imagesUsageService;
    std::unique_ptr<ContainersService> containersService;
    std::unique_ptr<ContainerChangesService> changesService;
    std::unique_ptr<ContainerSessionsService> sessionsService;
    std::unique_ptr<ContainerFilesService> filesService;
    std::unique_ptr<CommitService> commitService;
    std::unique_ptr<PushService> pushService;
    std::unique_ptr<NetworksService> networksService;
    std::unique_ptr<VolumesService> volumesService;
    std::unique_ptr<VolumeFilesService> volumeFilesService;
    std::unique_ptr<BuildsService> buildsService;
    std::unique_ptr<StacksService> stacksService;
    std::unique_ptr<StackViewsService> stackViewsService;
    std::unique_ptr<InspectService> inspectService;
    std::unique_ptr<EventsService> eventsService;
    // Work refers to everything above, so what waits for it is destroyed first.
    std::unique_ptr<Jobs> jobs;
    QThreadPool queries;
    QTimer idle;
};

Service::Service() = default;

Service::~Service() {
    if (!m_parts)
        return;
    Parts& parts = *m_parts;
    // From here on calls start a new helper, which waits for the store. Those that came before get their
    // answers.
    parts.bus.interface()->unregisterService(QLatin1String(dbus::kService));
    const QDeadlineTimer patience(kLastCallsMilliseconds);
    do {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        parts.queries.waitForDone(10);
    } while (Call::pending() > 0 && !patience.hasExpired());
    parts.queries.waitForDone();
    if (parts.jobs)
        parts.jobs->stop();
    QCoreApplication::sendPostedEvents(); // the last word of the jobs
    parts.bus.unregisterObject(QLatin1String(dbus::kObject), QDBusConnection::UnregisterTree);
}

void Service::endWithMachine() {
    m_parts->containers->endWithMachine(kMachineEndPatience);
}

Result<void> Service::purge(const HelperOptions& options) {
    TRY(makeDirectories(options.stateFolder, 0700));
    TRY_ASSIGN(const auto store, Store::open(options.stateFolder));
    TRY_ASSIGN(auto settings, settingsOf(options));
    TRY_ASSIGN(const auto containers, Containers::open(*store, std::move(settings)));
    return containers->purge();
}

Result<std::unique_ptr<Service>> Service::open(const HelperOptions& options, const QDBusConnection& bus) {
    dbus::registerTypes();
    std::unique_ptr<Service> service(new Service);
    service->m_parts = std::make_unique<Parts>(bus);
    Parts& parts = *service->m_parts;
    parts.queries.setMaxThreadCount(kQueryThreads);
    parts.changes = std::make_unique<Changes>();

    if (bus.interface()->isServiceRegistered(QLatin1String(dbus::kService)))
        return fail(ErrorCode::InUse,
                    std::string("the name ") + dbus::kService + " is taken: a helper runs already");
    TRY(makeDirectories(options.stateFolder, 0700));
    TRY_ASSIGN(parts.store, openStoreWhenFree(options.stateFolder));
    TRY_ASSIGN(const LayerForm form, layerFormOf(options));
    parts.store->setLayerForm(form);
    TRY_ASSIGN(auto settings, settingsOf(options));
    TRY_ASSIGN(const std::string worker, siblingProgram("escale-worker"));
    TRY_ASSIGN(parts.containers, Containers::open(*parts.store, std::move(settings)));
    TRY_ASSIGN(parts.buildCache, BuildCache::open(*parts.store));
    TRY_ASSIGN(parts.buildRecords, BuildRecords::open(*parts.store));

    parts.callers = std::make_unique<Callers>(bus);
    parts.dispatcher = std::make_unique<Dispatcher>(bus, *parts.callers);
    parts.jobs = std::make_unique<Jobs>();
    parts.jobsService = std::make_unique<JobsService>(bus, *parts.dispatcher, *parts.jobs, *parts.callers);
    parts.imageNews = std::make_unique<ImageNews>(*parts.store, parts.containers->events(), *parts.changes);
    parts.imagesService = std::make_unique<ImagesService>(
        *parts.dispatcher,
        ImagesService::Parts{*parts.store, *parts.jobs, *parts.imageNews, parts.queries, worker});
    parts.imagesLoadService = std::make_unique<ImagesLoadService>(
        *parts.dispatcher, ImagesLoadService::Parts{*parts.store, *parts.jobs, *parts.imageNews, worker});
    parts.imagesSaveService = std::make_unique<ImagesSaveService>(
        *parts.dispatcher, ImagesSaveService::Parts{*parts.store, *parts.jobs, *parts.imageNews, worker});
    parts.imagesExportService = std::make_unique<ImagesExportService>(
        *parts.dispatcher, ImagesExportService::Parts{*parts.store, *parts.containers, *parts.jobs, worker});
    parts.imagesUsageService = std::make_unique<ImagesUsageService>(
        *parts.dispatcher,
        ImagesUsageService::Parts{*parts.store, *parts.jobs, *parts.imageNews, parts.queries, worker});
    parts.containerPlaces = std::make_unique<ContainerPlaces>(*parts.containers);
    parts.containersService = std::make_unique<ContainersService>(
        *parts.dispatcher, *parts.containers, *parts.containerPlaces, *parts.jobs, parts.queries);
    parts.changesService =
        std::make_unique<ContainerChangesService>(*parts.dispatcher, *parts.containers, parts.queries);
    parts.sessionsService =
        std::make_unique<ContainerSessionsService>(*parts.dispatcher, *parts.containers, parts.queries);
    parts.filesService = std::make_unique<ContainerFilesService>(
        *parts.dispatcher,
        ContainerFilesService::Parts{*parts.containers, *parts.jobs, parts.queries, FilesWorker(worker)});
    parts.commitService = std::make_unique<CommitService>(
        *parts.dispatcher, CommitService::Parts{*parts.store, *parts.containers, *parts.jobs,
                                                *parts.imageNews, parts.queries, worker});
    parts.pushService = std::make_unique<PushService>(
        *parts.dispatcher, PushService::Parts{*parts.store, *parts.jobs, *parts.imageNews, worker});
    parts.networksService = std::make_unique<NetworksService>(
        *parts.dispatcher, NetworksService::Parts{*parts.containers, *parts.changes, parts.queries});
    TRY_ASSIGN(parts.volumeFilesService,
               VolumeFilesService::open(*parts.dispatcher,
                                        {*parts.store, *parts.containers, *parts.jobs, parts.queries,
                                         noting(*parts.changes, "volumes"), FilesWorker(worker)},
                                        options.runFolder + "/paused"));
    parts.volumesService = std::make_unique<VolumesService>(
        *parts.dispatcher,
        VolumesService::Parts{*parts.store, *parts.containers, *parts.jobs, parts.queries});
    const BuildParts build{*parts.store,
                           *parts.containers,
                           *parts.buildCache,
                           *parts.buildRecords,
                           *parts.imageNews,
                           worker,
                           options.runFolder + "/agents"};
    parts.buildsService = std::make_unique<BuildsService>(
        *parts.dispatcher,
        BuildsService::Parts{build, *parts.jobs, parts.queries, noting(*parts.changes, "builds")});
    const StackConfigs configs(options.stateFolder + "/stacks");
    parts.stacksService = std::make_unique<StacksService>(
        *parts.dispatcher,
        StacksService::Parts{build, *parts.buildsService, *parts.containerPlaces, *parts.jobs, parts.queries,
                             configs, noting(*parts.changes, "stacks")});
    parts.stackViewsService = std::make_unique<StackViewsService>(
        *parts.dispatcher, StackViewsService::Parts{*parts.containers, parts.queries, configs});
    parts.inspectService = std::make_unique<InspectService>(
        *parts.dispatcher,
        InspectService::Parts{*parts.store, *parts.containers, *parts.jobs, parts.queries, worker});
    parts.eventsService = std::make_unique<EventsService>(bus, *parts.dispatcher, *parts.callers,
                                                          parts.containers->events(), parts.queries);
    if (const auto missing = parts.dispatcher->missingHandlers(); !missing.isEmpty())
        return fail(ErrorCode::Internal,
                    "no handler for " + missing.join(QStringLiteral(", ")).toStdString());

    service->tellChanges();
    TRY(service->appear(options.idleSeconds));
    return service;
}

void Service::tellChanges() {
    Parts& parts = *m_parts;
    Changes& changes = *parts.changes;
    parts.containers->onChanged(noting(changes, "containers"));
    parts.containers->onNetworkChanged(noting(changes, "networks"));
    parts.containers->volumes().onChanged(noting(changes, "volumes"));
    connect(parts.jobs.get(), &Jobs::changed, &changes, [&changes](uid_t owner, const QString& path) {
        changes.note(owner, QStringLiteral("jobs"), path);
    });
    connect(parts.eventsService.get(), &EventsService::happened, &changes,
            [&changes](uid_t owner, const dbus::Event& event) {
                const auto project = event.attributes.constFind(QLatin1String(stack_labels::kProject));
                if (project != event.attributes.constEnd())
                    changes.note(owner, QStringLiteral("stacks"), *project);
            });
    connect(&changes, &Changes::changed, this,
            [&parts](uid_t owner, const QString& kind, const QStringList& ids) {
                for (const QString& connection : parts.callers->connectionsOf(owner)) {
                    auto signal = QDBusMessage::createTargetedSignal(connection, QLatin1String(dbus::kObject),
                                                                     QStringLiteral("org.escale.Engine1"),
                                                                     QStringLiteral("Changed"));
                    signal << kind << ids;
                    parts.bus.send(signal);
                }
            });
}

Result<void> Service::appear(int idleSeconds) {
    Parts& parts = *m_parts;
    parts.bus.connect({}, QStringLiteral("/org/freedesktop/DBus/Local"),
                      QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"), this,
                      SLOT(busHasGone()));
    if (!parts.bus.registerVirtualObject(QLatin1String(dbus::kObject), parts.dispatcher.get(),
                                         QDBusConnection::SubPath))
        return fail(ErrorCode::Internal, "cannot put the engine's object on the message bus");
    const QDBusReply<QDBusConnectionInterface::RegisterServiceReply> reply =
        parts.bus.interface()->registerService(QLatin1String(dbus::kService));
    if (!reply.isValid())
        return fail(ErrorCode::PermissionDenied,
                    std::string("cannot take the name ") + dbus::kService + ": " +
                        reply.error().message().toStdString(),
                    "Install org.escale.Engine1.conf in /usr/share/dbus-1/system.d.");
    if (reply.value() != QDBusConnectionInterface::ServiceRegistered)
        return fail(ErrorCode::InUse,
                    std::string("the name ") + dbus::kService + " is taken: a helper runs already");
    if (idleSeconds > 0) {
        parts.idle.setInterval(idleSeconds * 1000);
        connect(&parts.idle, &QTimer::timeout, this, &Service::quitWhenIdle);
        connect(parts.dispatcher.get(), &Dispatcher::called, &parts.idle, qOverload<>(&QTimer::start));
        parts.idle.start();
    }
    return {};
}

void Service::busHasGone() {
    logWarning("the message bus has gone; containers run on");
    QCoreApplication::quit();
}

void Service::quitWhenIdle() {
    if (Call::pending() > 0 || m_parts->jobs->anyRunning() || containersRun() ||
        m_parts->containers->hasWaitingSessions())
        return; // the timer asks again
    logInfo("nothing to do, leaving; the next call starts a new helper");
    QCoreApplication::quit();
}

// One row at most, and only after minutes of silence: not worth a thread.
bool Service::containersRun() const {
    const auto lock = m_parts->store->lock();
    auto statement = m_parts->store->database().prepare(
        "SELECT 1 FROM container WHERE state IN ('running', 'paused', 'restarting') LIMIT 1");
    if (!statement)
        return true;
    const auto row = statement->step();
    return !row || *row;
}

} // namespace escale
