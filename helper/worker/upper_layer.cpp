#include "helper/worker/upper_layer.h"

#include "engine/image/media_types.h"
#include "engine/image/unpack.h"
#include "helper/worker/protocol.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace escale {
namespace {

constexpr int kPipeSize = 1 << 20;

} // namespace

Result<UpperLayer> stageUpper(Store& store, const std::string& workerProgram, const UpperRequest& request,
                              const Cancellation& cancellation) {
    TRY_ASSIGN(StagedLayer staged, store.stageLayer());
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    (void)::fcntl(writing.get(), F_SETPIPE_SZ, kPipeSize); // a smaller one is only slower
    TRY_ASSIGN(WorkerProcess unpack, WorkerProcess::start(workerProgram, "unpack"));
    TRY(worker::sendUnpack(unpack.channel(), UnpackLimits::kUnknownSize, LayerCompression::None,
                           reading.get(), staged.content(), staged.record()));
    reading.reset();
    const auto archived =
        FilesWorker(workerProgram)
            .archiveLayer(request.upper, writing.get(), request.progress, cancellation, request.archive);
    writing.reset();
    if (request.wasRead)
        request.wasRead();
    // Whose fault it is that nobody reads the archive any longer, the reader says.
    if (!archived && archived.error().code != ErrorCode::Unreachable)
        return fail(archived.error());
    TRY_ASSIGN(Message message, unpack.receive(cancellation));
    TRY_ASSIGN(worker::UnpackAnswer answer, worker::readUnpacked(message));
    if (!archived)
        return fail(archived.error());
    // Its blob is the tar: what was around it is not kept.
    const Digest blob = answer.diffId;
    return UpperLayer{
        ImageLayer{std::move(answer.diffId), blob, answer.tarSize, kOciLayer, answer.size, std::move(staged)},
        archived->entries};
}

} // namespace escale
