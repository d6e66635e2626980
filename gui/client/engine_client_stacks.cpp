// EngineClient: org.escale.Engine1.Stacks.
#include "gui/client/engine_client.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace escale::gui {

static constexpr auto kStacksInterface = "org.escale.Engine1.Stacks";

static QVariant toVariant(const dbus::Stack& stack) {
    return QVariant::fromValue(stack);
}
static QVariant begin(const OpenedStack& stack) {
    return QVariant::fromValue(stack.delivery ? stack.delivery->begin() : QDBusUnixFileDescriptor());
}

void EngineClient::openStack(compose::MadeStack made, QObject* guard,
                             std::function<void(const tl::expected<OpenedStack, compose::Problem>&)> answer) {
    QThreadPool::globalInstance()->start(
        [made = std::move(made), owner = QPointer<QObject>(guard), answer = std::move(answer)] {
            QMetaObject::invokeMethod(qApp, [owner, opened = gui::openStack(made), answer] {
                if (owner != nullptr)
                    answer(opened);
            });
        });
}

void EngineClient::stackCall(const char* method, const QVariantList& arguments, QObject* guard,
                             Answer<StackWork> answer) {
    using Reply = std::tuple<QDBusObjectPath, QDBusUnixFileDescriptor>;
    call<Reply>(interactive(kStacksInterface, method, arguments), guard,
                [this, answer = std::move(answer)](const Result<Reply>& begun) {
                    if (!begun)
                        return answer(fail(begun.error()));
                    answer(StackWork{m_jobs.follow(std::get<0>(*begun).path()), std::get<1>(*begun)});
                });
}

void EngineClient::upStack(const OpenedStack& stack, const QVariantMap& options, QObject* guard,
                           Answer<StackWork> answer) {
    stackCall("Up", {toVariant(stack.stack), begin(stack), options}, guard, std::move(answer));
}

void EngineClient::planStack(const dbus::Stack& stack, const QVariantMap& options, QObject* guard,
                             Answer<StackPreview> answer) {
    using Reply = std::tuple<dbus::StackSteps, QStringList>;
    call<Reply>(send(kStacksInterface, "Plan", {toVariant(stack), options}), guard,
                [answer = std::move(answer)](const Result<Reply>& plan) {
                    if (!plan)
                        return answer(fail(plan.error()));
                    answer(StackPreview{std::get<0>(*plan), std::get<1>(*plan)});
                });
}

void EngineClient::scaleStack(const OpenedStack& stack, const dbus::CountMap& replicas,
                              const QVariantMap& options, QObject* guard, Answer<StackWork> answer) {
    stackCall("Scale", {toVariant(stack.stack), begin(stack), QVariant::fromValue(replicas), options}, guard,
              std::move(answer));
}

void EngineClient::runService(const OpenedStack& stack, const QString& service, const QStringList& command,
                              const QVariantMap& options, QObject* guard, Answer<StackWork> answer) {
    stackCall("Run", {toVariant(stack.stack), begin(stack), service, command, options}, guard,
              std::move(answer));
}

void EngineClient::buildStack(const OpenedStack& stack, const QVariantMap& options, QObject* guard,
                              Answer<StackWork> answer) {
    stackCall("Build", {toVariant(stack.stack), begin(stack), options}, guard, std::move(answer));
}

void EngineClient::pullStack(const dbus::Stack& stack, const QVariantMap& options, QObject* guard,
                             Answer<StackWork> answer) {
    stackCall("Pull", {toVariant(stack), options}, guard, std::move(answer));
}

void EngineClient::pushStack(const dbus::Stack& stack, const QVariantMap& options, QObject* guard,
                             Answer<StackWork> answer) {
    stackCall("Push", {toVariant(stack), options}, guard, std::move(answer));
}

void EngineClient::downStack(const QString& project, const QVariantMap& options, QObject* guard,
                             Answer<StackWork> answer) {
    stackCall("Down", {project, options}, guard, std::move(answer));
}

void EngineClient::startServices(const QString& project, const QStringList& services, QObject* guard,
                                 Answer<StackWork> answer) {
    stackCall("Start", {project, services, QVariantMap()}, guard, std::move(answer));
}

