#include "engine/image/tree_walk.h"

#include "engine/image/entry_path.h"
#include "engine/image/tree_files.h"

#include <cerrno>
#include <fcntl.h>
#include <vector>

namespace escale {
namespace {

constexpr std::size_t kDeepest = 4096; // one descriptor each

struct Folder {
    UniqueFd fd;
    std::string path; // with the slash at its end; empty: the top
    std::vector<std::string> names;
    std::size_t next = 0;
};

Result<Folder> listed(UniqueFd fd, std::string path) {
    TRY_ASSIGN(auto names, namesIn(fd.get()));
    return Folder{std::move(fd), std::move(path), std::move(names)};
}

} // namespace

Result<void> walkTree(int folder, const VisitFile& visit) {
    std::vector<Folder> way;
    UniqueFd top = openStep(folder, ".", O_RDONLY | O_DIRECTORY);
    if (!top)
        return failErrno("cannot open a folder");
    TRY_ASSIGN(Folder first, listed(std::move(top), {}));
    way.push_back(std::move(first));
    while (!way.empty()) {
        Folder& here = way.back();
        if (here.next == here.names.size()) {
            way.pop_back();
            continue;
        }
        const std::string& name = here.names[here.next++];
        std::string path = here.path + name;
        struct stat info {};
        if (::fstatat(here.fd.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT)
                continue;
            return failErrno("cannot look at " + quotedName(path));
        }
        TRY_ASSIGN(const bool goesOn, visit({here.fd.get(), name, path, info}));
        if (!goesOn)
            return {};
        if (!S_ISDIR(info.st_mode))
            continue;
        UniqueFd next = openStep(here.fd.get(), name, O_RDONLY | O_DIRECTORY);
        if (!next && (errno == ENOENT || errno == ELOOP || errno == EXDEV || errno == ENOTDIR))
            continue;
        if (!next)
            return failErrno("cannot open the folder " + quotedName(path));
        if (way.size() == kDeepest)
            return fail(ErrorCode::Unsupported,
                        "the folder " + quotedName(path) + " is nested deeper than 4096 folders");
        path += '/';
        TRY_ASSIGN(Folder below, listed(std::move(next), std::move(path)));
        way.push_back(std::move(below));
    }
    return {};
}

} // namespace escale
