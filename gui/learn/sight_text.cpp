#include "gui/learn/sight_text.h"

#include "gui/learn/namespace_text.h"

#include <QCoreApplication>

namespace escale::gui {
namespace {

struct SightText {
    Q_DECLARE_TR_FUNCTIONS(SightText)
};

// The kind that decides.
NamespaceType typeOf(Question question) {
    switch (question) {
    case Question::SeesIt:
    case Question::Signals:
    case Question::Traces:
        return NamespaceType::Pid;
    case Question::SharesMounts:
        return NamespaceType::Mount;
    case Question::SharesNetwork:
        return NamespaceType::Network;
    case Question::SharesIpc:
        return NamespaceType::Ipc;
    case Question::SharesHostname:
        return NamespaceType::Uts;
    case Question::SharesUsers:
        return NamespaceType::User;
    case Question::SharesCgroupView:
        return NamespaceType::Cgroup;
    case Question::SharesClock:
        return NamespaceType::Time;
    }
    return NamespaceType::Pid;
}

// Those that lie in each other.
bool isNested(NamespaceType type) {
    return type == NamespaceType::Pid || type == NamespaceType::User;
}

} // namespace

QString questionText(Question question) {
    switch (question) {
    case Question::SeesIt:
        return SightText::tr("Sees it");
    case Question::Signals:
        return SightText::tr("May send it signals");
    case Question::Traces:
        return SightText::tr("May read its memory");
    case Question::SharesMounts:
        return SightText::tr("Sees the same files");
    case Question::SharesNetwork:
        return SightText::tr("Reaches it on 127.0.0.1");
    case Question::SharesIpc:
        return SightText::tr("Finds its shared memory");
    case Question::SharesHostname:
        return SightText::tr("Has the same host name");
    case Question::SharesUsers:
        return SightText::tr("Calls users by the same ids");
    case Question::SharesCgroupView:
        return SightText::tr("Sees the same cgroups");
    case Question::SharesClock:
        return SightText::tr("Reads the same clocks");
    }
    return {};
}

QString questionSentence(Question question, const QString& from, const QString& to) {
    const auto with = [&](const QString& sentence) { return sentence.arg(from, to); };
    switch (question) {
    case Question::SeesIt:
        return with(SightText::tr("Does %1 see %2?"));
    case Question::Signals:
        return with(SightText::tr("May %1 send signals to %2?"));
    case Question::Traces:
        return with(SightText::tr("May %1 read the memory of %2?"));
    case Question::SharesMounts:
        return with(SightText::tr("Does %1 see the same files as %2?"));
    case Question::SharesNetwork:
        return with(SightText::tr("Does %1 reach %2 on 127.0.0.1?"));
    case Question::SharesIpc:
        return with(SightText::tr("Does %1 find the shared memory of %2?"));
    case Question::SharesHostname:
        return with(SightText::tr("Has %1 the same host name as %2?"));
    case Question::SharesUsers:
        return with(SightText::tr("Do user ids mean the same to %1 and %2?"));
    case Question::SharesCgroupView:
        return with(SightText::tr("Does %1 see the same cgroups as %2?"));
    case Question::SharesClock:
        return with(SightText::tr("Does %1 read the same clocks as %2?"));
    }
    return {};
}

QString questionRule(Question question) {
    switch (question) {
    case Question::SeesIt:
        return SightText::tr(
            "A process sees those of its own pid namespace, and of all that lie inside of it. It never "
            "looks outward.");
    case Question::Signals:
        return SightText::tr("It must see the other one, and have the same user id or CAP_KILL in the "
                             "other's user namespace.");
    case Question::Traces:
        return SightText::tr("It must see the other one, have the same user id and no fewer capabilities, or "
                             "CAP_SYS_PTRACE in the other's user namespace. Debuggers work this way.");
    case Question::SharesMounts:
        return SightText::tr(
            "In the same mount namespace a path leads both to the same file. In different ones they "
            "can still have a volume in common.");
    case Question::SharesNetwork:
        return SightText::tr(
            "Each network namespace has a loopback of its own. Processes in different ones talk by the "
            "addresses of their interfaces, if a network joins them.");
    case Question::SharesIpc:
        return SightText::tr(
            "Segments, semaphores and queues are found by their keys within one ipc namespace.");
    case Question::SharesHostname:
        return SightText::tr("sethostname(2) changes the name for all in the same uts namespace.");
    case Question::SharesUsers:
        return SightText::tr(
            "A user namespace translates ids. In another one the same number is another user.");
    case Question::SharesCgroupView:
        return SightText::tr(
            "A cgroup namespace decides what looks like the root of the tree; limits hold in any case.");
    case Question::SharesClock:
        return SightText::tr(
            "Only the clocks that count from the start can differ; the date is one for all.");
    }
    return {};
}

QStringList questionManPages(Question question) {
    switch (question) {
    case Question::Signals:
        return {QStringLiteral("kill(2)"), QStringLiteral("pid_namespaces(7)")};
    case Question::Traces:
        return {QStringLiteral("ptrace(2)"), QStringLiteral("user_namespaces(7)")};
    default:
        return {namespaceManPage(typeOf(question))};
    }
}

QString answerText(const Sight& sight) {
    if (!sight.yes)
        return SightText::tr("no");
    return sight.question == Question::SeesIt && !sight.detail.empty()
               ? SightText::tr("yes, as process %1").arg(QString::fromStdString(sight.detail))
               : SightText::tr("yes");
}

QString whyText(const Sight& sight) {
    const NamespaceType type = typeOf(sight.question);
    const QString file = namespaceFile(type), detail = QString::fromStdString(sight.detail);
    switch (sight.why) {
    case Why::SameNamespace:
        return SightText::tr("they are in the same %1 namespace").arg(file);
    case Why::OtherNamespace:
        return isNested(type) ? SightText::tr("different %1 namespaces, neither inside the other").arg(file)
                              : SightText::tr("they are in different %1 namespaces").arg(file);
    case Why::InsideOf:
        return SightText::tr("its %1 namespace lies inside the looker's").arg(file);
    case Why::Above:
        return SightText::tr("its %1 namespace lies outside: nobody looks out").arg(file);
    case Why::SameUser:
        return SightText::tr("both have the same user id");
    case Why::Capability:
        return SightText::tr("%1 allows it").arg(detail);
    case Why::MissingCapability:
        return SightText::tr("another user's, and %1 is missing").arg(detail);
    case Why::UserNamespaceAbove:
        return SightText::tr("another user's, and capabilities count nothing there");
    case Why::MoreCapabilities:
        return SightText::tr("it has capabilities that the looker lacks");
    case Why::UserNamespaceOwner:
        return SightText::tr("the looker's user has made its user namespace");
    case Why::Itself:
        return SightText::tr("it is the same process");
    }
    return {};
}

} // namespace escale::gui
