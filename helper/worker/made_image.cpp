#include "helper/worker/made_image.h"

#include "engine/image/media_types.h"
#include "engine/image/reference.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

#include <array>
#include <cerrno>
#include <poll.h>

namespace escale {
namespace {

constexpr int kWaitingMilliseconds = 100;
constexpr const char* kNameless = "localhost/image";

Result<Message> receive(WorkerProcess& process, const std::function<void()>& waiting,
                        const Cancellation& cancellation) {
    std::array<pollfd, 2> ready{{{process.channel().fd(), POLLIN, 0}, {cancellation.fd(), POLLIN, 0}}};
    while (waiting && ready[0].revents == 0 && ready[1].revents == 0) {
        waiting();
        if (::poll(ready.data(), ready.size(), kWaitingMilliseconds) < 0 && errno != EINTR)
            return failErrno("cannot wait for a worker");
    }
    return process.receive(cancellation);
}

Result<ImageTag> newName(const std::string& written) {
    if (written.empty())
        return ImageTag{kNameless, {}};
    TRY_ASSIGN(const Reference reference, Reference::parse(written));
    return ImageTag{reference.name(), reference.tag};
}

} // namespace

Result<void> checkNewName(const std::string& reference) {
    TRY_ASSIGN(const Reference parsed, Reference::parse(reference));
    if (parsed.digest)
        return fail(ErrorCode::InvalidArgument, "an image is named by a tag, not by a digest");
    if (parsed.name() == "docker.io/library/sha256")
        return fail(ErrorCode::InvalidArgument, "an image named \"sha256\" would be taken for a digest");
    return {};
}

Result<void> checkNewNameOrNone(const std::string& reference) {
    return reference.empty() ? Result<void>() : checkNewName(reference);
}

Result<ImageLayer> stageArchive(Store& store, const std::string& workerProgram, int archive,
                                std::uint64_t size, const std::function<void()>& waiting,
                                const Cancellation& cancellation) {
    TRY_ASSIGN(StagedLayer staged, store.stageLayer());
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(workerProgram, "unpack"));
    TRY(worker::sendUnpack(process.channel(), size, LayerCompression::None, archive, staged.content(),
                           staged.record()));
    TRY_ASSIGN(Message message, receive(process, waiting, cancellation));
    TRY_ASSIGN(worker::UnpackAnswer answer, worker::readUnpacked(message));
    // Its blob is the tar: what was around it is not kept.
    const Digest blob = answer.diffId;
    return ImageLayer{std::move(answer.diffId), blob, answer.tarSize, kOciLayer, answer.size,
                      std::move(staged)};
}

Result<Digest> commitMade(Store& store, const MadeImage& image, std::vector<ImageLayer> layers,
                          const Cancellation& cancellation) {
    TRY_ASSIGN(const ImageTag name, newName(image.reference));
    TRY(cancellation.check());
    std::string config = writeImageConfig(image.settings, layers, image.history);
    std::string manifest = writeManifest(config, layers);
    const Digest digest = Digest::ofData(manifest);
    const Digest configDigest = Digest::ofData(config);
    TRY(store.commitImage({.owner = image.owner,
                           .repository = name.repository,
                           .tag = name.tag,
                           .mediaType = kOciManifest,
                           .manifest = std::move(manifest),
                           .config = std::move(config),
                           .manifestDigest = digest,
                           .configDigest = configDigest,
                           .settings = image.settings,
                           .layers = std::move(layers)}));
    return digest;
}

} // namespace escale
