#include "helper/service/builds_service.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/log.h"
#include "engine/image/reference.h"
#include "helper/service/build_bus.h"
#include "helper/service/container_bus.h"
#include "helper/service/failed_step.h"
#include "helper/service/pipe_reply.h"
#include "helper/validation/arguments.h"
#include "helper/validation/received_fd.h"
#include "helper/worker/image_layers.h"
#include "helper/worker/made_image.h"

#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr std::size_t kMostListed = 10'000; // entries of the cache: the bus takes no longer message

Result<void> checkTags(const BuildOrder& order) {
    for (const auto& tag : order.tags)
        TRY(checkNewName(tag));
    return {};
}

CachePrune filterOf(const CachePruneOrder& order) {
    CachePrune filter{order.until, order.keepBytes, {}};
    for (const CacheKind kind : {CacheKind::Step, CacheKind::Context, CacheKind::Mount}) {
        if (order.kinds.contains(cacheKindName(kind)))
            filter.kinds.insert(kind);
    }
    return filter;
}

} // namespace

BuildsService::BuildsService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (BuildsService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Builds", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    // A helper that was killed may have left some.
    if (const auto cleared = removeTree(m_parts.build.agentsFolder); !cleared)
        logWarning("left-over agents: " + cleared.error().text());
    handle("Build", &BuildsService::build);
    handle("List", &BuildsService::list);
    handle("Inspect", &BuildsService::inspect);
    handle("OpenEvents", &BuildsService::openEvents);
    handle("Remove", &BuildsService::remove);
    handle("OpenFailed", &BuildsService::openFailed);
    handle("ReadStep", &BuildsService::readStep);
    handle("ListCache", &BuildsService::listCache);
    handle("PruneCache", &BuildsService::pruneCache);
    for (const auto& id : m_parts.build.records.takeInterrupted())
        tellEnd(m_parts.build, id, {ErrorCode::SystemFailure, "the engine ended", "Build it again.", {}});
}

BuildsService::~BuildsService() {
    ::rmdir(m_parts.build.agentsFolder.c_str());
}

void BuildsService::build(const CallPointer& call) {
    auto dockerfile = takeReadable(call->arguments().at(0).value<QDBusUnixFileDescriptor>());
    auto context = takeSocket(call->arguments().at(1).value<QDBusUnixFileDescriptor>());
    auto order = buildOrder(call->options());
    const auto tags = order ? checkTags(*order) : Result<void>();
    const std::array<const Error*, 4> faults{
        dockerfile ? nullptr : &dockerfile.error(), context ? nullptr : &context.error(),
        order ? nullptr : &order.error(), tags ? nullptr : &tags.error()};
    for (const Error* error : faults) {
        if (error != nullptr) {
            call->refuse(*error);
            return;
        }
    }
    if (!m_places.tryTake(call->owner())) {
        call->refuse({ErrorCode::WrongState,
                      "you have " + std::to_string(BuildPlaces::kMost) + " builds running already",
                      "Wait for one to end, or cancel one.",
                      {}});
        return;
    }
    const auto start = std::make_shared<BuildStart>();
    start->id = randomId();
    start->owner = call->owner();
    start->order = *std::move(order);
    start->dockerfile = *std::move(dockerfile);
    start->context = *std::move(context);
    // Who has the answer can look at it.
    m_parts.pool.start([this, call, start] {
        const auto begun = beginBuild(m_parts.build, *start);
        QMetaObject::invokeMethod(
            this,
            [this, call, start, begun] {
                if (begun) {
                    begin(call, start);
                } else {
                    call->refuse(begun.error());
                    ended(start);
                }
            },
            Qt::QueuedConnection);
    });
}

void BuildsService::begin(const CallPointer& call, const std::shared_ptr<BuildStart>& start) {
    const BuildOrder& order = start->order;
    const QString title = toQString(!order.tags.empty()   ? order.tags.front()
                                    : !order.name.empty() ? order.name
                                                          : order.dockerfile);
    const auto job =
        m_parts.jobs.start({start->owner, QStringLiteral("build"), title},
                           [this, start](JobProgress& progress, const Cancellation& cancellation) {
                               return run(*start, progress, cancellation).map(toQString);
                           });
    if (!job) {
        call->refuse(job.error());
        ended(start);
        return;
    }
    connect(*job, &Job::ended, this, [this, start] { ended(start); });
    const QString id = toQString(start->id);
    m_jobs.insert(id, (*job)->path());
    m_parts.changed(start->owner, start->id);
    call->reply({id, QVariant::fromValue(QDBusObjectPath((*job)->path()))});
}

