#include "engine/stack/compose/extends.h"

#include "engine/base/relative_path.h"
#include "engine/stack/compose/entry_index.h"
#include "engine/stack/compose/merge.h"
#include "engine/stack/compose/project_paths.h"

#include <algorithm>

namespace escale::compose {

/// The services of one file.
struct ExtendsResolver::Scope {
    std::string file;
    std::string folder; // that its paths are relative to
    Node own;           // the document, when it is another file's
    EntryIndex index;
    Node& services;
    Problems problems;               // of services that nobody has used so far
    std::map<std::string, int> done; // how many services each is made of; 0: being made

    Scope(std::string path, std::string directory, Node& document)
        : file(std::move(path))
        , folder(std::move(directory))
        , index(document.set("services"))
        , services(*document.find("services")) {}
    Scope(std::string path, std::string directory, Node&& document, Problems found)
        : file(std::move(path))
        , folder(std::move(directory))
        , own(std::move(document))
        , index(own.set("services"))
        , services(*own.find("services"))
        , problems(std::move(found)) {}
};

/// A service on the way to the one that is made now.
struct ExtendsResolver::Link {
    Scope& scope;
    const NodeEntry& service;
    const Link* from;
};

ExtendsResolver::ExtendsResolver(Loading& loading, const ModelRequest& model)
    : m_loading(loading)
    , m_model(model) {}

ExtendsResolver::~ExtendsResolver() = default;

void ExtendsResolver::resolve(Node& document, const std::string& file) {
    const Node* services = document.find("services");
    if (services == nullptr || !services->isMap())
        return;
    Scope scope(file, m_model.directory, document);
    for (auto& service : scope.services.entries)
        extend(scope, service, nullptr);
}

void ExtendsResolver::extend(Scope& scope, NodeEntry& service, const Link* from) {
    if (scope.done.contains(service.key))
        return;
    int& depth = scope.done[service.key]; // 0: being made
    const Node* const written = service.value.find("extends");
    if (written == nullptr || written->tag == NodeTag::Reset || written->isNull()) {
        depth = 1;
        return;
    }
    const Node extends = *written;
    service.value.erase("extends");
    if (NodeEntry* const base = baseOf(scope, extends, service.key)) {
        Scope& other = *scopeOf(scope, extends, service.key);
        const Link link{scope, service, from};
        if (isPossible({other, *base, &link}, extends)) {
            extend(other, *base, &link);
            tellOf(other, base->key);
            take(service, *base);
            depth = other.done[base->key] + 1;
        }
    }
    if (depth == 0) { // which has been told; nothing else is said of what the service lacks
        service.value.set("extends") = extends;
        depth = 1;
    }
}

NodeEntry* ExtendsResolver::baseOf(Scope& scope, const Node& extends, const std::string& service) {
    const Node* const named = extends.find("service");
    if (named == nullptr || !named->isScalar()) // which the schema has told
        return nullptr;
    Scope* const other = scopeOf(scope, extends, service);
    if (other == nullptr)
        return nullptr;
    NodeEntry* const base = other->index.find(named->text);
    if (base != nullptr)
        return base;
    std::vector<std::string> names;
    for (const auto& entry : other->services.entries)
        names.push_back(entry.key);
    m_loading.error(named->place, "services." + service + ".extends",
                    "there is no service " + quoted(named->text) + " in " + other->file + " to extend",
                    names.empty() ? "The file has no services."
                                  : "Name one of its services: " + listed(names) + '.');
    return nullptr;
}

ExtendsResolver::Scope* ExtendsResolver::scopeOf(Scope& from, const Node& extends,
                                                 const std::string& service) {
    const Node* const file = extends.find("file");
    if (file == nullptr || !file->isScalar())
        return &from;
    const std::string where = "services." + service + ".extends.file";
    if (isAddress(file->text)) {
        m_loading.error(file->place, where,
                        "not supported: a service of " + quoted(file->text) +
                            ", because files are read from this machine alone",
                        "Download it, and name the file.");
        return nullptr;
    }
    const std::string path = absolutePath(file->text, from.folder, homeOf(m_model.variables));
    if (const auto known = m_files.find(path); known != m_files.end())
        return known->second.get();
    const auto index = m_loading.read(path);
    if (index)
        return openFile(path);
    m_loading.error(file->place, where, index.error().message,
                    index.error().hint.empty() ? "Correct the name; it is relative to " + from.folder + '.'
                                               : index.error().hint);
    return nullptr;
}

ExtendsResolver::Scope* ExtendsResolver::openFile(const std::string& path) {
    Node merged = Node::map();
    Problems problems;
    for (auto& document : m_loading.documents(*m_loading.read(path))) {
        prepareDocument(m_loading, document, m_model.variables, problems);
        if (document.isMap())
            mergeInto(merged, std::move(document), {}, problems);
    }
    const std::string folder = parentPath(path);
    resolvePaths(merged, folder, homeOf(m_model.variables));
    return m_files
        .emplace(path, std::make_unique<Scope>(path, folder, std::move(merged), std::move(problems)))
        .first->second.get();
}

bool ExtendsResolver::isPossible(const Link& last, const Node& extends) {
    const std::string where = "services." + last.from->service.key + ".extends";
    std::size_t depth = 0;
    for (const Link* link = &last; link != nullptr; link = link->from)
        ++depth;
    const auto state = last.scope.done.find(last.service.key);
    if (state != last.scope.done.end() && state->second == 0) {
        std::string chain = last.service.key;
        for (const Link* link = last.from; link != nullptr; link = link->from) {
            std::string before = link->service.key;
            if (link->scope.file != last.scope.file)
                before += " (" + link->scope.file + ')';
            chain.insert(0, before + " → ");
            if (&link->service == &last.service)
                break;
        }
        m_loading.error(extends.place, where, "services extend each other in a circle: " + chain,
                        "Take the extends of one of them out.");
        return false;
    }
    if (state != last.scope.done.end())
        depth += static_cast<std::size_t>(state->second);
    if (depth > Loading::kDepth) {
        m_loading.error(extends.place, where,
                        "services extend each other more than " + std::to_string(Loading::kDepth) + " deep",
                        "Extend a service that is nearer to the first one.");
        return false;
    }
    return true;
}

void ExtendsResolver::take(NodeEntry& service, const NodeEntry& base) {
    if (!base.value.isMap() || !m_loading.spend(nodeCount(base.value), service.place))
        return;
    Node whole = base.value;
    applyTags(whole); // they spoke of that service's earlier files
    whole.place = service.value.place;
    mergeInto(whole, std::move(service.value), "services." + service.key, m_loading.loaded.problems);
    service.value = std::move(whole);
}

void ExtendsResolver::tellOf(Scope& scope, const std::string& service) {
    const std::string part = "services." + service;
    for (auto& problem : scope.problems) {
        if (isWithin(problem.path, part) || (problem.path.empty() && problem.place.line != 0))
            m_loading.loaded.problems.push_back(std::exchange(problem, {}));
    }
    std::erase_if(scope.problems, [](const Problem& problem) { return problem.what.empty(); });
}

} // namespace escale::compose
