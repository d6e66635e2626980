#include "engine/stack/compose/schema_tree.h"

#include <algorithm>

namespace escale::compose {
namespace {

/// The next step of a way: a key, "*", or "[]" (of "[3]", too). Takes it off the path.
std::string_view takeStep(std::string_view& path) {
    if (path.starts_with('.'))
        path.remove_prefix(1);
    if (path.starts_with('[')) {
        const auto end = path.find(']');
        path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
        return "[]";
    }
    const std::string_view step = path.substr(0, path.find_first_of(".["));
    path.remove_prefix(step.size());
    return step;
}

SchemaBranch& childOf(SchemaBranch& branch, std::string_view step) {
    if (step == "*" || step == "[]") {
        auto& child = step == "*" ? branch.any : branch.item;
        if (!child)
            child = std::make_unique<SchemaBranch>();
        child->name = step;
        child->path = branch.path + (step == "*" ? ".*" : "[]");
        return *child;
    }
    if (const SchemaBranch* known = branch.find(step))
        return const_cast<SchemaBranch&>(*known);
    branch.keys.push_back(std::make_unique<SchemaBranch>());
    branch.keys.back()->name = step;
    branch.keys.back()->path =
        branch.path.empty() ? std::string(step) : branch.path + '.' + std::string(step);
    return *branch.keys.back();
}

SchemaBranch makeTree() {
    SchemaBranch root;
    for (const Property& property : properties()) {
        SchemaBranch* branch = &root;
        for (std::string_view rest = property.path; !rest.empty();)
            branch = &childOf(*branch, takeStep(rest));
        branch->property = &property;
    }
    return root;
}

bool knows(const SchemaBranch& branch, std::string_view rest) {
    const std::string_view step = takeStep(rest);
    return step == "[]" || branch.find(step) != nullptr;
}

} // namespace

const SchemaBranch* SchemaBranch::find(std::string_view key) const {
    const auto found =
        std::find_if(keys.begin(), keys.end(), [key](const auto& one) { return one->name == key; });
    return found == keys.end() ? nullptr : found->get();
}

const SchemaBranch& schemaTree() {
    static const SchemaBranch tree = makeTree();
    return tree;
}

const SchemaBranch* schemaBranch(std::string_view path) {
    const SchemaBranch* branch = &schemaTree();
    while (branch != nullptr && !path.empty()) {
        const std::string_view step = takeStep(path);
        if (step == "[]") {
            branch = branch->item.get();
        } else if (branch->any != nullptr) {
            branch = branch->any.get();
            while (!path.empty() && path.front() == '.' && !knows(*branch, path))
                takeStep(path);
        } else {
            branch = branch->find(step);
        }
    }
    return branch;
}

} // namespace escale::compose
