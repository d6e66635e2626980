#include "helper/authorization/gate.h"

#include "engine/network/ip.h"
#include "engine/volume/mount_spec.h"
#include "helper/dbus/interfaces.h"
#include "helper/dbus/types.h"

#include <QDBusArgument>
#include <QDBusMetaType>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <string_view>
#include <vector>

namespace escale {
namespace {

constexpr auto kIntrospectable = "org.freedesktop.DBus.Introspectable";
constexpr auto kPeer = "org.freedesktop.DBus.Peer";
constexpr auto kProperties = "org.freedesktop.DBus.Properties";
constexpr auto kEngine = "org.escale.Engine1";
constexpr auto kImages = "org.escale.Engine1.Images";
constexpr auto kContainers = "org.escale.Engine1.Containers";
constexpr auto kNetworks = "org.escale.Engine1.Networks";
constexpr auto kVolumes = "org.escale.Engine1.Volumes";
constexpr auto kBuilds = "org.escale.Engine1.Builds";
constexpr auto kStacks = "org.escale.Engine1.Stacks";
constexpr auto kInspect = "org.escale.Engine1.Inspect";
constexpr auto kJob = "org.escale.Engine1.Job";

constexpr std::array kPullOptions{
    OptionRule{"platform", "s"},
    OptionRule{"username", "s"},
    OptionRule{"password", "s"},
    OptionRule{"identity-token", "s"},
    OptionRule{"insecure", "b", Action::Manage},
    OptionRule{"certificates", "s"},
    OptionRule{"mirrors", "as"},
    OptionRule{"http-proxy", "s"},
    OptionRule{"https-proxy", "s"},
    OptionRule{"no-proxy", "s"},
};
constexpr std::array kPushOptions{
    OptionRule{"target", "s"},         OptionRule{"compression", "s"},
    OptionRule{"username", "s"},       OptionRule{"password", "s"},
    OptionRule{"identity-token", "s"}, OptionRule{"insecure", "b", Action::Manage},
    OptionRule{"certificates", "s"},   OptionRule{"http-proxy", "s"},
    OptionRule{"https-proxy", "s"},    OptionRule{"no-proxy", "s"},
};
constexpr std::array kSaveOptions{OptionRule{"compression", "s"}, OptionRule{"format", "s"}};
// Values that let a container do no more than its owner could.
bool isHost(const QVariant& value) {
    return value.toString() == QLatin1String("host");
}
bool isTrue(const QVariant& value) {
    return value.toBool();
}
bool isGiven(const QVariant& value) {
    return !value.toString().isEmpty();
}
bool isNotEmpty(const QVariant& value) {
    return !value.toStringList().isEmpty();
}
// CAP_SYS_PTRACE counts in the container's own user namespace only, where there is nobody but the owner's
// containers; where the ids are this machine's, userns or privileged has asked for the action already.
bool isPowerOverOthers(const QVariant& value) {
    const QStringList names = value.toStringList();
    return std::any_of(names.begin(), names.end(), [](const QString& name) {
        return name != QLatin1String("SYS_PTRACE") && name != QLatin1String("CAP_SYS_PTRACE");
    });
}
bool isNegative(const QVariant& value) {
    return value.toInt() < 0;
}
bool isNoLimit(const QVariant& value) {
    return value.toLongLong() <= 0;
}
// A port of this machine below 1024: "80:80", "127.0.0.1:443:443/tcp". What cannot be read is refused later.
bool isLowPort(const QVariant& value) {
    for (const QString& text : value.toStringList()) {
        const QStringList parts = text.section(u'/', 0, 0).split(u':');
        const int port = parts.size() < 2 ? 0 : parts.at(parts.size() - 2).section(u'-', 0, 0).toInt();
        if (port > 0 && port < 1024)
            return true;
    }
    return false;
}

// Mounts that the container makes appear on this machine, or a volume is made that the kernel reads a device
// or speaks with a server for (isFileSystem() below, for Volumes.Create). What cannot be read is refused
// later.
bool isMoreThanOwnFiles(const QVariant& value) {
    const QStringList texts = value.toStringList();
    return std::any_of(texts.begin(), texts.end(), [](const QString& text) {
        const auto mount = parseMount(text.toStdString());
        if (!mount)
            return false;
        const auto type = mount->volumeOptions.find("type");
        const bool isFileSystem = type != mount->volumeOptions.end() && !type->second.empty() &&
                                  type->second != "none" && type->second != "tmpfs";
        return isFileSystem || mount->propagation == "shared" || mount->propagation == "rshared";
    });
}

constexpr auto kPrivileged = Action::Privileged;
constexpr std::array kContainerOptions{
    OptionRule{"name", "s"},
    OptionRule{"entrypoint", "as"},
    OptionRule{"environment", "as"},
    OptionRule{"workdir", "s"},
    OptionRule{"user", "s"},
    OptionRule{"groups", "as"},
    OptionRule{"hostname", "s"},
    OptionRule{"domainname", "s"},
    OptionRule{"labels", "a{ss}"},
    OptionRule{"annotations", "a{ss}"},
    OptionRule{"tty", "b"},
    OptionRule{"stdin", "b"},
    OptionRule{"stdin-once", "b"},
    OptionRule{"init", "b"},
    OptionRule{"remove", "b"},
    OptionRule{"restart", "s"},
    OptionRule{"restart-max", "u"},
    OptionRule{"stop-signal", "s"},
    OptionRule{"stop-timeout", "u"},
    OptionRule{"health-command", "as"},
    OptionRule{"health-interval", "t"},
    OptionRule{"health-timeout", "t"},
    OptionRule{"health-start-period", "t"},
    OptionRule{"health-start-interval", "t"},
    OptionRule{"health-retries", "u"},
    OptionRule{"memory", "t"},
    OptionRule{"memory-reservation", "t"},
    OptionRule{"memory-swap", "x"},
    OptionRule{"memory-swappiness", "x"},
    OptionRule{"oom-score-adj", "i", kPrivileged, isNegative},
    OptionRule{"oom-kill-disable", "b", kPrivileged, isTrue},
    OptionRule{"cpus", "d"},
    OptionRule{"cpu-shares", "t"},
    OptionRule{"cpu-period", "t"},
    OptionRule{"cpu-quota", "x"},
    OptionRule{"cpuset-cpus", "s"},
    OptionRule{"cpuset-mems", "s"},
    OptionRule{"pids", "x", kPrivileged, isNoLimit},
    OptionRule{"blkio-weight", "q"},
    OptionRule{"blkio-weight-device", "as"},
    OptionRule{"device-read-bps", "as"},
    OptionRule{"device-write-bps", "as"},
    OptionRule{"device-read-iops", "as"},
    OptionRule{"device-write-iops", "as"},
    OptionRule{"ulimits", "as"},
    OptionRule{"sysctls", "a{ss}"},
    OptionRule{"shm-size", "t"},
    OptionRule{"tmpfs", "a{ss}"},
    OptionRule{"mounts", "as", kPrivileged, isMoreThanOwnFiles},
    OptionRule{"bind-sources", "ah"},
    OptionRule{"volumes-from", "as"},
    OptionRule{"secrets", "a(suuuh)"},
    OptionRule{"read-only", "b"},
    OptionRule{"devices", "as", kPrivileged, isNotEmpty},
    OptionRule{"device-cgroup-rules", "as", kPrivileged, isNotEmpty},
    OptionRule{"cap-add", "as", kPrivileged, isPowerOverOthers},
    OptionRule{"cap-drop", "as"},
    OptionRule{"no-new-privileges", "b"},
    OptionRule{"seccomp", "s", kPrivileged, isGiven},
    OptionRule{"apparmor", "s", kPrivileged, isGiven},
    OptionRule{"systempaths", "s", kPrivileged, isGiven},
    OptionRule{"privileged", "b", kPrivileged, isTrue},
    OptionRule{"ipc", "s", kPrivileged, isHost},
    OptionRule{"pid", "s", kPrivileged, isHost},
    OptionRule{"uts", "s", kPrivileged, isHost},
    OptionRule{"userns", "s", kPrivileged, isHost},
    OptionRule{"cgroupns", "s", kPrivileged, isHost},
    OptionRule{"network", "s", kPrivileged, isHost},
    OptionRule{"network-alias", "as"},
    OptionRule{"ip", "s"},
    OptionRule{"ip6", "s"},
    OptionRule{"mac-address", "s"},
    OptionRule{"networks", "as"},
    OptionRule{"dns", "as"},
    OptionRule{"dns-search", "as"},
    OptionRule{"dns-options", "as"},
    OptionRule{"extra-hosts", "as"},
    OptionRule{"publish", "as", kPrivileged, isLowPort},
    OptionRule{"log-driver", "s"},
    OptionRule{"log-options", "a{ss}"},
};
// Its containers are on the link of this machine, with any address that they like.
bool isOnTheLink(const QVariant& value) {
    return value.toString() != QLatin1String("bridge");
}
// What this machine sends to a bridge's subnet goes to its containers, whoever sends it: only private
// addresses (RFC 1918, RFC 4193) are for everybody, and no more of them than would leave the others some.
// What cannot be read is refused later.
bool isMoreThanPrivate(const QVariant& value) {
    static const std::array kPrivate{*IpSubnet::parse("10.0.0.0/8"), *IpSubnet::parse("172.16.0.0/12"),
                                     *IpSubnet::parse("192.168.0.0/16"), *IpSubnet::parse("fc00::/7")};
    constexpr unsigned kShortestPrefix = 16;
    const QStringList texts = value.toStringList();
    return std::any_of(texts.begin(), texts.end(), [](const QString& text) {
        const auto subnet = IpSubnet::parse(text.toStdString());
        return subnet && (subnet->prefix < kShortestPrefix ||
                          std::none_of(kPrivate.begin(), kPrivate.end(),
                                       [&](const auto& block) { return block.contains(*subnet); }));
    });
}
constexpr std::array kNetworkOptions{
    OptionRule{"driver", "s", kPrivileged, isOnTheLink},
    OptionRule{"subnet", "as", kPrivileged, isMoreThanPrivate},
    OptionRule{"ip-range", "as"},
    OptionRule{"gateway", "as"},
    OptionRule{"ipv6", "b"},
    OptionRule{"internal", "b"},
    OptionRule{"icc", "b"},
    OptionRule{"masquerade", "b"},
    OptionRule{"mtu", "u"},
    OptionRule{"parent", "s"},
    OptionRule{"mode", "s"},
    OptionRule{"labels", "a{ss}"},
};
// The same without the question for an administrator: nothing is made.
constexpr auto kCheckNetworkOptions = [] {
    auto options = kNetworkOptions;
    for (OptionRule& option : options)
        option = {option.key, option.signature};
    return options;
}();
constexpr std::array kConnectOptions{OptionRule{"aliases", "as"}, OptionRule{"ip", "s"},
                                     OptionRule{"ip6", "s"}, OptionRule{"mac-address", "s"}};
// The kernel is to read a device, or to speak with a server that somebody chose. A folder is opened with the
// caller's rights, and a tmpfs is memory of whoever writes to it.
bool isFileSystem(const QVariant& value) {
    const QString type = qdbus_cast<dbus::TextMap>(value).value(QStringLiteral("type"));
    return !type.isEmpty() && type != QLatin1String("none") && type != QLatin1String("tmpfs");
}
constexpr std::array kVolumeOptions{OptionRule{"driver", "s"},
                                    OptionRule{"driver-options", "a{ss}", kPrivileged, isFileSystem},
                                    OptionRule{"labels", "a{ss}"}};
constexpr std::array kCheckVolumeOptions{OptionRule{"driver", "s"}, OptionRule{"driver-options", "a{ss}"},
                                         OptionRule{"labels", "a{ss}"}};
constexpr std::array kPruneVolumesOptions{OptionRule{"all", "b"}, OptionRule{"until", "x"},
                                          OptionRule{"label", "as"}};
constexpr std::array kBackupOptions{OptionRule{"compression", "s"}, OptionRule{"pause", "b"}};
constexpr std::array kRestoreOptions{OptionRule{"replace", "b"}, OptionRule{"labels", "a{ss}"}};
constexpr std::array kAttributeOptions{OptionRule{"mode", "u"}, OptionRule{"user", "u"},
                                       OptionRule{"group", "u"}, OptionRule{"recursive", "b"}};
constexpr std::array kOverviewOptions{OptionRule{"running", "b"}};
constexpr std::array kStopOptions{OptionRule{"timeout", "u"}};
constexpr std::array kUpdateOptions{
    OptionRule{"memory", "t"},       OptionRule{"memory-reservation", "t"},
    OptionRule{"memory-swap", "x"},  OptionRule{"cpus", "d"},
    OptionRule{"cpu-shares", "t"},   OptionRule{"cpu-period", "t"},
    OptionRule{"cpu-quota", "x"},    OptionRule{"cpuset-cpus", "s"},
    OptionRule{"cpuset-mems", "s"},  OptionRule{"pids", "x", kPrivileged, isNoLimit},
    OptionRule{"blkio-weight", "q"}, OptionRule{"restart", "s"},
    OptionRule{"restart-max", "u"},
};
constexpr std::array kExecOptions{
    OptionRule{"tty", "b"},          OptionRule{"stdin", "b"},
    OptionRule{"user", "s"},         OptionRule{"workdir", "s"},
    OptionRule{"environment", "as"}, OptionRule{"privileged", "b", kPrivileged, isTrue},
    OptionRule{"detach-keys", "s"},  OptionRule{"rows", "q"},
    OptionRule{"columns", "q"},
};
constexpr std::array kAttachOptions{OptionRule{"stdin", "b"}, OptionRule{"stdout", "b"},
                                    OptionRule{"detach-keys", "s"}, OptionRule{"next-start", "b"}};
constexpr std::array kStartOptions{OptionRule{"wait-for-client", "b"}};
constexpr std::array kRestartOptions{OptionRule{"timeout", "u"}, OptionRule{"wait-for-client", "b"}};
constexpr std::array kWaitOptions{OptionRule{"next-exit", "b"}, OptionRule{"removed", "b"}};
constexpr std::array kPruneOptions{OptionRule{"until", "x"}, OptionRule{"label", "as"}};
constexpr std::array kPruneImagesOptions{OptionRule{"all", "b"}, OptionRule{"until", "x"},
                                         OptionRule{"label", "as"}};
constexpr std::array kLoadOptions{OptionRule{"platform", "s"}, OptionRule{"name", "s"}};
constexpr std::array kImportOptions{OptionRule{"changes", "as"}, OptionRule{"message", "s"},
                                    OptionRule{"platform", "s"}};
constexpr std::array kVerifyOptions{OptionRule{"mend", "b"}};
constexpr std::array kEventOptions{OptionRule{"since", "x"}, OptionRule{"until", "x"},
                                   OptionRule{"filters", "as"}};
constexpr std::array kCommitOptions{
    OptionRule{"pause", "b"},       OptionRule{"author", "s"},         OptionRule{"comment", "s"},
    OptionRule{"command", "as"},    OptionRule{"entrypoint", "as"},    OptionRule{"environment", "as"},
    OptionRule{"labels", "a{ss}"},  OptionRule{"user", "s"},           OptionRule{"workdir", "s"},
    OptionRule{"stop-signal", "s"}, OptionRule{"exposed-ports", "as"}, OptionRule{"changes", "as"},
};
constexpr std::array kBuildOptions{
    OptionRule{"name", "s"},
    OptionRule{"dockerfile", "s"},
    OptionRule{"tags", "as"},
    OptionRule{"target", "s"},
    OptionRule{"arguments", "a{ss}"},
    OptionRule{"labels", "a{ss}"},
    OptionRule{"no-cache", "b"},
    OptionRule{"no-cache-filter", "as"},
    OptionRule{"pull", "b"},
    OptionRule{"platform", "s"},
    OptionRule{"network", "s", kPrivileged, isHost},
    OptionRule{"allow", "as", kPrivileged, isNotEmpty},
    OptionRule{"extra-hosts", "as"},
    OptionRule{"shm-size", "t"},
    OptionRule{"memory", "t"},
    OptionRule{"cpus", "d"},
    OptionRule{"secrets", "a(sh)"},
    OptionRule{"ssh", "a(sh)"},
    OptionRule{"accounts", "a(ssss)"},
    OptionRule{"insecure-registries", "as"},
};
constexpr std::array kPruneCacheOptions{OptionRule{"until", "x"}, OptionRule{"keep-bytes", "t"},
                                        OptionRule{"kinds", "as"}};
constexpr std::array kStatFileOptions{OptionRule{"follow-link", "b"}};
constexpr std::array kCopyOutOptions{OptionRule{"follow-link", "b"}, OptionRule{"name", "s"}};
constexpr std::array kCopyInOptions{OptionRule{"no-overwrite-dir-non-dir", "b"}, OptionRule{"user", "u"},
                                    OptionRule{"group", "u"}};
constexpr std::array kRemoveOptions{OptionRule{"force", "b"}};
constexpr std::array kRemoveContainerOptions{OptionRule{"force", "b"}, OptionRule{"volumes", "b"}};

// Of what a stack is made. Descriptors come by a socket of their own.
constexpr std::array kUpOptions{
    OptionRule{"services", "as"},
    OptionRule{"no-deps", "b"},
    OptionRule{"force-recreate", "b"},
    OptionRule{"no-recreate", "b"},
    OptionRule{"always-recreate-deps", "b"},
    OptionRule{"renew-anon-volumes", "b"},
    OptionRule{"remove-orphans", "b"},
    OptionRule{"no-start", "b"},
    OptionRule{"wait", "b"},
    OptionRule{"wait-timeout", "u"},
    OptionRule{"scale", "a{su}"},
    OptionRule{"timeout", "u"},
    OptionRule{"pull", "s"},
    OptionRule{"build", "b"},
    OptionRule{"no-build", "b"},
    OptionRule{"accounts", "a(ssss)"},
    OptionRule{"insecure-registries", "as"},
};
constexpr std::array kDownOptions{OptionRule{"services", "as"}, OptionRule{"volumes", "b"},
                                  OptionRule{"remove-orphans", "b"}, OptionRule{"timeout", "u"},
                                  OptionRule{"images", "s"}};
constexpr std::array kKillOptions{OptionRule{"signal", "s"}};
constexpr std::array kRemoveServicesOptions{OptionRule{"stop", "b"}, OptionRule{"volumes", "b"}};
constexpr std::array kScaleOptions{OptionRule{"no-deps", "b"}, OptionRule{"timeout", "u"},
                                   OptionRule{"accounts", "a(ssss)"},
                                   OptionRule{"insecure-registries", "as"}};
constexpr std::array kRunServiceOptions{
    OptionRule{"no-deps", "b"},
    OptionRule{"entrypoint", "as"},
    OptionRule{"environment", "as"},
    OptionRule{"labels", "a{ss}"},
    OptionRule{"user", "s"},
    OptionRule{"workdir", "s"},
    OptionRule{"tty", "b"},
    OptionRule{"stdin", "b"},
    OptionRule{"remove", "b"},
    OptionRule{"name", "s"},
    OptionRule{"service-ports", "b"},
    OptionRule{"publish", "as", kPrivileged, isLowPort},
    OptionRule{"mounts", "as", kPrivileged, isMoreThanOwnFiles},
    OptionRule{"cap-add", "as", kPrivileged, isPowerOverOthers},
    OptionRule{"cap-drop", "as"},
    OptionRule{"build", "b"},
    OptionRule{"pull", "s"},
    OptionRule{"accounts", "a(ssss)"},
    OptionRule{"insecure-registries", "as"},
};
constexpr std::array kBuildServicesOptions{OptionRule{"services", "as"}, OptionRule{"no-cache", "b"},
                                           OptionRule{"pull", "b"}, OptionRule{"accounts", "a(ssss)"},
                                           OptionRule{"insecure-registries", "as"}};
constexpr std::array kPullServicesOptions{
    OptionRule{"services", "as"},
    OptionRule{"policy", "s"},
    OptionRule{"ignore-buildable", "b"},
    OptionRule{"ignore-failures", "b"},
    OptionRule{"include-deps", "b"},
    OptionRule{"accounts", "a(ssss)"},
    OptionRule{"insecure-registries", "as"},
};
constexpr std::array kPushServicesOptions{OptionRule{"services", "as"}, OptionRule{"ignore-failures", "b"},
                                          OptionRule{"include-deps", "b"}, OptionRule{"accounts", "a(ssss)"},
                                          OptionRule{"insecure-registries", "as"}};
constexpr std::array kLogsOptions{OptionRule{"after", "s"}};
constexpr std::array kSpanOptions{OptionRule{"since", "x"}, OptionRule{"until", "x"}};

constexpr std::array kRules{
    MethodRule{kIntrospectable, "Introspect", Action::Open},
    MethodRule{kPeer, "Ping", Action::Open},
    MethodRule{kProperties, "Get", Action::Observe},
    MethodRule{kProperties, "GetAll", Action::Observe},
    MethodRule{kEngine, "AskEachTime", Action::Observe},
    MethodRule{kEngine, "ListJobs", Action::Observe},
    MethodRule{kEngine, "ListEvents", Action::Observe, kEventOptions},
    MethodRule{kImages, "List", Action::Observe},
    MethodRule{kImages, "Pull", Action::Manage, kPullOptions},
    MethodRule{kImages, "Load", Action::Manage, kLoadOptions},
    MethodRule{kImages, "Push", Action::Manage, kPushOptions},
    MethodRule{kImages, "Import", Action::Manage, kImportOptions},
    MethodRule{kImages, "Remove", Action::Manage},
    MethodRule{kImages, "Tag", Action::Manage},
    MethodRule{kImages, "Save", Action::Manage, kSaveOptions},
    MethodRule{kImages, "Export", Action::Manage},
    MethodRule{kImages, "Prune", Action::Manage, kPruneImagesOptions},
    MethodRule{kImages, "DiskUsage", Action::Observe},
    // It makes the disk read everything, and may change what counts as there.
    MethodRule{kImages, "Verify", Action::Manage, kVerifyOptions},
    MethodRule{kImages, "OpenDocuments", Action::Observe},
    // Names of files tell more than a list of images does.
    MethodRule{kImages, "ReadLayers", Action::Manage},
    MethodRule{kNetworks, "List", Action::Observe},
    MethodRule{kNetworks, "Create", Action::Manage, kNetworkOptions},
    MethodRule{kNetworks, "Check", Action::Observe, kCheckNetworkOptions},
    MethodRule{kNetworks, "Remove", Action::Manage},
    MethodRule{kNetworks, "Prune", Action::Manage, kPruneOptions},
    MethodRule{kNetworks, "Connect", Action::Manage, kConnectOptions},
    MethodRule{kNetworks, "Disconnect", Action::Manage},
    MethodRule{kNetworks, "Move", Action::Manage},
    MethodRule{kNetworks, "Interfaces", Action::Observe},
    MethodRule{kNetworks, "Drivers", Action::Observe},
    MethodRule{kNetworks, "Statistics", Action::Observe},
    MethodRule{kNetworks, "Rules", Action::Observe},
    MethodRule{kNetworks, "Reach", Action::Observe},
    MethodRule{kVolumes, "List", Action::Observe},
    MethodRule{kVolumes, "Create", Action::Manage, kVolumeOptions},
    MethodRule{kVolumes, "Check", Action::Observe, kCheckVolumeOptions},
    MethodRule{kVolumes, "TestConnection", Action::Manage, kVolumeOptions},
    MethodRule{kVolumes, "Remove", Action::Manage, kRemoveOptions},
    MethodRule{kVolumes, "Prune", Action::Manage, kPruneVolumesOptions},
    MethodRule{kVolumes, "Measure", Action::Observe},
    MethodRule{kVolumes, "Backup", Action::Manage, kBackupOptions},
    MethodRule{kVolumes, "Restore", Action::Manage, kRestoreOptions},
    MethodRule{kVolumes, "StatFile", Action::Manage, kStatFileOptions},
    MethodRule{kVolumes, "ListFiles", Action::Manage},
    MethodRule{kVolumes, "CopyOut", Action::Manage, kCopyOutOptions},
    MethodRule{kVolumes, "CopyIn", Action::Manage, kCopyInOptions},
    MethodRule{kVolumes, "MakeFolder", Action::Manage},
    MethodRule{kVolumes, "MoveFile", Action::Manage},
    MethodRule{kVolumes, "RemoveFiles", Action::Manage},
    MethodRule{kVolumes, "SetAttributes", Action::Manage, kAttributeOptions},
    MethodRule{kVolumes, "SearchFiles", Action::Manage},
    MethodRule{kBuilds, "Build", Action::Manage, kBuildOptions},
    MethodRule{kBuilds, "List", Action::Observe},
    MethodRule{kBuilds, "Inspect", Action::Observe},
    MethodRule{kBuilds, "OpenEvents", Action::Observe},
    MethodRule{kBuilds, "Remove", Action::Manage},
    MethodRule{kBuilds, "OpenFailed", Action::Manage},
    MethodRule{kBuilds, "ReadStep", Action::Manage},
    MethodRule{kBuilds, "ListCache", Action::Observe},
    MethodRule{kBuilds, "PruneCache", Action::Manage, kPruneCacheOptions},
    MethodRule{kContainers, "List", Action::Observe},
    MethodRule{kContainers, "Run", Action::Manage, kContainerOptions},
    MethodRule{kContainers, "Create", Action::Manage, kContainerOptions},
    MethodRule{kContainers, "Start", Action::Manage, kStartOptions},
    MethodRule{kContainers, "Stop", Action::Manage, kStopOptions},
    MethodRule{kContainers, "Remove", Action::Manage, kRemoveContainerOptions},
    MethodRule{kContainers, "Restart", Action::Manage, kRestartOptions},
    MethodRule{kContainers, "Kill", Action::Manage},
    MethodRule{kContainers, "Pause", Action::Manage},
    MethodRule{kContainers, "Unpause", Action::Manage},
    MethodRule{kContainers, "Rename", Action::Manage},
    MethodRule{kContainers, "Update", Action::Manage, kUpdateOptions},
    MethodRule{kContainers, "Wait", Action::Observe, kWaitOptions},
    MethodRule{kContainers, "Inspect", Action::Observe},
    MethodRule{kContainers, "Attach", Action::Manage, kAttachOptions},
    MethodRule{kContainers, "Exec", Action::Manage, kExecOptions},
    MethodRule{kContainers, "ExecDetached", Action::Manage, kExecOptions},
    MethodRule{kContainers, "InspectExec", Action::Observe},
    MethodRule{kContainers, "Top", Action::Observe},
    MethodRule{kContainers, "Health", Action::Observe},
    MethodRule{kContainers, "Prune", Action::Manage, kPruneOptions},
    MethodRule{kContainers, "OpenLog", Action::Observe},
    MethodRule{kContainers, "Overview", Action::Observe, kOverviewOptions},
    MethodRule{kContainers, "Stats", Action::Observe},
    MethodRule{kContainers, "StatsHistory", Action::Observe},
    // Files may hold secrets: looking at them is more than observing.
    MethodRule{kContainers, "StatFile", Action::Manage, kStatFileOptions},
    MethodRule{kContainers, "ListFiles", Action::Manage},
    MethodRule{kContainers, "CopyOut", Action::Manage, kCopyOutOptions},
    MethodRule{kContainers, "CopyIn", Action::Manage, kCopyInOptions},
    MethodRule{kContainers, "Export", Action::Manage},
    MethodRule{kContainers, "Changes", Action::Manage},
    MethodRule{kContainers, "Commit", Action::Manage, kCommitOptions},
    MethodRule{kStacks, "Up", Action::Manage, kUpOptions, StackUse::Make},
    MethodRule{kStacks, "Plan", Action::Observe, kUpOptions, StackUse::Look},
    MethodRule{kStacks, "Down", Action::Manage, kDownOptions},
    MethodRule{kStacks, "Start", Action::Manage},
    MethodRule{kStacks, "Stop", Action::Manage, kStopOptions},
    MethodRule{kStacks, "Restart", Action::Manage, kStopOptions},
    MethodRule{kStacks, "Kill", Action::Manage, kKillOptions},
    MethodRule{kStacks, "Pause", Action::Manage},
    MethodRule{kStacks, "Unpause", Action::Manage},
    MethodRule{kStacks, "Remove", Action::Manage, kRemoveServicesOptions},
    MethodRule{kStacks, "Scale", Action::Manage, kScaleOptions, StackUse::Make},
    MethodRule{kStacks, "List", Action::Observe},
    MethodRule{kStacks, "Ps", Action::Observe},
    // What the files say may hold more than the list of options that Inspect shows, and no more than that.
    MethodRule{kStacks, "Config", Action::Observe},
    MethodRule{kStacks, "Logs", Action::Observe, kLogsOptions},
    MethodRule{kStacks, "Exec", Action::Manage, kExecOptions},
    MethodRule{kStacks, "Run", Action::Manage, kRunServiceOptions, StackUse::Make},
    MethodRule{kStacks, "Build", Action::Manage, kBuildServicesOptions, StackUse::Build},
    MethodRule{kStacks, "Pull", Action::Manage, kPullServicesOptions, StackUse::Look},
    MethodRule{kStacks, "Push", Action::Manage, kPushServicesOptions, StackUse::Look},
    MethodRule{kStacks, "Top", Action::Observe},
    MethodRule{kStacks, "Events", Action::Observe, kSpanOptions},
    MethodRule{kInspect, "Processes", Action::Observe},
    MethodRule{kInspect, "Namespaces", Action::Observe},
    MethodRule{kInspect, "Mounts", Action::Observe},
    MethodRule{kInspect, "Syscalls", Action::Observe},
    MethodRule{kInspect, "Cgroups", Action::Observe},
    MethodRule{kInspect, "Making", Action::Observe},
    // Names of files: as ListFiles and Changes.
    MethodRule{kInspect, "ReadLayers", Action::Manage},
    MethodRule{kInspect, "WatchChanges", Action::Manage},
    MethodRule{kJob, "Status", Action::Observe},
    MethodRule{kJob, "Cancel", Action::Manage},
};

// The standard interfaces, which our XML does not repeat.
constexpr auto kStandardXml = R"(<node>
  <interface name="org.freedesktop.DBus.Introspectable">
    <method name="Introspect"><arg type="s" direction="out"/></method>
  </interface>
  <interface name="org.freedesktop.DBus.Peer"><method name="Ping"/></interface>
  <interface name="org.freedesktop.DBus.Properties">
    <method name="Get"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/></method>
    <method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>
  </interface>
</node>)";

QString keyOf(const QString& interface, const QString& member) {
    return interface + QLatin1Char('.') + member;
}

QString signatureOf(const QVariant& value) {
    if (value.metaType() == QMetaType::fromType<QDBusArgument>())
        return value.value<QDBusArgument>().currentSignature();
    return QString::fromLatin1(QDBusMetaType::typeToSignature(value.metaType()));
}

std::string quoted(const QString& text) {
    return '"' + text.left(200).toStdString() + '"';
}

/// `what`: whose options they are, for messages.
Result<Action> checkOptions(std::span<const OptionRule> rules, const std::string& what,
                            const QVariantMap& options) {
    Action action = Action::Observe;
    for (auto option = options.begin(); option != options.end(); ++option) {
        const auto known = std::find_if(rules.begin(), rules.end(), [&](const OptionRule& each) {
            return option.key() == QLatin1String(each.key);
        });
        if (known == rules.end())
            return fail(ErrorCode::InvalidArgument, what + " has no option " + quoted(option.key()));
        if (signatureOf(option.value()) != QLatin1String(known->signature))
            return fail(ErrorCode::InvalidArgument, "option " + quoted(option.key()) + " of " + what +
                                                        " has type \"" +
                                                        signatureOf(option.value()).toStdString() +
                                                        "\" where \"" + known->signature + "\" is needed");
        if (known->needs == nullptr || known->needs(option.value()))
            action = std::max(action, known->action);
    }
    return action;
}

bool isDescriptor(const OptionRule& rule) {
    return std::string_view(rule.signature).find('h') != std::string_view::npos;
}
/// A method's options less those that come beside a stack.
std::vector<OptionRule> withoutDescriptors(std::span<const OptionRule> rules) {
    std::vector<OptionRule> kept;
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(kept), std::not_fn(isDescriptor));
    return kept;
}

