#include "engine/base/file.h"
#include "engine/base/relative_path.h"
#include "engine/stack/compose/load_project.h"
#include "engine/stack/compose/project_paths.h"

namespace escale::compose {
namespace {

constexpr const char* kNames[] = {"compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};
constexpr const char* kOverrides[] = {"compose.override.yml", "compose.override.yaml",
                                      "docker-compose.override.yml", "docker-compose.override.yaml"};

/// The first that is there.
template <std::size_t Count>
std::string firstOf(const std::string& folder, const char* const (&names)[Count]) {
    for (const char* const name : names) {
        std::string path = cleanPath(std::string(folder).append("/").append(name));
        if (exists(path))
            return path;
    }
    return {};
}

} // namespace

Result<std::vector<std::string>> findComposeFiles(const std::string& folder) {
    for (std::string at = cleanPath(folder);; at = cleanPath(parentPath(at))) {
        if (std::string file = firstOf(at, kNames); !file.empty()) {
            std::vector<std::string> files{std::move(file)};
            if (std::string over = firstOf(at, kOverrides); !over.empty())
                files.push_back(std::move(over));
            return files;
        }
        if (at == "/")
            break;
    }
    return fail(ErrorCode::NotFound, "there is no Compose file in " + folder + " nor in a folder above",
                "Make one, named compose.yaml.");
}

} // namespace escale::compose
