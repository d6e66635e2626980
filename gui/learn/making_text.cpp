#include "gui/learn/making_text.h"

#include "gui/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace escale::gui {
namespace {

using Subject = MadeSubject;

struct Operation {
    const char* name;
    Subject subject;
    const char* title; // {detail} is its value
    const char* reason;
    const char* calls; // manual pages, " " between
};

constexpr Operation kOther{"other", Subject::Other, QT_TRANSLATE_NOOP("MakingText", "{what}"),
                           QT_TRANSLATE_NOOP("MakingText", "A step that is told only."), ""};

constexpr auto kOperations = std::to_array<Operation>({
    // The engine
    {"layer-mount", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Mount a layer ({type})"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "A layer of an image is stored once and never changes. Mounted read-only, it serves any number of "
         "containers at the same time."),
     "mount(2)"},
    {"layer-shift", Subject::Files,
     QT_TRANSLATE_NOOP("MakingText", "Show a layer as the container's own ({map})"),
     QT_TRANSLATE_NOOP("MakingText", "Root in the container is an ordinary user outside. An id-mapped mount "
                                     "shows the layer's files as belonging "
                                     "to the container's users, without changing or copying one of them."),
     "mount_setattr(2) open_tree(2) move_mount(2)"},
    {"overlay-mount", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Lay the layers over each other"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "overlayfs shows the image's layers and one writable folder on top as one file system. What the "
         "container "
         "changes lands in that folder: the image stays as it is, and nothing is copied at the start."),
     "mount(2)"},
    {"tmpfs-mount", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make shared memory at {target}"),
     QT_TRANSLATE_NOOP("MakingText", "Memory that looks like a folder (/dev/shm). It is made outside, so "
                                     "that another container can be given the "
                                     "same one."),
     "mount(2)"},
    {"file-write", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Write {path}"),
     QT_TRANSLATE_NOOP("MakingText", "hosts, resolv.conf and hostname differ from container to container: "
                                     "the engine writes them, to be laid over "
                                     "those of the image. config.json tells the runtime what to do."),
     "open(2) write(2)"},
    {"source-open", Subject::Files,
     QT_TRANSLATE_NOOP("MakingText", "Take hold of what is mounted at {target}"),
     QT_TRANSLATE_NOOP("MakingText", "A folder of this machine, or a volume, that the container shall see. "
                                     "It is opened before, so that nobody can "
                                     "put another one in its place meanwhile."),
     "open_tree(2) mount_setattr(2)"},
    {"bridge-create", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Make the bridge {name}"),
     QT_TRANSLATE_NOOP("MakingText", "A bridge is a network switch made of software. Every container of the "
                                     "network is plugged into it, and its "
                                     "address is their way out."),
     "rtnetlink(7) socket(2)"},
    {"sysctl-write", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Set {path} to {value}"),
     QT_TRANSLATE_NOOP("MakingText",
                       "A setting of the kernel. Written by the engine it counts for this machine (a bridge "
                       "needs packets to be "
                       "passed on); written in the container it counts in its namespace alone."),
     "open(2) write(2)"},
    {"veth-create", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Lay a cable from {host} to {inside}"),
     QT_TRANSLATE_NOOP("MakingText", "Two interfaces that are joined: what goes into one comes out of the "
                                     "other. One end is plugged into the "
                                     "bridge, the other lies in the container's network namespace."),
     "veth(4) rtnetlink(7)"},
    {"link-create", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Make the interface {inside} ({kind})"),
     QT_TRANSLATE_NOOP("MakingText", "An interface that stands directly on one of this machine's: the "
                                     "container has an address in that network, "
                                     "and there is no bridge between."),
     "rtnetlink(7)"},
    {"address-add", Subject::Network,
     QT_TRANSLATE_NOOP("MakingText", "Give {interface} the address {address}"),
     QT_TRANSLATE_NOOP("MakingText", "Only what has an address can be sent to. One that is given in the "
                                     "container's network namespace is seen "
                                     "there alone."),
     "rtnetlink(7)"},
    {"link-up", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Switch {interface} on"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "An interface is switched off when it is made; in a new network namespace even loopback is."),
     "netdevice(7) rtnetlink(7)"},
    {"route-add", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Send {destination} by way of {gateway}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "A route says where packets go that are for no neighbour: to the bridge, and from there on."),
     "rtnetlink(7)"},
    {"port-isolate", Subject::Network,
     QT_TRANSLATE_NOOP("MakingText", "Keep {interface} from its neighbours"),
     QT_TRANSLATE_NOOP("MakingText", "Isolated ports of a bridge do not reach each other, only the way out: "
                                     "this network was made without "
                                     "communication between containers."),
     "rtnetlink(7)"},
    {"nft-run", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Write rules of the firewall"),
     QT_TRANSLATE_NOOP("MakingText", "nftables lets packets of the container leave under the machine's "
                                     "address, hands packets for published ports "
                                     "on to it, and keeps networks apart."),
     "netlink(7) sendmsg(2)"},
    {"names-serve", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Serve the name {names}"),
     QT_TRANSLATE_NOOP("MakingText", "Containers of one network find each other by name: from now on "
                                     "escale-dns answers with this address."),
     "unix(7)"},
    {"port-reserve", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Reserve port {port}/{protocol}"),
     QT_TRANSLATE_NOOP("MakingText", "A bound socket keeps the published port: nobody else can take it, and "
                                     "a clash is noticed before anything is "
                                     "made."),
     "bind(2) socket(2)"},
    {"runtime-start", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Start the runtime"),
     QT_TRANSLATE_NOOP("MakingText", "A program of its own makes the container and stays with it as its "
                                     "monitor: the engine can be restarted, and "
                                     "the container does not notice."),
     "execve(2) clone(2)"},
    // The runtime
    {"program-start", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Let the program begin"),
     QT_TRANSLATE_NOOP("MakingText", "The container is made and waits. The word to go on comes when all that "
                                     "was still to be done outside is done."),
     "fifo(7) write(2)"},
    {"cgroup-create", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Make the cgroup {path}"),
     QT_TRANSLATE_NOOP("MakingText", "A cgroup is a group of processes whose use of the machine is counted "
                                     "and limited together. All processes of "
                                     "the container will be in it."),
     "cgroups(7) mkdir(2)"},
    {"cgroup-write", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Write {value} to {file}"),
     QT_TRANSLATE_NOOP("MakingText", "A limit or a setting of the group, as a file: how much memory, which "
                                     "part of the processors, how many "
                                     "processes. The kernel holds to it from now on."),
     "cgroups(7) open(2) write(2)"},
    {"cgroup-device", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Allow only harmless devices"),
     QT_TRANSLATE_NOOP("MakingText", "Asked each time a device is opened: null, zero, random and terminals "
                                     "may be, disks and the machine's memory "
                                     "may not."),
     "bpf(2)"},
    {"netns-create", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Make a network namespace"),
     QT_TRANSLATE_NOOP("MakingText", "A network of its own: interfaces, addresses, routes, ports and rules. "
                                     "At first there is nothing in it but a "
                                     "loopback that is switched off."),
     "network_namespaces(7) unshare(2)"},
    {"mount-prepare", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Prepare the mount for {target}"),
     QT_TRANSLATE_NOOP("MakingText", "It is opened here, where the rights for it are, and attached nowhere "
                                     "yet: the container's process will put it "
                                     "in its place, where the container alone sees it."),
     "fsopen(2) fsmount(2)"},
    {"cgroup-delegate", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Hand the cgroup to the container"),
     QT_TRANSLATE_NOOP("MakingText", "The container may divide its own group among its processes, within the "
                                     "limits that were set from outside."),
     "chown(2) cgroups(7)"},
    {"scope-start", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Let systemd make the scope {unit}"),
     QT_TRANSLATE_NOOP("MakingText", "Where systemd keeps the cgroups of a machine it is asked for one (a "
                                     "scope), so that nobody else changes it."),
     "cgroups(7) connect(2)"},
    {"namespace-join", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Join the {type} namespace"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "The container shares this view with another one, or with the machine, because it was asked to."),
     "setns(2)"},
    {"timens-create", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Make a time namespace ({offsets})"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "The clocks that count from the start of the machine have another beginning in the container."),
     "time_namespaces(7) unshare(2)"},
    {"mount-idmap", Subject::Files,
     QT_TRANSLATE_NOOP("MakingText", "Show {target} with the users of the container"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "Files of an outside user appear as those of a user inside: the folder itself is not changed."),
     "mount_setattr(2)"},
    {"seccomp-compile", Subject::Rights,
     QT_TRANSLATE_NOOP("MakingText", "Compile the filter of system calls ({rules} rules)"),
     QT_TRANSLATE_NOOP("MakingText", "Rules in words become a small program that the kernel can run at each "
                                     "system call. It is loaded later, by the process that it is for."),
     "seccomp(2)"},
    {"clone3", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Make the container's first process"),
     QT_TRANSLATE_NOOP("MakingText",
                       "Here the container begins: a new process in new namespaces. Each flag CLONE_NEW… "
                       "gives it a view of its own of "
                       "one thing: mounts, process numbers (it is number 1), hostname, users and so on."),
     "clone(2) namespaces(7)"},
    {"id-map", Subject::Rights,
     QT_TRANSLATE_NOOP("MakingText", "Say who its users are outside ({kind}: {map})"),
     QT_TRANSLATE_NOOP("MakingText", "Root (0) in the container stands for an ordinary, otherwise unused "
                                     "user of this machine. Whoever would break "
                                     "out has no rights outside."),
     "user_namespaces(7) write(2)"},
    {"rlimit", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Limit {name} to {soft}"),
     QT_TRANSLATE_NOOP("MakingText", "A limit for each single process, such as how many files it may have "
                                     "open; its children inherit it."),
     "prlimit(2)"},
    {"oom-score", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Set the out-of-memory score to {value}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "When the machine's memory runs out, the kernel ends the process with the highest score."),
     "proc(5) write(2)"},
    {"start", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Let the container's process go on"),
     QT_TRANSLATE_NOOP("MakingText", "It has waited until what only the outside can do was done: cgroup, "
                                     "user maps, network. The rest it does "
                                     "itself, from inside."),
     "pipe(7) write(2)"},
    // The container's own process
    {"session", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Begin a session of its own"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "It leaves the session of the runtime: no signal of a terminal outside reaches the container."),
     "setsid(2)"},
    {"netns-enter", Subject::Network, QT_TRANSLATE_NOOP("MakingText", "Enter its network namespace"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "The runtime has made it beforehand, so that the engine could lay the cable meanwhile."),
     "setns(2) network_namespaces(7)"},
    {"go-wait", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Wait for the word to go on"),
     QT_TRANSLATE_NOOP("MakingText",
                       "Outside, its user maps, its cgroup and its network are being made ready."),
     "pipe(7) read(2)"},
    {"hooks-wait", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Wait for the hooks"),
     QT_TRANSLATE_NOOP("MakingText", "Programs that were asked for run outside before the root is changed."),
     "pipe(7) read(2)"},
    {"root-stage", Subject::Files,
     QT_TRANSLATE_NOOP("MakingText", "Put its files where the root will be ({path})"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "pivot_root(2) takes only what is mounted: the layers get a mount of their own to stand on."),
     "mount(2) move_mount(2)"},
    {"descriptor-set", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Set file descriptor {number}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "0, 1 and 2 are what a program reads from, writes to and complains to: the log, or the terminal."),
     "dup2(2)"},
    {"label-open", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Open {file} for the profile"),
     QT_TRANSLATE_NOOP("MakingText",
                       "It lies in the /proc of the machine, which is gone once the root is changed."),
     "proc(5) open(2)"},
    {"cgroup-join", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Join the cgroup"),
     QT_TRANSLATE_NOOP("MakingText",
                       "The process writes itself into its group; its children will be born there."),
     "cgroups(7) write(2)"},
    {"user-root", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Become root of the new user namespace"),
     QT_TRANSLATE_NOOP("MakingText",
                       "By the maps it may be number 0 now: root, but over its own namespaces only."),
     "setresuid(2) setgroups(2)"},
    {"cgroup-namespace", Subject::Limits, QT_TRANSLATE_NOOP("MakingText", "Take its cgroup for the root"),
     QT_TRANSLATE_NOOP("MakingText", "In a cgroup namespace the container's own group looks like the top of "
                                     "the tree: where it really stands is not "
                                     "seen."),
     "cgroup_namespaces(7) unshare(2)"},
    {"keyring", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Take a new keyring"),
     QT_TRANSLATE_NOOP("MakingText", "The kernel keeps keys for a session, such as those of encrypted "
                                     "folders. The container gets none of the "
                                     "engine's."),
     "keyrings(7) keyctl(2)"},
    {"hostname-set", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Set the hostname {name}"),
     QT_TRANSLATE_NOOP("MakingText",
                       "The UTS namespace has a hostname of its own: the machine keeps its name."),
     "sethostname(2) uts_namespaces(7)"},
    {"domainname-set", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Set the domain name {name}"),
     QT_TRANSLATE_NOOP("MakingText", "As with the hostname: the UTS namespace has its own."),
     "setdomainname(2) uts_namespaces(7)"},
    {"mounts-private", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Part its mounts from the machine's"),
     QT_TRANSLATE_NOOP("MakingText", "The new mount namespace begins as a copy of the old one. From now on, "
                                     "what is mounted in one does not appear in "
                                     "the other."),
     "mount_namespaces(7) mount(2)"},
    {"filesystem-make", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make a file system ({type})"),
     QT_TRANSLATE_NOOP("MakingText", "proc, sysfs and mqueue show the namespaces of whoever makes them: "
                                     "/proc then lists the container's processes "
                                     "alone. So its own process does it."),
     "fsopen(2) fsconfig(2) fsmount(2)"},
    {"root-enter", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make its files the root ({how})"),
     QT_TRANSLATE_NOOP("MakingText", "The layers that lie over each other become /. The old root is let go "
                                     "of: other than with chroot(2), no way "
                                     "leads back."),
     "pivot_root(2) umount(2) chdir(2)"},
    {"mount-attach", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Mount {type} at {target}"),
     QT_TRANSLATE_NOOP("MakingText", "What was prepared gets its place in the container's tree: /proc and "
                                     "/dev, volumes, single files such as "
                                     "/etc/hosts."),
     "move_mount(2)"},
    {"mount-readonly", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make {target} read-only"),
     QT_TRANSLATE_NOOP("MakingText", "It shall be seen and not be changed."), "mount_setattr(2)"},
    {"device-make", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make the device {path}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "/dev has only what is harmless and what programs rely on: null, zero, full, random, urandom, tty."),
     "mknod(2)"},
    {"link-make", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Link {path} to {target}"),
     QT_TRANSLATE_NOOP("MakingText",
                       "Programs expect names such as /dev/stdin and /dev/fd; they lead into /proc."),
     "symlink(2)"},
    {"path-mask", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Hide {path}"),
     QT_TRANSLATE_NOOP("MakingText",
                       "It would tell about the machine, or harm it. Something empty is mounted over it."),
     "mount(2)"},
    {"path-readonly", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Protect {path}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "Settings of the kernel that are not the container's alone: they may be read and not be written."),
     "mount_setattr(2) open_tree(2)"},
    {"root-readonly", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make the root read-only"),
     QT_TRANSLATE_NOOP("MakingText", "The container was asked for with a read-only root: it writes to "
                                     "volumes and temporary file systems alone."),
     "mount_setattr(2)"},
    {"propagation-set", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Let mounts spread as “{value}”"),
     QT_TRANSLATE_NOOP("MakingText",
                       "Says whether a mount that is made later on one side appears on the other."),
     "mount(2) mount_namespaces(7)"},
    {"folder-make", Subject::Files, QT_TRANSLATE_NOOP("MakingText", "Make the folder {path}"),
     QT_TRANSLATE_NOOP("MakingText", "A mount, or the program, needs a folder that the image does not have."),
     "mkdir(2)"},
    {"folder-enter", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Go to {path}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "The folder that the program begins in: the image's WORKDIR, or the one that was asked for."),
     "chdir(2)"},
    {"terminal-open", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Open a terminal"),
     QT_TRANSLATE_NOOP("MakingText", "The container has terminals of its own (devpts). The runtime holds the "
                                     "other end and hands on what is typed and "
                                     "shown."),
     "pty(7) ioctl(2)"},
    {"umask-set", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Set the umask to {value}"),
     QT_TRANSLATE_NOOP("MakingText", "Which permissions new files do not get."), "umask(2)"},
    {"descriptors-close", Subject::Rights,
     QT_TRANSLATE_NOOP("MakingText", "Close what is still open, from {from} on"),
     QT_TRANSLATE_NOOP("MakingText", "Open files are inherited by the program that is executed. One that is "
                                     "left open could be a way out."),
     "close_range(2)"},
    {"bounding-drop", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Give up capabilities for good"),
     QT_TRANSLATE_NOOP("MakingText", "Root's power is divided into some forty capabilities. What is dropped "
                                     "from the bounding set cannot be had again, "
                                     "not even by a set-uid program."),
     "capabilities(7) prctl(2)"},
    {"identity-set", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Become user {uid}, group {gid}"),
     QT_TRANSLATE_NOOP(
         "MakingText",
         "The user of the image or of the options. Everything up to here was done as root of the container."),
     "setresuid(2) setresgid(2) setgroups(2)"},
    {"capabilities-set", Subject::Rights,
     QT_TRANSLATE_NOOP("MakingText", "Keep only the capabilities that are wanted"),
     QT_TRANSLATE_NOOP("MakingText", "What the process may do beyond an ordinary user: for example bind a "
                                     "low port, and not set the clock."),
     "capabilities(7) capset(2)"},
    {"no-new-privileges", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Rule out that rights grow"),
     QT_TRANSLATE_NOOP("MakingText", "From now on no program that is executed gives more rights than there "
                                     "are: set-uid bits count no more."),
     "prctl(2)"},
    {"seccomp-load", Subject::Rights,
     QT_TRANSLATE_NOOP("MakingText", "Load the filter of system calls ({rules} rules)"),
     QT_TRANSLATE_NOOP("MakingText", "A small program that the kernel asks at each system call. Calls that "
                                     "containers do not need are refused: what "
                                     "cannot be called cannot be attacked."),
     "seccomp(2)"},
    {"personality-set", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Set the personality {value}"),
     QT_TRANSLATE_NOOP("MakingText",
                       "Lets the kernel behave as another machine would, such as a 32-bit one."),
     "personality(2)"},
    {"home-find", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Find the home folder"),
     QT_TRANSLATE_NOOP("MakingText",
                       "HOME comes from the container's own /etc/passwd: only there its users have names."),
     "passwd(5)"},
    {"program-find", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Find the program {program}"),
     QT_TRANSLATE_NOOP("MakingText", "It is looked for in the PATH of the container, among its own files."),
     "environ(7) access(2)"},
    {"label-write", Subject::Rights, QT_TRANSLATE_NOOP("MakingText", "Ask for the profile {value}"),
     QT_TRANSLATE_NOOP("MakingText", "A security module (AppArmor or SELinux) holds the program to this "
                                     "profile from the moment it is executed."),
     "proc(5) write(2)"},
    {"hook-run", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Run the hook {path}"),
     QT_TRANSLATE_NOOP("MakingText", "Something that was asked for is run at this point of the making."),
     "execve(2) wait(2)"},
    {"start-wait", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Wait for the start"),
     QT_TRANSLATE_NOOP("MakingText", "The container is made, and its program is not running yet: “create” "
                                     "ends here, “start” lets it go on."),
     "fifo(7) read(2)"},
    {"execute", Subject::Process, QT_TRANSLATE_NOOP("MakingText", "Become {program}"),
     QT_TRANSLATE_NOOP("MakingText", "The program takes the place of the runtime's code in this process. It "
                                     "stays number 1 of its namespace, and all "
                                     "that was set up above stays in force."),
     "execve(2)"},
});

