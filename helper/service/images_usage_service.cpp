#include "helper/service/images_usage_service.h"

#include "engine/base/json.h"
#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/worker/pack.h"

namespace escale {
namespace {

constexpr std::chrono::seconds kLongestWalk(5);

Result<QVariantList> usageOf(Store& store, uid_t owner) {
    TRY_ASSIGN(const ImagesUsage images, store.imagesUsage(owner));
    TRY_ASSIGN(const auto containers,
               store.containersUsage(owner, std::chrono::steady_clock::now() + kLongestWalk));
    dbus::ImageUsages imageList;
    for (const ImageUsage& image : images.images)
        imageList.append({toQString(image.digest), image.size, image.shared, image.unique, image.containers});
    dbus::TotalUsage total{images.total, images.reclaimable, 0, 0, 0};
    dbus::ContainerUsages containerList;
    for (const ContainerUsage& container : containers) {
        containerList.append({toQString(container.id), container.writable, container.logs,
                              container.isRunning, container.isWhole});
        total.containers += container.writable;
        total.reclaimableContainers += container.isRunning ? 0 : container.writable;
        total.logs += container.logs;
    }
    return QVariantList{QVariant::fromValue(imageList), QVariant::fromValue(containerList),
                        QVariant::fromValue(total)};
}

QString toText(const std::vector<StoreFault>& faults) {
    Json list = Json::Array();
    for (const StoreFault& fault : faults)
        list.append(Json::Object{{"kind", fault.isLayer ? "layer" : "blob"},
                                 {"digest", fault.digest.toString()},
                                 {"problem", fault.problem},
                                 {"images", Json::strings(fault.images)}});
    return toQString(list.dump());
}

} // namespace

ImagesUsageService::ImagesUsageService(Dispatcher& dispatcher, const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    m_walks.setMaxThreadCount(1);
    constexpr auto kInterface = "org.escale.Engine1.Images";
    dispatcher.handle(kInterface, "Prune", [this](const CallPointer& call) { prune(call); });
    dispatcher.handle(kInterface, "Verify", [this](const CallPointer& call) { verify(call); });
    dispatcher.handle(kInterface, "DiskUsage", [this](const CallPointer& call) {
        answerFrom(m_walks, call, [this, owner = call->owner()] { return usageOf(m_parts.store, owner); });
    });
}

void ImagesUsageService::prune(const CallPointer& call) {
    auto labels = boundedWords(call->options().value(QStringLiteral("label")).toStringList(), "the labels");
    if (!labels) {
        call->refuse(labels.error());
        return;
    }
    PruneFilter filter{call->options().value(QStringLiteral("all")).toBool(),
                       call->options().value(QStringLiteral("until")).toLongLong(), std::move(*labels)};
    answerFrom(
        m_parts.pool, call,
        [this, owner = call->owner(), filter = std::move(filter)]() -> Result<QVariantList> {
            TRY_ASSIGN(const PrunedImages pruned, m_parts.store.pruneImages(owner, filter));
            for (const Digest& image : pruned.images)
                m_parts.news.isWithoutName(owner, image);
            m_parts.news.pruned(owner, pruned.bytes);
            return QVariantList{toStringList(pruned.names), QVariant::fromValue(quint64(pruned.bytes))};
        });
}

void ImagesUsageService::verify(const CallPointer& call) {
    const bool mend = call->options().value(QStringLiteral("mend")).toBool();
    const auto job = m_parts.jobs.start(
        {call->owner(), QStringLiteral("verify"), QStringLiteral("images")},
        [this, owner = call->owner(), mend](JobProgress& progress,
                                            const Cancellation& cancellation) -> Result<QString> {
            const auto tell = [&](std::uint64_t done, std::uint64_t total) {
                progress.report({done, total, {}});
                return cancellation.check();
            };
            const auto checkFolder = [&](std::int64_t layer, const Digest& diffId, const auto& step) {
                return checkLayer(m_parts.store, m_parts.workerProgram, layer, diffId, step, cancellation);
            };
            TRY_ASSIGN(const auto faults, m_parts.store.verifyImages(owner, mend, tell, checkFolder));
            return toText(faults);
        });
    answerWithJob(call, job);
}

} // namespace escale
