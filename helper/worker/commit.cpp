#include "helper/worker/commit.h"

#include <sys/stat.h>
#include <unistd.h>

namespace escale {

Result<Digest> commitContainer(Store& store, const std::string& workerProgram, const CommitRequest& request,
                               const CommitSource& source, const FilesProgress& progress,
                               const Cancellation& cancellation) {
    TRY(checkNewName(request.image.reference));
    TRY_ASSIGN(auto layers, store.layersOf(request.baseImage));
    TRY_ASSIGN(const UniqueFd archive, store.openSpool());
    TRY(FilesWorker(workerProgram)
            .archiveLayer({source.upper, source.userNamespace}, archive.get(), progress, cancellation));
    if (source.wasRead)
        source.wasRead();
    struct stat info {};
    if (::fstat(archive.get(), &info) != 0 || ::lseek(archive.get(), 0, SEEK_SET) != 0)
        return failErrno("cannot read the container's changes");
    TRY_ASSIGN(ImageLayer top, stageArchive(store, workerProgram, archive.get(),
                                            static_cast<std::uint64_t>(info.st_size), {}, cancellation));
    layers.push_back(std::move(top));
    return commitMade(store, request.image, std::move(layers), cancellation);
}

} // namespace escale
