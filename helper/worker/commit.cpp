#include "helper/worker/commit.h"

#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/image/reference.h"
#include "engine/store/store.h"
#include "helper/worker/protocol.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

/// A file of no name: it goes with its descriptor, whatever happens.
Result<UniqueFd> makeTemporary(const Store& store) {
    const std::string path = store.folder() + "/staging/" + randomId() + ".tar";
    TRY_ASSIGN(UniqueFd file, openFile(path, O_RDWR | O_CREAT | O_EXCL, 0600));
    if (::unlink(path.c_str()) != 0)
        return failErrno("cannot take the name of " + path);
    return file;
}

/// The archive becomes a layer of the store: unpacked and hashed as one that was pulled.
Result<ImageLayer> stage(Store& store, const std::string& program, const UniqueFd& archive,
                         const Cancellation& cancellation) {
    struct stat info {};
    if (::fstat(archive.get(), &info) != 0 || ::lseek(archive.get(), 0, SEEK_SET) != 0)
        return failErrno("cannot read the container's changes");
    TRY_ASSIGN(StagedLayer staged, store.stageLayer());
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(program, "unpack"));
    TRY(worker::sendUnpack(process.channel(), static_cast<std::uint64_t>(info.st_size),
                           LayerCompression::None, archive.get(), staged.content(), staged.record()));
    TRY_ASSIGN(Message message, process.receive(cancellation));
    TRY_ASSIGN(worker::UnpackAnswer answer, worker::readUnpacked(message));
    return ImageLayer{
        std::move(answer.diffId), std::move(answer.blobDigest), answer.blobSize, kOciLayer, answer.size,
        std::move(staged)};
}

} // namespace

Result<Digest> commitContainer(Store& store, const std::string& workerProgram, const CommitRequest& request,
                               const CommitSource& source, const FilesProgress& progress,
                               const Cancellation& cancellation) {
    TRY_ASSIGN(const Reference reference, Reference::parse(request.reference));
    if (reference.digest)
        return fail(ErrorCode::InvalidArgument, "a new image is named by a tag, not by a digest");
    TRY_ASSIGN(auto layers, store.layersOf(request.baseImage));
    TRY_ASSIGN(const UniqueFd archive, makeTemporary(store));
    TRY(ContainerFiles(workerProgram)
            .archiveLayer({source.upper, source.userNamespace}, archive.get(), progress, cancellation));
    if (source.wasRead)
        source.wasRead();
    TRY_ASSIGN(ImageLayer top, stage(store, workerProgram, archive, cancellation));
    layers.push_back(std::move(top));
    TRY(cancellation.check());
    std::string config = writeImageConfig(request.settings, layers, request.history);
    std::string manifest = writeManifest(config, layers);
    const Digest digest = Digest::ofData(manifest);
    const Digest configDigest = Digest::ofData(config);
    TRY(store.commitImage({.owner = request.owner,
                           .repository = reference.name(),
                           .tag = reference.tag,
                           .mediaType = kOciManifest,
                           .manifest = std::move(manifest),
                           .config = std::move(config),
                           .manifestDigest = digest,
                           .configDigest = configDigest,
                           .settings = request.settings,
                           .layers = std::move(layers)}));
    return digest;
}

} // namespace escale
