// The engine as the GUI sees it: every call is asynchronous, typed and guarded (call.h), every list says when
// it must be read again. Nothing else in gui/ talks D-Bus. GUI thread.
#pragma once

#include "gui/client/bus_call.h"
#include "gui/client/call.h"
#include "gui/client/files_place.h"
#include "gui/client/job.h"
#include "gui/client/run_request.h"
#include "gui/client/stack_request.h"
#include "helper/dbus/types.h"

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QVariantMap>

#include <memory>

class OrgEscaleEngine1Interface;
class OrgEscaleEngine1ImagesInterface;
class OrgEscaleEngine1ContainersInterface;
class OrgEscaleEngine1NetworksInterface;
class OrgEscaleEngine1VolumesInterface;
class OrgEscaleEngine1BuildsInterface;

namespace escale::gui {

/// What Inspect tells (helper/dbus/org.escale.Engine1.xml).
struct ContainerDetails {
    dbus::Container container;
    QVariantMap options; // as they were given
    QVariantMap image;   // what the image says
};

/// A process of exec and the socket of its session, which the taker closes.
struct ExecSession {
    QString id;
    QDBusUnixFileDescriptor socket;
};

/// An archive on its way: read `archive` to its end, then the job tells whether it is whole.
struct ArchiveOut {
    Job* job = nullptr;
    QDBusUnixFileDescriptor archive;
    dbus::FileEntry file; // what is copied; not for an export
};

/// What an image says of itself; the files are closed when the answer returns.
struct ImageDocuments {
    QString digest;
    QDBusUnixFileDescriptor manifest, config;
};

/// Records of what is in an image's layers (engine/image/layer_records.h), to be read to their end.
struct LayerRecords {
    Job* job = nullptr;
    QDBusUnixFileDescriptor records;
};

/// What a prune has taken away.
struct PrunedImages {
    QStringList names; // "repository:tag", "repository@digest"
    quint64 freed = 0; // bytes
};

/// What Images.DiskUsage tells, in bytes.
struct DiskUsage {
    dbus::ImageUsages images;
    dbus::ContainerUsages containers;
    dbus::TotalUsage total;
};

/// What a prune has taken away.
struct PrunedVolumes {
    QStringList names;
    quint64 freed = 0; // bytes
};

/// A build that has begun.
struct BegunBuild {
    QString id;
    Job* job = nullptr;
};

/// What a prune of the build cache has taken away.
struct PrunedBuildCache {
    quint32 removed = 0; // entries
    quint64 freed = 0;   // bytes
};

/// Lines of JSON, to be read to their end.
struct FoundFiles {
    Job* job = nullptr;
    QDBusUnixFileDescriptor lines;
};

/// What Networks.Check tells of a network that nobody has made yet.
struct NetworkCheck {
    dbus::NetworkProblems problems;
    dbus::NetworkPools pools; // that would be chosen; empty while something is wrong
};

struct FileListing {
    dbus::FileEntries files;
    bool more = false; // than are listed
};

/// Something is done with a stack. The events are a file of JSON lines, to be followed while the job runs
/// (helper/dbus/org.escale.Engine1.xml).
struct StackWork {
    Job* job = nullptr;
    QDBusUnixFileDescriptor events;
};

/// What an Up would do.
struct StackPreview {
    dbus::StackSteps steps;
    QStringList warnings;
};

/// How a container was made when it was started last.
struct MakingOf {
    qint64 started = 0; // Unix milliseconds
    dbus::MadeSteps steps;
};

/// The layers that a container stands on and its own, to be read to their end.
struct ContainerLayers {
    Job* job = nullptr;
    QStringList layers; // diffs' digests, base first; the container's own is one more
    QDBusUnixFileDescriptor records;
};

class EngineClient : public QObject {
    Q_OBJECT
public:
    enum class State { Connecting, Ready, Unreachable };

    explicit EngineClient(QObject* parent = nullptr);
    ~EngineClient() override;

    /// Opens the bus and greets the engine; the answer is a stateChanged. Also what Retry does.
    void open();
    [[nodiscard]] State state() const { return m_state; }
    /// Why the engine is unreachable.
    [[nodiscard]] const Error& problem() const { return m_problem; }
    [[nodiscard]] Jobs& jobs() { return m_jobs; }
    /// A container's or a network's name, as it was told last; the id's beginning for one that was never
    /// told.
    [[nodiscard]] QString nameOf(const QString& id) const;

