#include "engine/base/relative_path.h"

#include <algorithm>
#include <deque>

namespace escale {

std::vector<std::string> splitPath(std::string_view path) {
    std::vector<std::string> names;
    while (!path.empty()) {
        const auto slash = std::min(path.find('/'), path.size());
        if (slash > 0)
            names.emplace_back(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return names;
}

std::string joinPath(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : name.empty() ? folder : folder + '/' + name;
}

std::pair<std::string, std::string> splitName(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::pair<std::string, std::string>({}, path)
                                      : std::pair(path.substr(0, slash), path.substr(slash + 1));
}

std::string parentPath(const std::string& path) {
    return splitName(path).first;
}

Result<std::string> followLinks(std::string_view path, const LinkLookup& linkAt) {
    const auto names = splitPath(path);
    std::deque<std::string> todo(names.begin(), names.end());
    std::string place;
    int links = 0;
    while (!todo.empty()) {
        const std::string name = std::move(todo.front());
        todo.pop_front();
        if (name == ".")
            continue;
        if (name == "..") {
            place = parentPath(place);
            continue;
        }
        std::string next = joinPath(place, name);
        TRY_ASSIGN(const auto target, linkAt(next, links));
        if (!target) {
            place = std::move(next);
            continue;
        }
        ++links;
        if (target->starts_with('/'))
            place.clear();
        const auto more = splitPath(*target);
        todo.insert(todo.begin(), more.begin(), more.end());
    }
    return place;
}

} // namespace escale
