#include "helper/worker/import.h"

#include "engine/base/cached_stat.h"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

/// What a person can do about an archive that is none.
Error withAdvice(Error error) {
    if (error.code != ErrorCode::Untrusted)
        return error;
    error.hint = "A root file system's tar archive can be imported; an archive of images is loaded instead.";
    return error;
}

Result<ImageLayer> stageInput(Store& store, const std::string& workerProgram, const ImportRequest& request,
                              const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                              const Cancellation& cancellation) {
    const auto info = cachedStat(request.input);
    const bool isFile = S_ISREG(info.stx_mode);
    if (isFile && info.stx_size == 0)
        return fail(ErrorCode::InvalidArgument, "there is nothing in the file");
    if (isFile && ::lseek(request.input, 0, SEEK_SET) != 0)
        return failErrno("cannot read the archive from its beginning");
    const auto waiting = [&] {
        // The worker reads through the same open file.
        const off_t done = isFile ? ::lseek(request.input, 0, SEEK_CUR) : 0;
        if (progress)
            progress(static_cast<std::uint64_t>(std::max<off_t>(0, done)), isFile ? info.stx_size : 0);
    };
    TRY_ASSIGN(ImageLayer layer, stageArchive(store, workerProgram, request.input, UnpackLimits::kUnknownSize,
                                              waiting, cancellation));
    if (layer.blobSize == 0)
        return fail(ErrorCode::InvalidArgument, "nothing came through the pipe");
    return layer;
}

} // namespace

Result<Digest> importImage(Store& store, const std::string& workerProgram, const ImportRequest& request,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress,
                           const Cancellation& cancellation) {
    const auto run = [&]() -> Result<Digest> {
        TRY(checkNewNameOrNone(request.image.reference));
        auto layer = stageInput(store, workerProgram, request, progress, cancellation);
        if (!layer)
            return fail(withAdvice(std::move(layer).error()));
        std::vector<ImageLayer> layers;
        layers.push_back(*std::move(layer));
        return commitMade(store, request.image, std::move(layers), cancellation);
    };
    const std::string what = request.image.reference.empty() ? "the archive" : request.image.reference;
    auto made = run();
    // A worker that was ended by the cancellation must not hide it behind an error of its own.
    if (!made && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "the import of " + what + " was cancelled");
    if (!made)
        return fail(std::move(made).error().prefixed("cannot import " + what));
    return made;
}

} // namespace escale
