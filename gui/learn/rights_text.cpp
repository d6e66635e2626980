#include "gui/learn/rights_text.h"

#include <QCoreApplication>

#include <array>
#include <iterator>

namespace escale::gui {
namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("RightsText", text);
}

enum Group { Files, Becoming, Others, Network, Machine, Watching };
constexpr const char* kGroups[] = {
    QT_TRANSLATE_NOOP("RightsText", "Files"),
    QT_TRANSLATE_NOOP("RightsText", "Being somebody else"),
    QT_TRANSLATE_NOOP("RightsText", "Other processes"),
    QT_TRANSLATE_NOOP("RightsText", "Network"),
    QT_TRANSLATE_NOOP("RightsText", "The machine"),
    QT_TRANSLATE_NOOP("RightsText", "Watching and guarding"),
};

struct Row {
    unsigned number;
    Group group;
    const char *may, *detail, *calls;
    bool isMachines;
};

constexpr Row kRows[] = {
    {0, Files, QT_TRANSLATE_NOOP("RightsText", "give files to others"),
     QT_TRANSLATE_NOOP("RightsText", "Change owner and group of any file."), "chown", false},
    {1, Files, QT_TRANSLATE_NOOP("RightsText", "read and write any file"),
     QT_TRANSLATE_NOOP("RightsText", "The permission bits of files and folders hold it back no more."), "",
     false},
    {2, Files, QT_TRANSLATE_NOOP("RightsText", "read any file"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Read files and search folders whatever their permission bits say; open files by a "
                       "handle instead of a path, which has led out of containers before."),
     "open_by_handle_at", false},
    {3, Files, QT_TRANSLATE_NOOP("RightsText", "act as every file's owner"),
     QT_TRANSLATE_NOOP("RightsText", "Change the mode, times and attributes of files of others."), "", false},
    {4, Files, QT_TRANSLATE_NOOP("RightsText", "keep set-user-id bits"),
     QT_TRANSLATE_NOOP("RightsText",
                       "The bits that make a program run as its owner stay when the file is changed."),
     "", false},
    {9, Files, QT_TRANSLATE_NOOP("RightsText", "make files immutable"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Set and clear the attributes “immutable” and “append only”, chattr(1)."),
     "", true},
    {27, Files, QT_TRANSLATE_NOOP("RightsText", "make device files"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Make the files that lead to disks and other devices. Which of them may be opened the "
                       "device rules of the cgroup say in addition."),
     "mknod,mknodat", true},
    {28, Files, QT_TRANSLATE_NOOP("RightsText", "hold leases on any file"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Be told before somebody else opens a file, and hold them up meanwhile, fcntl(2)."),
     "", true},
    {31, Files, QT_TRANSLATE_NOOP("RightsText", "give programs capabilities"),
     QT_TRANSLATE_NOOP("RightsText", "Write capabilities on a program's file: whoever starts it has them."),
     "", false},

    {7, Becoming, QT_TRANSLATE_NOOP("RightsText", "become another user"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Change its user id to any that its user namespace maps. A server that begins as root "
                       "steps down with it."),
     "setuid,setresuid", false},
    {6, Becoming, QT_TRANSLATE_NOOP("RightsText", "become another group"),
     QT_TRANSLATE_NOOP("RightsText", "Change its group ids, and write the map of a user namespace."),
     "setgid,setresgid,setgroups", false},
    {8, Becoming, QT_TRANSLATE_NOOP("RightsText", "hand on capabilities"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Take capabilities out of what later programs can have at most (its bounding set), "
                       "and put them into what they inherit."),
     "", false},

    {5, Others, QT_TRANSLATE_NOOP("RightsText", "send signals to anybody"),
     QT_TRANSLATE_NOOP("RightsText", "End or stop processes of other users, among those that it sees."),
     "kill", false},
    {19, Others, QT_TRANSLATE_NOOP("RightsText", "trace others"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Read and change the memory of other users' processes: what a debugger does."),
     "ptrace,process_vm_readv", false},
    {15, Others, QT_TRANSLATE_NOOP("RightsText", "use all shared memory"),
     QT_TRANSLATE_NOOP(
         "RightsText",
         "The permissions of shared memory, semaphores and message queues hold it back no more."),
     "", false},
    {14, Others, QT_TRANSLATE_NOOP("RightsText", "lock any amount of memory"),
     QT_TRANSLATE_NOOP("RightsText", "Keep memory from being swapped beyond its limit, mlock(2)."), "mlock",
     true},
    {23, Others, QT_TRANSLATE_NOOP("RightsText", "push ahead of others"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Raise priorities, use real-time scheduling, choose processors for others."),
     "setpriority,sched_setscheduler", true},
    {24, Others, QT_TRANSLATE_NOOP("RightsText", "exceed limits"),
     QT_TRANSLATE_NOOP(
         "RightsText",
         "Raise the hard limits of ulimit, use what a file system keeps for root. The limits of a "
         "cgroup are not among them."),
     "prlimit64", true},
    {40, Others, QT_TRANSLATE_NOOP("RightsText", "freeze and thaw processes"),
     QT_TRANSLATE_NOOP(
         "RightsText",
         "What saving a process to a file and starting it again needs: choose pids, read maps."),
     "", false},

    {10, Network, QT_TRANSLATE_NOOP("RightsText", "take a port below 1024"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Ports of well-known services. Where net.ipv4.ip_unprivileged_port_start is 0, nobody "
                       "needs it."),
     "bind", false},
    {13, Network, QT_TRANSLATE_NOOP("RightsText", "see and forge raw packets"),
     QT_TRANSLATE_NOOP(
         "RightsText",
         "Raw sockets: ping, tcpdump; but also packets with another's address, within its own network."),
     "socket", false},
    {12, Network, QT_TRANSLATE_NOOP("RightsText", "configure the network"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Interfaces, addresses, routes, firewall rules, of its own network namespace."),
     "", false},
    {11, Network, QT_TRANSLATE_NOOP("RightsText", "send to all at once"),
     QT_TRANSLATE_NOOP("RightsText", "Broadcast and multicast. The kernel asks for it nowhere any more."), "",
     false},

    {21, Machine, QT_TRANSLATE_NOOP("RightsText", "mount, and much more"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Mounts, new namespaces, host names, quotas, swap and many other things: so many that "
                       "whoever has it on the machine is as good as root."),
     "mount", false},
    {25, Machine, QT_TRANSLATE_NOOP("RightsText", "change the clock"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Set the date and the time. There is one for all: no namespace has its own."),
     "clock_settime,settimeofday", true},
    {16, Machine, QT_TRANSLATE_NOOP("RightsText", "load kernel modules"),
     QT_TRANSLATE_NOOP("RightsText", "Bring code into the kernel: whoever may do so rules the machine."),
     "init_module,finit_module", true},
    {22, Machine, QT_TRANSLATE_NOOP("RightsText", "restart the machine"),
     QT_TRANSLATE_NOOP("RightsText",
                       "reboot(2). In a pid namespace of its own it ends the processes of this namespace "
                       "alone."),
     "reboot", false},
    {17, Machine, QT_TRANSLATE_NOOP("RightsText", "use ports of the hardware"),
     QT_TRANSLATE_NOOP("RightsText", "Read and write the machine's memory and its devices past the kernel."),
     "iopl,ioperm", true},
    {18, Machine, QT_TRANSLATE_NOOP("RightsText", "move its root folder"),
     QT_TRANSLATE_NOOP("RightsText", "chroot(2): a folder becomes the root of what it sees."), "chroot",
     false},
    {20, Machine, QT_TRANSLATE_NOOP("RightsText", "keep accounts of processes"),
     QT_TRANSLATE_NOOP("RightsText", "Have the kernel write a line for each process that ends, acct(2)."),
     "acct", true},
    {26, Machine, QT_TRANSLATE_NOOP("RightsText", "take terminals away"),
     QT_TRANSLATE_NOOP("RightsText", "vhangup(2), and settings of virtual terminals."), "vhangup", true},
    {35, Machine, QT_TRANSLATE_NOOP("RightsText", "wake the machine up"),
     QT_TRANSLATE_NOOP("RightsText", "Timers that end its sleep."), "", true},
    {36, Machine, QT_TRANSLATE_NOOP("RightsText", "keep the machine awake"),
     QT_TRANSLATE_NOOP("RightsText", "Hold up its going to sleep."), "", true},

    {34, Watching, QT_TRANSLATE_NOOP("RightsText", "read the kernel's log"),
     QT_TRANSLATE_NOOP("RightsText", "dmesg(1), and addresses of the kernel in /proc."), "syslog", true},
    {38, Watching, QT_TRANSLATE_NOOP("RightsText", "measure everything"),
     QT_TRANSLATE_NOOP("RightsText", "Watch what processor and kernel do, of other processes, too, perf(1)."),
     "perf_event_open", true},
    {39, Watching, QT_TRANSLATE_NOOP("RightsText", "run programs in the kernel"),
     QT_TRANSLATE_NOOP("RightsText",
                       "Load eBPF programs: small ones that the kernel checks and then runs itself."),
     "bpf", true},
    {29, Watching, QT_TRANSLATE_NOOP("RightsText", "write to the audit log"),
     QT_TRANSLATE_NOOP("RightsText", "Add lines, as login programs do."), "", true},
    {30, Watching, QT_TRANSLATE_NOOP("RightsText", "change what is audited"),
     QT_TRANSLATE_NOOP("RightsText", "Set the rules of the audit log, or turn it off."), "", true},
    {37, Watching, QT_TRANSLATE_NOOP("RightsText", "read the audit log"),
     QT_TRANSLATE_NOOP("RightsText", "Hear what the kernel writes down about all."), "", true},
    {32, Watching, QT_TRANSLATE_NOOP("RightsText", "pass by security labels"),
     QT_TRANSLATE_NOOP("RightsText", "Rules of a security module (Smack) hold it back no more."), "", true},
    {33, Watching, QT_TRANSLATE_NOOP("RightsText", "change security labels"),
     QT_TRANSLATE_NOOP("RightsText", "Set the rules and labels of a security module."), "", true},
};

struct Call {
    const char *name, *may;
};
constexpr Call kCalls[] = {
    {"mount", QT_TRANSLATE_NOOP("RightsText", "put a file system on a folder")},
    {"umount2", QT_TRANSLATE_NOOP("RightsText", "take one away")},
    {"pivot_root", QT_TRANSLATE_NOOP("RightsText", "change the root of all")},
    {"unshare", QT_TRANSLATE_NOOP("RightsText", "make new namespaces")},
    {"setns", QT_TRANSLATE_NOOP("RightsText", "enter others' namespaces")},
    {"clone3", QT_TRANSLATE_NOOP("RightsText", "make processes, in namespaces, too")},
    {"ptrace", QT_TRANSLATE_NOOP("RightsText", "hold and change a process")},
    {"process_vm_readv", QT_TRANSLATE_NOOP("RightsText", "read another one's memory")},
    {"clock_settime", QT_TRANSLATE_NOOP("RightsText", "set a clock")},
    {"settimeofday", QT_TRANSLATE_NOOP("RightsText", "set the date and the time")},
    {"init_module", QT_TRANSLATE_NOOP("RightsText", "load a kernel module")},
    {"finit_module", QT_TRANSLATE_NOOP("RightsText", "the same, from a file")},
    {"kexec_load", QT_TRANSLATE_NOOP("RightsText", "replace the running kernel")},
    {"reboot", QT_TRANSLATE_NOOP("RightsText", "restart the machine")},
    {"swapon", QT_TRANSLATE_NOOP("RightsText", "swap memory to a disk")},
    {"bpf", QT_TRANSLATE_NOOP("RightsText", "load programs into the kernel")},
    {"perf_event_open", QT_TRANSLATE_NOOP("RightsText", "measure processes and kernel")},
    {"keyctl", QT_TRANSLATE_NOOP("RightsText", "use the kernel's key rings")},
    {"add_key", QT_TRANSLATE_NOOP("RightsText", "put a key into one")},
    {"open_by_handle_at", QT_TRANSLATE_NOOP("RightsText", "open files past their paths")},
    {"syslog", QT_TRANSLATE_NOOP("RightsText", "read the kernel's log")},
    {"userfaultfd", QT_TRANSLATE_NOOP("RightsText", "handle faults of memory itself")},
    {"io_uring_setup", QT_TRANSLATE_NOOP("RightsText", "hand the kernel work past the filter")},
    {"personality", QT_TRANSLATE_NOOP("RightsText", "behave like another system")},
    {"acct", QT_TRANSLATE_NOOP("RightsText", "keep accounts of processes")},
    {"quotactl", QT_TRANSLATE_NOOP("RightsText", "set quotas of disks")},
    {"chroot", QT_TRANSLATE_NOOP("RightsText", "move its root folder")},
    {"mknod", QT_TRANSLATE_NOOP("RightsText", "make device files")},
    {"setuid", QT_TRANSLATE_NOOP("RightsText", "become another user")},
    {"socket", QT_TRANSLATE_NOOP("RightsText", "talk to others")},
};

} // namespace

QList<CapabilityText> capabilityTexts() {
    QList<CapabilityText> all;
    for (const Row& row : kRows)
        all.append({row.number, row.group, translated(row.may), translated(row.detail),
                    QString::fromLatin1(row.calls).split(u',', Qt::SkipEmptyParts), row.isMachines});
    return all;
}

QStringList capabilityGroups() {
    QStringList all;
    for (const char* group : kGroups)
        all.append(translated(group));
    return all;
}

QList<CallText> callTexts() {
    QList<CallText> all;
    for (const Call& call : kCalls)
        all.append({QString::fromLatin1(call.name), translated(call.may)});
    return all;
}

} // namespace escale::gui
