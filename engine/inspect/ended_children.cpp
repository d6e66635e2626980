#include "engine/inspect/ended_children.h"

#include "engine/base/file.h"

#include <charconv>
#include <string>
#include <unordered_set>

namespace escale {
namespace {

constexpr std::size_t kMostChildren = 2000; // that are looked at

/// Of each of its threads; nothing when it has ended, or where the kernel does not tell.
void addChildren(pid_t parent, std::vector<pid_t>& children) {
    const std::string tasks = "/proc/" + std::to_string(parent) + "/task";
    for (const std::string& task : listDirectory(tasks).value_or(std::vector<std::string>())) {
        if (children.size() >= kMostChildren)
            return;
        const std::string text = readFile(tasks + "/" + task + "/children").value_or("");
        const char* const end = text.data() + text.size();
        for (const char* at = text.data(); at < end && children.size() < kMostChildren; ++at) {
            pid_t child = 0;
            at = std::from_chars(at, end, child).ptr;
            if (child > 0)
                children.push_back(child);
        }
    }
}

} // namespace

std::vector<ProcessFacts> readEndedChildren(std::span<const ProcessFacts> parents) {
    std::vector<pid_t> children;
    for (const ProcessFacts& parent : parents)
        addChildren(parent.pid, children);
    // What lives is known; only the others cost a look at all they have.
    std::unordered_set<pid_t> known;
    for (const ProcessFacts& parent : parents)
        known.insert(parent.pid);
    std::erase_if(children, [&known](pid_t child) { return known.contains(child); });
    std::vector<ProcessFacts> found = readProcessFacts(children);
    // A number may be another's by now.
    std::erase_if(found, [&known](const ProcessFacts& child) {
        return child.state != 'Z' || !known.contains(child.parent);
    });
    return found;
}

} // namespace escale
