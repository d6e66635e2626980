// One thing that was done to make a container, as it was done: what the Learn pane's "How it was made" shows,
// and what a shell script is made of that does the same by hand (engine/inspect/made_script.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace escale {

/// Who did it: the helper's thread that started the container, the runtime (the parent of the container's
/// first process), or that process itself between clone3(2) and execve(2).
enum class MadeBy : std::uint8_t { Engine, Runtime, Container };

// clang-format off
/// Operations and their details, in this order; a detail that says nothing is left out. Numbers are decimal,
/// modes octal with a leading 0, flags the kernel's words separated by "|". Paths of the host are absolute;
/// those of MadeBy::Container are as the container sees them, from its root.
///
///   Engine
///   layer-mount       source, target, type ("erofs", "bind")                mount(2) of one layer for everybody
///   layer-shift       source, target, map ("0:1879048192:65536")            open_tree(2), mount_setattr(2), move_mount(2)
///   folder-make       path, mode, owner                                     the working folder, where the image has none
///   overlay-mount     target, lower (":" between, top first), upper, work, options
///   tmpfs-mount       target, options                                       the shared memory of "ipc: shareable"
///   file-write        path, content (at most 4 KiB), mode, owner            hosts, resolv.conf, hostname, config.json (content left out)
///   device-make       path, kind ("c" or "b"), number ("1:3"), mode, uid, gid   bound into the container later
///   source-open       path (or "volume NAME", with its "folder" on this machine; or "secret"), target, read-only,
///                     map ("1000:1879048192:1": owner, container's root, how many), group-map (where it differs)
///                                                                           what a bind mount or volume is prepared as
///   bridge-create     name, address ("172.30.0.1/16", one a subnet; with IPv6 also "fe80::1/64"), mac, mtu
///   sysctl-write      path (below /proc/sys), value, namespace              for the bridge, or the container's interface
///   veth-create       host, inside, mac, bridge, mtu                        rtnetlink(7); the inner end lands in the container's namespace
///   link-create       kind ("macvlan", "ipvlan"), parent, mode, inside, mac; for a parent that is made, too: kind
///                     ("vlan", "dummy"), name, parent, vlan (the id)
///   address-add       interface, address ("172.30.0.2/16"), namespace ("container" or "host")
///   link-up           interface, namespace
///   route-add         destination ("default"; "::/0" where no gateway tells the family), gateway, interface, namespace
///   port-isolate      interface                                             a network without ICC
///   nft-run           commands (as libnftables got them), namespace         more than 4 KiB: several steps, whole lines
///                                                                           each; a longer line is cut. The first has the time
///   names-serve       names (" " between), addresses, listen               told to escale-dns
///   port-reserve      address, port, protocol                              a socket that keeps it
///   runtime-start     program, bundle                                      escale-runtime monitor
///   Runtime
///   cgroup-create     path, hierarchy (mount point)
///   cgroup-write      file (absolute), value
///   cgroup-device     rules ("deny a *:* rwm, allow c 1:3 rwm"), path       a BPF program, or devices.allow/deny
///   cgroup-delegate   path, uid, gid                                        chown(2), of what the container may divide
///   scope-start       unit, cgroup                                          by systemd, where it makes the cgroup
///   netns-create                                                            unshare(2), on a thread beside; its loopback is up
///   namespace-join    type, path                                            setns(2), for one that is there already
///   timens-create     offsets ("monotonic 3600 0", a line a clock)
///   mount-prepare     type, source, target (none: what masks paths), options   open_tree(2) or fsopen(2), detached
///   mount-idmap       source or target, map, group-map                      mount_setattr(2)
///   seccomp-compile   rules (number of them), instructions                  or taken from those compiled before
///   hook-run          path                                                  prestart, createRuntime, poststart
///   clone3            flags, pid (here), cgroup
///   id-map            kind ("uid" or "gid"), map ("0:1879048192:65536", "," between)
///   rlimit            name ("nofile"), soft, hard ("unlimited")
///   oom-score         value
///   start             pid                                                   the container's first process may go on
///   program-start     pid                                                   what its start-wait waits for: "start" of the runtime-spec,
///                                                                           once the engine has made its networks
///   Container
///   session           cgroup-join (file)   user-root (uid, gid)   cgroup-namespace   keyring
///   netns-enter       the runtime's; or, in a user namespace, netns-create    namespace-join: type, path ("cgroup" only)
///   go-wait           until the runtime's "start"                             hooks-wait: until its hooks have run
///   hostname-set      name                 domainname-set: name
///   sysctl-write      path ("net.ipv4.ip_unprivileged_port_start"), value
///   mounts-private    source-open: path    root-stage: path                 these two: the host's, before root-enter
///   filesystem-make   type, source, options                                 fsopen(2) in the container's own namespaces
///   root-enter        how ("pivot_root", "move")
///   mount-attach      type, source, target, options                         what was prepared or made before lands there
///   mount-readonly    target
///   device-make       path, kind ("c" or "b"), number ("1:3"), mode, uid, gid
///   link-make         path, target
///   path-mask         path, kind ("file", "folder")   path-readonly: path   root-readonly
///   propagation-set   value
///   folder-make       path                 folder-enter: path
///   terminal-open     path, console        umask-set: value                 descriptors-close: from
///   descriptor-set    number (0, 1, 2: standard input, output, error)
///   bounding-drop     keep (names, "," between: "chown,net_raw")
///   identity-set      uid, gid, groups
///   capabilities-set  effective, permitted, inheritable, ambient
///   no-new-privileges
///   seccomp-load      instructions, default ("errno 1"), rules (number of them), flags
///   personality-set   value                home-find                        program-find: program
///   label-write       file, value          label-open: file                 hook-run: path      start-wait
///   execute           program, arguments (each one quoted as a shell needs it), environment (the same), folder; of both
///                     lists no more than 64 KiB
///
/// What the start found done already (a layer mounted, a bridge and its rules made for the container before) has
/// the detail "reused" = "yes" and no duration: it cost nothing, but who does the whole by hand needs it. Steps of one
/// maker may lie in each other: a bridge's sysctl-write in its bridge-create.
///
/// What has no word above has the operation "other" with the detail "what" (a sentence's end: "cannot …").
// clang-format on
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
