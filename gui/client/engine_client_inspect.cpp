// EngineClient: org.escale.Engine1.Inspect, but for what answers with a job.
#include "gui/client/engine_client.h"

namespace escale::gui {

static constexpr auto kInspectInterface = "org.escale.Engine1.Inspect";

void EngineClient::inspectProcesses(const QStringList& containers, QObject* guard,
                                    Answer<dbus::InspectedProcesses> answer) {
    call<dbus::InspectedProcesses>(send(kInspectInterface, "Processes", {containers}), guard,
                                   std::move(answer));
}

void EngineClient::inspectNamespaces(const QString& container, QObject* guard,
                                     Answer<dbus::NamespaceFacts> answer) {
    call<dbus::NamespaceFacts>(send(kInspectInterface, "Namespaces", {container}), guard, std::move(answer));
}

void EngineClient::inspectMounts(const QString& container, QObject* guard, Answer<dbus::MountList> answer) {
    call<dbus::MountList>(send(kInspectInterface, "Mounts", {container}), guard, std::move(answer));
}

void EngineClient::inspectSyscalls(const QString& container, QObject* guard,
                                   Answer<dbus::SyscallVerdicts> answer) {
    call<dbus::SyscallVerdicts>(send(kInspectInterface, "Syscalls", {container}), guard, std::move(answer));
}

void EngineClient::inspectCgroups(const QString& container, QObject* guard,
                                  Answer<dbus::CgroupNodes> answer) {
    call<dbus::CgroupNodes>(send(kInspectInterface, "Cgroups", {container}), guard, std::move(answer));
}

void EngineClient::inspectMaking(const QString& container, QObject* guard, Answer<MakingOf> answer) {
    using Reply = std::tuple<qlonglong, dbus::MadeSteps>;
    call<Reply>(send(kInspectInterface, "Making", {container}), guard,
                [answer = std::move(answer)](const Result<Reply>& making) {
                    if (!making)
                        return answer(fail(making.error()));
                    answer(MakingOf{std::get<0>(*making), std::get<1>(*making)});
                });
}

} // namespace escale::gui
