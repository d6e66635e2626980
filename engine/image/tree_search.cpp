#include "engine/image/tree_search.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/image/entry_path.h"
#include "engine/image/name_pattern.h"
#include "engine/image/tree_walk.h"

namespace escale {

Result<std::uint64_t> searchTree(int root, const SearchRequest& request, int output) {
    TRY_ASSIGN(const TreeEntry folder, openTreeEntry(root, request.path, true));
    if (!S_ISDIR(folder.info.st_mode))
        return fail(ErrorCode::InvalidArgument, quotedName(request.path) + " is not a folder");
    const std::string above = request.path.substr(0, request.path.find_last_not_of('/') + 1) + "/";
    const NamePattern pattern(request.text);
    std::uint64_t found = 0;
    TRY(walkTree(folder.fd.get(), [&](const WalkedFile& file) -> Result<bool> {
        if (!pattern.matches(file.name))
            return true;
        Json line;
        line.set("path", above + file.path);
        line.set("mode", std::uint64_t{file.info.st_mode});
        line.set("size", static_cast<std::int64_t>(file.info.st_size));
        line.set("modified",
                 std::int64_t{file.info.st_mtim.tv_sec} * 1000 + file.info.st_mtim.tv_nsec / 1'000'000);
        // At once: somebody looks at the first ones while the rest is searched.
        TRY(writeAll(output, line.dump() + "\n", "what was found"));
        return ++found < kMostFound;
    }));
    return found;
}

} // namespace escale
