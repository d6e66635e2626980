#include "helper/service/stack_views_service.h"

#include "engine/stack/stack_labels.h"
#include "helper/service/container_bus.h"
#include "helper/validation/arguments.h"
#include "helper/validation/exec_options.h"
#include "helper/validation/stack_options.h"

#include <QDBusUnixFileDescriptor>

#include <algorithm>
#include <fcntl.h>

namespace escale {
namespace {

constexpr std::size_t kMostDescriptors = 16; // of one message on the system bus

std::int64_t lastChangeOf(const Container& container) {
    return std::max({container.createdAt, container.startedAt, container.finishedAt});
}

QStringList split(const std::string& text) {
    return text.empty() ? QStringList() : toQString(text).split(u',');
}

dbus::StackSummary summaryOf(const StackMember& member) {
    const TextMap& labels = member.container.options.labels;
    dbus::StackSummary summary;
    summary.project = toQString(member.project);
    summary.workingDirectory = toQString(stack_labels::valueOf(labels, stack_labels::kWorkingDirectory));
    summary.configFiles = split(stack_labels::valueOf(labels, stack_labels::kConfigFiles));
    return summary;
}

dbus::StackContainer toBus(const StackMember& member) {
    const dbus::Container container = escale::toBus(member.container);
    return {container.id,    container.name,   toQString(member.service), member.number,
            container.state, container.health, container.exitCode,        member.oneOff,
            container.ports, container.image};
}

} // namespace

StackViewsService::StackViewsService(Dispatcher& dispatcher, Parts parts, QObject* parent)
    : QObject(parent)
    , m_parts(std::move(parts)) {
    const auto handle = [&dispatcher, this](const char* member,
                                            void (StackViewsService::*method)(const CallPointer&)) {
        dispatcher.handle("org.escale.Engine1.Stacks", member,
                          [this, method](const CallPointer& call) { (this->*method)(call); });
    };
    handle("List", &StackViewsService::list);
    handle("Ps", &StackViewsService::ps);
    handle("Config", &StackViewsService::config);
    handle("Logs", &StackViewsService::logs);
    handle("Exec", &StackViewsService::exec);
    handle("Top", &StackViewsService::top);
    handle("Events", &StackViewsService::events);
}

void StackViewsService::answerOf(const CallPointer& call, Work work) {
    const auto project = checkProject(call->arguments().at(0).toString());
    if (!project) {
        call->refuse(project.error());
        return;
    }
    answerFrom(m_parts.pool, call, [owner = call->owner(), project = *project, work = std::move(work)] {
        return work(owner, project);
    });
}

Result<dbus::StackSummaries> StackViewsService::summaries(uid_t owner) {
    TRY_ASSIGN(const auto members, stackMembers(m_parts.containers, owner));
    std::map<std::string, dbus::StackSummary> byProject;
    std::map<std::string, std::set<std::string>> services;
    for (const StackMember& member : members) {
        dbus::StackSummary& summary = byProject[member.project];
        // The newest container says where the files lie now.
        const dbus::StackSummary told = summaryOf(member);
        summary.project = told.project;
        summary.workingDirectory = told.workingDirectory;
        summary.configFiles = told.configFiles;
        summary.lastChange = std::max(summary.lastChange, qint64{lastChangeOf(member.container)});
        if (member.oneOff)
            continue;
        services[member.project].insert(member.service);
        ++summary.containers;
        summary.running += isAlive(member.container.state) ? 1 : 0;
    }
    dbus::StackSummaries result;
    for (auto& [project, summary] : byProject) {
        summary.services = static_cast<quint32>(services[project].size());
        summary.hasConfig = m_parts.configs.has(owner, project);
        result.append(summary);
    }
    return result;
}

void StackViewsService::list(const CallPointer& call) {
    answerFrom(m_parts.pool, call, [this, owner = call->owner()]() -> Result<QVariantList> {
        TRY_ASSIGN(const dbus::StackSummaries stacks, summaries(owner));
        return QVariantList{QVariant::fromValue(stacks)};
    });
}

void StackViewsService::ps(const CallPointer& call) {
    answerOf(call, [this](uid_t owner, const std::string& project) -> Result<QVariantList> {
        TRY_ASSIGN(const auto members, stackMembers(m_parts.containers, owner, project));
        dbus::StackContainers list;
        for (const StackMember& member : members)
            list.append(toBus(member));
        return QVariantList{QVariant::fromValue(list)};
    });
}

void StackViewsService::config(const CallPointer& call) {
    answerOf(call, [this](uid_t owner, const std::string& project) -> Result<QVariantList> {
        TRY_ASSIGN(const UniqueFd file, m_parts.configs.open(owner, project));
        return QVariantList{QVariant::fromValue(QDBusUnixFileDescriptor(file.get()))};
    });
}

// In the order of ids, so that the next message can go on whatever has come or gone meanwhile.
Result<QVariantList> StackViewsService::openLogs(uid_t owner, const std::string& project,
                                                 const std::set<std::string>& services,
                                                 const std::string& after) {
    TRY_ASSIGN(auto members, stackMembers(m_parts.containers, owner, project, services));
    std::sort(members.begin(), members.end(),
              [](const StackMember& a, const StackMember& b) { return a.container.id < b.container.id; });
    dbus::StackLogs logs;
    std::size_t count = 0;
    for (const StackMember& member : members) {
        if (member.container.id <= after)
            continue;
        const auto files = m_parts.containers.openLog(owner, member.container.id);
        if (!files)
            continue; // never started, or gone since
        if (count + files->size() > kMostDescriptors && !logs.isEmpty())
            return QVariantList{QVariant::fromValue(logs), true};
        dbus::StackLog log{toQString(member.container.id),
                           toQString(member.container.options.name),
                           toQString(member.service),
                           member.number,
                           {}};
        for (const UniqueFd& file : *files) {
            if ((::fcntl(file.get(), F_GETFL) & O_ACCMODE) != O_RDONLY)
                return fail(ErrorCode::Internal, "a log is not open for reading only");
            log.files.append(QDBusUnixFileDescriptor(file.get()));
        }
        count += files->size();
        logs.append(std::move(log));
    }
    return QVariantList{QVariant::fromValue(logs), false};
}

void StackViewsService::logs(const CallPointer& call) {
    const auto services = checkServices(call->arguments().at(1).toStringList());
    const QString after = call->options().value(QStringLiteral("after")).toString();
    const auto last = after.isEmpty() ? Result<std::string>(std::string()) : checkContainerId(after);
    if (!services || !last) {
        call->refuse(!services ? services.error() : last.error());
        return;
    }
    answerOf(call, [this, services = *services, last = *last](uid_t owner, const std::string& project) {
        return openLogs(owner, project, services, last);
    });
}

void StackViewsService::exec(const CallPointer& call) {
    const auto services = checkServices({call->arguments().at(1).toString()});
    const unsigned number = call->arguments().at(2).toUInt();
    const auto options = execOptions(call->arguments().at(3).toStringList(), call->options(), false);
    if (!services || !options) {
        call->refuse(!services ? services.error() : options.error());
        return;
    }
    answerOf(call,
             [this, service = *services->begin(), number,
              options = *options](uid_t owner, const std::string& project) -> Result<QVariantList> {
                 TRY_ASSIGN(const StackMember member,
                            stackMember(m_parts.containers, owner, project, service, number));
                 TRY_ASSIGN(const auto started, m_parts.containers.exec(owner, member.container.id, options));
                 return QVariantList{toQString(started.id),
                                     QVariant::fromValue(QDBusUnixFileDescriptor(started.session.get()))};
             });
}

void StackViewsService::top(const CallPointer& call) {
    const auto services = checkServices(call->arguments().at(1).toStringList());
    if (!services) {
        call->refuse(services.error());
        return;
    }
    answerOf(call,
             [this, services = *services](uid_t owner, const std::string& project) -> Result<QVariantList> {
                 TRY_ASSIGN(const auto members, stackMembers(m_parts.containers, owner, project, services));
                 dbus::StackProcesses result;
                 for (const StackMember& member : members) {
                     const auto processes = m_parts.containers.processes(owner, member.container.id);
                     if (!processes)
                         continue; // it does not run
                     dbus::StackProcess one{toQString(member.container.id), toQString(member.service), {}};
                     for (const auto& process : *processes)
                         one.processes.append(escale::toBus(process));
                     result.append(one);
                 }
                 return QVariantList{QVariant::fromValue(result)};
             });
}

void StackViewsService::events(const CallPointer& call) {
    EventFilter filter;
    filter.since = call->options().value(QStringLiteral("since")).toLongLong();
    filter.until = call->options().value(QStringLiteral("until")).toLongLong();
    answerOf(call, [this, filter](uid_t owner, const std::string& project) mutable -> Result<QVariantList> {
        filter.terms = {"type=container", std::string("label=") + stack_labels::kProject + '=' + project};
        dbus::EventList events;
        for (const Event& event : m_parts.containers.events().list(owner, filter))
            events.append(escale::toBus(event));
        return QVariantList{QVariant::fromValue(events)};
    });
}

} // namespace escale