/// Each part of a stack by the rules of the method that would make it alone.
class StackRules {
public:
    [[nodiscard]] Result<Action> check(const dbus::Stack& stack, StackUse use) const {
        if (stack.services.size() > kMostServices)
            return fail(ErrorCode::InvalidArgument,
                        "a stack has " + std::to_string(kMostServices) + " services at most");
        Action making = Action::Observe;
        Action building = Action::Observe;
        const auto look = [](Result<Action> found, Action& highest) -> Result<void> {
            if (!found)
                return fail(std::move(found).error());
            highest = std::max(highest, *found);
            return {};
        };
        for (const auto& network : stack.networks)
            TRY(look(checkOptions(m_network, "the network " + quoted(network.name), network.options),
                     making));
        for (const auto& volume : stack.volumes)
            TRY(look(checkOptions(m_volume, "the volume " + quoted(volume.name), volume.options), making));
        for (const auto& service : stack.services) {
            const std::string what = "the service " + quoted(service.name);
            TRY(look(checkOptions(m_service, what, service.options), making));
            const auto isPrivileged = [](const dbus::StackHook& hook) { return hook.isPrivileged; };
            if (std::any_of(service.postStart.begin(), service.postStart.end(), isPrivileged) ||
                std::any_of(service.preStop.begin(), service.preStop.end(), isPrivileged))
                making = Action::Privileged; // as Containers.Exec
            for (const auto& build : service.build)
                TRY(look(checkOptions(m_build, "the build of " + what, build.options), building));
        }
        if (use == StackUse::Look)
            return Action::Observe;
        return use == StackUse::Build ? building : std::max(making, building);
    }

private:
    static constexpr qsizetype kMostServices = 1000;
    std::vector<OptionRule> m_service = [] {
        auto rules = withoutDescriptors(kContainerOptions);
        rules.push_back({"command", "as"});
        return rules;
    }();
    std::vector<OptionRule> m_build = withoutDescriptors(kBuildOptions);
    std::span<const OptionRule> m_network = kNetworkOptions;
    std::span<const OptionRule> m_volume = kVolumeOptions;
};

} // namespace

