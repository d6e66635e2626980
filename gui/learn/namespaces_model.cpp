#include "gui/learn/namespaces_model.h"

#include "gui/learn/inspected_process.h"

#include <QCollator>
#include <QMap>

#include <algorithm>

namespace escale::gui {
namespace {

using Whose = NamespaceOf::Whose;

constexpr NamespaceType typeAt(std::size_t index) {
    return static_cast<NamespaceType>(index);
}

const dbus::InspectedProcess& firstOf(const dbus::InspectedProcesses& processes, quint32 pid) {
    const auto found = std::find_if(processes.begin(), processes.end(),
                                    [&](const dbus::InspectedProcess& one) { return one.pid == pid; });
    return found == processes.end() ? processes.first() : *found;
}

// Its processes by the pid namespace they are in; the first one's apart from those made inside of it.
void group(ContainerNamespaces& one, const dbus::InspectedProcesses& processes) {
    one.processes.inode = namespaceOf(one.first, NamespaceType::Pid);
    for (const dbus::InspectedProcess& process : processes) {
        const quint64 inode = namespaceOf(process, NamespaceType::Pid);
        if (inode == one.processes.inode || inode == 0) { // of a zombie nothing is known
            one.processes.processes.append(process);
            continue;
        }
        auto place = std::find_if(one.nested.begin(), one.nested.end(),
                                  [&](const PidGroup& group) { return group.inode == inode; });
        if (place == one.nested.end())
            place = one.nested.insert(one.nested.end(), {inode, {}});
        place->processes.append(process);
    }
}

QList<ContainerNamespaces> containersOf(const NamespacesSnapshot& snapshot) {
    QMap<QString, dbus::InspectedProcesses> byContainer;
    for (const dbus::InspectedProcess& process : snapshot.processes) {
        if (process.role == u"container")
            byContainer[process.container].append(process);
    }
    QList<ContainerNamespaces> all;
    for (auto [id, processes] : byContainer.asKeyValueRange()) {
        ContainerNamespaces one;
        const auto known = std::find_if(snapshot.containers.begin(), snapshot.containers.end(),
                                        [&, id = id](const dbus::Container& each) { return each.id == id; });
        if (known != snapshot.containers.end())
            one.container = *known;
        one.container.id = id;
        if (one.container.name.isEmpty())
            one.container.name = id.left(12);
        one.first = firstOf(processes, one.container.pid);
        group(one, processes);
        all.append(one);
    }
    QCollator collator;
    collator.setNumericMode(true); // web-2 before web-10
    std::sort(all.begin(), all.end(), [&](const ContainerNamespaces& a, const ContainerNamespaces& b) {
        return collator.compare(a.container.name, b.container.name) < 0;
    });
    return all;
}

// The kernel does not keep who made a namespace for whom; who was there first did.
void decideOwners(QList<ContainerNamespaces>& all, const dbus::InspectedProcesses& machine) {
    for (std::size_t i = 0; i < kNamespaceTypes; ++i) {
        QMap<quint64, QList<ContainerNamespaces*>> byInode;
        for (ContainerNamespaces& one : all)
            byInode[namespaceOf(one.first, typeAt(i))].append(&one);
        for (auto [inode, members] : byInode.asKeyValueRange()) {
            const bool isMachines =
                std::any_of(machine.begin(), machine.end(), [&, inode = inode](const auto& each) {
                    return each.role != u"monitor" && namespaceOf(each, typeAt(i)) == inode;
                });
            const ContainerNamespaces* owner =
                *std::min_element(members.begin(), members.end(), [](const auto* a, const auto* b) {
                    return std::pair(a->first.started, a->first.pid) <
                           std::pair(b->first.started, b->first.pid);
                });
            for (ContainerNamespaces* one : std::as_const(members)) {
                NamespaceOf& told = one->namespaces[i];
                told.type = typeAt(i);
                told.inode = inode;
                for (const ContainerNamespaces* each : std::as_const(members))
                    told.containers.append(each->container.id);
                told.whose = inode == 0     ? Whose::Absent
                             : isMachines   ? Whose::Machine
                             : one == owner ? Whose::Own
                                            : Whose::Container;
                if (told.whose == Whose::Container)
                    told.owner = owner->container.id;
            }
        }
    }
}

// Whom it has joined, and whom that one has; itself when nobody.
const ContainerNamespaces& leaderOf(const ContainerNamespaces& one, const QList<ContainerNamespaces>& all) {
    const ContainerNamespaces* leader = &one;
    for (int steps = 0; steps < all.size(); ++steps) { // two that have joined each other have no end
        const auto joined = std::find_if(leader->namespaces.begin(), leader->namespaces.end(),
                                         [](const auto& each) { return each.whose == Whose::Container; });
        if (joined == leader->namespaces.end())
            break;
        leader = &*std::find_if(all.begin(), all.end(), [&](const ContainerNamespaces& each) {
            return each.container.id == joined->owner;
        });
    }
    return *leader;
}

// Who has joined stands behind whom it has joined.
QList<ContainerNamespaces> putTogether(const QList<ContainerNamespaces>& all) {
    QList<const ContainerNamespaces*> leaders;
    for (const ContainerNamespaces& one : all) {
        if (const auto* leader = &leaderOf(one, all); !leaders.contains(leader))
            leaders.append(leader);
    }
    QList<ContainerNamespaces> ordered;
    for (const ContainerNamespaces* leader : std::as_const(leaders)) {
        ordered.append(*leader);
        for (const ContainerNamespaces& one : all) {
            if (&one != leader && &leaderOf(one, all) == leader)
                ordered.append(one);
        }
    }
    return ordered;
}

} // namespace

const ContainerNamespaces* NamespacesModel::container(const QString& id) const {
    const auto found = std::find_if(containers.begin(), containers.end(),
                                    [&](const ContainerNamespaces& one) { return one.container.id == id; });
    return found == containers.end() ? nullptr : &*found;
}

const dbus::InspectedProcess* NamespacesModel::process(quint32 pid) const {
    const auto in = [pid](const dbus::InspectedProcesses& all) -> const dbus::InspectedProcess* {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.pid == pid; });
        return found == all.end() ? nullptr : &*found;
    };
    if (const auto* found = in(machineProcesses))
        return found;
    for (const ContainerNamespaces& one : containers) {
        if (const auto* found = in(one.processes.processes))
            return found;
        for (const PidGroup& nested : one.nested) {
            if (const auto* found = in(nested.processes))
                return found;
        }
    }
    return nullptr;
}

