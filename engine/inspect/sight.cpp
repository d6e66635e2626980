#include "engine/inspect/sight.h"

#include "engine/base/capability_names.h"

#include <algorithm>

namespace escale {
namespace {

enum IdIndex : std::size_t { kReal = 0, kEffectiveId = 1, kSaved = 2 };
enum SetIndex : std::size_t { kPermitted = 1, kEffective = 2 };

std::uint64_t namespaceOf(const ProcessFacts& process, NamespaceType type) {
    return process.namespaces.at(static_cast<std::size_t>(type));
}

/// Own first; of a kernel without the kind, or when it could not be asked, there is only that one.
std::vector<std::uint64_t> lineage(const std::vector<std::uint64_t>& known, const ProcessFacts& process,
                                   NamespaceType type) {
    return known.empty() ? std::vector{namespaceOf(process, type)} : known;
}
std::vector<std::uint64_t> pidLineage(const ProcessFacts& process) {
    return lineage(process.pidNamespaces, process, NamespaceType::Pid);
}
std::vector<std::uint64_t> userLineage(const ProcessFacts& process) {
    return lineage(process.userNamespaces, process, NamespaceType::User);
}

struct Answer {
    bool yes = false;
    Why why = Why::SameNamespace;
    std::string detail{};
};

/// How two namespaces of a kind that nests lie to each other: yes when `to`'s is `from`'s, or inside of it.
Answer nesting(const std::vector<std::uint64_t>& from, const std::vector<std::uint64_t>& to) {
    if (from.front() == to.front())
        return {true, Why::SameNamespace};
    if (std::find(to.begin(), to.end(), from.front()) != to.end())
        return {true, Why::InsideOf};
    if (std::find(from.begin(), from.end(), to.front()) != from.end())
        return {false, Why::Above};
    return {false, Why::OtherNamespace};
}

/// pid_namespaces(7): a process has a number in its own namespace and in each one around it.
Answer sees(const ProcessFacts& from, const ProcessFacts& to) {
    const auto inner = pidLineage(to);
    Answer answer = nesting(pidLineage(from), inner);
    if (!answer.yes)
        return answer;
    const auto level = static_cast<std::size_t>(
        std::find(inner.begin(), inner.end(), pidLineage(from).front()) - inner.begin());
    if (level < to.pids.size()) // `pids` goes inward, the lineage outward
        answer.detail = std::to_string(to.pids[to.pids.size() - 1 - level]);
    return answer;
}

/// The kernel's cap_capable(): what a capability of `from` is worth in the user namespace of `to`.
Answer capableOver(const ProcessFacts& from, const ProcessFacts& to, unsigned capability) {
    const auto spaces = userLineage(to);
    const auto ours = std::find(spaces.begin(), spaces.end(), userLineage(from).front());
    if (ours == spaces.end())
        return {false, Why::UserNamespaceAbove, capabilityName(capability)};
    if ((from.capabilities[kEffective] >> capability & 1U) != 0)
        return {true, Why::Capability, capabilityName(capability)};
    if (ours != spaces.begin()) {
        const auto next =
            static_cast<std::size_t>(ours - spaces.begin()) - 1; // the one directly inside of ours
        if (next < to.userNamespaceOwners.size() && to.userNamespaceOwners[next] == from.uids[kEffectiveId])
            return {true, Why::UserNamespaceOwner, capabilityName(capability)};
    }
    return {false, Why::MissingCapability, capabilityName(capability)};
}

/// kill(2), the kernel's kill_ok_by_cred().
Answer signals(const ProcessFacts& from, const ProcessFacts& to) {
    for (const auto ours : {from.uids[kEffectiveId], from.uids[kReal]}) {
        if (ours == to.uids[kSaved] || ours == to.uids[kReal])
            return {true, Why::SameUser};
    }
    return capableOver(from, to, CAP_KILL);
}

/// ptrace(2), "Ptrace access mode checking", with PTRACE_MODE_ATTACH_REALCREDS: the kernel's
/// __ptrace_may_access() and then cap_ptrace_access_check().
Answer traces(const ProcessFacts& from, const ProcessFacts& to) {
    const auto areAll = [](const auto& ids, auto id) {
        return ids[kReal] == id && ids[kEffectiveId] == id && ids[kSaved] == id;
    };
    const bool isSameUser = areAll(to.uids, from.uids[kReal]) && areAll(to.gids, from.gids[kReal]);
    // The same user is not enough across user namespaces, nor for one that can do more.
    const bool isInside = userLineage(from).front() == userLineage(to).front();
    const bool canMore = (to.capabilities[kPermitted] & ~from.capabilities[kPermitted]) != 0;
    if (isSameUser && isInside && !canMore)
        return {true, Why::SameUser};
    Answer capable = capableOver(from, to, CAP_SYS_PTRACE);
    if (!capable.yes && isSameUser && isInside)
        return {false, Why::MoreCapabilities};
    return capable;
}

Answer shares(const ProcessFacts& from, const ProcessFacts& to, NamespaceType type) {
    const auto one = namespaceOf(from, type);
    const auto other = namespaceOf(to, type);
    // A zombie has left its namespaces. That both have none otherwise is a kernel without that kind.
    const bool left = one == 0 && (from.state == 'Z' || to.state == 'Z');
    const bool same = one == other && !left;
    return {same, same ? Why::SameNamespace : Why::OtherNamespace};
}

Answer sharesUsers(const ProcessFacts& from, const ProcessFacts& to) {
    Answer answer = nesting(userLineage(from), userLineage(to));
    answer.yes = answer.why == Why::SameNamespace;
    return answer;
}

Answer answerTo(Question question, const ProcessFacts& from, const ProcessFacts& to) {
    switch (question) {
    case Question::SeesIt:
        return sees(from, to);
    case Question::Signals:
    case Question::Traces: {
        Answer seen = sees(from, to);
        seen.detail.clear();
        if (!seen.yes)
            return seen;
        return question == Question::Signals ? signals(from, to) : traces(from, to);
    }
    case Question::SharesMounts:
        return shares(from, to, NamespaceType::Mount);
    case Question::SharesNetwork:
        return shares(from, to, NamespaceType::Network);
    case Question::SharesIpc:
        return shares(from, to, NamespaceType::Ipc);
    case Question::SharesHostname:
        return shares(from, to, NamespaceType::Uts);
    case Question::SharesUsers:
        return sharesUsers(from, to);
    case Question::SharesCgroupView:
        return shares(from, to, NamespaceType::Cgroup);
    case Question::SharesClock:
        return shares(from, to, NamespaceType::Time);
    }
    return {};
}

} // namespace

std::vector<Sight> sightsBetween(const ProcessFacts& from, const ProcessFacts& to) {
    std::vector<Sight> sights;
    for (int number = 0; number <= static_cast<int>(Question::SharesClock); ++number) {
        const auto question = static_cast<Question>(number);
        Answer answer = answerTo(question, from, to);
        if (from.pid == to.pid) {
            answer.yes = true;
            answer.why = Why::Itself;
            if (question != Question::SeesIt)
                answer.detail.clear();
        }
        sights.push_back({question, answer.yes, answer.why, std::move(answer.detail)});
    }
    return sights;
}

std::string capabilityName(unsigned number) {
    return "CAP_" + (number < kCapabilityNames.size() ? std::string(kCapabilityNames.at(number))
                                                      : std::to_string(number));
}

unsigned capabilityCount() {
    return kCapabilityNames.size();
}

} // namespace escale
