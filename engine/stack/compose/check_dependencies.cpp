#include "engine/stack/compose/check_dependencies.h"

#include <algorithm>
#include <unordered_map>

namespace escale::compose {
namespace {

class DependencyCheck {
public:
    DependencyCheck(Loading& loading, const Project& project)
        : m_loading(loading)
        , m_project(project)
        , m_services(*project.root.find("services")) {
        for (std::size_t i = 0; i < m_services.entries.size(); ++i)
            m_numbers.emplace(m_services.entries[i].key, i);
    }

    void run() {
        m_states.resize(m_services.entries.size());
        for (std::size_t i = 0; i < m_services.entries.size(); ++i) {
            if (isEnabled(i))
                references(m_services.entries[i]);
        }
        for (std::size_t i = 0; i < m_services.entries.size(); ++i) {
            if (isEnabled(i) && m_states[i] == State::New)
                walk(i);
        }
    }

private:
    enum class State : std::uint8_t { New, Open, Done };
    struct Step {
        std::size_t service;
        std::size_t next = 0; // of its dependencies
    };

    [[nodiscard]] bool isEnabled(std::size_t service) const {
        return m_project.enabled.contains(m_services.entries[service].key);
    }
    [[nodiscard]] const std::vector<NodeEntry>& dependencies(std::size_t service) const {
        static const std::vector<NodeEntry> kNone;
        const Node* const map = m_services.entries[service].value.find("depends_on");
        return map != nullptr ? map->entries : kNone;
    }

    void references(const NodeEntry& service) {
        for (const auto& dependency : dependencies(m_numbers.at(service.key))) {
            const std::string path = "services." + service.key + ".depends_on." + dependency.key;
            const Node* const required = dependency.value.find("required");
            const auto found = m_numbers.find(dependency.key);
            if (dependency.key.empty()) // half written
                continue;
            if (found == m_numbers.end()) {
                m_loading.error(dependency.place, path,
                                "service " + service.key + " depends on " + quoted(dependency.key) +
                                    ", which is not there",
                                "Name one of the project's services: " + listed(serviceNames(m_project)) +
                                    '.');
            } else if (!isEnabled(found->second) && (required == nullptr || booleanOf(*required) != false)) {
                const Node* const profiles = m_services.entries[found->second].value.find("profiles");
                std::vector<std::string> names;
                for (std::size_t i = 0; profiles != nullptr && i < profiles->items.size(); ++i)
                    names.push_back(profiles->items[i].text);
                m_loading.error(dependency.place, path,
                                "service " + service.key + " depends on " + dependency.key +
                                    ", which no active profile enables",
                                "Activate its profile (" + listed(names) +
                                    "), or write \"required: false\" here.");
            }
        }
    }

    /// Depth first, without recursion: a file may hold thousands of services in a row.
    void walk(std::size_t first) {
        std::vector<Step> way{{first}};
        m_states[first] = State::Open;
        while (!way.empty()) {
            const auto& needed = dependencies(way.back().service);
            if (way.back().next == needed.size()) {
                m_states[way.back().service] = State::Done;
                way.pop_back();
                continue;
            }
            const auto& dependency = needed[way.back().next++];
            const auto found = m_numbers.find(dependency.key);
            if (found == m_numbers.end() || !isEnabled(found->second))
                continue;
            if (m_states[found->second] == State::Open) {
                tellCircle(way, found->second, dependency);
            } else if (m_states[found->second] == State::New) {
                m_states[found->second] = State::Open;
                way.push_back({found->second});
            }
        }
    }

    void tellCircle(const std::vector<Step>& way, std::size_t to, const NodeEntry& dependency) {
        std::string chain;
        const auto first =
            std::find_if(way.begin(), way.end(), [&](const Step& step) { return step.service == to; });
        for (auto step = first; step != way.end(); ++step)
            chain += m_services.entries[step->service].key + " → ";
        const std::string& last = m_services.entries[way.back().service].key;
        m_loading.error(dependency.place, "services." + last + ".depends_on." + dependency.key,
                        "services depend on each other in a circle: " + chain + dependency.key,
                        "Take one of these dependencies out.");
    }

    Loading& m_loading;
    const Project& m_project;
    const Node& m_services;
    std::unordered_map<std::string_view, std::size_t> m_numbers;
    std::vector<State> m_states;
};

} // namespace

void checkDependencies(Loading& loading, const Project& project) {
    DependencyCheck(loading, project).run();
}

} // namespace escale::compose
