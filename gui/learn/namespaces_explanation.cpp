#include "gui/learn/namespaces_explanation.h"

#include "gui/common/format.h"
#include "gui/learn/explanation.h"
#include "gui/learn/inspected_process.h"
#include "gui/learn/namespace_text.h"
#include "gui/learn/namespaces_view.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <algorithm>
#include <optional>

namespace escale::gui {
namespace {

using Whose = NamespaceOf::Whose;

struct NamespacesText {
    Q_DECLARE_TR_FUNCTIONS(NamespacesText)
};

constexpr int kMostListed = 12;

struct Chip {
    QString container;
    NamespaceType type = NamespaceType::Mount;
};

std::optional<Chip> chipOf(const QString& id) {
    const QStringList parts = id.split(u':');
    if (parts.size() != 3 || parts[0] != u"ns")
        return {};
    for (std::size_t i = 0; i < kNamespaceTypes; ++i) {
        if (parts[2] == QLatin1String(kNamespaceFiles[i]))
            return Chip{parts[1], static_cast<NamespaceType>(i)};
    }
    return {};
}

void addWhole(Explanation& text) {
    text.heading(NamespacesText::tr("A container is processes in namespaces"))
        .sentence(NamespacesText::tr(
            "There is one kernel, and all processes here are its own. A namespace is what makes "
            "one of them see a machine of its own: each kind hides one thing."))
        .sentence(NamespacesText::tr(
            "Filled boxes are namespaces that a container has for itself. Dashed ones it "
            "shares with the machine or with another container. The number is the namespace's "
            "name in the kernel: who has the same number is in the same one."))
        .sentence(NamespacesText::tr("Choose a box to read what it isolates and what is in it now."))
        .manPages({QStringLiteral("namespaces(7)"), QStringLiteral("lsns(8)")});
}

// `container`: whose it is, as an id; empty: the machine's.
void addWhose(Explanation& text, const NamespaceOf& one, const QString& container,
              const NamespacesModel& model) {
    const QString name = model.nameOf(container);
    const bool isMachine = container.isEmpty();
    if (one.whose == Whose::Absent)
        text.sentence(NamespacesText::tr("This kernel has no such namespaces: all share the machine's."));
    else if (isMachine)
        text.sentence(NamespacesText::tr("This is the machine's own, number %1.").arg(one.inode));
    else if (one.whose == Whose::Machine)
        text.sentence(NamespacesText::tr("%1 has none of its own: it shares the machine's, number %2.")
                          .arg(name)
                          .arg(one.inode));
    else if (one.whose == Whose::Container)
        text.sentence(NamespacesText::tr("%1 has joined that of %2, number %3.")
                          .arg(name, model.nameOf(one.owner))
                          .arg(one.inode));
    else
        text.sentence(NamespacesText::tr("%1 has one for itself, number %2.").arg(name).arg(one.inode));
    QStringList others;
    for (const QString& each : one.containers) {
        if (each != container && each != one.owner)
            others.append(model.nameOf(each));
    }
    if (!others.isEmpty())
        text.sentence(NamespacesText::tr("Also in it: %1.").arg(others.join(QStringLiteral(", "))));
    if (!others.isEmpty() || one.whose == Whose::Container || one.whose == Whose::Machine)
        text.sentence(namespaceSharing(one.type));
}

QString modeText(quint32 mode) {
    return QStringLiteral("0%1").arg(mode & 07777, 0, 8);
}

QString ipcKind(const QString& kind) {
    if (kind == u"shm")
        return NamespacesText::tr("shared memory");
    if (kind == u"sem")
        return NamespacesText::tr("semaphores");
    return kind == u"msg" ? NamespacesText::tr("messages") : NamespacesText::tr("message queue");
}

QString ipcCount(const dbus::IpcObject& one) {
    if (one.kind == u"shm")
        return NamespacesText::tr("%n processes", nullptr, static_cast<int>(one.count));
    if (one.kind == u"sem")
        return NamespacesText::tr("%n semaphores", nullptr, static_cast<int>(one.count));
    return NamespacesText::tr("%n messages", nullptr, static_cast<int>(one.count));
}

void addIpc(Explanation& text, const dbus::NamespaceFacts& facts) {
    if (facts.ipc.isEmpty()) {
        text.sentence(NamespacesText::tr("No process has made anything in it yet."));
        return;
    }
    QList<QStringList> rows;
    for (const dbus::IpcObject& one : facts.ipc.first(std::min<qsizetype>(facts.ipc.size(), 50)))
        rows.append({ipcKind(one.kind), one.name, formatMemory(one.size), modeText(one.mode), ipcCount(one)});
    text.title(NamespacesText::tr("In it now"))
        .table({NamespacesText::tr("Kind"), NamespacesText::tr("Name"), NamespacesText::tr("Size"),
                NamespacesText::tr("Mode"), NamespacesText::tr("Used by")},
               rows);
    if (facts.ipc.size() > rows.size())
        text.muted(
            NamespacesText::tr("and %n more", nullptr, static_cast<int>(facts.ipc.size() - rows.size())));
}

void addNetwork(Explanation& text, const dbus::NamespaceFacts& facts) {
    QList<QStringList> rows;
    for (const dbus::InterfaceFacts& one : facts.interfaces)
        rows.append({one.name, one.addresses.isEmpty() ? dash() : one.addresses.join(QStringLiteral(", ")),
                     one.mac, one.isUp ? NamespacesText::tr("up") : NamespacesText::tr("down")});
    text.title(NamespacesText::tr("Its interfaces"))
        .table({NamespacesText::tr("Name"), NamespacesText::tr("Addresses"), NamespacesText::tr("MAC"),
                NamespacesText::tr("State")},
               rows);
}

QList<QStringList> mapRows(const QList<dbus::IdRange>& map) {
    QList<QStringList> rows;
    for (const dbus::IdRange& range : map) {
        const auto last = [&](quint32 first) {
            return QString::number(static_cast<quint64>(first) + range.count - 1);
        };
        rows.append({QStringLiteral("%1 … %2").arg(range.inside).arg(last(range.inside)),
                     QStringLiteral("%1 … %2").arg(range.outside).arg(last(range.outside))});
    }
    return rows;
}

void addUsers(Explanation& text, const dbus::NamespaceFacts& facts) {
    const QStringList columns{NamespacesText::tr("Inside"), NamespacesText::tr("On this machine")};
    text.title(facts.uidMap.size() == facts.gidMap.size() && mapRows(facts.uidMap) == mapRows(facts.gidMap)
                   ? NamespacesText::tr("Users and groups")
                   : NamespacesText::tr("Users"))
        .table(columns, mapRows(facts.uidMap));
    if (mapRows(facts.uidMap) != mapRows(facts.gidMap))
        text.title(NamespacesText::tr("Groups")).table(columns, mapRows(facts.gidMap));
    text.muted(NamespacesText::tr("The view “User ids” draws it."));
}

void addClocks(Explanation& text, const dbus::NamespaceFacts& facts) {
    QList<QStringList> rows;
    for (const dbus::ClockOffset& one : facts.clocks)
        rows.append({one.clock, NamespacesText::tr("%1 s").arg(static_cast<double>(one.seconds) +
                                                               static_cast<double>(one.nanoseconds) / 1e9)});
    const bool isPlain =
        std::all_of(facts.clocks.begin(), facts.clocks.end(),
                    [](const dbus::ClockOffset& one) { return one.seconds == 0 && one.nanoseconds == 0; });
    if (isPlain)
        text.sentence(NamespacesText::tr("No clock is shifted in it."));
    else
        text.title(NamespacesText::tr("Shifted by"))
            .table({NamespacesText::tr("Clock"), NamespacesText::tr("By")}, rows);
}

void addMounts(Explanation& text, const dbus::MountList& mounts) {
    const auto hidden =
        std::count_if(mounts.begin(), mounts.end(), [](const auto& one) { return one.isHidden; });
    text.sentence(NamespacesText::tr("It has %n mounts.", nullptr, static_cast<int>(mounts.size())));
    if (hidden > 0)
        text.sentence(NamespacesText::tr("%n of them cannot be reached: another one lies over them.", nullptr,
                                         static_cast<int>(hidden)));
    text.muted(NamespacesText::tr("The view “Mounts” draws them as a tree."));
}

void addCgroup(Explanation& text, const ContainerNamespaces& one) {
    text.title(NamespacesText::tr("Its cgroup"))
        .table({NamespacesText::tr("Seen from inside"), NamespacesText::tr("On this machine")},
               {{one.namespaces[static_cast<std::size_t>(NamespaceType::Cgroup)].whose == Whose::Own
                     ? QStringLiteral("/")
                     : one.first.cgroup,
                 one.first.cgroup}});
}

QList<QStringList> processRows(const dbus::InspectedProcesses& processes) {
    QList<QStringList> rows;
    for (const dbus::InspectedProcess& one :
         processes.first(std::min<qsizetype>(processes.size(), kMostListed)))
        rows.append({QString::number(innerPid(one)), QString::number(one.pid), one.name});
    return rows;
}

void addPids(Explanation& text, const ContainerNamespaces& one) {
    const auto add = [&](const PidGroup& group) {
        text.table({NamespacesText::tr("Inside"), NamespacesText::tr("On this machine"),
                    NamespacesText::tr("Process")},
                   processRows(group.processes));
        if (group.processes.size() > kMostListed)
            text.muted(NamespacesText::tr("and %n more", nullptr,
                                          static_cast<int>(group.processes.size() - kMostListed)));
    };
    text.title(NamespacesText::tr("Processes in it"));
    add(one.processes);
    for (const PidGroup& nested : one.nested) {
        text.title(NamespacesText::tr("In one made inside of it, %1").arg(nested.inode));
        add(nested);
    }
}

void addContent(Explanation& text, const Chip& chip, const ContainerNamespaces& one,
                const NamespaceContent& content) {
    if (chip.type == NamespaceType::Pid)
        return addPids(text, one);
    if (chip.type == NamespaceType::Cgroup)
        return addCgroup(text, one);
    const bool isRead = content.container == chip.container;
    if (chip.type == NamespaceType::Mount) {
        if (isRead && content.mounts != nullptr)
            addMounts(text, *content.mounts);
        return;
    }
    if (!isRead || content.facts == nullptr)
        return;
    const dbus::NamespaceFacts& facts = *content.facts;
    switch (chip.type) {
    case NamespaceType::Uts:
        text.title(NamespacesText::tr("In it now"))
            .table({NamespacesText::tr("Host name"), NamespacesText::tr("Domain name")},
                   {{facts.hostname, facts.domainname}});
        break;
    case NamespaceType::Ipc:
        return addIpc(text, facts);
    case NamespaceType::Network:
        return addNetwork(text, facts);
    case NamespaceType::User:
        return addUsers(text, facts);
    case NamespaceType::Time:
        return addClocks(text, facts);
    default:
        break;
    }
}

void addChip(Explanation& text, const Chip& chip, const NamespacesModel& model,
             const NamespaceContent& content) {
    const ContainerNamespaces* one = model.container(chip.container);
    const auto index = static_cast<std::size_t>(chip.type);
    const bool isMachine = chip.container.isEmpty();
    if (!isMachine && one == nullptr)
        return;
    const NamespaceOf& told = isMachine ? model.machine[index] : one->namespaces[index];
    //: %1: a kind of namespace, "net"; %2: what it is called, "Network".
    text.heading(NamespacesText::tr("%1: %2").arg(namespaceFile(chip.type), namespaceName(chip.type)))
        .sentence(namespaceMeaning(chip.type));
    addWhose(text, told, chip.container, model);
    if (!isMachine)
        addContent(text, chip, *one, content);
    else if (chip.type == NamespaceType::Uts)
        text.table({NamespacesText::tr("Host name")}, {{QSysInfo::machineHostName()}});
    text.manPages({namespaceManPage(chip.type)});
}

QString idsText(const QList<quint32>& ids) {
    return QString::number(ids.value(1)); // the effective one
}

void addProcess(Explanation& text, const dbus::InspectedProcess& process, const NamespacesModel& model) {
    const ContainerNamespaces* one = model.container(process.container);
    text.heading(processTitle(process, model.nameOf(process.container))).muted(processCommand(process));
    if (process.pids.size() > 1) {
        QStringList rest;
        for (int i = static_cast<int>(process.pids.size()) - 1; i >= 0; --i)
            rest.append(QString::number(process.pids[i]));
        text.sentence(
            NamespacesText::tr("One process with %n numbers, from the inside outward: %1. Each pid namespace "
                               "around it counts it, none further in does.",
                               nullptr, static_cast<int>(rest.size()))
                .arg(rest.join(QStringLiteral(" ⇄ "))));
        if (innerPid(process) == 1)
            text.sentence(NamespacesText::tr(
                "It is the first one inside: when it ends, the kernel ends all others in there."));
    } else {
        text.sentence(NamespacesText::tr("Its number is %1 for all who see it.").arg(process.pid));
    }
    if (process.role == u"monitor")
        text.sentence(NamespacesText::tr(
            "It has started the container, keeps its output, and waits for its end. It stays "
            "outside, so the container does not see it."));
    else if (process.role == u"engine")
        text.sentence(NamespacesText::tr("It makes containers when it is asked to; they run on without it."));
    else if (process.role == u"window")
        text.sentence(NamespacesText::tr(
            "It is an ordinary process of yours: what is shown here the engine reads for it."));
    if (isZombie(process))
        text.sentence(NamespacesText::tr(
            "It has ended, and waits for its parent to ask how: a zombie. It takes a number and "
            "nothing else."));
    text.sentence(NamespacesText::tr("User id on this machine: %1, group id: %2.")
                      .arg(idsText(process.uids), idsText(process.gids)));
    if (one != nullptr) {
        QStringList others;
        for (const NamespaceType type : differences(process, one->first))
            others.append(namespaceFile(type));
        if (!others.isEmpty())
            text.sentence(NamespacesText::tr("It has left the container's namespaces of these kinds: %1.")
                              .arg(others.join(QStringLiteral(", "))));
    }
    text.manPages({QStringLiteral("pid_namespaces(7)"), QStringLiteral("proc_pid_status(5)")});
}

void addContainer(Explanation& text, const ContainerNamespaces& one, const NamespacesModel& model) {
    text.heading(one.container.name).muted(one.container.image);
    QList<QStringList> rows;
    for (const NamespaceOf& each : one.namespaces)
        rows.append({namespaceFile(each.type), namespaceName(each.type), whoseText(each, model)});
    text
        .sentence(NamespacesText::tr(
            "To the kernel there is no container: there are these processes, and what they are in."))
        .table({QString(), NamespacesText::tr("Namespace"), NamespacesText::tr("Whose")}, rows)
        .manPages({QStringLiteral("namespaces(7)")});
}

} // namespace

WantedContent wantedContent(const QString& id) {
    const auto chip = chipOf(id);
    if (!chip || chip->container.isEmpty())
        return {};
    const bool isOfModel = chip->type == NamespaceType::Pid || chip->type == NamespaceType::Cgroup;
    return {chip->container, !isOfModel && chip->type != NamespaceType::Mount,
            chip->type == NamespaceType::Mount};
}

QString namespacesExplanation(const QString& id, const NamespacesModel& model,
                              const NamespaceContent& content) {
    Explanation text;
    if (const auto chip = chipOf(id)) {
        addChip(text, *chip, model, content);
    } else if (id.startsWith(QLatin1String("p:"))) {
        if (const auto* process = model.process(id.mid(2).toUInt()))
            addProcess(text, *process, model);
    } else if (const auto* one = model.container(id.mid(2));
               id.startsWith(QLatin1String("c:")) && one != nullptr) {
        addContainer(text, *one, model);
    }
    if (text.html().isEmpty())
        addWhole(text);
    return text.html();
}

} // namespace escale::gui
