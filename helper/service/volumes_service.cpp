#include "helper/service/volumes_service.h"

#include "helper/service/container_bus.h"
#include "helper/service/volume_bus.h"
#include "helper/validation/volume_options.h"

#include <map>
#include <set>

namespace escale {

VolumesService::VolumesService(Dispatcher& dispatcher, const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (VolumesService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Volumes", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    handle("List", &VolumesService::list);
    handle("Create", &VolumesService::create);
    handle("Check", &VolumesService::check);
    handle("TestConnection", &VolumesService::testConnection);
    handle("Remove", &VolumesService::remove);
    handle("Prune", &VolumesService::prune);
}

void VolumesService::list(const CallPointer& call) {
    answerFrom(m_parts.pool, call, [this, owner = call->owner()] { return volumesOf(owner); });
}

Result<QVariantList> VolumesService::volumesOf(uid_t owner) {
    Volumes& volumes = m_parts.containers.volumes();
    TRY_ASSIGN(const auto records, volumes.list(owner));
    TRY_ASSIGN(const auto uses, volumes.usesOfOwner(owner));
    TRY_ASSIGN(const auto containers, m_parts.containers.list(owner));
    std::map<std::string, const Container*> byId;
    for (const auto& container : containers)
        byId[container.id] = &container;
    std::multimap<std::int64_t, const VolumeUse*> byVolume;
    for (const auto& use : uses)
        byVolume.emplace(use.volume, &use);
    dbus::VolumeList result;
    for (const auto& record : records) {
        dbus::Volume volume = toBus(record, volumes.stateOf(record));
        const auto [begin, end] = byVolume.equal_range(record.number);
        for (auto use = begin; use != end; ++use) {
            const auto container = byId.find(use->second->container);
            if (container != byId.end())
                volume.users.append(toBus(*use->second, *container->second));
        }
        result.append(std::move(volume));
    }
    lookAtServers(records);
    return QVariantList{QVariant::fromValue(result)};
}

/// A server that has died since its volume was mounted is noticed when somebody looks at the list, which does
/// not wait for it; Changed() tells.
void VolumesService::lookAtServers(const std::vector<VolumeRecord>& records) {
    constexpr std::chrono::seconds kOften(15);
    Volumes& volumes = m_parts.containers.volumes();
    std::vector<VolumeRecord> mounted;
    for (const auto& record : records) {
        const auto state = volumes.stateOf(record).state;
        if (volumeKind(record) == VolumeKind::Nfs && !state.empty() && state != "mounting")
            mounted.push_back(record);
    }
    const std::lock_guard lock(m_looking);
    const auto now = std::chrono::steady_clock::now();
    if (mounted.empty() || now - m_looked < kOften)
        return;
    m_looked = now;
    m_parts.pool.start([&volumes, mounted = std::move(mounted)] {
        for (const auto& record : mounted)
            (void)volumes.openContent(record, 0); // the volume's state tells what came of it
    });
}

void VolumesService::create(const CallPointer& call) {
    auto request = volumeRequest(call->arguments().at(0).toString(), call->options());
    const auto driver = checkVolumeDriver(call->options());
    if (!request || !driver) {
        call->refuse(!request ? request.error() : driver.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), request = *std::move(request)]() -> Result<QVariantList> {
                   bool isNew = false;
                   TRY_ASSIGN(const auto record, m_parts.containers.volumes().create(owner, request, &isNew));
                   if (isNew)
                       m_parts.containers.emitVolumeEvent(record, "create");
                   return QVariantList{toQString(record.name)};
               });
}

void VolumesService::check(const CallPointer& call) {
    auto request = volumeRequest(call->arguments().at(0).toString(), call->options());
    if (!request) {
        call->refuse(request.error());
        return;
    }
    auto problems = Volumes::check(*request);
    if (auto driver = checkVolumeDriver(call->options()); !driver)
        problems.push_back({"driver", std::move(driver).error()});
    if (!problems.empty()) {
        call->reply({QVariant::fromValue(toBus(problems))});
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), request = *std::move(request)]() -> Result<QVariantList> {
                   auto found = m_parts.containers.volumes().checkNew(owner, request);
                   return QVariantList{QVariant::fromValue(toBus(found))};
               });
}

