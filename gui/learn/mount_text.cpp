// What a mount is for, in words.
#include "gui/learn/mounts_view.h"

#include "gui/learn/explanation.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

namespace escale::gui {
namespace {

struct MountText {
    Q_DECLARE_TR_FUNCTIONS(MountText)
};

bool isMemory(const dbus::MountFacts& mount) {
    return mount.type == u"tmpfs" || mount.type == u"devtmpfs" || mount.type == u"ramfs";
}

bool isReadOnly(const dbus::MountFacts& mount) {
    return mount.options.split(u',').contains(QLatin1String("ro"));
}

bool isBelow(const QString& path, const char* folder) {
    return path.startsWith(QLatin1String(folder) + QLatin1Char('/'));
}

// "lowerdir=a:b:c", or "lowerdir+=a,lowerdir+=b" since Linux 6.5.
int layersOf(const dbus::MountFacts& mount) {
    int count = 0;
    for (const QString& option : mount.superOptions.split(u',')) {
        if (option.startsWith(QLatin1String("lowerdir=")))
            count += static_cast<int>(option.count(u':')) + 1;
        else if (option.startsWith(QLatin1String("lowerdir+=")))
            ++count;
    }
    return count;
}

// The name behind a folder "volumes"; empty: none.
QString volumeOf(const QString& root) {
    const QStringList parts = root.split(u'/', Qt::SkipEmptyParts);
    const auto at = parts.lastIndexOf(QLatin1String("volumes"));
    return at < 0 || at + 1 >= parts.size() ? QString() : parts[at + 1];
}

// Of the kernel's own file systems.
QString kernelOrigin(const dbus::MountFacts& mount) {
    const bool isWhole = mount.root == u"/";
    if (mount.type == u"proc")
        return isWhole ? MountText::tr("the processes of its pid namespace, as files")
                       : MountText::tr("a part of /proc once more, read-only");
    if (mount.type == u"sysfs")
        return MountText::tr("the kernel's devices, as files");
    if (mount.type == u"cgroup" || mount.type == u"cgroup2")
        return MountText::tr("its limits and use, as files");
    if (mount.type == u"devpts")
        return MountText::tr("its terminals");
    if (mount.type == u"mqueue")
        return MountText::tr("the message queues of its ipc namespace");
    return {};
}

QString memoryOrigin(const dbus::MountFacts& mount) {
    if (mount.target == u"/dev")
        return MountText::tr("memory, with the few devices it may have");
    if (mount.target == u"/dev/shm")
        return MountText::tr("memory that its processes share");
    if (isBelow(mount.target, "/proc") || isBelow(mount.target, "/sys"))
        return mount.root == u"/" ? MountText::tr("a mask: an empty folder over what is not to be seen")
                                  : MountText::tr("a mask: an empty file over what is not to be read");
    if (isBelow(mount.target, "/dev") && mount.root != u"/")
        return MountText::tr("a device of this machine");
    if (isBelow(mount.target, "/run/secrets"))
        return MountText::tr("a secret, kept in memory");
    return MountText::tr("memory, gone when the container ends");
}

} // namespace

QString mountOrigin(const dbus::MountFacts& mount) {
    static const QSet<QString> kWritten{QStringLiteral("/etc/hosts"), QStringLiteral("/etc/hostname"),
                                        QStringLiteral("/etc/resolv.conf")};
    if (const QString kernel = kernelOrigin(mount); !kernel.isEmpty())
        return kernel;
    if (mount.type == u"overlay") {
        const int layers = layersOf(mount);
        if (mount.target == u"/")
            return layers > 0
                       ? MountText::tr("%n layers of the image, the container's own on top", nullptr, layers)
                       : MountText::tr("the image's layers, the container's own on top");
        return MountText::tr("layers on each other");
    }
    if (kWritten.contains(mount.target))
        return MountText::tr("a file that the engine has written for it");
    if (isMemory(mount))
        return memoryOrigin(mount);
    if (const QString volume = volumeOf(mount.root); !volume.isEmpty())
        return MountText::tr("the volume %1").arg(volume);
    if (mount.target == u"/")
        return MountText::tr("the root of all its files");
    return MountText::tr("%1 of this machine (a bind mount)")
        .arg(mount.root == u"/" ? mount.source : mount.root);
}

const dbus::MountFacts* mountBehind(const dbus::MountFacts& mount, const MountsInput& input) {
    const auto isSame = [&](const dbus::MountFacts& other) {
        return other.type == mount.type && other.source == mount.source &&
               other.superOptions == mount.superOptions;
    };
    const bool isVirtual = isMemory(mount) || !kernelOrigin(mount).isEmpty() || mount.type == u"overlay";
    // Made for the container, or a part of what was.
    if (isVirtual &&
        (mount.root == u"/" || std::any_of(input.mounts.begin(), input.mounts.end(),
                                           [&](const auto& one) { return one.root == u"/" && isSame(one); })))
        return nullptr;
    const dbus::MountFacts* best = nullptr;
    for (const dbus::MountFacts& other : input.machine) {
        const bool holds =
            other.root == u"/" || mount.root == other.root || mount.root.startsWith(other.root + u'/');
        if (isSame(other) && holds && (best == nullptr || other.root.size() > best->root.size()))
            best = &other;
    }
    return best;
}

static void addMount(Explanation& text, const dbus::MountFacts& mount, const MountsInput& input) {
    text.heading(mount.target);
    const QString origin = mountOrigin(mount);
    text.sentence(origin.left(1).toUpper() + origin.mid(1) + u'.');
    if (mount.isHidden) {
        const auto by = std::find_if(input.mounts.begin(), input.mounts.end(),
                                     [&](const auto& one) { return one.id == mount.hiddenBy; });
        text.sentence(
            by == input.mounts.end()
                ? MountText::tr("Nobody reaches it by its path: another mount lies over it.")
                : MountText::tr(
                      "Nobody reaches it by its path: the mount of %1 on %2 came later and lies over it.")
                      .arg(by->type, by->target));
    }
    if (isReadOnly(mount))
        text.sentence(
            MountText::tr("It is mounted read-only: the kernel refuses to write (EROFS), whoever asks."));
    if (const auto* behind = mountBehind(mount, input))
        text.sentence(
            MountText::tr("It is a part of the machine's file system on %1: both see the same files.")
                .arg(behind->target));
    text.table({MountText::tr("Property"), MountText::tr("As the kernel says it")},
               {{MountText::tr("type"), mount.type},
                {MountText::tr("source"), mount.source},
                {MountText::tr("folder of it"), mount.root},
                {MountText::tr("options"), mount.options},
                {MountText::tr("of the file system"),
                 QString(mount.superOptions).replace(u',', QLatin1String(", "))},
                {MountText::tr("propagation"), mount.propagation.isEmpty()
                                                   ? MountText::tr("private: later mounts stay on their side")
                                                   : mount.propagation}});
    static const QHash<QString, QString> kPages{{QStringLiteral("proc"), QStringLiteral("proc(5)")},
                                                {QStringLiteral("sysfs"), QStringLiteral("sysfs(5)")},
                                                {QStringLiteral("tmpfs"), QStringLiteral("tmpfs(5)")},
                                                {QStringLiteral("cgroup"), QStringLiteral("cgroups(7)")},
                                                {QStringLiteral("cgroup2"), QStringLiteral("cgroups(7)")},
                                                {QStringLiteral("devpts"), QStringLiteral("pts(4)")},
                                                {QStringLiteral("mqueue"), QStringLiteral("mq_overview(7)")}};
    text.manPages(
        {kPages.value(mount.type, QStringLiteral("mount(8)")), QStringLiteral("proc_pid_mountinfo(5)")});
}

QString mountsExplanation(const QString& id, const MountsInput& input) {
    Explanation text;
    for (const dbus::MountFacts& mount : input.mounts) {
        if (mountBox(mount) == id)
            addMount(text, mount, input);
    }
    for (const dbus::MountFacts& mount : input.machine) {
        if (id != QStringLiteral("h:%1").arg(mount.id))
            continue;
        text.heading(MountText::tr("%1 of this machine").arg(mount.target))
            .sentence(
                MountText::tr(
                    "A file system of type %1, of %2. The container does not see it here, but parts of it "
                    "where a line leads.")
                    .arg(mount.type, mount.source))
            .manPages({QStringLiteral("mount(8)")});
    }
    if (!text.html().isEmpty())
        return text.html();
    const auto hidden = static_cast<int>(std::count_if(input.mounts.begin(), input.mounts.end(),
                                                       [](const auto& one) { return one.isHidden; }));
    text.heading(MountText::tr("Its tree of files"))
        .sentence(MountText::tr("%1 has %n mounts, each of which puts a file system on a folder.", nullptr,
                                static_cast<int>(input.mounts.size()))
                      .arg(input.container))
        .sentence(MountText::tr(
            "The engine made them in a new mount namespace, then moved the root there "
            "(pivot_root) and took away all the machine's: %n file systems that are not seen inside.",
            nullptr, static_cast<int>(input.machine.size())))
        .sentence(MountText::tr(
            "A later mount on the same folder hides what was there. So single files of /proc are "
            "masked: an empty one lies over them."));
    if (hidden > 0)
        text.sentence(
            MountText::tr("%n of them are hidden as a whole; they are drawn dashed.", nullptr, hidden));
    text.manPages({QStringLiteral("mount_namespaces(7)"), QStringLiteral("pivot_root(2)"),
                   QStringLiteral("findmnt(8)")});
    return text.html();
}

} // namespace escale::gui
