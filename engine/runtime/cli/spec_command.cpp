// `spec`: a config.json to begin with, as careful as our engine's own containers.
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/runtime/cli/commands.h"

#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

const char* const kDefault = R"({
  "ociVersion": "1.2.0",
  "process": {
    "terminal": true,
    "user": {"uid": 0, "gid": 0},
    "args": ["sh"],
    "env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"],
    "cwd": "/",
    "capabilities": {
      "bounding": ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"],
      "effective": ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"],
      "permitted": ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]
    },
    "rlimits": [{"type": "RLIMIT_NOFILE", "hard": 1024, "soft": 1024}],
    "noNewPrivileges": true
  },
  "root": {"path": "rootfs", "readonly": true},
  "hostname": "escale",
  "mounts": [
    {"destination": "/proc", "type": "proc", "source": "proc"},
    {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
     "options": ["nosuid", "strictatime", "mode=755", "size=65536k"]},
    {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
     "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]},
    {"destination": "/dev/shm", "type": "tmpfs", "source": "shm",
     "options": ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]},
    {"destination": "/dev/mqueue", "type": "mqueue", "source": "mqueue", "options": ["nosuid", "noexec", "nodev"]},
    {"destination": "/sys", "type": "sysfs", "source": "sysfs", "options": ["nosuid", "noexec", "nodev", "ro"]},
    {"destination": "/sys/fs/cgroup", "type": "cgroup", "source": "cgroup",
     "options": ["nosuid", "noexec", "nodev", "relatime", "ro"]}
  ],
  "linux": {
    "resources": {"devices": [{"allow": false, "access": "rwm"}], "pids": {"limit": 2048}},
    "namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"}, {"type": "cgroup"},
                   {"type": "mount"}],
    "maskedPaths": ["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
                    "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
                    "/sys/devices/virtual/powercap"],
    "readonlyPaths": ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]
  }
})";

Json mapping(unsigned hostId) {
    Json one;
    one.set("containerID", 0).set("hostID", hostId).set("size", 1);
    Json list{Json::Array{}};
    list.append(std::move(one));
    return list;
}

// A user namespace in which the caller is root, and nobody else is.
Json withUserNamespace(Json config) {
    Json linux = config.at("linux");
    Json namespaces = linux.at("namespaces");
    Json user;
    namespaces.append(std::move(user.set("type", "user")));
    linux.set("namespaces", std::move(namespaces));
    linux.set("uidMappings", mapping(::geteuid())).set("gidMappings", mapping(::getegid()));
    config.set("linux", std::move(linux));
    return config;
}

} // namespace

Result<int> specCommand(const Arguments& arguments) {
    TRY_ASSIGN(Json config, Json::parse(kDefault));
    if (arguments.has("--rootless"))
        config = withUserNamespace(std::move(config));
    const std::string file = arguments.option("--file", arguments.option("--bundle", ".") + "/config.json");
    auto opened = openFile(file, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (!opened)
        return fail(std::move(opened).error().withHint("spec writes no file that is there already"));
    TRY(writeAll(opened->get(), config.dumpPretty() + "\n", file));
    return 0;
}

} // namespace escale
