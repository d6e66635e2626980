// What a file asks for and does not get, or does not need to ask for.
#include "engine/stack/compose/schema.h"
#include "engine/stack/compose/schema_tree.h"

namespace escale::compose {
namespace {

bool asksForNothing(const Node& value, const Property& property) {
    switch (value.kind) {
    case NodeKind::Null:
        return true;
    case NodeKind::Scalar:
        return value.text.empty() || value.text == property.usual;
    case NodeKind::List:
        return value.items.empty();
    case NodeKind::Map:
        return value.entries.empty();
    }
    return true;
}

/// "deploy.placement", "networks.ipam.driver": what a person would call it.
std::string nameOf(std::string_view path) {
    std::string name;
    constexpr std::string_view kService = "services.*.";
    if (path.starts_with(kService))
        path.remove_prefix(kService.size());
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path.substr(i).starts_with("[]") || path.substr(i).starts_with(".*"))
            ++i;
        else
            name += path[i];
    }
    return name;
}

class SupportCheck {
public:
    explicit SupportCheck(Problems& problems)
        : m_problems(problems) {}

    void visit(const Node& node, const SchemaBranch& branch, const std::string& path) {
        if (node.tag == NodeTag::Reset)
            return;
        if (node.isList() && branch.item != nullptr) {
            for (std::size_t i = 0; i < node.items.size(); ++i)
                visit(node.items[i], *branch.item, path + '[' + std::to_string(i) + ']');
        }
        for (const NodeEntry& entry : node.entries) {
            const SchemaBranch* child = branch.any != nullptr ? branch.any.get() : branch.find(entry.key);
            if (child == nullptr)
                continue;
            const std::string below = path.empty() ? entry.key : path + '.' + entry.key;
            if (!tell(entry, *child, below))
                visit(entry.value, *child, below);
        }
    }

private:
    /// Whether there was something to tell: then what stands below it is told with it.
    bool tell(const NodeEntry& entry, const SchemaBranch& branch, const std::string& path) {
        const Property* property = branch.property;
        if (property == nullptr || property->support == Support::Honoured ||
            entry.value.tag == NodeTag::Reset || asksForNothing(entry.value, *property))
            return false;
        if (entry.place.line == 0) // nobody has written it
            return true;
        const std::string name = nameOf(property->path);
        const std::string because = ", because " + std::string(property->reason);
        Problem problem;
        problem.severity = property->support == Support::Refused  ? Problem::Severity::Error
                           : property->support == Support::Warned ? Problem::Severity::Warning
                                                                  : Problem::Severity::Note;
        problem.place = entry.place;
        problem.path = path;
        problem.what = property->support == Support::NoEffect ? name + " has no effect" + because
                                                              : "not supported: " + name + because;
        if (property->support != Support::Warned)
            problem.hint = "Leave it out.";
        m_problems.push_back(std::move(problem));
        return true;
    }

    Problems& m_problems;
};

} // namespace

void checkSupport(const Node& node, std::string_view part, Problems& problems) {
    if (const SchemaBranch* branch = schemaBranch(part))
        SupportCheck(problems).visit(node, *branch, std::string(part));
}

} // namespace escale::compose
