#include "engine/stack/compose/project_variables.h"

#include "engine/stack/compose/environment_file.h"
#include "engine/stack/compose/project_paths.h"

#include <algorithm>

namespace escale::compose {
namespace {

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        if (end > 0)
            parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + separator.size(), text.size()));
    }
    return parts;
}

/// As Go's ParseBool, whose words docker compose takes.
bool isTrue(std::string_view text) {
    constexpr std::string_view kWords[] = {"1", "t", "T", "true", "TRUE", "True"};
    return std::find(std::begin(kWords), std::end(kWords), text) != std::end(kWords);
}

std::string valueOf(const std::map<std::string, std::string>& environment, const char* name) {
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

} // namespace

void readVariables(Loading& loading, const std::vector<ModelRequest::File>& files, bool mayLack,
                   Variables& variables) {
    Variables fromFiles;
    for (const auto& file : files) {
        const auto index = loading.read(file.path);
        if (!index) {
            if (!mayLack || index.error().code != ErrorCode::NotFound)
                loading.error(file.named, {}, index.error().message,
                              "Make the environment file, or correct its name.");
            continue;
        }
        for (auto& line : parseEnvironmentFile(loading.file(*index).text, *index, variables, false,
                                               loading.loaded.problems, Variables(fromFiles))) {
            if (line.value && !variables.contains(line.name))
                fromFiles[line.name] = {std::move(*line.value), Variable::Source::File, line.place};
        }
    }
    variables.merge(fromFiles);
}

Variables projectVariables(Loading& loading, const std::string& directory,
                           std::vector<std::string>& environmentFiles) {
    Variables variables;
    for (const auto& [name, value] : loading.request.environment)
        variables[name] = {value, Variable::Source::Environment, {}};
    const auto& environment = loading.request.environment;
    std::vector<std::string> names = loading.request.environmentFiles;
    if (names.empty())
        names = split(valueOf(environment, "COMPOSE_ENV_FILES"), ",");
    const bool isDefault = names.empty();
    if (isDefault && !isTrue(valueOf(environment, "COMPOSE_DISABLE_ENV_FILE")))
        names.emplace_back(".env");
    std::vector<ModelRequest::File> files;
    for (const auto& name : names) {
        files.push_back({absolutePath(name, directory, homeOf(variables)), {}});
        if (!isDefault)
            environmentFiles.push_back(files.back().path);
    }
    readVariables(loading, files, isDefault, variables);
    return variables;
}

} // namespace escale::compose
