#include "gui/containers/kernel_steps.h"

#include "gui/containers/docker_options.h"
#include "gui/containers/image_kernel_steps.h"
#include "gui/containers/shell_words.h"

#include <QCoreApplication>

#include <cmath>

namespace escale::gui {
namespace {

QString translate(const char* context, const char* text) {
    return QCoreApplication::translate(context, text);
}

QString textOf(const QVariantMap& options, const char* key) {
    return options.value(QLatin1String(key)).toString();
}

bool flagOf(const QVariantMap& options, const char* key, bool unset = false) {
    return options.value(QLatin1String(key), unset).toBool();
}

// engine/container/oci_config.h
bool sharesUserIds(const QVariantMap& options) {
    return textOf(options, "userns") == u"host" || flagOf(options, "privileged");
}

QString limitText(qlonglong value) {
    return value <= 0 ? QStringLiteral("max") : QString::number(value);
}

// The files of cgroup v2 and what is written to them (engine/cgroup/limits_v2.cpp).
QStringList cgroupFiles(const QVariantMap& options, bool defaults) {
    QStringList files;
    const auto add = [&files](const char* file, const QString& value) {
        files.append(QLatin1String(file) + QStringLiteral(" = ") + value);
    };
    const auto number = [&options](const char* key) {
        return options.value(QLatin1String(key)).toLongLong();
    };
    if (defaults || options.contains(QStringLiteral("memory")))
        add("memory.max", limitText(options.value(QStringLiteral("memory"), kDefaultMemory).toLongLong()));
    if (number("memory-reservation") > 0)
        add("memory.low", QString::number(number("memory-reservation")));
    if (options.value(QStringLiteral("cpus")).toDouble() > 0)
        add("cpu.max", QStringLiteral("%1 100000")
                           .arg(std::llround(options.value(QStringLiteral("cpus")).toDouble() * 1e5)));
    else if (number("cpu-quota") != 0 || number("cpu-period") != 0)
        add("cpu.max", (limitText(number("cpu-quota")) + u' ' +
                        (number("cpu-period") != 0 ? QString::number(number("cpu-period")) : QString()))
                           .trimmed());
    if (number("cpu-shares") > 0)
        add("cpu.weight", translate("KernelSteps", "from %1 shares").arg(number("cpu-shares")));
    if (!textOf(options, "cpuset-cpus").isEmpty())
        add("cpuset.cpus", textOf(options, "cpuset-cpus"));
    if (!textOf(options, "cpuset-mems").isEmpty())
        add("cpuset.mems", textOf(options, "cpuset-mems"));
    if (const qlonglong pids = options.value(QStringLiteral("pids"), 1024).toLongLong();
        pids > 0 && (defaults || options.contains(QStringLiteral("pids"))))
        add("pids.max", QString::number(pids));
    if (number("blkio-weight") > 0)
        add("io.weight", translate("KernelSteps", "from %1").arg(number("blkio-weight")));
    return files;
}

// Which namespaces are new, and which are another container's.
void addNamespaces(QStringList& steps, const QVariantMap& options) {
    QStringList flags{QStringLiteral("CLONE_NEWNS")}, joined;
    const auto add = [&](const char* key, const char* flag) {
        const QString mode = textOf(options, key);
        if (mode.startsWith(u"container:"))
            joined.append(QLatin1String(flag));
        else if (mode != u"host")
            flags.append(QLatin1String(flag));
    };
    add("pid", "CLONE_NEWPID");
    add("ipc", "CLONE_NEWIPC");
    add("uts", "CLONE_NEWUTS");
    if (textOf(options, "network").startsWith(u"container:"))
        joined.append(QStringLiteral("CLONE_NEWNET"));
    const bool ownIds =
        !sharesUserIds(options) && joined.isEmpty(); // other namespaces belong to a user namespace
    if (!joined.isEmpty() && !sharesUserIds(options))
        joined.prepend(QStringLiteral("CLONE_NEWUSER"));
    if (ownIds)
        flags.append(QStringLiteral("CLONE_NEWUSER"));
    const bool cgroup = textOf(options, "cgroupns") != u"host";
    steps.append(translate("KernelSteps", "clone3(2) with %1: the first process, in its new namespaces")
                     .arg(flags.join(QStringLiteral(" | "))));
    if (!joined.isEmpty())
        steps.append(translate("KernelSteps", "setns(2) into another container's namespaces: %1")
                         .arg(joined.join(QStringLiteral(" | "))));
    if (ownIds)
        steps.append(translate(
            "KernelSteps",
            "write /proc/PID/uid_map and gid_map: its root is an unprivileged user of this machine"));
    if (cgroup)
        steps.append(translate("KernelSteps",
                               "unshare(2) CLONE_NEWCGROUP: it sees its own cgroup as the topmost one"));
}

void addNetwork(QStringList& steps, const QVariantMap& options) {
    const QString network = textOf(options, "network");
    if (network == u"host") {
        steps.append(translate("KernelSteps", "no network namespace: it uses this machine's interfaces"));
        return;
    }
    if (network.startsWith(u"container:"))
        return;
    steps.append(translate("KernelSteps", "unshare(2) CLONE_NEWNET: a network of its own, with a loopback"));
    if (network != u"none")
        steps.append(translate(
            "KernelSteps",
            "netlink RTM_NEWLINK: a veth pair, one end a port of the bridge, the other eth0 inside; then its "
            "address and the default route"));
}

void addRights(QStringList& steps, const QVariantMap& options) {
    const bool privileged = flagOf(options, "privileged");
    if (!privileged && textOf(options, "systempaths") != u"unconfined")
        steps.append(
            translate("KernelSteps",
                      "mount over /proc/kcore, /sys/firmware and others: not to be read; /proc/sys: not to "
                      "be written"));
    if (flagOf(options, "read-only"))
        steps.append(translate("KernelSteps", "mount_setattr(2) MOUNT_ATTR_RDONLY on the root"));
    if (privileged) {
        steps.append(translate("KernelSteps", "capset(2): all capabilities"));
    } else {
        QStringList changes;
        for (const QString& name : options.value(QStringLiteral("cap-add")).toStringList())
            changes.append(u'+' + name);
        for (const QString& name : options.value(QStringLiteral("cap-drop")).toStringList())
            changes.append(u'-' + name);
        QString step = translate(
            "KernelSteps", "prctl(2) PR_CAPBSET_DROP and capset(2): only Docker's default capabilities stay");
        if (!changes.isEmpty())
            step += QStringLiteral(" (%1)").arg(changes.join(QStringLiteral(", ")));
        steps.append(step);
    }
    if (const QString user = textOf(options, "user"); !user.isEmpty())
        steps.append(
            translate("KernelSteps", "setresuid(2), setresgid(2), setgroups(2): to the user %1").arg(user));
    if (flagOf(options, "no-new-privileges", true))
        steps.append(
            translate("KernelSteps", "prctl(2) PR_SET_NO_NEW_PRIVS: no set-user-ID program gives it more"));
    const QString seccomp = textOf(options, "seccomp");
    if (seccomp != u"unconfined" && !(privileged && seccomp.isEmpty()))
        steps.append(translate(
            "KernelSteps",
            "seccomp(2) SECCOMP_SET_MODE_FILTER: a BPF program that refuses dangerous system calls"));
}

QStringList runSteps(const QVariantMap& options, const QStringList& command) {
    QStringList steps;
    if (!sharesUserIds(options))
        steps.append(translate(
            "KernelSteps",
            "mount_setattr(2) MOUNT_ATTR_IDMAP: the image's layers, shown with the ids of its own users"));
    steps.append(translate("KernelSteps", "mount(2) overlay: the layers below, a new writable folder above"));
    steps.append(translate("KernelSteps", "mkdir(2) a cgroup below /sys/fs/cgroup, and write its limits "
                                          "(cgroup v2; v1 has older names): %1")
                     .arg(cgroupFiles(options, true).join(QStringLiteral(", "))));
    addNamespaces(steps, options);
    addNetwork(steps, options);
    if (textOf(options, "uts") != u"host")
        steps.append(translate("KernelSteps", "sethostname(2)"));
    steps.append(translate(
        "KernelSteps", "fsopen(2), fsmount(2), move_mount(2): /proc, /sys, /dev; pivot_root(2): the overlay "
                       "becomes its root"));
    addRights(steps, options);
    steps.append(command.isEmpty() ? translate("KernelSteps", "execve(2) the image's own command")
                                   : translate("KernelSteps", "execve(2) %1").arg(joinWords(command)));
    return steps;
}

QStringList startSteps() {
    return {
        translate("KernelSteps", "mount(2) overlay: the same layers, and the writable folder that it had"),
        translate("KernelSteps", "mkdir(2) a cgroup, and write its limits"),
        translate("KernelSteps", "clone3(2): the first process, in new namespaces"),
        translate("KernelSteps", "netlink: its interface and its address, when it has a network"),
        translate("KernelSteps", "execve(2) its command")};
}

QStringList stopSteps() {
    return {
        translate(
            "KernelSteps",
            "pidfd_send_signal(2): its stop signal (SIGTERM, when nothing else is set) to the first process"),
        translate("KernelSteps", "poll(2) on a pidfd, until it has ended or the time for it is over (10 "
                                 "seconds, when nothing else "
                                 "is set)"),
        translate(
            "KernelSteps",
            "pidfd_send_signal(2) SIGKILL if it still runs; the kernel ends all others of the pid namespace "
            "with it"),
        translate("KernelSteps", "umount(2) its root, rmdir(2) its cgroup; its network namespace goes, and "
                                 "the interface with it")};
}

QStringList removeSteps(bool force) {
    QStringList steps;
    if (force)
        steps.append(
            translate("KernelSteps",
                      "pidfd_send_signal(2) SIGKILL, then umount(2) and rmdir(2) of what a running one has"));
    return steps << translate(
               "KernelSteps",
               "unlink(2) and rmdir(2): its writable folder, with all files written in it; its log");
}

QStringList execSteps(const QStringList& command, bool terminal) {
    QStringList steps{
        translate("KernelSteps", "clone3(2) CLONE_INTO_CGROUP: a process in the container's cgroup"),
        translate("KernelSteps", "setns(2) into the container's namespaces"),
        translate("KernelSteps", "clone3(2): one more process in its pid namespace")};
    if (terminal)
        steps.append(
            translate("KernelSteps",
                      "open the container's /dev/pts/ptmx: a terminal of its own; setsid(2), TIOCSCTTY"));
    return steps << translate("KernelSteps",
                              "capset(2), PR_SET_NO_NEW_PRIVS and seccomp(2), as its first process has them")
                 << translate("KernelSteps", "execve(2) %1").arg(joinWords(command));
}

QStringList fileSteps(const QString& what) {
    return {translate("KernelSteps", "chroot(2) into the container's overlay: nothing outside can be named"),
            translate("KernelSteps", "setns(2) into a user namespace with the container's ids"),
            translate("KernelSteps", "openat2(2) RESOLVE_IN_ROOT for every path: links lead nowhere else"),
            what};
}

QStringList containerSteps(const QString& method, const QVariantList& arguments) {
    const QVariantMap last = arguments.isEmpty() ? QVariantMap() : arguments.last().toMap();
    if (method == u"Run")
        return runSteps(last, arguments.value(1).toStringList());
    if (method == u"Create")
        return {translate("KernelSteps", "mkdir(2) its folder, with an empty writable layer: it is mounted, "
                                         "and a process made, when it starts")};
    if (method == u"Start")
        return startSteps();
    if (method == u"Stop")
        return stopSteps();
    if (method == u"Restart")
        return stopSteps() + startSteps();
    if (method == u"Remove" || method == u"Prune")
        return removeSteps(last.value(QStringLiteral("force")).toBool());
    if (method == u"Kill")
        return {translate("KernelSteps", "pidfd_send_signal(2) SIG%1 to the first process")
                    .arg(arguments.value(1).toString().remove(QStringLiteral("SIG")))};
    if (method == u"Pause")
        return {translate("KernelSteps",
                          "write 1 to cgroup.freeze (v1: FROZEN to freezer.state): the scheduler leaves its "
                          "processes out, memory "
                          "stays")};
    if (method == u"Unpause")
        return {translate(
            "KernelSteps",
            "write 0 to cgroup.freeze (v1: THAWED to freezer.state): its processes go on where they were")};
    if (method == u"Rename")
        return {
            translate("KernelSteps", "nothing: a name is the engine's own; it is written to its database")};
    if (method == u"Update") {
        const QStringList files = cgroupFiles(last, false);
        return {files.isEmpty()
                    ? translate("KernelSteps", "nothing: the restart policy is the engine's own")
                    : translate("KernelSteps",
                                "write its cgroup's files, while it runs (cgroup v2; v1 has older names): %1")
                          .arg(files.join(QStringLiteral(", ")))};
    }
    if (method == u"Exec")
        return execSteps(arguments.value(1).toStringList(), flagOf(last, "tty"));
    if (method == u"Attach")
        return {translate(
            "KernelSteps",
            "connect(2) to its monitor's socket; the session's descriptor is passed on (SCM_RIGHTS)")};
    if (method == u"CopyOut")
        return fileSteps(
            translate("KernelSteps",
                      "read(2) the files, write(2) a tar archive to a pipe whose other end this window has"));
    if (method == u"CopyIn")
        return fileSteps(translate(
            "KernelSteps", "read(2) the tar archive from this window's descriptor, write(2) the files"));
    if (method == u"Export")
        return fileSteps(
            translate("KernelSteps", "read(2) the whole root, write(2) a tar archive to a pipe"));
    if (method == u"Commit") {
        QStringList steps = fileSteps(translate(
            "KernelSteps", "read(2) what the container has changed, and unpack it as one more layer"));
        if (flagOf(last, "pause", true))
            steps.prepend(translate("KernelSteps",
                                    "write 1 to cgroup.freeze meanwhile: it stands still while it is read"));
        return steps;
    }
    return {};
}

} // namespace

QStringList kernelSteps(const QString& interface, const QString& method, const QVariantList& arguments) {
    if (interface.endsWith(u".Containers"))
        return containerSteps(method, arguments);
    return imageKernelSteps(method, arguments);
}

} // namespace escale::gui