QString NamespacesModel::nameOf(const QString& id) const {
    const ContainerNamespaces* one = container(id);
    return one == nullptr ? id.left(12) : one->container.name;
}

NamespacesModel namespacesModel(const NamespacesSnapshot& snapshot) {
    NamespacesModel model;
    for (const dbus::InspectedProcess& process : snapshot.processes) {
        if (process.role != u"container")
            model.machineProcesses.append(process);
    }
    static const QStringList kOrder{QStringLiteral("window"), QStringLiteral("engine")};
    std::stable_sort(model.machineProcesses.begin(), model.machineProcesses.end(),
                     [](const dbus::InspectedProcess& a, const dbus::InspectedProcess& b) {
                         const auto place = [](const dbus::InspectedProcess& one) {
                             const auto index = kOrder.indexOf(one.role);
                             return index < 0 ? kOrder.size() : index;
                         };
                         return place(a) < place(b);
                     });
    model.containers = containersOf(snapshot);
    decideOwners(model.containers, model.machineProcesses);
    model.containers = putTogether(model.containers);
    for (std::size_t i = 0; i < kNamespaceTypes; ++i) {
        NamespaceOf& told = model.machine[i];
        told.type = typeAt(i);
        if (!model.machineProcesses.isEmpty())
            told.inode = namespaceOf(model.machineProcesses.first(), told.type);
        told.whose = told.inode == 0 ? Whose::Absent : Whose::Own;
        for (const ContainerNamespaces& one : model.containers) {
            if (one.namespaces[i].whose == Whose::Machine)
                told.containers.append(one.container.id);
        }
    }
    return model;
}

QList<NamespaceType> differences(const dbus::InspectedProcess& process, const dbus::InspectedProcess& first) {
    QList<NamespaceType> all;
    for (std::size_t i = 0; i < kNamespaceTypes; ++i) {
        const quint64 inode = namespaceOf(process, typeAt(i));
        if (inode != 0 && inode != namespaceOf(first, typeAt(i)))
            all.append(typeAt(i));
    }
    return all;
}

} // namespace escale::gui
