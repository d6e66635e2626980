#include "helper/service/containers_service.h"

#include "helper/service/container_bus.h"
#include "helper/service/container_overview.h"
#include "helper/validation/arguments.h"

#include <QDBusUnixFileDescriptor>
#include <QThreadPool>

#include <fcntl.h>

namespace escale {
namespace {

constexpr int kMostIds = 1024;

QVariant jobPath(const Job& job) {
    return QVariant::fromValue(QDBusObjectPath(job.path()));
}

QString titleOf(const Container& container) {
    return toQString(container.options.name);
}

Result<ContainerOptions> optionsOf(const Call& call) {
    return containerOptions(call.arguments().at(0).toString(), call.arguments().at(1).toStringList(),
                            call.options());
}

/// Both on the bus's thread: descriptors live as long as their message.
struct Asked {
    ContainerOptions options;
    std::shared_ptr<PassedSources> sources;
};
Result<Asked> askedOf(const Call& call) {
    Asked asked;
    TRY_ASSIGN(asked.options, optionsOf(call));
    TRY_ASSIGN(asked.sources, passedSources(call.options(), asked.options));
    return asked;
}

Result<QVariantList> openLogOf(Containers& containers, uid_t owner, const std::string& id) {
    TRY_ASSIGN(const auto files, containers.openLog(owner, id));
    dbus::FileList list;
    for (const UniqueFd& file : files) {
        // What leaves for the caller must not let them write, whatever opened it.
        if ((::fcntl(file.get(), F_GETFL) & O_ACCMODE) != O_RDONLY)
            return fail(ErrorCode::Internal, "the log is not open for reading only");
        list.append(QDBusUnixFileDescriptor(file.get()));
    }
    return QVariantList{QVariant::fromValue(list)};
}

} // namespace

ContainersService::ContainersService(Dispatcher& dispatcher, Containers& containers, ContainerPlaces& places,
                                     Jobs& jobs, QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , m_containers(containers)
    , m_places(places)
    , m_jobs(jobs)
    , m_pool(pool) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (ContainersService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Containers", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    handle("List", &ContainersService::list);
    handle("Overview", &ContainersService::overview);
    handle("Create", &ContainersService::create);
    handle("Run", &ContainersService::run);
    handle("Start", &ContainersService::start);
    handle("Stop", &ContainersService::stop);
    handle("Restart", &ContainersService::restart);
    handle("Remove", &ContainersService::remove);
    handle("OpenLog", &ContainersService::openLog);
    handle("Stats", &ContainersService::stats);
    handle("StatsHistory", &ContainersService::statsHistory);
}

void ContainersService::list(const CallPointer& call) {
    answerFrom(m_pool, call, [this, owner = call->owner()]() -> Result<QVariantList> {
        dbus::ContainerList result;
        TRY(m_containers.visit(owner, ContainerChoice::All,
                               [&](const Container& container) { result.append(toBus(container)); }));
        return QVariantList{QVariant::fromValue(result)};
    });
}

void ContainersService::overview(const CallPointer& call) {
    auto ids = checkContainerIds(call->arguments().at(0).toStringList(), kMostIds);
    if (!ids) {
        call->refuse(ids.error());
        return;
    }
    OverviewChoice asked{*std::move(ids)};
    if (call->options().value(QStringLiteral("running")).toBool())
        asked.choice = ContainerChoice::Running;
    answerFrom(m_pool, call, [this, owner = call->owner(), asked = std::move(asked)] {
        return containerOverview(m_containers, owner, asked);
    });
}

Result<Container> ContainersService::make(uid_t owner, const ContainerOptions& options,
                                          PassedSources& passed) {
    TRY_ASSIGN(const MountSources sources, readSources(owner, passed));
    TRY_ASSIGN(const std::string id, m_places.create(owner, options, sources));
    return m_containers.find(owner, id);
}

void ContainersService::create(const CallPointer& call) {
    auto asked = askedOf(*call);
    if (!asked) {
        call->refuse(asked.error());
        return;
    }
    answerFrom(m_pool, call,
               [this, owner = call->owner(), asked = *std::move(asked)]() -> Result<QVariantList> {
                   TRY_ASSIGN(const Container container, make(owner, asked.options, *asked.sources));
                   return QVariantList{toQString(container.id)};
               });
}

void ContainersService::run(const CallPointer& call) {
    auto asked = askedOf(*call);
    if (!asked) {
        call->refuse(asked.error());
        return;
    }
    if (const auto room = m_jobs.checkLimit(call->owner()); !room) {
        call->refuse(room.error());
        return;
    }
    m_pool.start([this, call, asked = *std::move(asked)] {
        const auto container = make(call->owner(), asked.options, *asked.sources);
        if (container)
            QMetaObject::invokeMethod(
                this, [this, call, made = *container] { startMade(call, made); }, Qt::QueuedConnection);
        else
            call->refuse(container.error());
    });
}

void ContainersService::startMade(const CallPointer& call, const Container& container) {
    const uid_t owner = call->owner();
    const std::string id = container.id;
    const auto job =
        m_jobs.start({owner, QStringLiteral("start"), titleOf(container)},
                     [this, owner, id](JobProgress&, const Cancellation& cancellation) -> Result<QString> {
                         auto started = m_containers.start(owner, id, cancellation);
                         if (started)
                             return toQString(id);
                         Error error = std::move(started).error();
                         if (const auto removed = m_containers.remove(owner, id, true, true);
                             !removed && removed.error().code != ErrorCode::NotFound)
                             error.addCause(removed.error());
                         return fail(std::move(error));
                     });
    if (job) {
        call->reply({toQString(id), jobPath(**job)});
        return;
    }
    answerFrom(m_pool, call, [this, owner, id, error = job.error()]() mutable -> Result<QVariantList> {
        if (const auto removed = m_containers.remove(owner, id, true, true); !removed)
            error.addCause(removed.error());
        return fail(error);
    });
}

void ContainersService::answerWithJob(const CallPointer& call, const QString& kind, Action action) {
    const auto asked = checkContainerId(call->arguments().at(0).toString());
    if (!asked) {
        call->refuse(asked.error());
        return;
    }
    m_pool.start([this, call, kind, id = *asked, action = std::move(action)]() mutable {
        const auto container = m_containers.find(call->owner(), id);
        if (!container) {
            call->refuse(container.error());
            return;
        }
        const auto begin = [this, call, kind, found = *container, action = std::move(action)] {
            const auto job = m_jobs.start(
                {call->owner(), kind, titleOf(found)},
                [id = found.id, action](JobProgress&, const Cancellation& cancellation) -> Result<QString> {
                    TRY(action(id, cancellation));
                    return toQString(id);
                });
            if (job)
                call->reply({jobPath(**job)});
            else
                call->refuse(job.error());
        };
        QMetaObject::invokeMethod(this, begin, Qt::QueuedConnection);
    });
}

namespace {

StartOptions startOptions(const QVariantMap& options) {
    return {options.value(QStringLiteral("wait-for-client"), true).toBool()};
}

} // namespace

void ContainersService::start(const CallPointer& call) {
    answerWithJob(call, QStringLiteral("start"),
                  [this, owner = call->owner(), options = startOptions(call->options())](
                      const std::string& id, const Cancellation& cancellation) {
                      return m_containers.start(owner, id, cancellation, options);
                  });
}

void ContainersService::stop(const CallPointer& call) {
    const auto timeout = stopTimeout(call->options());
    if (!timeout) {
        call->refuse(timeout.error());
        return;
    }
    answerWithJob(call, QStringLiteral("stop"),
                  [this, owner = call->owner(), seconds = *timeout](const std::string& id,
                                                                    const Cancellation& cancellation) {
                      return m_containers.stop(owner, id, seconds, cancellation);
                  });
}

void ContainersService::restart(const CallPointer& call) {
    const auto timeout = stopTimeout(call->options());
    if (!timeout) {
        call->refuse(timeout.error());
        return;
    }
    answerWithJob(call, QStringLiteral("restart"),
                  [this, owner = call->owner(), seconds = *timeout, options = startOptions(call->options())](
                      const std::string& id, const Cancellation& cancellation) {
                      return m_containers.restart(owner, id, seconds, cancellation, options);
                  });
}

void ContainersService::remove(const CallPointer& call) {
    const bool force = call->options().value(QStringLiteral("force")).toBool();
    const bool volumes = call->options().value(QStringLiteral("volumes")).toBool();
    answerWithJob(call, QStringLiteral("remove"),
                  [this, owner = call->owner(), force, volumes](const std::string& id, const Cancellation&) {
                      return m_containers.remove(owner, id, force, volumes);
                  });
}

void ContainersService::openLog(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_pool, call,
               [this, owner = call->owner(), id = *id] { return openLogOf(m_containers, owner, id); });
}

void ContainersService::stats(const CallPointer& call) {
    const auto ids = checkContainerIds(call->arguments().at(0).toStringList(), kMostIds);
    if (!ids) {
        call->refuse(ids.error());
        return;
    }
    answerFrom(m_pool, call, [this, owner = call->owner(), ids = *ids]() -> Result<QVariantList> {
        dbus::StatsList list;
        for (const std::string& id : ids) {
            // Stopped or removed since the caller looked: left out, as the interface says.
            if (const auto stats = m_containers.stats(owner, id); stats)
                list.append(toBus(id, *stats));
        }
        return QVariantList{QVariant::fromValue(list)};
    });
}

void ContainersService::statsHistory(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    const qint64 since = call->arguments().at(1).toLongLong();
    answerFrom(m_pool, call, [this, owner = call->owner(), id = *id, since]() -> Result<QVariantList> {
        TRY_ASSIGN(const auto points, m_containers.statsHistory(owner, id, since));
        dbus::StatsPoints list;
        for (const StatsPoint& point : points)
            list.append(toBus(point));
        return QVariantList{QVariant::fromValue(list)};
    });
}

} // namespace escale
