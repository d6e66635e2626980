#include "engine/stack/compose/service_environment.h"

#include "engine/stack/compose/entry_index.h"
#include "engine/stack/compose/environment_file.h"

namespace escale::compose {
namespace {

class NameResolver {
public:
    NameResolver(Loading& loading, const Variables& variables)
        : m_loading(loading)
        , m_variables(variables) {}

    /// A map of values, of which null is the variable's.
    void values(Node* map) {
        if (map == nullptr)
            return;
        for (auto& entry : map->entries) {
            const Variable* const variable = entry.value.isNull() ? find(entry.key) : nullptr;
            if (variable != nullptr)
                entry.value = Node::scalar(variable->value, variable->place);
        }
    }
    void definitions(Node* section) { // of secrets, of configs
        for (std::size_t i = 0; section != nullptr && i < section->entries.size(); ++i)
            (void)find(section->entries[i].value.textOf("environment"));
    }

private:
    const Variable* find(const std::string& name) {
        const auto found = m_variables.find(name);
        if (found == m_variables.end())
            return nullptr;
        m_loading.loaded.used.insert(name);
        return &found->second;
    }

    Loading& m_loading;
    const Variables& m_variables;
};

class FileResolver {
public:
    FileResolver(Loading& loading, const Variables& variables)
        : m_loading(loading)
        , m_variables(variables) {}

    void environment(const std::string& name, Node& service) {
        const Node* const files = service.find("env_file");
        if (files == nullptr || files->items.empty())
            return;
        Variables known = m_variables;
        if (const Node* own = service.find("environment")) {
            for (const auto& entry : own->entries) {
                if (entry.value.isScalar())
                    known.insert({entry.key, {entry.value.text, Variable::Source::File, entry.value.place}});
            }
        }
        Node all = Node::map();
        EntryIndex index(all);
        m_earlier.clear();
        for (std::size_t i = 0; i < files->items.size(); ++i) {
            const Node& file = files->items[i];
            const Node* path = file.isMap() ? file.find("path") : &file;
            const Node* required = file.find("required");
            const bool mayLack = required != nullptr && booleanOf(*required) == false;
            const bool isRaw = file.textOf("format") == "raw";
            const auto where = "services." + name + ".env_file[" + std::to_string(i) + ']';
            if (path != nullptr && !path->text.empty() && !read(*path, where, mayLack, isRaw, known, index))
                return;
        }
        putBelow(service, "environment", std::move(all));
    }

    void labels(const std::string& name, Node& service) {
        const Node* const files = service.find("label_file");
        if (files == nullptr)
            return;
        Node all = Node::map();
        EntryIndex index(all);
        const auto where = "services." + name + ".label_file";
        m_earlier.clear();
        if (files->isScalar() && !read(*files, where, false, false, {}, index))
            return;
        for (std::size_t i = 0; i < files->items.size(); ++i) {
            if (!read(files->items[i], where + '[' + std::to_string(i) + ']', false, false, {}, index))
                return;
        }
        // A name alone: a label is no variable that could have a value elsewhere.
        std::erase_if(all.entries, [](const NodeEntry& entry) { return entry.value.isNull(); });
        putBelow(service, "labels", std::move(all));
    }

private:
    /// False when the project has become too large.
    bool read(const Node& path, const std::string& where, bool mayLack, bool isRaw, const Variables& known,
              EntryIndex& into) {
        const auto index = m_loading.read(path.text);
        if (!index) {
            if (!mayLack || index.error().code != ErrorCode::NotFound)
                m_loading.error(path.place, where, index.error().message,
                                index.error().code == ErrorCode::NotFound
                                    ? "Make the file, correct its name, or say \"required: false\"."
                                    : index.error().hint);
            return true;
        }
        auto lines = parseEnvironmentFile(m_loading.file(*index).text, *index, known, isRaw,
                                          m_loading.loaded.problems, m_earlier);
        if (!m_loading.spend(lines.size(), path.place))
            return false;
        for (auto& line : lines) {
            if (line.value)
                m_earlier[line.name] = {*line.value, Variable::Source::File, line.place};
            Node value = valueOf(line, known);
            NodeEntry* const there = into.find(line.name);
            NodeEntry& entry = there != nullptr ? *there : into.add({std::move(line.name), line.place, {}});
            entry.place = line.place;
            entry.value = std::move(value);
        }
        return true;
    }

    Node valueOf(const EnvironmentLine& line, const Variables& known) {
        if (line.value)
            return Node::scalar(*line.value, line.place);
        const auto variable = known.find(line.name);
        if (variable != known.end()) {
            m_loading.loaded.used.insert(line.name);
            return Node::scalar(variable->second.value, variable->second.place);
        }
        Node none;
        none.place = line.place;
        return none;
    }

    static void putBelow(Node& service, const char* key, Node all) {
        if (all.entries.empty())
            return;
        Node& own = service.set(key);
        if (!own.isNull() && !own.isMap())
            return; // which the schema has told
        {
            EntryIndex index(all, own.entries.size());
            for (auto& entry : own.entries) {
                if (NodeEntry* const there = index.find(entry.key))
                    *there = std::move(entry);
                else
                    index.add(std::move(entry));
            }
        }
        all.place = own.place;
        own = std::move(all);
    }

    Loading& m_loading;
    const Variables& m_variables;
    Variables m_earlier; // of the files that the service has named before
};

} // namespace

void resolveNames(Loading& loading, Node& model, const Variables& variables) {
    NameResolver resolver(loading, variables);
    if (Node* services = model.find("services")) {
        for (auto& service : services->entries) {
            resolver.values(service.value.find("environment"));
            if (Node* build = service.value.find("build"))
                resolver.values(build->find("args"));
        }
    }
    resolver.definitions(model.find("secrets"));
    resolver.definitions(model.find("configs"));
}

void resolveFiles(Loading& loading, Node& root, const std::set<std::string>& enabled,
                  const Variables& variables) {
    FileResolver resolver(loading, variables);
    Node* const services = root.find("services");
    for (std::size_t i = 0; services != nullptr && i < services->entries.size(); ++i) {
        auto& service = services->entries[i];
        if (!enabled.contains(service.key) || !service.value.isMap())
            continue;
        resolver.environment(service.key, service.value);
        resolver.labels(service.key, service.value);
    }
}

} // namespace escale::compose
