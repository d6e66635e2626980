#include "engine/stack/compose/include.h"

#include "engine/base/relative_path.h"
#include "engine/stack/compose/entry_index.h"
#include "engine/stack/compose/project_paths.h"
#include "engine/stack/compose/project_variables.h"

#include <algorithm>

namespace escale::compose {
namespace {

constexpr std::string_view kSections[] = {"services", "networks", "volumes", "secrets", "configs", "models"};

/// A scalar alone or a list of them.
std::vector<const Node*> textsOf(const Node* node) {
    std::vector<const Node*> texts;
    if (node != nullptr && node->isScalar())
        texts.push_back(node);
    for (std::size_t i = 0; node != nullptr && i < node->items.size(); ++i) {
        if (node->items[i].isScalar())
            texts.push_back(&node->items[i]);
    }
    return texts;
}

class Include {
public:
    Include(Loading& loading, const ModelRequest& model, const std::string& file, const Node& asked)
        : m_loading(loading)
        , m_model(model)
        , m_home(homeOf(model.variables))
        , m_including(model.including)
        , m_asked(asked) {
        m_including.push_back(file);
    }

    std::optional<Node> load() {
        const auto files = filesOf(m_asked.isMap() ? m_asked.find("path") : &m_asked);
        if (files.empty())
            return std::nullopt;
        std::string directory = m_asked.textOf("project_directory");
        directory = directory.empty() ? parentPath(files.front().path)
                                      : absolutePath(directory, m_model.directory, m_home);
        const auto variables = variablesOf(directory.empty() ? "/" : directory);
        return loadModel(m_loading, {files, directory.empty() ? "/" : directory, variables, m_including});
    }

private:
    std::vector<ModelRequest::File> filesOf(const Node* path) {
        std::vector<ModelRequest::File> files;
        for (const Node* name : textsOf(path)) {
            if (name->text.empty() || !isPossible(*name))
                return {};
            files.push_back({absolutePath(name->text, m_model.directory, m_home), name->place});
        }
        return files;
    }

    bool isPossible(const Node& name) {
        if (isAddress(name.text)) {
            m_loading.error(name.place, "include",
                            "not supported: " + quoted(name.text) +
                                ", because files are read from this machine alone",
                            "Download it, and name the file.");
            return false;
        }
        const std::string path = absolutePath(name.text, m_model.directory, m_home);
        const auto first = std::find(m_including.begin(), m_including.end(), path);
        if (first != m_including.end()) {
            std::string chain;
            for (auto at = first; at != m_including.end(); ++at)
                chain += *at + " → ";
            m_loading.error(name.place, "include", "files include each other in a circle: " + chain + path,
                            "Take one of these includes out.");
            return false;
        }
        if (m_including.size() > Loading::kDepth) {
            m_loading.error(name.place, "include",
                            "files include each other more than " + std::to_string(Loading::kDepth) + " deep",
                            "Include the innermost ones directly.");
            return false;
        }
        return true;
    }

    /// The project's own go before those of its files.
    Variables variablesOf(const std::string& directory) {
        std::vector<ModelRequest::File> files;
        const auto named = textsOf(m_asked.find("env_file"));
        for (const Node* name : named) {
            if (name->text != "/dev/null")
                files.push_back({absolutePath(name->text, m_model.directory, m_home), name->place});
        }
        if (named.empty())
            files.push_back({absolutePath(".env", directory, m_home), {}});
        Variables variables = m_model.variables;
        readVariables(m_loading, files, named.empty(), variables);
        m_loading.loaded.variables.insert(variables.begin(), variables.end());
        return variables;
    }

    Loading& m_loading;
    const ModelRequest& m_model;
    std::string m_home;
    std::vector<std::string> m_including;
    const Node& m_asked;
};

/// `taken` was included at `place`; what is there already must be the same.
void takeOver(Loading& loading, const ModelRequest& model, Node taken, const Place& place, Node& document) {
    for (const auto section : kSections) {
        Node* const from = taken.find(section);
        if (from == nullptr || !from->isMap())
            continue;
        Node& to = document.set(section);
        EntryIndex index(to, from->entries.size());
        for (auto& entry : from->entries) {
            const NodeEntry* const there = index.find(entry.key);
            if (there == nullptr) {
                index.add(std::move(entry));
                continue;
            }
            Node own = Node::map();
            own.set(section).set(entry.key) = there->value;
            resolvePaths(own, model.directory, homeOf(model.variables));
            if (sameContent(*own.at({section, entry.key}), entry.value))
                continue;
            const std::string path = std::string(section) + '.' + entry.key;
            loading.error(there->place.line != 0 ? there->place : place, path,
                          path + " is defined differently in " +
                              (entry.place.file < loading.loaded.files.size()
                                   ? loading.file(entry.place.file).path
                                   : "a file") +
                              ", which is included",
                          "Give one of them another name, or change the included one by an override file: "
                          "include: [{path: [FILE, OVERRIDE]}].");
        }
    }
}

} // namespace

void includeInto(Loading& loading, const ModelRequest& model, const std::string& file, Node& document) {
    const Node* const written = document.find("include");
    if (written == nullptr)
        return;
    const Node includes = *written;
    document.erase("include");
    for (const auto& asked : includes.items) {
        if (!loading.spend(500, asked.place)) // at most a thousand includes, each of which may include two
            return;
        if (auto taken = Include(loading, model, file, asked).load())
            takeOver(loading, model, std::move(*taken), asked.place, document);
    }
}

} // namespace escale::compose