void BuildsService::ended(const std::shared_ptr<BuildStart>& start) {
    m_jobs.remove(toQString(start->id));
    m_places.give(start->owner);
    if (start->hasRun) {
        m_parts.changed(start->owner, start->id);
        m_parts.pool.start([this, owner = start->owner] { keepWithinShare(owner); });
        return;
    }
    // It was cancelled before it had a thread.
    m_parts.pool.start([this, start] {
        BuildRecord record;
        record.id = start->id;
        record.owner = start->owner;
        record.state = "cancelled";
        record.endedAt = nowMilliseconds();
        tellEnd(m_parts.build, start->id, {ErrorCode::Cancelled, "the build was cancelled", {}, {}});
        if (const auto written = m_parts.build.records.end(record); !written)
            logWarning(written.error().text());
        m_parts.changed(start->owner, start->id);
    });
}

// What nobody has asked to keep must not fill the disk: the longest unused goes.
void BuildsService::keepWithinShare(uid_t owner) {
    constexpr std::uint64_t kShare = 10; // a tenth of the disk for each user
    struct statvfs disk {};
    if (::statvfs(m_parts.build.store.folder().c_str(), &disk) != 0)
        return;
    const std::uint64_t most = std::uint64_t{disk.f_blocks} * disk.f_frsize / kShare;
    const auto pruned = m_parts.build.cache.prune(owner, {std::nullopt, most, {}});
    if (!pruned)
        logWarning("the cache of builds cannot be pruned: " + pruned.error().text());
}

Result<std::string> BuildsService::run(BuildStart& start, JobProgress& progress,
                                       const Cancellation& cancellation) {
    auto result = BuildSession(m_parts.build, start, progress, cancellation).run();
    EventLog& events = m_parts.build.containers.events();
    events.add(start.owner, "builder", "build", start.id,
               {{"name", start.order.name}, {"state", result ? "done" : "failed"}});
    return result;
}

Result<std::string> BuildsService::buildWithin(const std::shared_ptr<BuildStart>& start,
                                               const std::function<void()>& begun,
                                               const Cancellation& cancellation) {
    TRY(checkTags(start->order));
    TRY(m_places.take(start->owner, cancellation));
    JobProgress own; // the other job's steps are not instructions
    const auto build = [&]() -> Result<std::string> {
        TRY(beginBuild(m_parts.build, *start));
        m_parts.changed(start->owner, start->id);
        begun();
        auto result = run(*start, own, cancellation);
        m_parts.changed(start->owner, start->id);
        return result;
    };
    auto result = build();
    m_places.give(start->owner);
    keepWithinShare(start->owner);
    return result;
}

void BuildsService::answerOf(const CallPointer& call,
                             const std::function<Result<QVariantList>(const BuildRecord& record)>& work) {
    const auto id = checkBuildId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_parts.pool, call, [this, owner = call->owner(), id = *id, work]() -> Result<QVariantList> {
        TRY_ASSIGN(const BuildRecord record, m_parts.build.records.find(owner, id));
        return work(record);
    });
}

void BuildsService::list(const CallPointer& call) {
    answerFrom(m_parts.pool, call, [this, owner = call->owner(), jobs = m_jobs]() -> Result<QVariantList> {
        TRY_ASSIGN(const auto records, m_parts.build.records.list(owner));
        dbus::BuildList builds;
        for (const BuildRecord& record : records) {
            builds.append(toBus(record, m_parts.build.records.keepsFailed(record.id)));
            if (record.state == "running")
                builds.last().job = jobs.value(builds.last().id);
        }
        return QVariantList{QVariant::fromValue(builds)};
    });
}

void BuildsService::inspect(const CallPointer& call) {
    answerOf(call, [](const BuildRecord& record) -> Result<QVariantList> {
        TRY_ASSIGN(const Json options, Json::parse(record.options));
        return QVariantList{orderToBus(options)};
    });
}