void VolumesService::testConnection(const CallPointer& call) {
    auto request = volumeRequest({}, call->options());
    const auto driver = checkVolumeDriver(call->options());
    if (!request || !driver) {
        call->refuse(!request ? request.error() : driver.error());
        return;
    }
    const QString title = toQString(request->options["device"]);
    const auto job = m_parts.jobs.start(
        {call->owner(), QStringLiteral("test-connection"), title},
        [this, owner = call->owner(),
         request = *std::move(request)](JobProgress&, const Cancellation& cancellation) -> Result<QString> {
            TRY_ASSIGN(const std::uint32_t base, m_parts.store.idRangeOf(owner));
            TRY_ASSIGN(const auto connection,
                       m_parts.containers.volumes().testConnection(request, base, cancellation));
            return toText(connection);
        });
    answerWithJob(call, job);
}

void VolumesService::remove(const CallPointer& call) {
    const auto name = checkVolumeName(call->arguments().at(0).toString());
    if (!name) {
        call->refuse(name.error());
        return;
    }
    const bool force = call->options().value(QStringLiteral("force")).toBool();
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), name = *name, force]() -> Result<QVariantList> {
                   auto removed = removeOne(owner, name);
                   if (!removed && !(force && removed.error().code == ErrorCode::NotFound))
                       return fail(std::move(removed).error());
                   return QVariantList();
               });
}

Result<void> VolumesService::removeOne(uid_t owner, const std::string& name) {
    Volumes& volumes = m_parts.containers.volumes();
    TRY_ASSIGN(const auto record, volumes.find(owner, name));
    if (auto removed = volumes.remove(record); !removed) {
        const bool isUsed = removed.error().code == ErrorCode::InUse;
        return fail(isUsed ? namingUsers(std::move(removed).error(), record) : std::move(removed).error());
    }
    m_parts.containers.emitVolumeEvent(record, "destroy");
    return {};
}

Error VolumesService::namingUsers(Error error, const VolumeRecord& record) {
    const auto uses = m_parts.containers.volumes().usesOfOwner(record.owner);
    if (!uses)
        return error;
    std::set<std::string> names;
    for (const auto& use : *uses) {
        const auto container = m_parts.containers.find(record.owner, use.container);
        if (use.volume == record.number && container)
            names.insert(container->options.name);
    }
    std::string all;
    for (const auto& name : names)
        all += (all.empty() ? "" : ", ") + name;
    if (!all.empty()) {
        error.message = "the volume \"" + record.name + "\" is used by " + all;
        error.hint = "Remove these containers first.";
    }
    return error;
}

void VolumesService::prune(const CallPointer& call) {
    auto wanted = volumePrune(call->options());
    if (!wanted) {
        call->refuse(wanted.error());
        return;
    }
    answerFrom(m_parts.pool, call,
               [this, owner = call->owner(), wanted = *std::move(wanted)]() -> Result<QVariantList> {
                   TRY_ASSIGN(const auto pruned, m_parts.containers.volumes().prune(
                                                     owner, wanted.all, wanted.until, wanted.labels));
                   QStringList names;
                   for (const auto& record : pruned.removed) {
                       names.append(toQString(record.name));
                       m_parts.containers.emitVolumeEvent(record, "destroy");
                   }
                   m_parts.containers.events().add(owner, "volume", "prune", {},
                                                   {{"reclaimed", std::to_string(pruned.bytes)}});
                   return QVariantList{names, QVariant::fromValue<qulonglong>(pruned.bytes)};
               });
}

} // namespace escale
