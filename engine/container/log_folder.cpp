#include "engine/container/log_folder.h"

#include "engine/base/file.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr useconds_t kRenameTime = 1000; // microseconds
constexpr int kMostAttempts = 8;         // of a log that is put aside many times a second

bool isSameFile(int one, int other) {
    struct stat first {};
    struct stat second {};
    return ::fstat(one, &first) == 0 && ::fstat(other, &second) == 0 && first.st_dev == second.st_dev &&
           first.st_ino == second.st_ino;
}

// From the newest to the oldest: a file that is put aside meanwhile moves to where it is met again, never
// past us.
Result<std::vector<UniqueFd>> collect(const std::string& path, unsigned maxFile) {
    std::vector<UniqueFd> files;
    const auto add = [&files](const std::string& name) -> Result<bool> {
        auto file = openFile(name, O_RDONLY | O_NOFOLLOW);
        if (!file && file.error().code == ErrorCode::NotFound)
            return false;
        if (!file)
            return fail(file.error());
        if (std::none_of(files.begin(), files.end(),
                         [&](const UniqueFd& other) { return isSameFile(other.get(), file->get()); }))
            files.push_back(std::move(*file));
        return true;
    };
    TRY_ASSIGN(const bool any, add(path));
    if (!any)
        return fail(ErrorCode::NotFound, "there is no log " + path);
    // One number more than there are files: what is put aside while we look has moved there.
    for (unsigned number = 1; number <= maxFile && files.size() < kMostLogFiles; ++number) {
        const std::string name = path + "." + std::to_string(number);
        TRY_ASSIGN(const bool plain, add(name)); // whole until its compressed form is
        if (!plain)
            TRY(add(name + ".gz"));
    }
    return files;
}

} // namespace

Result<std::vector<UniqueFd>> openLogFiles(const std::string& path, unsigned maxFile) {
    for (int attempt = 1;; ++attempt) {
        auto found = collect(path, maxFile);
        // Between two renames there is none of that name.
        if (!found && found.error().code == ErrorCode::NotFound && attempt < kMostAttempts &&
            ::access((path + ".1").c_str(), F_OK) == 0) {
            ::usleep(kRenameTime);
            continue;
        }
        TRY_ASSIGN(auto files, std::move(found));
        // One that was compressed and moved on meanwhile would be there in both forms.
        struct stat first {};
        struct stat now {};
        const bool same = ::fstat(files.front().get(), &first) == 0 && ::stat(path.c_str(), &now) == 0 &&
                          first.st_ino == now.st_ino;
        if (same || attempt == kMostAttempts) {
            std::reverse(files.begin(), files.end());
            return files;
        }
    }
}

} // namespace escale
