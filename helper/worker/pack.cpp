#include "helper/worker/pack.h"

#include "engine/base/file.h"
#include "engine/store/store.h"
#include "helper/worker/pack_protocol.h"
#include "helper/worker/worker_process.h"

#include <fcntl.h>

namespace escale {
namespace {

Result<LayerBlob> run(Store& store, const std::string& program, const PackRequest& request,
                      const std::function<void(std::uint64_t)>& progress, const Cancellation& cancellation) {
    TRY_ASSIGN(const UniqueFd record, store.openRecord(request.layer));
    TRY_ASSIGN(const UniqueFd root, store.openLayer(request.layer));
    TRY(cancellation.check());
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(program, "pack"));
    TRY(worker::sendPack(process.channel(), request.compression, {root.get(), record.get(), request.output}));
    for (;;) {
        TRY_ASSIGN(Message message, process.receive(cancellation));
        std::uint64_t tarBytes = 0;
        TRY_ASSIGN(auto blob, worker::readPacked(message, tarBytes));
        if (blob)
            return std::move(*blob);
        if (progress)
            progress(tarBytes);
    }
}

} // namespace

Result<PackedLayer> packLayer(Store& store, const std::string& workerProgram, const PackRequest& request,
                              const std::function<void(std::uint64_t)>& progress,
                              const Cancellation& cancellation) {
    auto blob = run(store, workerProgram, request, progress, cancellation);
    if (blob && blob->diffId != request.diffId)
        blob = fail(ErrorCode::Untrusted, "its files were changed on the disk, or its record was",
                    "Remove the image and pull it again.");
    if (!blob && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "packing was cancelled");
    if (!blob)
        return fail(std::move(blob).error().prefixed("cannot pack layer " + request.diffId.shortHex()));
    return PackedLayer{std::move(blob->blobDigest), blob->blobSize, blob->tarSize};
}

Result<void> checkLayer(Store& store, const std::string& workerProgram, std::int64_t layer,
                        const Digest& diffId, const std::function<Result<void>(std::uint64_t)>& step,
                        const Cancellation& cancellation) {
    TRY_ASSIGN(const UniqueFd nowhere, openFile("/dev/null", O_WRONLY));
    std::uint64_t told = 0;
    Result<void> goOn;
    const auto tell = [&](std::uint64_t bytes) {
        if (goOn)
            goOn = step(bytes - told);
        told = bytes;
    };
    TRY_ASSIGN(const PackedLayer packed,
               packLayer(store, workerProgram, {layer, diffId, LayerCompression::None, nowhere.get()}, tell,
                         cancellation));
    tell(packed.tarSize);
    return goOn;
}

} // namespace escale
