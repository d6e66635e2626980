#include "helper/service/inspect_service.h"

#include "engine/base/file.h"
#include "engine/base/process.h"
#include "engine/inspect/cgroup_tree.h"
#include "engine/inspect/ended_children.h"
#include "helper/service/container_bus.h"
#include "helper/service/inspect_bus.h"
#include "helper/service/pipe_reply.h"
#include "helper/validation/arguments.h"
#include "helper/worker/files_worker.h"
#include "helper/worker/image_layers.h"

#include <QThreadPool>

#include <algorithm>
#include <fcntl.h>
#include <set>
#include <span>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr qsizetype kMostProcesses = 2000; // of one answer
// Their command lines and cgroups: a bus throws out who sends more than 32 MiB, and bytes that are no UTF-8
// become three.
constexpr std::size_t kMostText = 8U << 20;
constexpr int kMostContainers = 64; // that are named
constexpr const char* kWatchKind = "watch-changes";
// They end when their readers want, each takes one of the jobs' threads and one of the 128 inotify instances
// that root has for the whole machine.
constexpr qsizetype kMostWatchesOfUser = 4;
constexpr qsizetype kMostWatches = 16;

Result<QVariantList> cgroupsOf(const RunningContainer& container) {
    TRY_ASSIGN(const auto nodes, readCgroupTree(container.cgroups, container.cgroup));
    return QVariantList{QVariant::fromValue(toBus(nodes))};
}

Result<QVariantList> namespacesOf(const RunningContainer& container) {
    TRY_ASSIGN(const NamespaceFacts facts, readNamespaceFacts(container.container.pid));
    return QVariantList{QVariant::fromValue(toBus(facts))};
}

Result<QVariantList> mountsOf(const RunningContainer& container) {
    TRY_ASSIGN(const auto mounts, readMounts(container.container.pid));
    return QVariantList{QVariant::fromValue(toBus(mounts))};
}

Result<QVariantList> syscallsOf(const RunningContainer& container) {
    TRY_ASSIGN(const UniqueFd file, openFile(container.configFile, O_RDONLY | O_NOFOLLOW));
    struct stat info {};
    if (::fstat(file.get(), &info) != 0 || info.st_uid != 0 || !S_ISREG(info.st_mode))
        return fail(ErrorCode::PermissionDenied,
                    container.configFile + " is not what the engine has written");
    TRY_ASSIGN(const std::string config, readFd(file.get()));
    TRY_ASSIGN(const auto verdicts, verdictsOfConfig(config));
    return QVariantList{QVariant::fromValue(toBus(verdicts))};
}

/// The processes of one container, its monitor first, as far as there is room.
void addProcesses(const RunningContainer& container, dbus::InspectedProcesses& list, std::size_t& text) {
    const QString id = toQString(container.container.id);
    if (container.monitor && list.size() < kMostProcesses) {
        const auto monitor = readProcessFacts(container.monitorPid);
        if (monitor && !hasProcessEnded(container.monitor.get()))
            list.append(toBus(*monitor, id, "monitor"));
    }
    const auto room = static_cast<std::size_t>(kMostProcesses - list.size());
    const std::span<const pid_t> members(container.members.data(), std::min(room, container.members.size()));
    auto found = readProcessFacts(members);
    // A number may be somebody else's by now: who is in another cgroup is no process of it.
    std::erase_if(found, [&container](const ProcessFacts& facts) {
        return facts.cgroup != container.cgroup && !facts.cgroup.starts_with(container.cgroup + "/");
    });
    const auto zombies = readEndedChildren(found);
    found.insert(found.end(), zombies.begin(), zombies.end());
    for (std::size_t i = 0; i < std::min(room, found.size()) && text < kMostText; ++i) {
        text += found[i].command.size() + found[i].cgroup.size();
        list.append(toBus(found[i], id, "container"));
    }
}

} // namespace

InspectService::InspectService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    const auto handle = [&dispatcher](const char* member, std::function<void(const CallPointer&)> method) {
        dispatcher.handle("org.escale.Engine1.Inspect", member, std::move(method));
    };
    handle("Processes", [this](const CallPointer& call) { processes(call); });
    handle("Namespaces", [this](const CallPointer& call) { answerRunning(call, namespacesOf); });
    handle("Mounts", [this](const CallPointer& call) { answerRunning(call, mountsOf); });
    handle("Syscalls", [this](const CallPointer& call) { answerRunning(call, syscallsOf); });
    handle("Cgroups", [this](const CallPointer& call) { answerRunning(call, cgroupsOf); });
    handle("Making", [this](const CallPointer& call) { making(call); });
    handle("ReadLayers", [this](const CallPointer& call) { readLayers(call); });
    handle("WatchChanges", [this](const CallPointer& call) { watchChanges(call); });
}

