// One thing that was done to make a container, as it was done: what the Learn pane's "How it was made" shows,
// and what a shell script is made of that does the same by hand (engine/inspect/made_script.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

/// Who did it: the helper's thread that started the container, the runtime (the parent of the container's first
/// process), or that process itself between clone3(2) and execve(2).
enum class MadeBy : std::uint8_t { Engine, Runtime, Container };

/// Operations and their details, in this order; a detail that says nothing is left out. Numbers are decimal,
/// modes octal with a leading 0, flags the kernel's words separated by "|". Paths of the host are absolute;
/// those of MadeBy::Container are as the container sees them, from its root.
///
///   Engine
///   layer-mount       source, target, type ("erofs", "bind")                mount(2) of one layer for everybody
///   layer-shift       source, target, map ("0:1879048192:65536")            open_tree(2), mount_setattr(2), move_mount(2)
///   overlay-mount     target, lower (":" between, top first), upper, work, options
///   tmpfs-mount       target, options                                       the shared memory of "ipc: shareable"
///   file-write        path, content (at most 4 KiB), mode, owner            hosts, resolv.conf, hostname, config.json (content left out)
///   source-open       path (or "volume NAME"), target, read-only, map       what a bind mount or volume is prepared as
///   bridge-create     name, address ("172.30.0.1/16", one a family), mtu    only where the network was not there yet
///   sysctl-write      path, value                                           of this machine, for the bridge
///   veth-create       host, inside, mac, bridge, mtu                        rtnetlink(7); the inner end lands in the container's namespace
///   link-create       kind ("macvlan", "ipvlan"), parent, mode, inside, mac
///   address-add       interface, address ("172.30.0.2/16"), namespace ("container" or "host")
///   link-up           interface, namespace
///   route-add         destination ("default"), gateway, interface, namespace
///   port-isolate      interface                                             a network without ICC
///   nft-run           commands (as libnftables got them), namespace
///   names-serve       names (" " between), addresses, listen               told to escale-dns
///   port-reserve      address, port, protocol                              a socket that keeps it
///   runtime-start     program, bundle                                      escale-runtime monitor
///   Runtime
///   cgroup-create     path, hierarchy (mount point)
///   cgroup-write      file (absolute), value
///   cgroup-device     rules                                                 a BPF program, or devices.allow/deny
///   netns-create                                                            unshare(2), on a thread beside
///   mount-prepare     type or source, target, options, map                  fsopen(2) or open_tree(2), detached
///   clone3            flags, pid (here), cgroup
///   id-map            kind ("uid" or "gid"), map ("0:1879048192:65536", "," between)
///   rlimit            name ("nofile"), soft, hard
///   oom-score         value
///   start             pid                                                   the container's first process may go on
///   Container
///   session           cgroup-join (file)   user-root (uid, gid)   cgroup-namespace   keyring
///   hostname-set      name                 domainname-set: name
///   sysctl-write      path ("net.ipv4.ip_unprivileged_port_start"), value
///   mounts-private
///   filesystem-make   type, source, options                                 fsopen(2) in the container's own namespaces
///   root-enter        how ("pivot_root", "move")
///   mount-attach      type, source, target, options                         what was prepared or made before lands there
///   mount-readonly    target
///   device-make       path, kind ("c" or "b"), number ("1:3"), mode, uid, gid
///   link-make         path, target
///   path-mask         path                 path-readonly: path              root-readonly
///   propagation-set   value
///   folder-make       path                 folder-enter: path
///   terminal-open     path                 umask-set: value                 descriptors-close: from
///   bounding-drop     keep (names, "," between)
///   identity-set      uid, gid, groups
///   capabilities-set  effective, permitted, inheritable, ambient
///   no-new-privileges
///   seccomp-load      instructions, default ("errno 1"), rules (number of them), flags
///   personality-set   value                home-find                        program-find: program
///   label-write       file, value          hook-run: path                   start-wait
///   execute           program, arguments (each one quoted as a shell needs it), environment (the same), folder
///
/// What has no word above has the operation "other" with the detail "what" (a sentence's end: "cannot …").
struct MadeStep {
    MadeBy by = MadeBy::Engine;
    std::string operation;
    std::vector<std::pair<std::string, std::string>> details;
    std::int64_t begin = 0;     // CLOCK_MONOTONIC, nanoseconds
    std::int64_t duration = -1; // nanoseconds; -1: not measured

    /// Empty when there is none.
    [[nodiscard]] std::string_view detail(std::string_view key) const {
        for (const auto& [name, value] : details) {
            if (name == key)
                return value;
        }
        return {};
    }
};
using MadeSteps = std::vector<MadeStep>;

} // namespace escale