    void listImages(QObject* guard, Answer<dbus::ImageList> answer);
    void pull(const QString& reference, const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    void removeImage(const QString& repository, const QString& tag, QObject* guard, Answer<> answer);

    /// One more name for an image: "name:tag".
    void tagImage(const QString& image, const QString& reference, QObject* guard, Answer<> answer);
    /// With the options of Images.Push; `image` is a reference of the person's, or a digest.
    void pushImage(const QString& image, const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    /// `output`: a file or pipe that is open for writing.
    void saveImages(const QStringList& images, const QDBusUnixFileDescriptor& output,
                    const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    /// `input`: a file or pipe that is open for reading, or an open folder.
    void loadImages(const QDBusUnixFileDescriptor& input, const QVariantMap& options, QObject* guard,
                    Answer<Job*> answer);
    /// The whole file system of an image as a tar archive; `output` as of saveImages().
    void exportImage(const QString& image, const QDBusUnixFileDescriptor& output, QObject* guard,
                     Answer<Job*> answer);
    void importImage(const QDBusUnixFileDescriptor& input, const QString& reference,
                     const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    void pruneImages(const QVariantMap& options, QObject* guard, Answer<PrunedImages> answer);
    void diskUsage(QObject* guard, Answer<DiskUsage> answer);
    /// The job's result: findings as JSON (gui/images/verify_findings.h).
    void verifyImages(const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    /// `image` as Images.OpenDocuments names it.
    void openDocuments(const QString& image, QObject* guard, Answer<ImageDocuments> answer);
    /// The job is listed nowhere, and goes with the guard.
    void readLayers(const QString& image, QObject* guard, Answer<LayerRecords> answer);

    void listContainers(QObject* guard, Answer<dbus::ContainerList> answer);
    /// Answers with the container's id; the job goes on.
    void run(const RunRequest& request, QObject* guard, Answer<std::pair<QString, Job*>> answer);
    /// The same without starting it.
    void create(const RunRequest& request, QObject* guard, Answer<QString> answer);
    void start(const QString& id, QObject* guard, Answer<Job*> answer);
    void stop(const QString& id, QObject* guard, Answer<Job*> answer);
    /// `volumes`: with its anonymous ones, that no other container has.
    void removeContainer(const QString& id, bool force, QObject* guard, Answer<Job*> answer,
                         bool volumes = false);
    void restart(const QString& id, QObject* guard, Answer<Job*> answer);
    void kill(const QString& id, const QString& signal, QObject* guard, Answer<> answer);
    void pause(const QString& id, QObject* guard, Answer<> answer);
    void unpause(const QString& id, QObject* guard, Answer<> answer);
    void rename(const QString& id, const QString& name, QObject* guard, Answer<> answer);
    /// Limits and the restart policy, with the options of Containers.Update.
    void update(const QString& id, const QVariantMap& options, QObject* guard, Answer<> answer);
    void inspect(const QString& id, QObject* guard, Answer<ContainerDetails> answer);
    /// With the options of Containers.Exec; the frames of the session: engine/base/session_frame.h.
    void exec(const QString& id, const QStringList& command, const QVariantMap& options, QObject* guard,
              Answer<ExecSession> answer);
    void attach(const QString& id, const QVariantMap& options, QObject* guard,
                Answer<QDBusUnixFileDescriptor> answer);
    void top(const QString& id, QObject* guard, Answer<dbus::ProcessList> answer);
    void health(const QString& id, QObject* guard, Answer<dbus::HealthProbes> answer);
    void pruneContainers(QObject* guard, Answer<QStringList> answer);
    void listEvents(const QVariantMap& options, QObject* guard, Answer<dbus::EventList> answer);
    /// Paths are absolute in there; with the options of Containers.StatFile, CopyOut and CopyIn.
    void statFile(const FilesPlace& place, const QString& path, const QVariantMap& options, QObject* guard,
                  Answer<dbus::FileEntry> answer);
    void listFiles(const FilesPlace& place, const QString& path, QObject* guard, Answer<FileListing> answer);
    void copyOut(const FilesPlace& place, const QString& path, const QVariantMap& options, QObject* guard,
                 Answer<ArchiveOut> answer);
    /// The same for a look at a file: the job is listed nowhere, and goes with the guard.
    void lookAt(const FilesPlace& place, const QString& path, const QVariantMap& options, QObject* guard,
                Answer<ArchiveOut> answer);
    /// `archive`: a pipe, socket or file that is open for reading.
    void copyIn(const FilesPlace& place, const QString& path, const QDBusUnixFileDescriptor& archive,
                const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    void exportContainer(const QString& id, QObject* guard, Answer<ArchiveOut> answer);
    /// With the options of Containers.Commit; the job's result is the image's digest.
    void commit(const QString& id, const QString& reference, const QVariantMap& options, QObject* guard,
                Answer<Job*> answer);
    void changes(const QString& id, QObject* guard, Answer<dbus::FileChanges> answer);
    /// The oldest file first; closed when the answer returns.
    void openLog(const QString& id, QObject* guard, Answer<dbus::FileList> answer);
    /// Any number of them: the engine is asked as often as its limit of one call wants.
    void stats(const QStringList& ids, QObject* guard, Answer<dbus::StatsList> answer);
    /// Points later than `since`, Unix milliseconds.
    void statsHistory(const QString& id, qint64 since, QObject* guard, Answer<dbus::StatsPoints> answer);

    void listNetworks(QObject* guard, Answer<dbus::NetworkList> answer);
    /// With the options of Networks.Create; answers with the network's id.
    void createNetwork(const QString& name, const QVariantMap& options, QObject* guard,
                       Answer<QString> answer);
    /// The same options, which somebody still writes.
    void checkNetwork(const QString& name, const QVariantMap& options, QObject* guard,
                      Answer<NetworkCheck> answer);
    void removeNetwork(const QString& id, QObject* guard, Answer<> answer);
    /// Answers with those that went.
    void pruneNetworks(QObject* guard, Answer<QStringList> answer);
    /// With the options of Networks.Connect.
    void connectNetwork(const QString& network, const QString& container, const QVariantMap& options,
                        QObject* guard, Answer<> answer);
    void disconnectNetwork(const QString& network, const QString& container, QObject* guard, Answer<> answer);
    void moveNetwork(const QString& id, QObject* guard, Answer<dbus::NetworkPools> answer);
    void hostInterfaces(QObject* guard, Answer<dbus::HostInterfaces> answer);
    void networkDrivers(QObject* guard, Answer<dbus::NetworkDrivers> answer);
    void endpointStatistics(QObject* guard, Answer<dbus::EndpointStatistics> answer);
    /// `container` empty: the rules of the network alone.
    void networkRules(const QString& network, const QString& container, QObject* guard,
                      Answer<dbus::RuleChains> answer);
    void portReach(const QString& container, QObject* guard, Answer<dbus::PortReaches> answer);

    void listVolumes(QObject* guard, Answer<dbus::VolumeList> answer);
    /// With the options of Volumes.Create; `name` empty: one is chosen. Answers with its name.
    void createVolume(const QString& name, const QVariantMap& options, QObject* guard,
                      Answer<QString> answer);
    /// The same options, which somebody still writes.
    void checkVolume(const QString& name, const QVariantMap& options, QObject* guard,
                     Answer<dbus::VolumeProblems> answer);
    /// The job's result: gui/volumes/connection_text.h. It is listed nowhere, and goes with the guard.
    void testConnection(const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    void removeVolume(const QString& name, QObject* guard, Answer<> answer);
    void pruneVolumes(const QVariantMap& options, QObject* guard, Answer<PrunedVolumes> answer);
    /// The next list tells what was counted.
    void measureVolumes(const QStringList& names, QObject* guard, Answer<Job*> answer);
    void backupVolume(const QString& name, const QVariantMap& options, QObject* guard,
                      Answer<ArchiveOut> answer);
    /// `archive`: a pipe, socket or file that is open for reading.
    void restoreVolume(const QString& name, const QDBusUnixFileDescriptor& archive,
                       const QVariantMap& options, QObject* guard, Answer<Job*> answer);
    // Files that only volumes have changed here: a container's are changed from inside.
    void makeFolder(const FilesPlace& place, const QString& path, QObject* guard, Answer<> answer);
    void moveFile(const FilesPlace& place, const QString& from, const QString& to, QObject* guard,
                  Answer<> answer);
    void removeFiles(const FilesPlace& place, const QStringList& paths, QObject* guard, Answer<Job*> answer);
    /// With the options of Volumes.SetAttributes.
    void setAttributes(const FilesPlace& place, const QString& path, const QVariantMap& options,
                       QObject* guard, Answer<> answer);
    /// The job is listed nowhere, and goes with the guard.
    void searchFiles(const FilesPlace& place, const QString& path, const QString& text, QObject* guard,
                     Answer<FoundFiles> answer);

    /// `dockerfile` is read to its end, `context` is the engine's end of a socket pair; the options are those
    /// of Builds.Build.
    void build(const QDBusUnixFileDescriptor& dockerfile, const QDBusUnixFileDescriptor& context,
               const QVariantMap& options, QObject* guard, Answer<BegunBuild> answer);
    void listBuilds(QObject* guard, Answer<dbus::BuildList> answer);
    /// The options that it was begun with; what was secret is not among them.
    void inspectBuild(const QString& id, QObject* guard, Answer<QVariantMap> answer);
    /// The file of its events, from its beginning (engine/build/build_events.h).
    void openBuildEvents(const QString& id, QObject* guard, Answer<QDBusUnixFileDescriptor> answer);
    void removeBuilds(const QStringList& ids, QObject* guard, Answer<> answer);
    /// The job's result is JSON: an image of what the failed step has left, and how the step was run.
    void openFailedStep(const QString& id, QObject* guard, Answer<Job*> answer);
    /// Of a step's layer, by its diffId. The job is listed nowhere, and goes with the guard.
    void readStep(const QString& layer, QObject* guard, Answer<LayerRecords> answer);
    void listBuildCache(QObject* guard, Answer<dbus::BuildCache> answer);
    /// With the options of Builds.PruneCache.
    void pruneBuildCache(const QVariantMap& options, QObject* guard, Answer<PrunedBuildCache> answer);

    // Stacks (engine_client_stacks.cpp). A stack that was opened serves one call.
    /// Opens what a stack names, on another thread.
    void openStack(compose::MadeStack made, QObject* guard,
                   std::function<void(const tl::expected<OpenedStack, compose::Problem>&)> answer);
    /// With the options of Stacks.Up.
    void upStack(const OpenedStack& stack, const QVariantMap& options, QObject* guard,
                 Answer<StackWork> answer);
    void planStack(const dbus::Stack& stack, const QVariantMap& options, QObject* guard,
                   Answer<StackPreview> answer);
    void scaleStack(const OpenedStack& stack, const dbus::CountMap& replicas, const QVariantMap& options,
                    QObject* guard, Answer<StackWork> answer);
    /// A one-off container; the job's result is JSON: {"container": id}.
    void runService(const OpenedStack& stack, const QString& service, const QStringList& command,
                    const QVariantMap& options, QObject* guard, Answer<StackWork> answer);
    void buildStack(const OpenedStack& stack, const QVariantMap& options, QObject* guard,
                    Answer<StackWork> answer);
    void pullStack(const dbus::Stack& stack, const QVariantMap& options, QObject* guard,
                   Answer<StackWork> answer);
    void pushStack(const dbus::Stack& stack, const QVariantMap& options, QObject* guard,
                   Answer<StackWork> answer);
    void downStack(const QString& project, const QVariantMap& options, QObject* guard,
                   Answer<StackWork> answer);
    // No service named: all of them.
    void startServices(const QString& project, const QStringList& services, QObject* guard,
                       Answer<StackWork> answer);
    void stopServices(const QString& project, const QStringList& services, const QVariantMap& options,
                      QObject* guard, Answer<StackWork> answer);
    void restartServices(const QString& project, const QStringList& services, const QVariantMap& options,
                         QObject* guard, Answer<StackWork> answer);
    void killServices(const QString& project, const QStringList& services, const QString& signal,
                      QObject* guard, Answer<StackWork> answer);
    void pauseServices(const QString& project, const QStringList& services, QObject* guard,
                       Answer<StackWork> answer);
    void unpauseServices(const QString& project, const QStringList& services, QObject* guard,
                         Answer<StackWork> answer);
    void removeServices(const QString& project, const QStringList& services, const QVariantMap& options,
                        QObject* guard, Answer<StackWork> answer);
    void listStacks(QObject* guard, Answer<dbus::StackSummaries> answer);
    void listStackContainers(const QString& project, QObject* guard, Answer<dbus::StackContainers> answer);
    /// The canonical form that the last Up has brought, in a file to be read.
    void openStackConfig(const QString& project, QObject* guard, Answer<QDBusUnixFileDescriptor> answer);
    /// Logs of all containers, however many messages that takes. The files are closed when the last copy of
    /// the list goes.
    void openStackLogs(const QString& project, const QStringList& services, QObject* guard,
                       Answer<dbus::StackLogs> answer);
    /// `number` 0: the first container that runs.
    void execInService(const QString& project, const QString& service, quint32 number,
                       const QStringList& command, const QVariantMap& options, QObject* guard,
                       Answer<ExecSession> answer);
    void topStack(const QString& project, const QStringList& services, QObject* guard,
                  Answer<dbus::StackProcesses> answer);
    void listStackEvents(const QString& project, const QVariantMap& options, QObject* guard,
                         Answer<dbus::EventList> answer);

    // What the teaching views show, read from the kernel at each call.
    /// None named: all that run.
    void inspectProcesses(const QStringList& containers, QObject* guard,
                          Answer<dbus::InspectedProcesses> answer);
    void inspectNamespaces(const QString& container, QObject* guard, Answer<dbus::NamespaceFacts> answer);
    void inspectMounts(const QString& container, QObject* guard, Answer<dbus::MountList> answer);
    void inspectSyscalls(const QString& container, QObject* guard, Answer<dbus::SyscallVerdicts> answer);
    void inspectCgroups(const QString& container, QObject* guard, Answer<dbus::CgroupNodes> answer);
    void inspectMaking(const QString& container, QObject* guard, Answer<MakingOf> answer);
    /// The job is listed nowhere, and goes with the guard.
    void readContainerLayers(const QString& container, QObject* guard, Answer<ContainerLayers> answer);
    /// Lines of JSON until the descriptor is closed; the job as of readContainerLayers().
    void watchChanges(const QString& container, QObject* guard, Answer<FoundFiles> answer);

Q_SIGNALS:
    void stateChanged();
    // Read the list again; also sent when the engine came (back).
    void imagesChanged();
    /// Those that changed; none named: read all of them.
    void containersChanged(const QStringList& ids);
    void networksChanged();
    void volumesChanged();
    void buildsChanged();
    /// Projects whose containers or canonical form changed; none named: read all of them.
    void stacksChanged(const QStringList& projects);
    /// What has happened to this person's objects, in its order.
    void happened(const dbus::EventList& events);
    /// A call that may do something, as it is sent; its outcome follows.
    void called(const BusCall& call);
    void answered(const BusOutcome& outcome);

private:
    void greet();
    void setState(State state, Error problem = {});
    void takeChange(const QString& kind, const QStringList& ids);
    void listJobs();
    void followRunning(const dbus::JobSummaries& jobs);
    // A call that may ask the person for a password; waits as long as a person may take.
    QDBusPendingCall interactive(const char* interface, const char* method, const QVariantList& arguments);
    // The same for a look, which is no action of the person's.
    QDBusPendingCall send(const char* interface, const char* method, const QVariantList& arguments);
    void tellOutcome(quint64 number, const QDBusPendingCall& pending);
    void openSources(const RunRequest& request, QObject* guard, Answer<RunRequest> answer);
    void takeName(const RunRequest& request, const QString& id);
    void jobCall(const QDBusPendingCall& pending, QObject* guard, Answer<Job*> answer);
    void stackCall(const char* method, const QVariantList& arguments, QObject* guard,
                   Answer<StackWork> answer);
    void openMoreLogs(const QString& project, const QStringList& services, const dbus::StackLogs& before,
                      QObject* guard, Answer<dbus::StackLogs> answer);
    // A job that its guard alone follows.
    template <class Reply>
    void quietCall(const QDBusPendingCall& pending, QObject* guard,
                   std::function<void(Job*, const Reply&)> take, std::function<void(const Error&)> refuse);

    State m_state = State::Connecting;
    Error m_problem;
    QDBusConnection m_connection{QString()};
    Jobs m_jobs;
    std::unique_ptr<OrgEscaleEngine1Interface> m_engine;
    std::unique_ptr<OrgEscaleEngine1ImagesInterface> m_images;
    std::unique_ptr<OrgEscaleEngine1ContainersInterface> m_containers;
    std::unique_ptr<OrgEscaleEngine1NetworksInterface> m_networks;
    std::unique_ptr<OrgEscaleEngine1VolumesInterface> m_volumes;
    std::unique_ptr<OrgEscaleEngine1BuildsInterface> m_builds;
    QObject* m_watcher = nullptr;
    int m_looking = 0;               // looks that are not answered yet
    QHash<QString, QString> m_names; // of containers and networks, by id
    quint64 m_calls = 0;
};

} // namespace escale::gui