void InspectService::answerRunning(const CallPointer& call, Look look) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), id = *id, look = std::move(look)]() -> Result<QVariantList> {
                   TRY_ASSIGN(const RunningContainer found, m_parts.containers.findRunning(owner, id));
                   auto seen = look(found);
                   if (hasProcessEnded(found.process.get()))
                       return fail(ErrorCode::WrongState,
                                   "the container " + found.container.options.name + " has just ended",
                                   "Start it first.");
                   return seen;
               });
}

/// Of all that run when none is named. One container after the other: each is held by descriptors.
Result<dbus::InspectedProcesses> InspectService::processesOf(uid_t owner, std::vector<std::string> names) {
    const bool isNamed = !names.empty();
    if (!isNamed) {
        TRY_ASSIGN(const auto containers, m_parts.containers.list(owner));
        for (const Container& each : containers) {
            if (isAlive(each.state))
                names.push_back(each.id);
        }
    }
    dbus::InspectedProcesses list;
    TRY_ASSIGN(const ProcessFacts engine, readProcessFacts(::getpid()));
    list.append(toBus(engine, {}, "engine"));
    std::set<std::string> seen;
    std::size_t text = 0;
    for (const std::string& name : names) {
        const auto container = m_parts.containers.findRunning(owner, name);
        if (!container && isNamed)
            return fail(container.error());
        if (container && seen.insert(container->container.id).second) // else it has just ended
            addProcesses(*container, list, text);
    }
    return list;
}

void InspectService::processes(const CallPointer& call) {
    const auto names = checkContainerIds(call->arguments().at(0).toStringList(), kMostContainers);
    if (!names) {
        call->refuse(names.error());
        return;
    }
    answerFrom(m_parts.pool, call, [this, owner = call->owner(), names = *names]() -> Result<QVariantList> {
        TRY_ASSIGN(const auto list, processesOf(owner, names));
        return QVariantList{QVariant::fromValue(list)};
    });
}

void InspectService::making(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_parts.pool, call, [this, owner = call->owner(), id = *id]() -> Result<QVariantList> {
        TRY_ASSIGN(const ContainerMaking making, m_parts.containers.making(owner, id));
        return QVariantList{QVariant::fromValue(qlonglong{making.started}),
                            QVariant::fromValue(toBus(making.steps))};
    });
}

void InspectService::startSending(const CallPointer& call, const char* kind, Send send) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    startJobThatReplies(m_parts.jobs, call, {call->owner(), QString::fromLatin1(kind), toQString(*id)},
                        [this, owner = call->owner(), id = *id, send = std::move(send)](
                            PipeReply& reply, const Cancellation& cancellation) -> Result<QString> {
                            TRY_ASSIGN(const Container container, m_parts.containers.find(owner, id));
                            TRY_ASSIGN(ContainerLayers layers,
                                       m_parts.containers.openLayers(owner, container.id));
                            TRY_ASSIGN(Pipe pipe, Pipe::make());
                            TRY(send(container, std::move(layers), std::move(pipe), reply, cancellation));
                            return toQString(container.id);
                        });
}

void InspectService::readLayers(const CallPointer& call) {
    startSending(call, "read-layers",
                 [this](const Container& container, const ContainerLayers& layers, Pipe pipe,
                        PipeReply& reply, const Cancellation& cancellation) -> Result<void> {
                     TRY_ASSIGN(const Digest digest, Digest::parse(container.imageDigest));
                     TRY_ASSIGN(const Image image, m_parts.store.imageByDigest(digest));
                     QStringList diffIds;
                     for (const Layer& layer : image.layers)
                         diffIds.append(toQString(layer.diffId.toString()));
                     reply.send(pipe.reading, {}, {diffIds});
                     pipe.reading.reset();
                     return readImageLayers(m_parts.store, m_parts.workerProgram, image,
                                            std::move(pipe.writing), cancellation,
                                            {layers.upper.get(), layers.idBase});
                 });
}

void InspectService::watchChanges(const CallPointer& call) {
    const QString kind = QString::fromLatin1(kWatchKind);
    if (m_parts.jobs.running(kind, call->owner()) >= kMostWatchesOfUser ||
        m_parts.jobs.running(kind) >= kMostWatches) {
        call->refuse({ErrorCode::WrongState, "too many containers are followed already",
                      "Close a view that follows one."});
        return;
    }
    startSending(call, kWatchKind,
                 [this](const Container&, ContainerLayers layers, Pipe pipe, PipeReply& reply,
                        const Cancellation& cancellation) -> Result<void> {
                     reply.send(pipe.reading);
                     pipe.reading.reset();
                     return FilesWorker(m_parts.workerProgram)
                         .watch(layers.upper.get(), layers.layersFolder.get(), std::move(layers.layers),
                                pipe.writing.get(), cancellation);
                 });
}

} // namespace escale
