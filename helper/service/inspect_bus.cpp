#include "helper/service/inspect_bus.h"

#include "helper/service/container_bus.h"

namespace escale {
namespace {

/// Numbers as the bus has them.
template <class Target, class Range>
QList<Target> toList(const Range& numbers) {
    QList<Target> list;
    list.reserve(static_cast<qsizetype>(numbers.size()));
    for (const auto number : numbers)
        list.append(static_cast<Target>(number));
    return list;
}

QList<dbus::IdRange> toBus(const std::vector<IdRange>& ranges) {
    QList<dbus::IdRange> list;
    for (const IdRange& range : ranges)
        list.append({range.inside, range.outside, range.count});
    return list;
}

const char* wordFor(CgroupNode::Relation relation) {
    switch (relation) {
    case CgroupNode::Relation::Above:
        return "above";
    case CgroupNode::Relation::Below:
        return "below";
    case CgroupNode::Relation::Itself:
        break;
    }
    return "itself";
}

const char* wordFor(MadeBy by) {
    switch (by) {
    case MadeBy::Runtime:
        return "runtime";
    case MadeBy::Container:
        return "container";
    case MadeBy::Engine:
        break;
    }
    return "engine";
}

} // namespace

dbus::InspectedProcess toBus(const ProcessFacts& facts, const QString& container, const char* role) {
    dbus::InspectedProcess process;
    process.container = container;
    process.role = QString::fromLatin1(role);
    process.pid = static_cast<quint32>(facts.pid);
    process.parent = static_cast<quint32>(facts.parent);
    process.pids = toList<quint32>(facts.pids);
    process.started = facts.startedAt;
    process.state = QChar::fromLatin1(facts.state);
    process.name = toQString(facts.name);
    process.command = toQString(facts.command);
    process.cgroup = toQString(facts.cgroup);
    process.uids = toList<quint32>(facts.uids);
    process.gids = toList<quint32>(facts.gids);
    process.groups = toList<quint32>(facts.groups);
    process.capabilities = toList<quint64>(facts.capabilities);
    process.noNewPrivileges = facts.noNewPrivileges;
    process.seccomp = facts.seccomp;
    process.filters = facts.filters;
    process.namespaces = toList<quint64>(facts.namespaces);
    process.userNamespaces = toList<quint64>(facts.userNamespaces);
    process.pidNamespaces = toList<quint64>(facts.pidNamespaces);
    process.userNamespaceOwners = toList<quint32>(facts.userNamespaceOwners);
    return process;
}

dbus::NamespaceFacts toBus(const NamespaceFacts& facts) {
    dbus::NamespaceFacts result;
    result.hostname = toQString(facts.hostname);
    result.domainname = toQString(facts.domainname);
    result.uidMap = toBus(facts.uidMap);
    result.gidMap = toBus(facts.gidMap);
    for (const IpcObject& object : facts.ipc)
        result.ipc.append({toQString(object.kind), toQString(object.name), object.owner, object.mode,
                           object.size, object.count});
    for (const InterfaceFacts& interface : facts.interfaces)
        result.interfaces.append({toQString(interface.name), toQString(interface.mac),
                                  toStringList(interface.addresses), interface.isUp});
    for (const ClockOffset& clock : facts.clocks)
        result.clocks.append({toQString(clock.clock), clock.seconds, clock.nanoseconds});
    return result;
}

dbus::MountList toBus(const std::vector<MountFacts>& mounts) {
    dbus::MountList list;
    list.reserve(static_cast<qsizetype>(mounts.size()));
    for (const MountFacts& mount : mounts)
        list.append({mount.id, mount.parent, toQString(mount.root), toQString(mount.target),
                     toQString(mount.type), toQString(mount.source), toQString(mount.options),
                     toQString(mount.superOptions), toQString(mount.propagation), mount.isHidden,
                     mount.hiddenBy});
    return list;
}

dbus::SyscallVerdicts toBus(const std::vector<SyscallVerdict>& verdicts) {
    dbus::SyscallVerdicts list;
    list.reserve(static_cast<qsizetype>(verdicts.size()));
    for (const SyscallVerdict& verdict : verdicts)
        list.append({toQString(verdict.name), verdict.number, static_cast<quint32>(verdict.verdict),
                     static_cast<quint32>(verdict.error)});
    return list;
}

dbus::CgroupNodes toBus(const std::vector<CgroupNode>& nodes) {
    dbus::CgroupNodes list;
    for (const CgroupNode& node : nodes) {
        dbus::CgroupNode result{
            toQString(node.path), QString::fromLatin1(wordFor(node.relation)), node.processes, {}};
        for (const CgroupFile& file : node.files)
            result.files.append({toQString(file.controller), toQString(file.file), toQString(file.value),
                                 static_cast<quint32>(file.version)});
        list.append(result);
    }
    return list;
}

dbus::MadeSteps toBus(const MadeSteps& steps) {
    dbus::MadeSteps list;
    list.reserve(static_cast<qsizetype>(steps.size()));
    for (const MadeStep& step : steps) {
        dbus::MadeStep result{QString::fromLatin1(wordFor(step.by)),
                              toQString(step.operation),
                              step.begin - steps.front().begin,
                              step.duration,
                              {}};
        for (const auto& [name, value] : step.details)
            result.details.append({toQString(name), toQString(value)});
        list.append(result);
    }
    return list;
}

} // namespace escale