QString actionId(Action action) {
    switch (action) {
    case Action::Open:
        return {};
    case Action::Observe:
        return QStringLiteral("org.escale.engine.observe");
    case Action::Manage:
        return QStringLiteral("org.escale.engine.manage");
    case Action::Privileged:
        return QStringLiteral("org.escale.engine.privileged");
    case Action::PrivilegedOnce:
        break;
    }
    return QStringLiteral("org.escale.engine.privileged-once");
}

std::span<const MethodRule> methodRules() {
    return kRules;
}

Gate::Gate() {
    QHash<QString, QString> signatures;
    for (const QString& xml : {QString::fromLatin1(kStandardXml), dbus::engineXml(), dbus::jobXml()}) {
        for (const auto& method : dbus::describedMethods(xml))
            signatures.insert(keyOf(method.interface, method.name), method.in);
    }
    for (const MethodRule& rule : kRules) {
        const QString key = keyOf(QLatin1String(rule.interface), QLatin1String(rule.member));
        if (signatures.contains(key))
            m_methods.insert(key, {&rule, signatures.value(key)});
    }
}

Result<Gate::Admitted> Gate::admit(const QString& interface, const QString& member, const QString& signature,
                                   const QVariantList& arguments) const {
    const auto method = m_methods.constFind(keyOf(interface, member));
    if (method == m_methods.constEnd())
        return fail(ErrorCode::NotFound,
                    "no method " + quoted(member) + " in interface " + quoted(interface));
    if (signature != method->signature)
        return fail(ErrorCode::InvalidArgument,
                    interface.toStdString() + '.' + member.toStdString() + " takes arguments of type \"" +
                        method->signature.toStdString() + "\", not " + quoted(signature));
    Admitted admitted{method->rule->action, arguments, {}};
    if (signature.endsWith(QLatin1String("a{sv}"))) {
        admitted.options = qdbus_cast<QVariantMap>(admitted.arguments.takeLast());
        const MethodRule& rule = *method->rule;
        TRY_ASSIGN(
            const Action options,
            checkOptions(rule.options, std::string(rule.interface) + '.' + rule.member, admitted.options));
        admitted.action = std::max(admitted.action, options);
    }
    if (method->rule->stack != StackUse::None) {
        static const StackRules kStackRules;
        const auto stack = qdbus_cast<dbus::Stack>(admitted.arguments.constFirst());
        TRY_ASSIGN(const Action parts, kStackRules.check(stack, method->rule->stack));
        admitted.action = std::max(admitted.action, parts);
        admitted.arguments.first() = QVariant::fromValue(stack); // read once
    }
    return admitted;
}

} // namespace escale