const Operation& operationOf(const MadeStep& step) {
    const auto found = std::find_if(kOperations.begin(), kOperations.end(),
                                    [&](const Operation& one) { return step.operation == one.name; });
    return found == kOperations.end() ? kOther : *found;
}

QString translated(const char* text) {
    return QCoreApplication::translate("MakingText", text);
}

/// What is not told for one thing stands for another: a bind mount has no type, and its source says what it
/// is.
std::string_view detailFor(const MadeStep& step, const std::string& key) {
    static constexpr std::array kInstead{"target", "path", "source", "type"};
    const std::string_view told = step.detail(key);
    if (!told.empty() || std::find(kInstead.begin(), kInstead.end(), key) == kInstead.end())
        return told;
    for (const char* other : kInstead) {
        // The target is in the title already.
        if (key == "type" && std::string_view(other) == "target")
            continue;
        if (!step.detail(other).empty())
            return step.detail(other);
    }
    return {};
}

/// Of a path what tells most: its end.
QString shortened(QString value) {
    constexpr qsizetype kMost = 44;
    value = value.simplified();
    return value.size() <= kMost ? value : u'…' + value.right(kMost - 1);
}

} // namespace

std::vector<std::string> explainedOperations() {
    std::vector<std::string> names;
    for (const Operation& one : kOperations)
        names.emplace_back(one.name);
    names.emplace_back(kOther.name);
    return names;
}

