#include "helper/service/container_changes_service.h"

#include "engine/base/identifier.h"
#include "engine/base/process.h"
#include "engine/container/container_options.h"
#include "helper/dbus/container_options_map.h"
#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/container_options.h"

namespace escale {

ContainerChangesService::ContainerChangesService(Dispatcher& dispatcher, Containers& containers,
                                                 QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , m_containers(containers)
    , m_pool(pool) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (ContainerChangesService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Containers", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    handle("Kill", &ContainerChangesService::kill);
    handle("Pause", &ContainerChangesService::pause);
    handle("Unpause", &ContainerChangesService::unpause);
    handle("Rename", &ContainerChangesService::rename);
    handle("Update", &ContainerChangesService::update);
    handle("Wait", &ContainerChangesService::wait);
    handle("Prune", &ContainerChangesService::prune);
    handle("Inspect", &ContainerChangesService::inspect);
    handle("Top", &ContainerChangesService::top);
    handle("Health", &ContainerChangesService::health);
}

void ContainerChangesService::answer(const CallPointer& call, Work work) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    answerFrom(m_pool, call,
               [owner = call->owner(), id = *id, work = std::move(work)] { return work(owner, id); });
}

void ContainerChangesService::kill(const CallPointer& call) {
    const auto signal = parseSignal(call->arguments().at(1).toString().left(40).toStdString());
    if (!signal) {
        call->refuse(signal.error());
        return;
    }
    answer(call, [this, signal = *signal](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY(m_containers.kill(owner, id, signal));
        return QVariantList();
    });
}

void ContainerChangesService::pause(const CallPointer& call) {
    answer(call, [this](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY(m_containers.pause(owner, id));
        return QVariantList();
    });
}

void ContainerChangesService::unpause(const CallPointer& call) {
    answer(call, [this](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY(m_containers.unpause(owner, id));
        return QVariantList();
    });
}

void ContainerChangesService::rename(const CallPointer& call) {
    const std::string name = call->arguments().at(1).toString().left(200).toStdString();
    if (const auto good = validateName(name); !good) {
        call->refuse(good.error());
        return;
    }
    answer(call, [this, name](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY(m_containers.rename(owner, id, name));
        return QVariantList();
    });
}

void ContainerChangesService::update(const CallPointer& call) {
    answer(call,
           [this, options = call->options()](uid_t owner, const std::string& id) -> Result<QVariantList> {
               TRY(m_containers.update(owner, id, [&options](ContainerOptions& changed) {
                   return applyOptions(options, changed);
               }));
               return QVariantList();
           });
}

void ContainerChangesService::wait(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    const bool nextExit = call->options().value(QStringLiteral("next-exit")).toBool();
    const bool removed = call->options().value(QStringLiteral("removed")).toBool();
    if (nextExit && removed) {
        call->refuse({ErrorCode::InvalidArgument, "one waits for the next exit or for the removal", {}, {}});
        return;
    }
    const auto what = removed ? WaitFor::Removal : nextExit ? WaitFor::NextExit : WaitFor::End;
    m_pool.start([this, call, id = *id, what] {
        const auto waits =
            m_containers.wait(call->owner(), id, what, [call](int code) { call->reply({code}); });
        if (!waits)
            call->refuse(waits.error());
    });
}

void ContainerChangesService::prune(const CallPointer& call) {
    const auto labels =
        boundedWords(call->options().value(QStringLiteral("label")).toStringList(), "the labels");
    if (!labels) {
        call->refuse(labels.error());
        return;
    }
    const qint64 until = call->options().value(QStringLiteral("until")).toLongLong();
    answerFrom(m_pool, call,
               [this, owner = call->owner(), until, labels = *labels]() -> Result<QVariantList> {
                   TRY_ASSIGN(const auto removed, m_containers.prune(owner, until, labels));
                   return QVariantList{toStringList(removed)};
               });
}

void ContainerChangesService::inspect(const CallPointer& call) {
    answer(call, [this](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY_ASSIGN(const auto container, m_containers.find(owner, id));
        TRY_ASSIGN(const auto image, m_containers.imageConfig(container));
        TRY_ASSIGN(const auto options, m_containers.currentOptions(container));
        return QVariantList{QVariant::fromValue(toBus(container)), optionsToBus(options), toBus(image)};
    });
}

void ContainerChangesService::top(const CallPointer& call) {
    answer(call, [this](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY_ASSIGN(const auto processes, m_containers.processes(owner, id));
        dbus::ProcessList list;
        for (const auto& process : processes)
            list.append(toBus(process));
        return QVariantList{QVariant::fromValue(list)};
    });
}

void ContainerChangesService::health(const CallPointer& call) {
    answer(call, [this](uid_t owner, const std::string& id) -> Result<QVariantList> {
        TRY_ASSIGN(const auto probes, m_containers.health(owner, id));
        dbus::HealthProbes list;
        for (const auto& probe : probes)
            list.append(toBus(probe));
        return QVariantList{QVariant::fromValue(list)};
    });
}

} // namespace escale
