#include "helper/dbus/types.h"

#include "helper/dbus/container_settings.h"

#include <QDBusMetaType>

namespace escale::dbus {
namespace {

// One list of members per structure serves both directions.
template <class... Members>
QDBusArgument& write(QDBusArgument& out, const Members&... members) {
    out.beginStructure();
    (void)(out << ... << members);
    out.endStructure();
    return out;
}

template <class... Members>
const QDBusArgument& read(const QDBusArgument& in, Members&... members) {
    in.beginStructure();
    (void)(in >> ... >> members);
    in.endStructure();
    return in;
}

} // namespace

// NOLINTBEGIN(cppcoreguidelines-macro-usage): the member list is written once.
#define ESCALE_MARSHAL(Type, ...)                                                                            \
    QDBusArgument& operator<<(QDBusArgument& out, const Type& v) {                                           \
        return write(out, __VA_ARGS__);                                                                      \
    }                                                                                                        \
    const QDBusArgument& operator>>(const QDBusArgument& in, Type& v) {                                      \
        return read(in, __VA_ARGS__);                                                                        \
    }

ESCALE_MARSHAL(JobSummary, v.path, v.kind, v.title, v.state)
ESCALE_MARSHAL(JobStep, v.id, v.phase, v.done, v.total)
ESCALE_MARSHAL(JobStatus, v.kind, v.title, v.state, v.done, v.total, v.rate, v.steps, v.errorName,
               v.errorMessage, v.hint, v.result)
ESCALE_MARSHAL(ImageLayer, v.diffId, v.size)
ESCALE_MARSHAL(Image, v.digest, v.repository, v.tag, v.architecture, v.created, v.pulledAt, v.downloadSize,
               v.size, v.layers, v.command, v.exposedPorts)
ESCALE_MARSHAL(ImageUsage, v.digest, v.size, v.shared, v.unique, v.containers)
ESCALE_MARSHAL(ContainerUsage, v.id, v.writable, v.logs, v.isRunning, v.isWhole)
ESCALE_MARSHAL(TotalUsage, v.images, v.reclaimableImages, v.containers, v.reclaimableContainers, v.logs)
ESCALE_MARSHAL(Container, v.id, v.name, v.imageDigest, v.image, v.command, v.state, v.pid, v.exitCode,
               v.oomKilled, v.created, v.started, v.finished, v.address, v.error, v.labels, v.health,
               v.restartCount, v.ports, v.removeWhenStopped)
ESCALE_MARSHAL(InterfaceStats, v.name, v.receivedBytes, v.receivedPackets, v.receiveErrors, v.receiveDrops,
               v.sentBytes, v.sentPackets, v.sendErrors, v.sendDrops)
ESCALE_MARSHAL(ContainerStats, v.id, v.time, v.cpuNanoseconds, v.perCpu, v.cpuLimit, v.cpuPeriods,
               v.throttledPeriods, v.throttledNanoseconds, v.memory, v.memoryLimit, v.anonymous, v.file,
               v.shared, v.kernel, v.swap, v.pids, v.pidsLimit, v.read, v.written, v.reads, v.writes,
               v.hasPressure, v.cpuSome, v.cpuFull, v.memorySome, v.memoryFull, v.ioSome, v.ioFull,
               v.interfaces)
ESCALE_MARSHAL(StatsPoint, v.time, v.cpu, v.throttled, v.memory, v.anonymous, v.file, v.swap, v.read,
               v.written, v.received, v.sent, v.pids, v.cpuPressure, v.memoryPressure, v.ioPressure)
ESCALE_MARSHAL(ContainerProcess, v.pid, v.insidePid, v.parentPid, v.uid, v.state, v.cpuMilliseconds, v.memory,
               v.started, v.terminal, v.command)
ESCALE_MARSHAL(HealthProbe, v.started, v.ended, v.exitCode, v.output)
ESCALE_MARSHAL(Event, v.sequence, v.time, v.type, v.action, v.id, v.attributes)
ESCALE_MARSHAL(FileEntry, v.name, v.mode, v.size, v.modified, v.user, v.group, v.linkTarget)
ESCALE_MARSHAL(FileChange, v.path, v.kind)
ESCALE_MARSHAL(VolumeUser, v.container, v.name, v.target, v.isRunning, v.readOnly)
ESCALE_MARSHAL(Volume, v.name, v.driver, v.created, v.lastUsed, v.kind, v.options, v.labels, v.isAnonymous,
               v.state, v.problem, v.size, v.files, v.measured, v.users)
ESCALE_MARSHAL(VolumeProblem, v.option, v.what, v.hint)
ESCALE_MARSHAL(SecretFile, v.target, v.user, v.group, v.mode, v.content)
ESCALE_MARSHAL(NamedDescriptor, v.id, v.descriptor)
ESCALE_MARSHAL(RegistryAccount, v.registry, v.user, v.password, v.identityToken)
ESCALE_MARSHAL(Build, v.id, v.state, v.started, v.ended, v.name, v.dockerfile, v.target, v.tags, v.image,
               v.size, v.steps, v.cached, v.error, v.keepsFailedStep, v.job)
ESCALE_MARSHAL(BuildCacheEntry, v.number, v.kind, v.text, v.size, v.made, v.used, v.inUse)
ESCALE_MARSHAL(NetworkPool, v.subnet, v.range, v.gateway)
ESCALE_MARSHAL(NetworkEndpoint, v.container, v.name, v.isRunning, v.inside, v.hostInterface, v.addresses,
               v.mac, v.aliases, v.dnsNames, v.isDefaultRoute)
ESCALE_MARSHAL(Network, v.id, v.name, v.driver, v.interface, v.created, v.pools, v.isInternal, v.icc,
               v.masquerade, v.mtu, v.parent, v.mode, v.labels, v.isDefault, v.warning, v.endpoints)
ESCALE_MARSHAL(NetworkProblem, v.option, v.what, v.hint)
ESCALE_MARSHAL(HostInterface, v.name, v.kind, v.isUp, v.mac, v.addresses, v.bridge, v.parent, v.receivedBytes,
               v.receivedPackets, v.sentBytes, v.sentPackets, v.dropped, v.unfit)
ESCALE_MARSHAL(NetworkDriver, v.name, v.lacks)
ESCALE_MARSHAL(EndpointStatistic, v.network, v.container, v.inside, v.receivedBytes, v.receivedPackets,
               v.sentBytes, v.sentPackets, v.dropped)
ESCALE_MARSHAL(RuleChain, v.name, v.rules)
ESCALE_MARSHAL(PortReach, v.port, v.who, v.why, v.chain, v.isCertain, v.bypassed)
ESCALE_MARSHAL(StackResource, v.key, v.name, v.isExternal, v.options)
ESCALE_MARSHAL(StackFile, v.path, v.user, v.group, v.mode, v.source, v.digest)
ESCALE_MARSHAL(StackDependency, v.service, v.condition, v.restart, v.required)
ESCALE_MARSHAL(StackHook, v.command, v.user, v.workingDirectory, v.environment, v.isPrivileged)
ESCALE_MARSHAL(LentSource, v.id, v.source)
ESCALE_MARSHAL(StackBuild, v.dockerfile, v.context, v.options, v.secrets, v.agents)
ESCALE_MARSHAL(StackService, v.name, v.image, v.platform, v.pullPolicy, v.replicas, v.options, v.binds,
               v.files, v.dependencies, v.postStart, v.preStop, v.build)
ESCALE_MARSHAL(Stack, v.project, v.workingDirectory, v.configFiles, v.environmentFiles, v.config, v.networks,
               v.volumes, v.services, v.disabled)
ESCALE_MARSHAL(StackStep, v.kind, v.service, v.number, v.container, v.name, v.condition, v.why, v.required,
               v.after, v.state)
ESCALE_MARSHAL(StackSummary, v.project, v.workingDirectory, v.configFiles, v.services, v.running,
               v.containers, v.lastChange, v.hasConfig)
ESCALE_MARSHAL(StackContainer, v.id, v.name, v.service, v.number, v.state, v.health, v.exitCode, v.isOneOff,
               v.ports, v.image)
ESCALE_MARSHAL(StackLog, v.container, v.name, v.service, v.number, v.files)
ESCALE_MARSHAL(StackProcess, v.container, v.service, v.processes)
ESCALE_MARSHAL(InspectedProcess, v.container, v.role, v.pid, v.parent, v.pids, v.started, v.state, v.name,
               v.command, v.cgroup, v.uids, v.gids, v.groups, v.capabilities, v.noNewPrivileges, v.seccomp,
               v.filters, v.namespaces, v.userNamespaces, v.pidNamespaces, v.userNamespaceOwners)
ESCALE_MARSHAL(IdRange, v.inside, v.outside, v.count)
ESCALE_MARSHAL(IpcObject, v.kind, v.name, v.owner, v.mode, v.size, v.count)
ESCALE_MARSHAL(InterfaceFacts, v.name, v.mac, v.addresses, v.isUp)
ESCALE_MARSHAL(ClockOffset, v.clock, v.seconds, v.nanoseconds)
ESCALE_MARSHAL(NamespaceFacts, v.hostname, v.domainname, v.uidMap, v.gidMap, v.ipc, v.interfaces, v.clocks)
ESCALE_MARSHAL(MountFacts, v.id, v.parent, v.root, v.target, v.type, v.source, v.options, v.superOptions,
               v.propagation, v.isHidden, v.hiddenBy)
ESCALE_MARSHAL(SyscallVerdict, v.name, v.number, v.verdict, v.error)
ESCALE_MARSHAL(CgroupFile, v.controller, v.file, v.value, v.version)
ESCALE_MARSHAL(CgroupNode, v.path, v.relation, v.processes, v.files)
ESCALE_MARSHAL(MadeDetail, v.name, v.value)
ESCALE_MARSHAL(MadeStep, v.by, v.operation, v.begin, v.duration, v.details)
#undef ESCALE_MARSHAL
// NOLINTEND(cppcoreguidelines-macro-usage)

void registerTypes() {
    qDBusRegisterMetaType<TextMap>();
    qDBusRegisterMetaType<FileList>();
    qDBusRegisterMetaType<JobSummary>();
    qDBusRegisterMetaType<JobSummaries>();
    qDBusRegisterMetaType<JobStep>();
    qDBusRegisterMetaType<QList<JobStep>>();
    qDBusRegisterMetaType<JobStatus>();
    qDBusRegisterMetaType<ImageLayer>();
    qDBusRegisterMetaType<QList<ImageLayer>>();
    qDBusRegisterMetaType<Image>();
    qDBusRegisterMetaType<ImageList>();
    qDBusRegisterMetaType<ImageUsage>();
    qDBusRegisterMetaType<ImageUsages>();
    qDBusRegisterMetaType<ContainerUsage>();
    qDBusRegisterMetaType<ContainerUsages>();
    qDBusRegisterMetaType<TotalUsage>();
    qDBusRegisterMetaType<Container>();
    qDBusRegisterMetaType<ContainerSettings>();
    qDBusRegisterMetaType<ContainerSettingsList>();
    qDBusRegisterMetaType<ContainerList>();
    qDBusRegisterMetaType<QList<quint64>>();
    qDBusRegisterMetaType<InterfaceStats>();
    qDBusRegisterMetaType<QList<InterfaceStats>>();
    qDBusRegisterMetaType<ContainerStats>();
    qDBusRegisterMetaType<StatsList>();
    qDBusRegisterMetaType<StatsPoint>();
    qDBusRegisterMetaType<StatsPoints>();
    qDBusRegisterMetaType<ContainerProcess>();
    qDBusRegisterMetaType<ProcessList>();
    qDBusRegisterMetaType<HealthProbe>();
    qDBusRegisterMetaType<HealthProbes>();
    qDBusRegisterMetaType<Event>();
    qDBusRegisterMetaType<EventList>();
    qDBusRegisterMetaType<FileEntry>();
    qDBusRegisterMetaType<FileEntries>();
    qDBusRegisterMetaType<FileChange>();
    qDBusRegisterMetaType<FileChanges>();
    qDBusRegisterMetaType<VolumeUser>();
    qDBusRegisterMetaType<QList<VolumeUser>>();
    qDBusRegisterMetaType<Volume>();
    qDBusRegisterMetaType<VolumeList>();
    qDBusRegisterMetaType<VolumeProblem>();
    qDBusRegisterMetaType<VolumeProblems>();
    qDBusRegisterMetaType<SecretFile>();
    qDBusRegisterMetaType<SecretFiles>();
    qDBusRegisterMetaType<NamedDescriptor>();
    qDBusRegisterMetaType<NamedDescriptors>();
    qDBusRegisterMetaType<RegistryAccount>();
    qDBusRegisterMetaType<RegistryAccounts>();
    qDBusRegisterMetaType<Build>();
    qDBusRegisterMetaType<BuildList>();
    qDBusRegisterMetaType<BuildCacheEntry>();
    qDBusRegisterMetaType<BuildCache>();
    qDBusRegisterMetaType<NetworkPool>();
    qDBusRegisterMetaType<NetworkEndpoint>();
    qDBusRegisterMetaType<Network>();
    qDBusRegisterMetaType<NetworkProblem>();
    qDBusRegisterMetaType<HostInterface>();
    qDBusRegisterMetaType<NetworkDriver>();
    qDBusRegisterMetaType<EndpointStatistic>();
    qDBusRegisterMetaType<RuleChain>();
    qDBusRegisterMetaType<PortReach>();
    qDBusRegisterMetaType<NetworkPools>();
    qDBusRegisterMetaType<QList<NetworkEndpoint>>();
    qDBusRegisterMetaType<NetworkList>();
    qDBusRegisterMetaType<NetworkProblems>();
    qDBusRegisterMetaType<HostInterfaces>();
    qDBusRegisterMetaType<NetworkDrivers>();
    qDBusRegisterMetaType<EndpointStatistics>();
    qDBusRegisterMetaType<RuleChains>();
    qDBusRegisterMetaType<PortReaches>();
    qDBusRegisterMetaType<CountMap>();
    qDBusRegisterMetaType<QList<quint32>>();
    qDBusRegisterMetaType<StackResource>();
    qDBusRegisterMetaType<StackResources>();
    qDBusRegisterMetaType<StackFile>();
    qDBusRegisterMetaType<QList<StackFile>>();
    qDBusRegisterMetaType<StackDependency>();
    qDBusRegisterMetaType<QList<StackDependency>>();
    qDBusRegisterMetaType<StackHook>();
    qDBusRegisterMetaType<QList<StackHook>>();
    qDBusRegisterMetaType<LentSource>();
    qDBusRegisterMetaType<QList<LentSource>>();
    qDBusRegisterMetaType<StackBuild>();
    qDBusRegisterMetaType<QList<StackBuild>>();
    qDBusRegisterMetaType<StackService>();
    qDBusRegisterMetaType<QList<StackService>>();
    qDBusRegisterMetaType<Stack>();
    qDBusRegisterMetaType<StackStep>();
    qDBusRegisterMetaType<StackSteps>();
    qDBusRegisterMetaType<StackSummary>();
    qDBusRegisterMetaType<StackSummaries>();
    qDBusRegisterMetaType<StackContainer>();
    qDBusRegisterMetaType<StackContainers>();
    qDBusRegisterMetaType<StackLog>();
    qDBusRegisterMetaType<StackLogs>();
    qDBusRegisterMetaType<StackProcess>();
    qDBusRegisterMetaType<StackProcesses>();
    // A signal's argument is looked up by the name in the proxy, which is the alias.
    qRegisterMetaType<EventList>("escale::dbus::EventList");
    qDBusRegisterMetaType<InspectedProcess>();
    qDBusRegisterMetaType<InspectedProcesses>();
    qDBusRegisterMetaType<IdRange>();
    qDBusRegisterMetaType<QList<IdRange>>();
    qDBusRegisterMetaType<IpcObject>();
    qDBusRegisterMetaType<QList<IpcObject>>();
    qDBusRegisterMetaType<InterfaceFacts>();
    qDBusRegisterMetaType<QList<InterfaceFacts>>();
    qDBusRegisterMetaType<ClockOffset>();
    qDBusRegisterMetaType<QList<ClockOffset>>();
    qDBusRegisterMetaType<NamespaceFacts>();
    qDBusRegisterMetaType<MountFacts>();
    qDBusRegisterMetaType<MountList>();
    qDBusRegisterMetaType<SyscallVerdict>();
    qDBusRegisterMetaType<SyscallVerdicts>();
    qDBusRegisterMetaType<CgroupFile>();
    qDBusRegisterMetaType<QList<CgroupFile>>();
    qDBusRegisterMetaType<CgroupNode>();
    qDBusRegisterMetaType<CgroupNodes>();
    qDBusRegisterMetaType<MadeDetail>();
    qDBusRegisterMetaType<QList<MadeDetail>>();
    qDBusRegisterMetaType<MadeStep>();
    qDBusRegisterMetaType<MadeSteps>();
}

} // namespace escale::dbus