QString subjectText(MadeSubject subject) {
    switch (subject) {
    case Subject::Files:
        return translated(QT_TRANSLATE_NOOP("MakingText", "mounts and files"));
    case Subject::Network:
        return translated(QT_TRANSLATE_NOOP("MakingText", "network"));
    case Subject::Limits:
        return translated(QT_TRANSLATE_NOOP("MakingText", "limits"));
    case Subject::Rights:
        return translated(QT_TRANSLATE_NOOP("MakingText", "rights"));
    case Subject::Process:
        return translated(QT_TRANSLATE_NOOP("MakingText", "process"));
    case Subject::Other:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("MakingText", "other"));
}

int subjectHue(MadeSubject subject) {
    switch (subject) {
    case Subject::Files:
        return 212;
    case Subject::Network:
        return 150;
    case Subject::Limits:
        return 32;
    case Subject::Rights:
        return 285;
    case Subject::Process:
        return 350;
    case Subject::Other:
        break;
    }
    return -1;
}

MadeSubject subjectOf(const MadeStep& step) {
    return operationOf(step).subject;
}

QString stepTitle(const MadeStep& step) {
    QString title = translated(operationOf(step).title);
    if (step.operation != "other" && operationOf(step).name == std::string_view("other"))
        return QString::fromStdString(step.operation); // of a newer engine
    for (qsizetype begin = 0; (begin = title.indexOf(u'{', begin)) >= 0;) {
        const qsizetype end = title.indexOf(u'}', begin);
        const std::string key = title.mid(begin + 1, end - begin - 1).toStdString();
        const std::string_view told = detailFor(step, key);
        const QString value =
            told.empty() ? QStringLiteral("…")
                         : shortened(QString::fromUtf8(told.data(), static_cast<qsizetype>(told.size())));
        title.replace(begin, end - begin + 1, value);
        begin += value.size();
    }
    return title;
}

