#include "gui/learn/inspected_process.h"

#include <QCoreApplication>

#include <algorithm>

#include <unistd.h>

namespace escale::gui {
namespace {

struct InspectedProcessText {
    Q_DECLARE_TR_FUNCTIONS(InspectedProcessText)
};

template <typename To, typename From>
To listOf(const From& from) {
    return To(from.begin(), from.end());
}

template <typename Array, typename List>
Array arrayOf(const List& list) {
    Array array{};
    std::copy_n(list.begin(), std::min<std::size_t>(array.size(), list.size()), array.begin());
    return array;
}

} // namespace

ProcessFacts processFacts(const dbus::InspectedProcess& process) {
    ProcessFacts facts;
    facts.pid = static_cast<pid_t>(process.pid);
    facts.parent = static_cast<pid_t>(process.parent);
    facts.pids = listOf<std::vector<pid_t>>(process.pids);
    facts.startedAt = process.started;
    facts.state = process.state.isEmpty() ? '?' : process.state.front().toLatin1();
    facts.name = process.name.toStdString();
    facts.command = process.command.toStdString();
    facts.cgroup = process.cgroup.toStdString();
    facts.uids = arrayOf<decltype(facts.uids)>(process.uids);
    facts.gids = arrayOf<decltype(facts.gids)>(process.gids);
    facts.groups = listOf<std::vector<gid_t>>(process.groups);
    facts.capabilities = arrayOf<decltype(facts.capabilities)>(process.capabilities);
    facts.noNewPrivileges = process.noNewPrivileges;
    facts.seccomp = process.seccomp;
    facts.filters = process.filters;
    facts.namespaces = arrayOf<NamespaceIds>(process.namespaces);
    facts.userNamespaces = listOf<std::vector<std::uint64_t>>(process.userNamespaces);
    facts.userNamespaceOwners = listOf<std::vector<uid_t>>(process.userNamespaceOwners);
    facts.pidNamespaces = listOf<std::vector<std::uint64_t>>(process.pidNamespaces);
    return facts;
}

Result<dbus::InspectedProcess> thisWindow() {
    TRY_ASSIGN(const auto facts, readProcessFacts(getpid()));
    dbus::InspectedProcess window;
    window.role = QStringLiteral("window");
    window.pid = static_cast<quint32>(facts.pid);
    window.parent = static_cast<quint32>(facts.parent);
    window.pids = listOf<QList<quint32>>(facts.pids);
    window.started = facts.startedAt;
    window.state = QLatin1Char(facts.state);
    window.name = QString::fromStdString(facts.name);
    window.command = QString::fromStdString(facts.command);
    window.cgroup = QString::fromStdString(facts.cgroup);
    window.uids = listOf<QList<quint32>>(facts.uids);
    window.gids = listOf<QList<quint32>>(facts.gids);
    window.groups = listOf<QList<quint32>>(facts.groups);
    window.capabilities = listOf<QList<quint64>>(facts.capabilities);
    window.noNewPrivileges = facts.noNewPrivileges;
    window.seccomp = facts.seccomp;
    window.filters = facts.filters;
    window.namespaces = listOf<QList<quint64>>(facts.namespaces);
    window.userNamespaceOwners = listOf<QList<quint32>>(facts.userNamespaceOwners);
    window.userNamespaces = listOf<QList<quint64>>(facts.userNamespaces);
    window.pidNamespaces = listOf<QList<quint64>>(facts.pidNamespaces);
    return window;
}

quint32 innerPid(const dbus::InspectedProcess& process) {
    return process.pids.isEmpty() ? process.pid : process.pids.last();
}

quint64 namespaceOf(const dbus::InspectedProcess& process, NamespaceType type) {
    return process.namespaces.value(static_cast<int>(type));
}

bool isZombie(const dbus::InspectedProcess& process) {
    return process.state == u'Z';
}

QString processTitle(const dbus::InspectedProcess& process, const QString& container) {
    if (process.role == u"window")
        return InspectedProcessText::tr("this window");
    if (process.role == u"engine")
        return InspectedProcessText::tr("the engine");
    if (process.role == u"monitor")
        return InspectedProcessText::tr("monitor of %1").arg(container);
    //: A process and its container.
    return InspectedProcessText::tr("%1 of %2").arg(process.name, container);
}

QString processCommand(const dbus::InspectedProcess& process) {
    return process.command.isEmpty() ? process.name : process.command;
}

} // namespace escale::gui