void BuildsService::openEvents(const CallPointer& call) {
    answerOf(call, [this](const BuildRecord& record) -> Result<QVariantList> {
        TRY_ASSIGN(const UniqueFd events,
                   openFile(m_parts.build.records.eventsOf(record.id), O_RDONLY | O_NOFOLLOW));
        return QVariantList{QVariant::fromValue(QDBusUnixFileDescriptor(events.get()))};
    });
}

void BuildsService::remove(const CallPointer& call) {
    auto ids = checkBuildIds(call->arguments().at(0).toStringList());
    if (!ids) {
        call->refuse(ids.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), ids = *std::move(ids)]() -> Result<QVariantList> {
                   TRY(m_parts.build.records.remove(owner, ids));
                   for (const auto& id : ids)
                       m_parts.changed(owner, id);
                   return QVariantList();
               });
}

void BuildsService::openFailed(const CallPointer& call) {
    const auto id = checkBuildId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    const auto job = m_parts.jobs.start(
        {call->owner(), QStringLiteral("open-failed"), toQString(shortId(*id))},
        [this, owner = call->owner(), id = *id](JobProgress&,
                                                const Cancellation& cancellation) -> Result<QString> {
            TRY_ASSIGN(const std::string made, openFailedStep(m_parts.build, owner, id, cancellation));
            return toQString(made);
        });
    answerWithJob(call, job);
}

/// What the caller may look into: what their steps have made, and what is in their images.
Result<Layer> BuildsService::findLayer(uid_t owner, const Digest& diffId) {
    TRY_ASSIGN(const auto made, m_parts.build.cache.layerOf(owner, diffId));
    if (made)
        return *made;
    TRY_ASSIGN(const auto names, m_parts.build.store.images(owner));
    for (const ImageName& name : names) {
        for (const Layer& layer : name.image.layers) {
            if (layer.diffId == diffId)
                return layer;
        }
    }
    return fail(ErrorCode::NotFound, "no layer " + diffId.shortHex(),
                "It went with the cache: build it again.");
}

void BuildsService::readStep(const CallPointer& call) {
    const auto diffId = Digest::parse(call->arguments().at(0).toString().left(100).toStdString());
    if (!diffId) {
        call->refuse(diffId.error());
        return;
    }
    const auto read = [this, owner = call->owner(), diffId = *diffId](
                          PipeReply& reply, const Cancellation& cancellation) -> Result<QString> {
        Store& store = m_parts.build.store;
        TRY_ASSIGN(const Layer layer, findLayer(owner, diffId));
        auto kept = store.keepLayers();
        TRY(kept.add(layer.number));
        TRY_ASSIGN(Pipe pipe, Pipe::make());
        reply.send(pipe.reading);
        pipe.reading.reset();
        const Image alone{diffId, diffId, {}, 0, layer.size, {layer}, {}};
        TRY(readImageLayers(store, m_parts.build.workerProgram, alone, std::move(pipe.writing),
                            cancellation));
        return toQString(diffId.toString());
    };
    startJobThatReplies(m_parts.jobs, call,
                        {call->owner(), QStringLiteral("read-step"), toQString(diffId->shortHex())}, read);
}

void BuildsService::listCache(const CallPointer& call) {
    answerFrom(m_parts.pool, call, [this, owner = call->owner()]() -> Result<QVariantList> {
        TRY_ASSIGN(const auto entries, m_parts.build.cache.list(owner));
        dbus::BuildCache cache;
        for (std::size_t i = entries.size() - std::min(entries.size(), kMostListed); i < entries.size(); ++i)
            cache.append(toBus(entries[i])); // those used last
        return QVariantList{QVariant::fromValue(cache)};
    });
}

void BuildsService::pruneCache(const CallPointer& call) {
    const auto order = cachePruneOrder(call->options());
    if (!order) {
        call->refuse(order.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), filter = filterOf(*order)]() -> Result<QVariantList> {
                   TRY_ASSIGN(const PrunedCache pruned, m_parts.build.cache.prune(owner, filter));
                   m_parts.build.containers.events().add(owner, "builder", "prune", {},
                                                         {{"reclaimed", std::to_string(pruned.bytes)}});
                   m_parts.changed(owner, {});
                   return QVariantList{pruned.removed, QVariant::fromValue(quint64{pruned.bytes})};
               });
}

} // namespace escale
