#include "engine/stack/compose/project_paths.h"

#include "engine/base/relative_path.h"

#include <algorithm>

namespace escale::compose {
namespace {

class Resolver {
public:
    Resolver(const std::string& folder, const std::string& home)
        : m_folder(folder)
        , m_home(home) {}

    void services(Node* services) {
        for (auto& entry : entriesOf(services))
            service(entry.value);
    }
    void files(Node* definitions) { // of secrets, of configs
        for (auto& entry : entriesOf(definitions))
            path(entry.value.find("file"));
    }
    void volumes(Node* volumes) {
        for (auto& entry : entriesOf(volumes)) {
            Node& volume = entry.value;
            const std::string driver = volume.textOf("driver");
            Node* options = volume.find("driver_opts");
            if (options != nullptr && options->textOf("o") == "bind" && (driver.empty() || driver == "local"))
                path(options->find("device"));
        }
    }

private:
    static std::vector<NodeEntry>& entriesOf(Node* map) {
        static thread_local std::vector<NodeEntry> none;
        return map != nullptr ? map->entries : none;
    }
    static std::vector<Node>& itemsOf(Node* list) {
        static thread_local std::vector<Node> none;
        return list != nullptr ? list->items : none;
    }

    void service(Node& service) {
        build(service.find("build"));
        for (auto& file : itemsOf(service.find("env_file")))
            path(file.find("path"));
        for (auto& file : itemsOf(service.find("label_file")))
            path(&file);
        if (Node* extends = service.find("extends"))
            path(extends->find("file"));
        for (auto& volume : itemsOf(service.find("volumes"))) {
            if (volume.textOf("type") == "bind")
                path(volume.find("source"));
        }
        if (Node* develop = service.find("develop")) {
            for (auto& watched : itemsOf(develop->find("watch")))
                path(watched.find("path"));
        }
    }

    void build(Node* build) {
        if (build == nullptr)
            return;
        context(build->find("context"));
        for (auto& entry : entriesOf(build->find("additional_contexts")))
            context(&entry.value);
        for (auto& entry : entriesOf(build->find("ssh")))
            path(&entry.value);
    }

    void context(Node* node) {
        if (node != nullptr && !isAddress(node->text) && !node->text.starts_with("service:"))
            path(node);
    }

    void path(Node* node) {
        if (node != nullptr && node->isScalar() && !node->text.empty() && !node->text.starts_with('/'))
            node->text = absolutePath(node->text, m_folder, m_home);
    }

    const std::string& m_folder;
    const std::string& m_home;
};

} // namespace

std::string cleanPath(std::string_view path) {
    std::vector<std::string> kept;
    for (auto& name : splitPath(path)) {
        if (name == "..") {
            if (!kept.empty())
                kept.pop_back();
        } else if (name != ".") {
            kept.push_back(std::move(name));
        }
    }
    std::string clean;
    for (const auto& name : kept)
        clean += '/' + name;
    return clean.empty() ? "/" : clean;
}

std::string absolutePath(std::string_view path, const std::string& folder, const std::string& home) {
    if (!home.empty() && (path == "~" || path.starts_with("~/")))
        return cleanPath(home + '/' + std::string(path.substr(1)));
    if (path.starts_with('/'))
        return cleanPath(path);
    return cleanPath(folder + '/' + std::string(path));
}

std::string homeOf(const Variables& variables) {
    const auto home = variables.find("HOME");
    return home != variables.end() && home->second.value.starts_with('/') ? home->second.value
                                                                          : std::string();
}

bool isAddress(std::string_view text) {
    const auto begins = [&](std::string_view word) { return text.starts_with(word); };
    return text.find("://") != std::string_view::npos || begins("github.com/") || begins("git@") ||
           begins("oci:") || begins("docker-image:");
}

void resolvePaths(Node& root, const std::string& folder, const std::string& home) {
    Resolver resolver(folder, home);
    resolver.services(root.find("services"));
    resolver.volumes(root.find("volumes"));
    resolver.files(root.find("secrets"));
    resolver.files(root.find("configs"));
}

} // namespace escale::compose