void EngineClient::stopServices(const QString& project, const QStringList& services,
                                const QVariantMap& options, QObject* guard, Answer<StackWork> answer) {
    stackCall("Stop", {project, services, options}, guard, std::move(answer));
}

void EngineClient::restartServices(const QString& project, const QStringList& services,
                                   const QVariantMap& options, QObject* guard, Answer<StackWork> answer) {
    stackCall("Restart", {project, services, options}, guard, std::move(answer));
}

void EngineClient::killServices(const QString& project, const QStringList& services, const QString& signal,
                                QObject* guard, Answer<StackWork> answer) {
    QVariantMap options;
    if (!signal.isEmpty())
        options.insert(QStringLiteral("signal"), signal);
    stackCall("Kill", {project, services, options}, guard, std::move(answer));
}

void EngineClient::pauseServices(const QString& project, const QStringList& services, QObject* guard,
                                 Answer<StackWork> answer) {
    stackCall("Pause", {project, services, QVariantMap()}, guard, std::move(answer));
}

void EngineClient::unpauseServices(const QString& project, const QStringList& services, QObject* guard,
                                   Answer<StackWork> answer) {
    stackCall("Unpause", {project, services, QVariantMap()}, guard, std::move(answer));
}

void EngineClient::removeServices(const QString& project, const QStringList& services,
                                  const QVariantMap& options, QObject* guard, Answer<StackWork> answer) {
    stackCall("Remove", {project, services, options}, guard, std::move(answer));
}

void EngineClient::listStacks(QObject* guard, Answer<dbus::StackSummaries> answer) {
    call<dbus::StackSummaries>(send(kStacksInterface, "List", {}), guard, std::move(answer));
}

void EngineClient::listStackContainers(const QString& project, QObject* guard,
                                       Answer<dbus::StackContainers> answer) {
    call<dbus::StackContainers>(send(kStacksInterface, "Ps", {project}), guard, std::move(answer));
}

void EngineClient::openStackConfig(const QString& project, QObject* guard,
                                   Answer<QDBusUnixFileDescriptor> answer) {
    call<QDBusUnixFileDescriptor>(send(kStacksInterface, "Config", {project}), guard, std::move(answer));
}

void EngineClient::openStackLogs(const QString& project, const QStringList& services, QObject* guard,
                                 Answer<dbus::StackLogs> answer) {
    openMoreLogs(project, services, {}, guard, std::move(answer));
}

void EngineClient::openMoreLogs(const QString& project, const QStringList& services,
                                const dbus::StackLogs& before, QObject* guard,
                                Answer<dbus::StackLogs> answer) {
    using Reply = std::tuple<dbus::StackLogs, bool>;
    QVariantMap options;
    if (!before.isEmpty())
        options.insert(QStringLiteral("after"), before.constLast().container);
    call<Reply>(
        send(kStacksInterface, "Logs", {project, services, options}), guard,
        [this, project, services, before, guard, answer = std::move(answer)](const Result<Reply>& opened) {
            if (!opened)
                return answer(fail(opened.error()));
            const auto& [logs, more] = *opened;
            if (more && !logs.isEmpty())
                return openMoreLogs(project, services, before + logs, guard, answer);
            answer(before + logs);
        });
}

void EngineClient::execInService(const QString& project, const QString& service, quint32 number,
                                 const QStringList& command, const QVariantMap& options, QObject* guard,
                                 Answer<ExecSession> answer) {
    using Reply = std::tuple<QString, QDBusUnixFileDescriptor>;
    call<Reply>(interactive(kStacksInterface, "Exec", {project, service, number, command, options}), guard,
                [answer = std::move(answer)](const Result<Reply>& started) {
                    if (!started)
                        return answer(fail(started.error()));
                    answer(ExecSession{std::get<0>(*started), std::get<1>(*started)});
                });
}

void EngineClient::topStack(const QString& project, const QStringList& services, QObject* guard,
                            Answer<dbus::StackProcesses> answer) {
    call<dbus::StackProcesses>(send(kStacksInterface, "Top", {project, services}), guard, std::move(answer));
}

void EngineClient::listStackEvents(const QString& project, const QVariantMap& options, QObject* guard,
                                   Answer<dbus::EventList> answer) {
    call<dbus::EventList>(send(kStacksInterface, "Events", {project, options}), guard, std::move(answer));
}

} // namespace escale::gui
