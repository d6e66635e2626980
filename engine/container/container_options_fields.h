// Every member of ContainerOptions with the one name that it has in the stored form and on the bus. Whoever
// reads, writes or compares options goes over this list; a member that is missing here is a defect.
#pragma once

#include "engine/container/container.h"

namespace escale {

/// Calls visit(key, member) for each but the image and the command, which have places of their own.
/// `Options` is ContainerOptions or const ContainerOptions.
template <class Options, class Visit>
void visitOptions(Options& o, Visit&& visit) {
    visit("name", o.name);
    visit("entrypoint", o.entrypoint);
    visit("environment", o.environment);
    visit("workdir", o.workingDirectory);
    visit("user", o.user);
    visit("groups", o.groups);
    visit("hostname", o.hostname);
    visit("domainname", o.domainname);
    visit("labels", o.labels);
    visit("annotations", o.annotations);

    visit("tty", o.terminal);
    visit("stdin", o.openInput);
    visit("stdin-once", o.inputOnce);
    visit("init", o.init);
    visit("remove", o.removeWhenStopped);
    visit("restart", o.restart);
    visit("restart-max", o.restartMaximum);
    visit("stop-signal", o.stopSignal);
    visit("stop-timeout", o.stopTimeoutSeconds);

    visit("health-command", o.healthCommand);
    visit("health-interval", o.healthInterval);
    visit("health-timeout", o.healthTimeout);
    visit("health-start-period", o.healthStartPeriod);
    visit("health-start-interval", o.healthStartInterval);
    visit("health-retries", o.healthRetries);

    visit("memory", o.memoryBytes);
    visit("memory-reservation", o.memoryReservation);
    visit("memory-swap", o.memorySwap);
    visit("memory-swappiness", o.memorySwappiness);
    visit("oom-score-adj", o.oomScoreAdj);
    visit("oom-kill-disable", o.oomKillDisable);
    visit("cpus", o.cpus);
    visit("cpu-shares", o.cpuShares);
    visit("cpu-period", o.cpuPeriod);
    visit("cpu-quota", o.cpuQuota);
    visit("cpuset-cpus", o.cpusetCpus);
    visit("cpuset-mems", o.cpusetMems);
    visit("pids", o.pidsLimit);
    visit("blkio-weight", o.blkioWeight);
    visit("blkio-weight-device", o.blkioWeightDevice);
    visit("device-read-bps", o.deviceReadBps);
    visit("device-write-bps", o.deviceWriteBps);
    visit("device-read-iops", o.deviceReadIops);
    visit("device-write-iops", o.deviceWriteIops);
    visit("ulimits", o.ulimits);
    visit("sysctls", o.sysctls);
    visit("shm-size", o.shmSize);
    visit("tmpfs", o.tmpfs);
    visit("mounts", o.mounts);
    visit("volumes-from", o.volumesFrom);
    visit("read-only", o.readOnly);

    visit("devices", o.devices);
    visit("device-cgroup-rules", o.deviceCgroupRules);
    visit("cap-add", o.capAdd);
    visit("cap-drop", o.capDrop);
    visit("no-new-privileges", o.noNewPrivileges);
    visit("seccomp", o.seccomp);
    visit("apparmor", o.apparmor);
    visit("systempaths", o.systemPaths);
    visit("privileged", o.privileged);

    visit("ipc", o.ipc);
    visit("pid", o.pid);
    visit("uts", o.uts);
    visit("userns", o.userns);
    visit("cgroupns", o.cgroupns);
    visit("network", o.network);
    visit("network-alias", o.networkAliases);
    visit("ip", o.ip);
    visit("ip6", o.ip6);
    visit("mac-address", o.macAddress);
    visit("networks", o.networks);
    visit("dns", o.dns);
    visit("dns-search", o.dnsSearch);
    visit("dns-options", o.dnsOptions);
    visit("extra-hosts", o.extraHosts);
    visit("publish", o.publish);

    visit("log-driver", o.logDriver);
    visit("log-options", o.logOptions);
}

} // namespace escale
