// Who is in which namespace: the processes that the engine tells of, put in order. Pure; what the views draw.
#pragma once

#include "engine/inspect/namespace_type.h"
#include "helper/dbus/types.h"

#include <array>

namespace escale::gui {

/// What was read, all at once.
struct NamespacesSnapshot {
    dbus::InspectedProcesses processes; // of all containers, their monitors, the engine, this window
    dbus::ContainerList containers;     // for their names
    QString chosen;                     // a container's id, or nothing
};

/// One namespace, as a container or the machine has it.
struct NamespaceOf {
    enum class Whose {
        Own,
        Machine,   // it was never given one
        Container, // `owner`'s: it was made to join it
        Absent,    // this kernel has none
    };
    NamespaceType type = NamespaceType::Mount;
    quint64 inode = 0;
    Whose whose = Whose::Own;
    QString owner;          // a container's id
    QStringList containers; // all that are in it, by their ids
};

/// Processes of one pid namespace, in the order of their start.
struct PidGroup {
    quint64 inode = 0;
    dbus::InspectedProcesses processes;
};

struct ContainerNamespaces {
    dbus::Container container;
    dbus::InspectedProcess first; // what the container is: its namespaces are the container's
    std::array<NamespaceOf, kNamespaceTypes> namespaces;
    PidGroup processes;
    QList<PidGroup> nested; // pid namespaces that were made inside
};

struct NamespacesModel {
    std::array<NamespaceOf, kNamespaceTypes> machine;
    dbus::InspectedProcesses machineProcesses; // this window, the engine, the monitors
    QList<ContainerNamespaces> containers;     // by name, but who shares stands beside whom it shares with

    [[nodiscard]] const ContainerNamespaces* container(const QString& id) const;
    [[nodiscard]] const dbus::InspectedProcess* process(quint32 pid) const;
    [[nodiscard]] QString nameOf(const QString& container) const;
};

NamespacesModel namespacesModel(const NamespacesSnapshot& snapshot);

/// In which of a container's kinds of namespaces a process of it is not where its first one is.
QList<NamespaceType> differences(const dbus::InspectedProcess& process, const dbus::InspectedProcess& first);

} // namespace escale::gui
