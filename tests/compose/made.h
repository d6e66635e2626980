// A canonical project written in a test, and what the engine is asked for because of it.
#pragma once

#include "engine/container/container_options.h"
#include "engine/stack/compose/make_stack.h"
#include "engine/stack/compose/parse_yaml.h"

namespace escale::test {

/// The text of a canonical project: all of its services are enabled. Its folder is /p.
inline compose::Project canonicalProject(std::string_view yaml) {
    compose::Project project;
    compose::Problems problems;
    auto documents = compose::parseYaml(yaml, 0, problems);
    project.name = "demo";
    project.directory = "/p";
    project.files = {"/p/compose.yaml"};
    if (documents && documents->size() == 1)
        project.root = std::move(documents->front());
    if (const auto* services = project.root.find("services"); services != nullptr) {
        for (const auto& entry : services->entries)
            project.enabled.insert(entry.key);
    }
    return project;
}

inline Result<std::string> readNothing(const std::string& path) {
    return fail(ErrorCode::NotFound, "there is no file " + path);
}

inline compose::MadeStack madeOf(std::string_view yaml, const compose::Variables& variables = {}) {
    return compose::makeStack(canonicalProject(yaml), variables, readNothing);
}

/// Severity, path and words of each, a line each.
inline std::string told(const compose::Problems& problems) {
    std::string text;
    for (const auto& problem : problems) {
        static constexpr const char* kWords[] = {"error", "warning", "note"};
        text += std::string(kWords[static_cast<int>(problem.severity)]) + ' ' + problem.path + ": " +
                problem.what + '\n';
    }
    return text;
}

} // namespace escale::test
