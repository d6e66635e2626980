#include "gui/learn/namespace_text.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct NamespaceText {
    Q_DECLARE_TR_FUNCTIONS(NamespaceText)
};

} // namespace

QString namespaceFile(NamespaceType type) {
    return QString::fromLatin1(kNamespaceFiles[static_cast<std::size_t>(type)]);
}

QString namespaceName(NamespaceType type) {
    switch (type) {
    case NamespaceType::Mount:
        return NamespaceText::tr("Mounts");
    case NamespaceType::Pid:
        return NamespaceText::tr("Process numbers");
    case NamespaceType::Uts:
        return NamespaceText::tr("Host name");
    case NamespaceType::Ipc:
        return NamespaceText::tr("Shared memory and queues");
    case NamespaceType::Network:
        return NamespaceText::tr("Network");
    case NamespaceType::User:
        return NamespaceText::tr("Users and rights");
    case NamespaceType::Cgroup:
        return NamespaceText::tr("View of the cgroups");
    case NamespaceType::Time:
        return NamespaceText::tr("Clocks");
    }
    return {};
}

QString namespaceMeaning(NamespaceType type) {
    switch (type) {
    case NamespaceType::Mount:
        return NamespaceText::tr(
            "Which file systems there are, and at which path: a tree of files of its own.");
    case NamespaceType::Pid:
        return NamespaceText::tr("Processes count from 1 and see those inside alone. Each one has a number "
                                 "outside, too: it is the same process.");
    case NamespaceType::Uts:
        return NamespaceText::tr(
            "A host name and a domain name of its own. Whoever changes them here changes "
            "them for nobody else.");
    case NamespaceType::Ipc:
        return NamespaceText::tr(
            "Shared memory, semaphores and message queues that are found by a number or a "
            "name, not by a file's path.");
    case NamespaceType::Network:
        return NamespaceText::tr(
            "Interfaces, addresses, routes, firewall rules and ports of its own; even its "
            "own 127.0.0.1.");
    case NamespaceType::User:
        return NamespaceText::tr(
            "User and group ids of its own, each of which is another id outside. Root in "
            "here may do things in here, and is nobody out there.");
    case NamespaceType::Cgroup:
        return NamespaceText::tr("Its own cgroup looks like the root of the tree; what lies above is not "
                                 "seen. The limits above hold all the same.");
    case NamespaceType::Time:
        return NamespaceText::tr("The clocks that count since the machine's start can begin elsewhere. The "
                                 "date is the same for all.");
    }
    return {};
}

QString namespaceSharing(NamespaceType type) {
    switch (type) {
    case NamespaceType::Mount:
        return NamespaceText::tr("They see the same files, and what one mounts the other sees.");
    case NamespaceType::Pid:
        return NamespaceText::tr("They see each other's processes, under the same numbers.");
    case NamespaceType::Uts:
        return NamespaceText::tr("They have the same host name.");
    case NamespaceType::Ipc:
        return NamespaceText::tr("They find each other's shared memory and queues.");
    case NamespaceType::Network:
        return NamespaceText::tr(
            "They have the same addresses, and reach each other on 127.0.0.1; a port can "
            "be taken by one of them only.");
    case NamespaceType::User:
        return NamespaceText::tr("A user id means the same to both, and so does a capability.");
    case NamespaceType::Cgroup:
        return NamespaceText::tr("They see the same tree of cgroups.");
    case NamespaceType::Time:
        return NamespaceText::tr("Their clocks say the same.");
    }
    return {};
}

QString namespaceManPage(NamespaceType type) {
    static constexpr std::array<const char*, kNamespaceTypes> kPages{
        "mount_namespaces(7)",   "pid_namespaces(7)",  "uts_namespaces(7)",    "ipc_namespaces(7)",
        "network_namespaces(7)", "user_namespaces(7)", "cgroup_namespaces(7)", "time_namespaces(7)"};
    return QString::fromLatin1(kPages[static_cast<std::size_t>(type)]);
}

int namespaceHue(NamespaceType type) {
    // Far enough from each other to be told apart, those that are often compared farthest.
    static constexpr std::array<int, kNamespaceTypes> kHues{212, 28, 95, 285, 180, 345, 52, 250};
    return kHues[static_cast<std::size_t>(type)];
}

} // namespace escale::gui
