#include "helper/service/stack_configs.h"

#include "engine/base/file.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace escale {

// A label can say "../../…": root would look there.
Result<std::string> StackConfigs::fileOf(uid_t owner, const std::string& project) const {
    const bool isName = !project.empty() && project.size() <= NAME_MAX - 5 &&
                        std::all_of(project.begin(), project.end(), [](char c) {
                            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
                        });
    if (!isName)
        return fail(ErrorCode::InvalidArgument,
                    '"' + project.substr(0, 80) + "\" is not the name of a project");
    return m_folder + '/' + std::to_string(owner) + '/' + project + ".yaml";
}

Result<void> StackConfigs::save(uid_t owner, const std::string& project, const std::string& text) const {
    if (text.empty())
        return remove(owner, project);
    TRY_ASSIGN(const std::string path, fileOf(owner, project));
    TRY(makeDirectories(m_folder + '/' + std::to_string(owner), 0700));
    if (!has(owner, project))
        TRY(makeRoom(owner));
    return writeFileAtomically(path, text, 0600);
}

// An up with no containers leaves one, too: nothing else would bound them.
Result<void> StackConfigs::makeRoom(uid_t owner) const {
    const std::string folder = m_folder + '/' + std::to_string(owner);
    TRY_ASSIGN(const auto names, listDirectory(folder));
    std::vector<std::pair<std::pair<std::time_t, long>, std::string>> byAge;
    for (const std::string& name : names) {
        struct stat status {};
        if (::stat((folder + '/' + name).c_str(), &status) == 0)
            byAge.push_back({{status.st_mtim.tv_sec, status.st_mtim.tv_nsec}, name});
    }
    std::sort(byAge.begin(), byAge.end());
    for (std::size_t i = 0; i + m_most <= byAge.size(); ++i) {
        const std::string path = folder + '/' + byAge[i].second;
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            return failErrno("cannot remove " + path);
    }
    return {};
}

Result<UniqueFd> StackConfigs::open(uid_t owner, const std::string& project) const {
    TRY_ASSIGN(const std::string path, fileOf(owner, project));
    auto file = openFile(path, O_RDONLY | O_NOFOLLOW);
    if (!file && file.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::NotFound, "the engine has no Compose file of the stack \"" + project + '"',
                    "It was brought up by another program, or by an Up without one.");
    return file;
}

bool StackConfigs::has(uid_t owner, const std::string& project) const {
    const auto path = fileOf(owner, project);
    return path && ::access(path->c_str(), F_OK) == 0;
}

Result<void> StackConfigs::remove(uid_t owner, const std::string& project) const {
    TRY_ASSIGN(const std::string path, fileOf(owner, project));
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return failErrno("cannot remove " + path);
    return {};
}

} // namespace escale
