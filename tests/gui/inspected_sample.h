// Processes as the engine tells of them, made up: a machine with a few containers for the tests of the Learn
// pane's drawings.
#pragma once

#include "gui/common/drawing.h"
#include "gui/learn/namespaces_model.h"

#include <algorithm>

namespace escale::test {

constexpr quint64 kMachineInode = 4026531800;
constexpr quint32 kIdBase = 1879048192;

/// A process in the machine's own namespaces.
inline dbus::InspectedProcess machineProcess(quint32 pid, const QString& role, const QString& name,
                                             const QString& container = {}) {
    dbus::InspectedProcess process;
    process.container = container;
    process.role = role;
    process.pid = pid;
    process.pids = {pid};
    process.started = pid;
    process.state = QStringLiteral("S");
    process.name = name;
    process.command = name;
    const quint32 user = role == u"window" ? 1000 : 0;
    process.uids = process.gids = {user, user, user, user};
    const quint64 all = (1ULL << 41) - 1;
    process.capabilities = {0, user == 0 ? all : 0, user == 0 ? all : 0, all, 0};
    for (std::size_t i = 0; i < kNamespaceTypes; ++i)
        process.namespaces.append(kMachineInode + i);
    process.userNamespaces = {process.namespaces[5]};
    process.pidNamespaces = {process.namespaces[1]};
    return process;
}

/// A process of a container that has all kinds for itself but time; `number`: of the container, 1 and on.
inline dbus::InspectedProcess containerProcess(int number, quint32 pid, quint32 inside, const QString& name) {
    dbus::InspectedProcess process =
        machineProcess(pid, QStringLiteral("container"), name, QStringLiteral("id%1").arg(number));
    process.command = name + QStringLiteral(": master process");
    process.pids = {pid, inside};
    process.uids = process.gids = {kIdBase, kIdBase, kIdBase, kIdBase};
    process.capabilities = {0, 0xa80425fb, 0xa80425fb, 0xa80425fb, 0};
    process.seccomp = 2;
    process.filters = 1;
    process.cgroup = QStringLiteral("/escale/id%1").arg(number);
    for (std::size_t i = 0; i + 1 < kNamespaceTypes; ++i)
        process.namespaces[static_cast<qsizetype>(i)] = 4026532000 + static_cast<quint64>(number) * 10 + i;
    process.userNamespaces = {process.namespaces[5], kMachineInode + 5};
    process.pidNamespaces = {process.namespaces[1], kMachineInode + 1};
    return process;
}

inline dbus::Container namedContainer(int number, quint32 pid, const QString& name, const QString& image) {
    dbus::Container container;
    container.id = QStringLiteral("id%1").arg(number);
    container.name = name;
    container.image = image;
    container.pid = pid;
    container.state = QStringLiteral("running");
    return container;
}

/// This window, the engine; "web" with processes of its own, "db", which has joined web's network, and
/// "probe", which has the machine's.
inline gui::NamespacesSnapshot sampleSnapshot() {
    gui::NamespacesSnapshot snapshot;
    snapshot.containers = {namedContainer(1, 100, QStringLiteral("web"), QStringLiteral("nginx:1.27")),
                           namedContainer(2, 200, QStringLiteral("db"), QStringLiteral("postgres:17")),
                           namedContainer(3, 300, QStringLiteral("probe"), QStringLiteral("alpine:3"))};
    auto web = containerProcess(1, 100, 1, QStringLiteral("nginx"));
    auto worker = containerProcess(1, 101, 7, QStringLiteral("nginx"));
    worker.parent = 100;
    worker.uids = worker.gids = {kIdBase + 101, kIdBase + 101, kIdBase + 101, kIdBase + 101};
    auto nested = containerProcess(1, 102, 1, QStringLiteral("sh"));
    nested.pids = {102, 9, 1};
    nested.namespaces[1] = 4026539999;
    nested.pidNamespaces.prepend(4026539999);
    auto db = containerProcess(2, 200, 1, QStringLiteral("postgres"));
    db.namespaces[4] = web.namespaces[4];
    auto probe = containerProcess(3, 300, 1, QStringLiteral("sleep"));
    probe.namespaces[4] = kMachineInode + 4;
    snapshot.processes = {machineProcess(50, QStringLiteral("engine"), QStringLiteral("escale-helper")),
                          machineProcess(99, QStringLiteral("monitor"), QStringLiteral("escale-runtime"),
                                         QStringLiteral("id1")),
                          web,
                          worker,
                          nested,
                          db,
                          probe,
                          machineProcess(60, QStringLiteral("window"), QStringLiteral("escale"))};
    return snapshot;
}

inline dbus::NamespaceFacts sampleFacts() {
    dbus::NamespaceFacts facts;
    facts.hostname = QStringLiteral("web-host");
    facts.uidMap = facts.gidMap = {{0, kIdBase, 65536}};
    facts.interfaces = {{QStringLiteral("lo"), {}, {QStringLiteral("127.0.0.1/8")}, true},
                        {QStringLiteral("eth0"),
                         QStringLiteral("02:42:0a:59:01:02"),
                         {QStringLiteral("10.89.1.2/24")},
                         true}};
    facts.ipc = {{QStringLiteral("shm"), QStringLiteral("0x5e0a1b2c"), kIdBase, 0600, 4096, 2}};
    return facts;
}

/// The boxes of a drawing that arrow keys do not lead to.
inline QStringList unreachable(const gui::Drawing& drawing) {
    QStringList reached{drawing.nextFrom({}, Qt::Key_Right)};
    for (int i = 0; i < reached.size(); ++i) {
        for (const int key : {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down}) {
            const QString next = drawing.nextFrom(reached[i], key);
            if (!next.isEmpty() && !reached.contains(next))
                reached.append(next);
        }
    }
    QStringList missing;
    for (const gui::DrawnBox& box : drawing.boxes) {
        if (!box.id.isEmpty() && !reached.contains(box.id))
            missing.append(box.id);
    }
    return missing;
}

} // namespace escale::test