QString stepReason(const MadeStep& step) {
    return translated(operationOf(step).reason);
}

QStringList stepCalls(const MadeStep& step) {
    return QString::fromLatin1(operationOf(step).calls).split(u' ', Qt::SkipEmptyParts);
}

QString madeByText(MadeBy by) {
    switch (by) {
    case MadeBy::Engine:
        return translated(QT_TRANSLATE_NOOP("MakingText", "the engine"));
    case MadeBy::Runtime:
        return translated(QT_TRANSLATE_NOOP("MakingText", "the runtime"));
    case MadeBy::Container:
        return translated(QT_TRANSLATE_NOOP("MakingText", "the container's process"));
    }
    return {};
}

bool isReused(const MadeStep& step) {
    return step.detail("reused") == "yes";
}

QString durationText(std::int64_t nanoseconds) {
    const QLocale locale;
    const auto value = static_cast<double>(nanoseconds);
    if (nanoseconds < 1'000'000)
        return locale.toString(value / 1e3, 'f', nanoseconds < 10'000 ? 1 : 0) + QStringLiteral(" µs");
    if (nanoseconds < 10'000'000'000)
        return locale.toString(value / 1e6, 'f', nanoseconds < 100'000'000 ? 1 : 0) + QStringLiteral(" ms");
    return locale.toString(value / 1e9, 'f', 1) + QStringLiteral(" s");
}

QString stepDuration(const MadeStep& step) {
    if (isReused(step))
        return translated(QT_TRANSLATE_NOOP("MakingText", "reused"));
    return step.duration < 0 ? dash() : durationText(step.duration);
}

} // namespace escale::gui
