#include "helper/service/container_sessions_service.h"

#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/exec_options.h"

#include <QDBusUnixFileDescriptor>

namespace escale {
namespace {

constexpr auto kInterface = "org.escale.Engine1.Containers";

QVariant passed(const UniqueFd& fd) {
    return QVariant::fromValue(QDBusUnixFileDescriptor(fd.get())); // a copy: ours is closed
}

} // namespace

ContainerSessionsService::ContainerSessionsService(Dispatcher& dispatcher, Containers& containers,
                                                   QThreadPool& pool, QObject* parent)
    : QObject(parent)
    , m_containers(containers)
    , m_pool(pool) {
    dispatcher.handle(kInterface, "Attach", [this](const CallPointer& call) { attach(call); });
    dispatcher.handle(kInterface, "Exec", [this](const CallPointer& call) { exec(call, false); });
    dispatcher.handle(kInterface, "ExecDetached", [this](const CallPointer& call) { exec(call, true); });
    dispatcher.handle(kInterface, "InspectExec", [this](const CallPointer& call) { inspectExec(call); });
}

void ContainerSessionsService::attach(const CallPointer& call) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    if (!id) {
        call->refuse(id.error());
        return;
    }
    const QVariantMap& map = call->options();
    const SessionOptions options{map.value(QStringLiteral("stdin"), true).toBool(),
                                 map.value(QStringLiteral("stdout"), true).toBool(),
                                 map.value(QStringLiteral("detach-keys")).toString().left(256).toStdString(),
                                 map.value(QStringLiteral("next-start")).toBool()};
    answerFrom(m_pool, call, [this, owner = call->owner(), id = *id, options]() -> Result<QVariantList> {
        TRY_ASSIGN(const UniqueFd session, m_containers.attach(owner, id, options));
        return QVariantList{passed(session)};
    });
}

void ContainerSessionsService::exec(const CallPointer& call, bool detached) {
    const auto id = checkContainerId(call->arguments().at(0).toString());
    const auto options = execOptions(call->arguments().at(1).toStringList(), call->options(), detached);
    if (!id || !options) {
        call->refuse(!id ? id.error() : options.error());
        return;
    }
    answerFrom(m_pool, call,
               [this, owner = call->owner(), id = *id, options = *options]() -> Result<QVariantList> {
                   TRY_ASSIGN(const auto started, m_containers.exec(owner, id, options));
                   QVariantList values{toQString(started.id)};
                   if (!options.detached)
                       values.append(passed(started.session));
                   return values;
               });
}

void ContainerSessionsService::inspectExec(const CallPointer& call) {
    const std::string id = call->arguments().at(0).toString().left(64).toStdString();
    const auto state = m_containers.inspectExec(call->owner(), id);
    if (state)
        call->reply(
            {toQString(state->container), state->running, state->exitCode, static_cast<quint32>(state->pid)});
    else
        call->refuse(state.error());
}

} // namespace escale
