#include "engine/stack/compose/project_name.h"

#include "engine/base/relative_path.h"

#include <algorithm>

namespace escale::compose {
namespace {

bool isLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' ||
           letter == '-';
}

/// `name:` of the files, the last one.
std::optional<Node> nameInFiles(Loading& loading, const std::vector<std::string>& files) {
    std::optional<Node> name;
    for (const auto& path : files) {
        const auto index = loading.read(path);
        if (!index)
            continue; // which is told where it is loaded
        auto documents = loading.documents(*index);
        for (const auto& document : documents) {
            const Node* const here = document.find("name");
            if (here != nullptr && here->isScalar() && here->tag != NodeTag::Reset && !here->text.empty())
                name = *here;
        }
        loading.keepDocuments(*index, std::move(documents));
    }
    return name;
}

std::string checked(Loading& loading, const std::string& name, const Place& place, const std::string& path,
                    const std::string& from) {
    if (isProjectName(name))
        return name;
    std::string possible = projectNameOf(name);
    loading.error(place, path, quoted(name) + from + " is no name for a project",
                  "Use lower-case letters, digits, - and _, and begin with a letter or digit" +
                      (possible.empty() ? "." : ": " + possible + '.'));
    return possible;
}

/// A name that stands in a file is made a possible one, as docker compose does; one that somebody has asked
/// for is not.
std::string adapted(Loading& loading, const std::string& name, const Place& place) {
    std::string possible = projectNameOf(name);
    if (possible.empty() || possible == name)
        return checked(loading, name, place, "name", {});
    loading.note(place, "name",
                 "the project is called " + possible + ": " + quoted(name) + " is no name for one",
                 "Use lower-case letters, digits, - and _, and begin with a letter or digit.");
    return possible;
}

} // namespace

bool isProjectName(std::string_view name) {
    return !name.empty() && name.front() != '_' && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), isLetter);
}

std::string projectNameOf(std::string_view folder) {
    std::string name;
    for (const char letter : folder) {
        const char lower = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        if (isLetter(lower) && !(name.empty() && (lower == '_' || lower == '-')))
            name += lower;
    }
    return name;
}

std::string chooseProjectName(Loading& loading, const std::vector<std::string>& files,
                              const std::string& directory, const Variables& variables) {
    const auto inFiles = nameInFiles(loading, files);
    if (!loading.request.projectName.empty())
        return checked(loading, loading.request.projectName, {}, {}, {});
    const auto variable = variables.find("COMPOSE_PROJECT_NAME");
    if (variable != variables.end() && !variable->second.value.empty()) {
        loading.loaded.used.insert("COMPOSE_PROJECT_NAME");
        return checked(loading, variable->second.value, variable->second.place, {},
                       " of COMPOSE_PROJECT_NAME");
    }
    if (inFiles) {
        const auto interpolated = interpolateText(inFiles->text, variables);
        if (interpolated) // else it is told where the file is loaded
            return adapted(loading, interpolated->text, inFiles->place);
    }
    std::string name = projectNameOf(splitName(directory).second);
    if (name.empty())
        loading.error({}, {}, "the folder " + directory + " gives the project no name",
                      "Write one at the top of the file: \"name: my-project\".");
    return name;
}

} // namespace escale::compose
