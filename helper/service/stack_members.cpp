#include "helper/service/stack_members.h"

#include "engine/stack/stack_labels.h"

#include <algorithm>

namespace escale {
namespace labels = stack_labels;

Result<std::vector<StackMember>> stackMembers(Containers& containers, uid_t owner) {
    TRY_ASSIGN(auto all, containers.list(owner));
    std::vector<StackMember> members;
    for (auto container = all.rbegin(); container != all.rend(); ++container) { // oldest first
        const TextMap& told = container->options.labels;
        StackMember member;
        member.project = labels::valueOf(told, labels::kProject);
        member.service = labels::valueOf(told, labels::kService);
        if (member.project.empty() || member.service.empty())
            continue;
        member.number = labels::numberOf(told);
        const std::string oneOff = labels::valueOf(told, labels::kOneOff);
        member.oneOff = oneOff == "True" || oneOff == "true";
        member.container = std::move(*container);
        members.push_back(std::move(member));
    }
    return members;
}

Result<std::vector<StackMember>> stackMembers(Containers& containers, uid_t owner, const std::string& project,
                                              const std::set<std::string>& services) {
    TRY_ASSIGN(auto members, stackMembers(containers, owner));
    std::erase_if(members, [&](const StackMember& member) { return member.project != project; });
    if (members.empty())
        return fail(ErrorCode::NotFound, "there is no stack \"" + project + '"');
    for (const std::string& service : services) {
        if (std::none_of(members.begin(), members.end(),
                         [&](const StackMember& member) { return member.service == service; }))
            return fail(ErrorCode::NotFound,
                        "the stack \"" + project + "\" has no container of \"" + service + '"');
    }
    if (!services.empty())
        std::erase_if(members, [&](const StackMember& member) { return !services.contains(member.service); });
    return members;
}

Result<StackMember> stackMember(Containers& containers, uid_t owner, const std::string& project,
                                const std::string& service, unsigned number) {
    TRY_ASSIGN(auto members, stackMembers(containers, owner, project, {service}));
    std::erase_if(members, [number](const StackMember& member) {
        return member.oneOff || (number != 0 && member.number != number);
    });
    if (members.empty())
        return fail(ErrorCode::NotFound, "the service \"" + service + "\" has no container" +
                                             (number == 0 ? "" : " " + std::to_string(number)));
    std::sort(members.begin(), members.end(),
              [](const StackMember& a, const StackMember& b) { return a.number < b.number; });
    const auto runs = std::find_if(members.begin(), members.end(),
                                   [](const StackMember& member) { return isAlive(member.container.state); });
    if (runs == members.end())
        return fail(ErrorCode::WrongState, "no container of the service \"" + service + "\" runs",
                    "Start it first.");
    return *runs;
}

} // namespace escale
