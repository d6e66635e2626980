// The steps of a start, as an engine would tell them.
#pragma once

#include "helper/dbus/types.h"

namespace escale::test {

inline dbus::MadeStep madeStep(const char* by, const char* operation, qint64 begin, qint64 duration,
                               const QList<dbus::MadeDetail>& details = {}) {
    return {QString::fromLatin1(by), QString::fromLatin1(operation), begin, duration, details};
}

/// In microseconds' worth of nanoseconds: engine, runtime, the container's process.
inline dbus::MadeSteps sampleMaking() {
    const auto detail = [](const char* name, const char* value) {
        return dbus::MadeDetail{QString::fromLatin1(name), QString::fromUtf8(value)};
    };
    dbus::MadeSteps steps;
    qint64 now = 0;
    const auto add = [&](const char* by, const char* operation, qint64 micro,
                         const QList<dbus::MadeDetail>& details = {}) {
        steps.append(madeStep(by, operation, now, micro * 1000, details));
        now += micro * 1000 + 3000;
    };
    steps.append(madeStep("engine", "layer-mount", 0, -1,
                          {detail("source", "/var/lib/escale/layers/aa/erofs"),
                           detail("target", "/run/escale/layers/aa"), detail("type", "erofs"),
                           detail("reused", "yes")}));
    now = 4000;
    add("engine", "layer-mount", 310,
        {detail("source", "/var/lib/escale/layers/bb/erofs"), detail("target", "/run/escale/layers/bb"),
         detail("type", "erofs")});
    add("engine", "layer-shift", 60,
        {detail("source", "/run/escale/layers/bb"), detail("target", "/run/escale/shifted/bb"),
         detail("map", "0:1879048192:65536")});
    add("engine", "overlay-mount", 120,
        {detail("target", "/run/escale/containers/web/rootfs"),
         detail("lower", "/run/escale/shifted/bb:/run/escale/shifted/aa"),
         detail("upper", "/var/lib/escale/containers/web/upper"),
         detail("work", "/var/lib/escale/containers/web/work"), detail("options", "metacopy=off")});
    for (const char* path : {"hosts", "resolv.conf", "hostname", "config.json"})
        add("engine", "file-write", 45,
            {detail("path", (std::string("/run/escale/containers/web/") + path).c_str()),
             detail("content", "127.0.0.1 localhost\n172.30.0.2 web\n"), detail("mode", "0644")});
    add("engine", "bridge-create", 900,
        {detail("name", "escale0"), detail("address", "172.30.0.1/16"), detail("mtu", "1500")});
    const qint64 runtime = now;
    const qsizetype place = steps.size();
    now += 1'500'000;
    add("runtime", "cgroup-create", 70,
        {detail("path", "/escale/web"), detail("hierarchy", "/sys/fs/cgroup")});
    for (const char* file : {"memory.max", "cpu.max", "pids.max"})
        add("runtime", "cgroup-write", 12,
            {detail("file", (std::string("/sys/fs/cgroup/escale/web/") + file).c_str()),
             detail("value", "268435456")});
    add("runtime", "netns-create", 90);
    for (const char* target : {"/proc", "/dev", "/etc/hosts", "/etc/resolv.conf", "/data"})
        add("runtime", "mount-prepare", 25, {detail("type", "tmpfs"), detail("target", target)});
    add("runtime", "clone3", 240,
        {detail("flags", "CLONE_NEWNS|CLONE_NEWPID|CLONE_NEWUTS|CLONE_NEWIPC|CLONE_NEWUSER"),
         detail("pid", "4711"), detail("cgroup", "/escale/web")});
    for (const char* kind : {"uid", "gid"})
        add("runtime", "id-map", 30, {detail("kind", kind), detail("map", "0:1879048192:65536")});
    steps.insert(place, madeStep("engine", "runtime-start", runtime, now - runtime,
                                 {detail("program", "/usr/libexec/escale-runtime"),
                                  detail("bundle", "/run/escale/containers/web")}));
    add("engine", "veth-create", 700,
        {detail("host", "es1f2e3d"), detail("inside", "eth0"), detail("mac", "02:42:ac:1e:00:02"),
         detail("bridge", "escale0")});
    add("engine", "address-add", 40,
        {detail("interface", "eth0"), detail("address", "172.30.0.2/16"), detail("namespace", "container")});
    for (const char* name : {"lo", "eth0"})
        add("engine", "link-up", 35, {detail("interface", name), detail("namespace", "container")});
    add("engine", "route-add", 20,
        {detail("destination", "default"), detail("gateway", "172.30.0.1"), detail("interface", "eth0"),
         detail("namespace", "container")});
    add("engine", "nft-run", 2100,
        {detail("commands", "add rule inet escale postrouting ip saddr 172.30.0.2 masquerade"),
         detail("namespace", "host")});
    add("runtime", "start", 15, {detail("pid", "4711")});
    add("container", "session", 3);
    add("container", "user-root", 8, {detail("uid", "0"), detail("gid", "0")});
    add("container", "cgroup-namespace", 12);
    add("container", "hostname-set", 4, {detail("name", "web")});
    add("container", "mounts-private", 20);
    for (const char* type : {"proc", "sysfs", "mqueue"})
        add("container", "filesystem-make", 30, {detail("type", type)});
    add("container", "root-enter", 60, {detail("how", "pivot_root")});
    for (const char* target : {"/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue", "/sys", "/etc/hosts",
                               "/etc/resolv.conf", "/etc/hostname"})
        add("container", "mount-attach", 9,
            {detail("type", "tmpfs"), detail("target", target), detail("options", "nosuid|nodev")});
    for (const char* path :
         {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"})
        add("container", "device-make", 7,
            {detail("path", path), detail("kind", "c"), detail("number", "1:3"), detail("mode", "0666")});
    for (const char* path : {"/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr"})
        add("container", "link-make", 4, {detail("path", path), detail("target", "/proc/self/fd")});
    for (const char* path : {"/proc/kcore", "/proc/keys", "/sys/firmware"})
        add("container", "path-mask", 10, {detail("path", path)});
    for (const char* path : {"/proc/sys", "/proc/bus"})
        add("container", "path-readonly", 11, {detail("path", path)});
    add("container", "bounding-drop", 24, {detail("keep", "cap_chown,cap_net_bind_service")});
    add("container", "identity-set", 6, {detail("uid", "0"), detail("gid", "0")});
    add("container", "capabilities-set", 5, {detail("effective", "cap_chown,cap_net_bind_service")});
    add("container", "no-new-privileges", 2);
    add("container", "seccomp-load", 85,
        {detail("instructions", "1432"), detail("default", "errno 1"), detail("rules", "312")});
    add("container", "execute", 420,
        {detail("program", "/bin/demo"), detail("arguments", "/bin/demo"), detail("folder", "/")});
    return steps;
}

} // namespace escale::test
