// The structures of the D-Bus interface (the XML beside this file) as C++ values, with their marshalling.
// Call registerTypes() once before the first call or export.
#pragma once

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace escale::dbus {

inline constexpr auto kService = "org.escale.Engine1";
inline constexpr auto kObject = "/org/escale/Engine1";
inline constexpr auto kErrorPrefix = "org.escale.Error.";

using TextMap = QMap<QString, QString>;          // a{ss}
using FileList = QList<QDBusUnixFileDescriptor>; // ah

struct JobSummary {
    QDBusObjectPath path;
    QString kind, title, state;
};
using JobSummaries = QList<JobSummary>;

struct JobStep {
    QString id, phase;
    quint64 done = 0, total = 0;
};

struct JobStatus {
    QString kind, title, state;
    quint64 done = 0, total = 0, rate = 0;
    QList<JobStep> steps;
    QString errorName, errorMessage, hint, result;
};

struct ImageLayer {
    QString diffId;
    quint64 size = 0;
};

struct Image {
    QString digest, repository, tag, architecture;
    qint64 created = 0, pulledAt = 0;
    quint64 downloadSize = 0, size = 0;
    QList<ImageLayer> layers;
    QStringList command, exposedPorts;
};
using ImageList = QList<Image>;

struct ImageUsage {
    QString digest;
    quint64 size = 0, shared = 0, unique = 0;
    quint32 containers = 0;
};
using ImageUsages = QList<ImageUsage>;

struct ContainerUsage {
    QString id;
    quint64 writable = 0, logs = 0;
    bool isRunning = false, isWhole = false;
};
using ContainerUsages = QList<ContainerUsage>;

struct TotalUsage {
    quint64 images = 0, reclaimableImages = 0, containers = 0, reclaimableContainers = 0, logs = 0;
};

struct Container {
    QString id, name, imageDigest, image;
    QStringList command;
    QString state;
    quint32 pid = 0;
    qint32 exitCode = 0;
    bool oomKilled = false;
    qint64 created = 0, started = 0, finished = 0;
    QString address, error;
    TextMap labels;
    QString health; // "", "starting", "healthy", "unhealthy"
    quint32 restartCount = 0;
    QStringList ports; // "127.0.0.1:8080->80/tcp"
    bool removeWhenStopped = false;
};
using ContainerList = QList<Container>;

struct InterfaceStats {
    QString name;
    quint64 receivedBytes = 0, receivedPackets = 0, receiveErrors = 0, receiveDrops = 0;
    quint64 sentBytes = 0, sentPackets = 0, sendErrors = 0, sendDrops = 0;
};

struct ContainerStats {
    QString id;
    qint64 time = 0;
    quint64 cpuNanoseconds = 0;
    QList<quint64> perCpu;
    double cpuLimit = 0; // processors
    quint64 cpuPeriods = 0, throttledPeriods = 0, throttledNanoseconds = 0;
    quint64 memory = 0, memoryLimit = 0, anonymous = 0, file = 0, shared = 0, kernel = 0, swap = 0;
    quint64 pids = 0, pidsLimit = 0;
    quint64 read = 0, written = 0, reads = 0, writes = 0;
    bool hasPressure = false;
    quint64 cpuSome = 0, cpuFull = 0, memorySome = 0, memoryFull = 0, ioSome = 0, ioFull = 0; // microseconds
    QList<InterfaceStats> interfaces;
};
using StatsList = QList<ContainerStats>;

struct StatsPoint {
    qint64 time = 0;
    double cpu = 0, throttled = 0;                        // processors
    double memory = 0, anonymous = 0, file = 0, swap = 0; // bytes
    double read = 0, written = 0, received = 0, sent = 0; // bytes a second
    double pids = 0;
    double cpuPressure = 0, memoryPressure = 0, ioPressure = 0; // 0 … 1
};
using StatsPoints = QList<StatsPoint>;

struct ContainerProcess {
    quint32 pid = 0, insidePid = 0, parentPid = 0, uid = 0;
    QString state; // "R", "S", "D", "Z" …
    quint64 cpuMilliseconds = 0, memory = 0;
    qint64 started = 0;
    QString terminal, command;
};
using ProcessList = QList<ContainerProcess>;

struct HealthProbe {
    qint64 started = 0, ended = 0;
    qint32 exitCode = 0;
    QString output;
};
using HealthProbes = QList<HealthProbe>;

struct Event {
    quint64 sequence = 0;
    qint64 time = 0;
    QString type, action, id;
    TextMap attributes;
};
using EventList = QList<Event>;

struct FileEntry {
    QString name;
    quint32 mode = 0; // with the type
    quint64 size = 0;
    qint64 modified = 0;
    quint32 user = 0, group = 0; // inside
    QString linkTarget;
};
using FileEntries = QList<FileEntry>;

struct FileChange {
    QString path;
    uchar kind = 0; // 0: modified, 1: added, 2: deleted
};
using FileChanges = QList<FileChange>;

/// A place of a volume in a container.
struct VolumeUser {
    QString container, name, target;
    bool isRunning = false, readOnly = false;
};

struct Volume {
    QString name, driver;
    qint64 created = 0, lastUsed = 0;
    QString kind; // "local", "nfs", "bind", "tmpfs", "device"
    TextMap options, labels;
    bool isAnonymous = false;
    QString state;   // "", "mounting", "mounted", "unreachable"
    QString problem; // "what\nhint"
    quint64 size = 0, files = 0;
    qint64 measured = 0; // 0: size and files are not known
    QList<VolumeUser> users;
};
using VolumeList = QList<Volume>;

struct VolumeProblem {
    QString option, what, hint;
};
using VolumeProblems = QList<VolumeProblem>;

/// A secret or a config of a container that is made.
struct SecretFile {
    QString target;
    quint32 user = 0, group = 0, mode = 0;
    QDBusUnixFileDescriptor content;
};
using SecretFiles = QList<SecretFile>;

/// A secret or an agent that a build is lent.
struct NamedDescriptor {
    QString id;
    QDBusUnixFileDescriptor descriptor;
};
using NamedDescriptors = QList<NamedDescriptor>;

struct RegistryAccount {
    QString registry, user, password, identityToken;
};
using RegistryAccounts = QList<RegistryAccount>;

struct Build {
    QString id;
    QString state; // "running", "done", "failed", "cancelled"
    qint64 started = 0, ended = 0;
    QString name, dockerfile, target;
    QStringList tags;
    QString image; // digest; empty: none
    quint64 size = 0;
    quint32 steps = 0, cached = 0;
    QString error;
    bool keepsFailedStep = false;
    QString job; // path, while it runs
};
using BuildList = QList<Build>;

struct BuildCacheEntry {
    qint64 number = 0;
    QString kind; // "step", "context", "mount"
    QString text;
    quint64 size = 0;
    qint64 made = 0, used = 0;
    bool inUse = false;
};
using BuildCache = QList<BuildCacheEntry>;

struct NetworkPool {
    QString subnet, range, gateway;
};
using NetworkPools = QList<NetworkPool>;

struct NetworkEndpoint {
    QString container, name;
    bool isRunning = false;
    QString inside, hostInterface;
    QStringList addresses;
    QString mac;
    QStringList aliases, dnsNames;
    bool isDefaultRoute = false;
};

struct Network {
    QString id, name, driver, interface;
    qint64 created = 0;
    NetworkPools pools;
    bool isInternal = false, icc = true, masquerade = true;
    quint32 mtu = 0;
    QString parent, mode;
    TextMap labels;
    bool isDefault = false;
    QString warning; // "what\nhint"
    QList<NetworkEndpoint> endpoints;
};
using NetworkList = QList<Network>;

struct NetworkProblem {
    QString option, what, hint;
};
using NetworkProblems = QList<NetworkProblem>;

struct HostInterface {
    QString name, kind;
    bool isUp = false;
    QString mac;
    QStringList addresses;
    QString bridge, parent;
    quint64 receivedBytes = 0, receivedPackets = 0, sentBytes = 0, sentPackets = 0, dropped = 0;
    QString unfit; // why it is no parent
};
using HostInterfaces = QList<HostInterface>;

struct NetworkDriver {
    QString name, lacks; // lacks: "" when the kernel has it
};
using NetworkDrivers = QList<NetworkDriver>;

struct EndpointStatistic {
    QString network, container, inside;
    quint64 receivedBytes = 0, receivedPackets = 0, sentBytes = 0, sentPackets = 0, dropped = 0;
};
using EndpointStatistics = QList<EndpointStatistic>;

struct RuleChain {
    QString name, rules;
};
using RuleChains = QList<RuleChain>;

struct PortReach {
    QString port, who, why, chain;
    bool isCertain = true;
    QString bypassed;
};
using PortReaches = QList<PortReach>;

using CountMap = QMap<QString, quint32>; // a{su}

// Stacks, as engine/stack/stack.h has them (the structures there are what these become).

/// A network or a volume.
struct StackResource {
    QString key, name;
    bool isExternal = false;
    QVariantMap options;
};
using StackResources = QList<StackResource>;

struct StackFile {
    QString path;
    quint32 user = 0, group = 0, mode = 0;
    quint32 source = 0;
    QString digest; // "sha256:…"
};

struct StackDependency {
    QString service, condition;
    bool restart = false, required = true;
};

struct StackHook {
    QStringList command;
    QString user, workingDirectory;
    QStringList environment;
    bool isPrivileged = false;
};

/// A secret or an agent of a build.
struct LentSource {
    QString id;
    quint32 source = 0;
};

struct StackBuild {
    quint32 dockerfile = 0, context = 0; // sources
    QVariantMap options;
    QList<LentSource> secrets, agents;
};

struct StackService {
    QString name, image, platform, pullPolicy;
    quint32 replicas = 1;
    QVariantMap options;
    QList<quint32> binds;
    QList<StackFile> files;
    QList<StackDependency> dependencies;
    QList<StackHook> postStart, preStop;
    QList<StackBuild> build; // none or one
};

struct Stack {
    QString project, workingDirectory;
    QStringList configFiles, environmentFiles;
    QString config;
    StackResources networks, volumes;
    QList<StackService> services;
    QStringList disabled;
};

struct StackStep {
    QString kind, service;
    quint32 number = 0;
    QString container, name, condition, why;
    bool required = true;
    QList<quint32> after;
    QString state; // of the container
};
using StackSteps = QList<StackStep>;

struct StackSummary {
    QString project, workingDirectory;
    QStringList configFiles;
    quint32 services = 0, running = 0, containers = 0;
    qint64 lastChange = 0;
    bool hasConfig = false;
};
using StackSummaries = QList<StackSummary>;

struct StackContainer {
    QString id, name, service;
    quint32 number = 0;
    QString state, health;
    qint32 exitCode = 0;
    bool isOneOff = false;
    QStringList ports;
    QString image;
};
using StackContainers = QList<StackContainer>;

struct StackLog {
    QString container, name, service;
    quint32 number = 0;
    FileList files;
};
using StackLogs = QList<StackLog>;

struct StackProcess {
    QString container, service;
    ProcessList processes;
};
using StackProcesses = QList<StackProcess>;

// What org.escale.Engine1.Inspect tells (engine/inspect).

struct InspectedProcess {
    QString container, role;
    quint32 pid = 0, parent = 0;
    QList<quint32> pids;
    qint64 started = 0;
    QString state, name, command, cgroup;
    QList<quint32> uids, gids, groups;
    QList<quint64> capabilities;
    bool noNewPrivileges = false;
    quint32 seccomp = 0, filters = 0;
    QList<quint64> namespaces, userNamespaces, pidNamespaces;
    QList<quint32> userNamespaceOwners;
};
using InspectedProcesses = QList<InspectedProcess>;

struct IdRange {
    quint32 inside = 0, outside = 0, count = 0;
};

struct IpcObject {
    QString kind, name;
    quint32 owner = 0, mode = 0;
    quint64 size = 0;
    quint32 count = 0;
};

struct InterfaceFacts {
    QString name, mac;
    QStringList addresses;
    bool isUp = false;
};

struct ClockOffset {
    QString clock;
    qint64 seconds = 0, nanoseconds = 0;
};

struct NamespaceFacts {
    QString hostname, domainname;
    QList<IdRange> uidMap, gidMap;
    QList<IpcObject> ipc;
    QList<InterfaceFacts> interfaces;
    QList<ClockOffset> clocks;
};

struct MountFacts {
    quint32 id = 0, parent = 0;
    QString root, target, type, source, options, superOptions, propagation;
    bool isHidden = false;
    quint32 hiddenBy = 0;
};
using MountList = QList<MountFacts>;

struct SyscallVerdict {
    QString name;
    quint32 number = 0, verdict = 0, error = 0;
};
using SyscallVerdicts = QList<SyscallVerdict>;

struct CgroupFile {
    QString controller, file, value;
    quint32 version = 2;
};

struct CgroupNode {
    QString path, relation;
    quint32 processes = 0;
    QList<CgroupFile> files;
};
using CgroupNodes = QList<CgroupNode>;

struct MadeDetail {
    QString name, value;
};

struct MadeStep {
    QString by, operation;
    qint64 begin = 0, duration = -1;
    QList<MadeDetail> details;
};
using MadeSteps = QList<MadeStep>;

void registerTypes();

QDBusArgument& operator<<(QDBusArgument& out, const JobSummary& value);
const QDBusArgument& operator>>(const QDBusArgument& in, JobSummary& value);
QDBusArgument& operator<<(QDBusArgument& out, const JobStep& value);
const QDBusArgument& operator>>(const QDBusArgument& in, JobStep& value);
QDBusArgument& operator<<(QDBusArgument& out, const JobStatus& value);
const QDBusArgument& operator>>(const QDBusArgument& in, JobStatus& value);
QDBusArgument& operator<<(QDBusArgument& out, const ImageLayer& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ImageLayer& value);
QDBusArgument& operator<<(QDBusArgument& out, const Image& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Image& value);
QDBusArgument& operator<<(QDBusArgument& out, const ImageUsage& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ImageUsage& value);
QDBusArgument& operator<<(QDBusArgument& out, const ContainerUsage& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ContainerUsage& value);
QDBusArgument& operator<<(QDBusArgument& out, const TotalUsage& value);
const QDBusArgument& operator>>(const QDBusArgument& in, TotalUsage& value);
QDBusArgument& operator<<(QDBusArgument& out, const Container& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Container& value);
QDBusArgument& operator<<(QDBusArgument& out, const InterfaceStats& value);
const QDBusArgument& operator>>(const QDBusArgument& in, InterfaceStats& value);
QDBusArgument& operator<<(QDBusArgument& out, const StatsPoint& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StatsPoint& value);
QDBusArgument& operator<<(QDBusArgument& out, const ContainerStats& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ContainerStats& value);
QDBusArgument& operator<<(QDBusArgument& out, const ContainerProcess& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ContainerProcess& value);
QDBusArgument& operator<<(QDBusArgument& out, const HealthProbe& value);
const QDBusArgument& operator>>(const QDBusArgument& in, HealthProbe& value);
QDBusArgument& operator<<(QDBusArgument& out, const FileEntry& value);
const QDBusArgument& operator>>(const QDBusArgument& in, FileEntry& value);
QDBusArgument& operator<<(QDBusArgument& out, const FileChange& value);
const QDBusArgument& operator>>(const QDBusArgument& in, FileChange& value);
QDBusArgument& operator<<(QDBusArgument& out, const Event& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Event& value);
QDBusArgument& operator<<(QDBusArgument& out, const VolumeUser& value);
const QDBusArgument& operator>>(const QDBusArgument& in, VolumeUser& value);
QDBusArgument& operator<<(QDBusArgument& out, const Volume& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Volume& value);
QDBusArgument& operator<<(QDBusArgument& out, const VolumeProblem& value);
const QDBusArgument& operator>>(const QDBusArgument& in, VolumeProblem& value);
QDBusArgument& operator<<(QDBusArgument& out, const SecretFile& value);
const QDBusArgument& operator>>(const QDBusArgument& in, SecretFile& value);
QDBusArgument& operator<<(QDBusArgument& out, const NamedDescriptor& value);
const QDBusArgument& operator>>(const QDBusArgument& in, NamedDescriptor& value);
QDBusArgument& operator<<(QDBusArgument& out, const RegistryAccount& value);
const QDBusArgument& operator>>(const QDBusArgument& in, RegistryAccount& value);
QDBusArgument& operator<<(QDBusArgument& out, const Build& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Build& value);
QDBusArgument& operator<<(QDBusArgument& out, const BuildCacheEntry& value);
const QDBusArgument& operator>>(const QDBusArgument& in, BuildCacheEntry& value);
QDBusArgument& operator<<(QDBusArgument& out, const NetworkPool& value);
const QDBusArgument& operator>>(const QDBusArgument& in, NetworkPool& value);
QDBusArgument& operator<<(QDBusArgument& out, const NetworkEndpoint& value);
const QDBusArgument& operator>>(const QDBusArgument& in, NetworkEndpoint& value);
QDBusArgument& operator<<(QDBusArgument& out, const Network& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Network& value);
QDBusArgument& operator<<(QDBusArgument& out, const NetworkProblem& value);
const QDBusArgument& operator>>(const QDBusArgument& in, NetworkProblem& value);
QDBusArgument& operator<<(QDBusArgument& out, const HostInterface& value);
const QDBusArgument& operator>>(const QDBusArgument& in, HostInterface& value);
QDBusArgument& operator<<(QDBusArgument& out, const NetworkDriver& value);
const QDBusArgument& operator>>(const QDBusArgument& in, NetworkDriver& value);
QDBusArgument& operator<<(QDBusArgument& out, const EndpointStatistic& value);
const QDBusArgument& operator>>(const QDBusArgument& in, EndpointStatistic& value);
QDBusArgument& operator<<(QDBusArgument& out, const RuleChain& value);
const QDBusArgument& operator>>(const QDBusArgument& in, RuleChain& value);
QDBusArgument& operator<<(QDBusArgument& out, const PortReach& value);
const QDBusArgument& operator>>(const QDBusArgument& in, PortReach& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackResource& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackResource& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackFile& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackFile& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackDependency& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackDependency& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackHook& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackHook& value);
QDBusArgument& operator<<(QDBusArgument& out, const LentSource& value);
const QDBusArgument& operator>>(const QDBusArgument& in, LentSource& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackBuild& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackBuild& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackService& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackService& value);
QDBusArgument& operator<<(QDBusArgument& out, const Stack& value);
const QDBusArgument& operator>>(const QDBusArgument& in, Stack& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackStep& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackStep& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackSummary& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackSummary& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackContainer& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackContainer& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackLog& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackLog& value);
QDBusArgument& operator<<(QDBusArgument& out, const StackProcess& value);
const QDBusArgument& operator>>(const QDBusArgument& in, StackProcess& value);
QDBusArgument& operator<<(QDBusArgument& out, const InspectedProcess& value);
const QDBusArgument& operator>>(const QDBusArgument& in, InspectedProcess& value);
QDBusArgument& operator<<(QDBusArgument& out, const IdRange& value);
const QDBusArgument& operator>>(const QDBusArgument& in, IdRange& value);
QDBusArgument& operator<<(QDBusArgument& out, const IpcObject& value);
const QDBusArgument& operator>>(const QDBusArgument& in, IpcObject& value);
QDBusArgument& operator<<(QDBusArgument& out, const InterfaceFacts& value);
const QDBusArgument& operator>>(const QDBusArgument& in, InterfaceFacts& value);
QDBusArgument& operator<<(QDBusArgument& out, const ClockOffset& value);
const QDBusArgument& operator>>(const QDBusArgument& in, ClockOffset& value);
QDBusArgument& operator<<(QDBusArgument& out, const NamespaceFacts& value);
const QDBusArgument& operator>>(const QDBusArgument& in, NamespaceFacts& value);
QDBusArgument& operator<<(QDBusArgument& out, const MountFacts& value);
const QDBusArgument& operator>>(const QDBusArgument& in, MountFacts& value);
QDBusArgument& operator<<(QDBusArgument& out, const SyscallVerdict& value);
const QDBusArgument& operator>>(const QDBusArgument& in, SyscallVerdict& value);
QDBusArgument& operator<<(QDBusArgument& out, const CgroupFile& value);
const QDBusArgument& operator>>(const QDBusArgument& in, CgroupFile& value);
QDBusArgument& operator<<(QDBusArgument& out, const CgroupNode& value);
const QDBusArgument& operator>>(const QDBusArgument& in, CgroupNode& value);
QDBusArgument& operator<<(QDBusArgument& out, const MadeDetail& value);
const QDBusArgument& operator>>(const QDBusArgument& in, MadeDetail& value);
QDBusArgument& operator<<(QDBusArgument& out, const MadeStep& value);
const QDBusArgument& operator>>(const QDBusArgument& in, MadeStep& value);

} // namespace escale::dbus

