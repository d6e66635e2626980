// escale-compose-config [--profile NAME]… [FILE…]: what `docker compose config` prints, by Escale's loader;
// for comparisons. Without files: those that the folder has. Problems go to standard error; errors end it
// with status 1.
#include "engine/stack/compose/load_project.h"

#include <cstdio>
#include <filesystem>
#include <string_view>
#include <unistd.h>

using namespace escale;
using namespace escale::compose;

namespace {

std::map<std::string, std::string> ownEnvironment() {
    std::map<std::string, std::string> variables;
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view text = *each;
        const auto end = text.find('=');
        if (end != std::string_view::npos)
            variables.emplace(text.substr(0, end), text.substr(end + 1));
    }
    return variables;
}

void print(const Loaded& loaded) {
    for (const Problem& problem : loaded.problems) {
        const std::string file =
            problem.place.file < loaded.files.size() ? loaded.files[problem.place.file].path : "";
        std::fprintf(stderr, "%s:%u:%u: %s: %s\n", file.c_str(), problem.place.line, problem.place.column,
                     problem.path.c_str(), problem.what.c_str());
    }
}

} // namespace

int main(int count, char** words) {
    LoadRequest request;
    request.environment = ownEnvironment();
    for (int i = 1; i < count; ++i) {
        if (std::string_view(words[i]) == "--profile" && i + 1 < count)
            request.profiles.insert(words[++i]);
        else
            request.files.push_back(std::filesystem::absolute(words[i]).lexically_normal());
    }
    if (request.files.empty()) {
        auto found = findComposeFiles(std::filesystem::current_path());
        if (!found) {
            std::fprintf(stderr, "%s\n", found.error().text().c_str());
            return 1;
        }
        request.files = *std::move(found);
    }
    const Loaded loaded = loadProject(request);
    print(loaded);
    if (hasErrors(loaded.problems))
        return 1;
    std::fputs(configText(loaded.project).c_str(), stdout);
    return 0;
}