Q_DECLARE_METATYPE(escale::dbus::JobSummary)
Q_DECLARE_METATYPE(escale::dbus::JobStatus)
Q_DECLARE_METATYPE(escale::dbus::Image)
Q_DECLARE_METATYPE(escale::dbus::ImageUsage)
Q_DECLARE_METATYPE(escale::dbus::ContainerUsage)
Q_DECLARE_METATYPE(escale::dbus::TotalUsage)
Q_DECLARE_METATYPE(escale::dbus::Container)
Q_DECLARE_METATYPE(escale::dbus::InterfaceStats)
Q_DECLARE_METATYPE(escale::dbus::ContainerStats)
Q_DECLARE_METATYPE(escale::dbus::StatsPoint)
Q_DECLARE_METATYPE(escale::dbus::ContainerProcess)
Q_DECLARE_METATYPE(escale::dbus::HealthProbe)
Q_DECLARE_METATYPE(escale::dbus::Event)
Q_DECLARE_METATYPE(escale::dbus::FileEntry)
Q_DECLARE_METATYPE(escale::dbus::FileChange)
Q_DECLARE_METATYPE(escale::dbus::VolumeUser)
Q_DECLARE_METATYPE(escale::dbus::Volume)
Q_DECLARE_METATYPE(escale::dbus::VolumeProblem)
Q_DECLARE_METATYPE(escale::dbus::SecretFile)
Q_DECLARE_METATYPE(escale::dbus::NamedDescriptor)
Q_DECLARE_METATYPE(escale::dbus::RegistryAccount)
Q_DECLARE_METATYPE(escale::dbus::Build)
Q_DECLARE_METATYPE(escale::dbus::BuildCacheEntry)
Q_DECLARE_METATYPE(escale::dbus::NetworkPool)
Q_DECLARE_METATYPE(escale::dbus::NetworkEndpoint)
Q_DECLARE_METATYPE(escale::dbus::Network)
Q_DECLARE_METATYPE(escale::dbus::NetworkProblem)
Q_DECLARE_METATYPE(escale::dbus::HostInterface)
Q_DECLARE_METATYPE(escale::dbus::NetworkDriver)
Q_DECLARE_METATYPE(escale::dbus::EndpointStatistic)
Q_DECLARE_METATYPE(escale::dbus::RuleChain)
Q_DECLARE_METATYPE(escale::dbus::PortReach)
Q_DECLARE_METATYPE(escale::dbus::StackResource)
Q_DECLARE_METATYPE(escale::dbus::StackFile)
Q_DECLARE_METATYPE(escale::dbus::StackDependency)
Q_DECLARE_METATYPE(escale::dbus::StackHook)
Q_DECLARE_METATYPE(escale::dbus::LentSource)
Q_DECLARE_METATYPE(escale::dbus::StackBuild)
Q_DECLARE_METATYPE(escale::dbus::StackService)
Q_DECLARE_METATYPE(escale::dbus::Stack)
Q_DECLARE_METATYPE(escale::dbus::StackStep)
Q_DECLARE_METATYPE(escale::dbus::StackSummary)
Q_DECLARE_METATYPE(escale::dbus::StackContainer)
Q_DECLARE_METATYPE(escale::dbus::StackLog)
Q_DECLARE_METATYPE(escale::dbus::StackProcess)
Q_DECLARE_METATYPE(escale::dbus::InspectedProcess)
Q_DECLARE_METATYPE(escale::dbus::IdRange)
Q_DECLARE_METATYPE(escale::dbus::IpcObject)
Q_DECLARE_METATYPE(escale::dbus::InterfaceFacts)
Q_DECLARE_METATYPE(escale::dbus::ClockOffset)
Q_DECLARE_METATYPE(escale::dbus::NamespaceFacts)
Q_DECLARE_METATYPE(escale::dbus::MountFacts)
Q_DECLARE_METATYPE(escale::dbus::SyscallVerdict)
Q_DECLARE_METATYPE(escale::dbus::CgroupFile)
Q_DECLARE_METATYPE(escale::dbus::CgroupNode)
Q_DECLARE_METATYPE(escale::dbus::MadeDetail)
Q_DECLARE_METATYPE(escale::dbus::MadeStep)
