#include "helper/worker/image_layers.h"

#include "helper/worker/layers_protocol.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

namespace escale {

Result<void> readImageLayers(Store& store, const std::string& workerProgram, const Image& image,
                             UniqueFd output, const Cancellation& cancellation, const TopLayer& top) {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(workerProgram, "layers"));
    const std::size_t count = image.layers.size() + (top.folder >= 0 ? 1 : 0);
    TRY(worker::sendLayers(process.channel(), count, top.idBase, output.get()));
    output.reset(); // the worker's is the last: its end is the stream's
    for (const Layer& layer : image.layers) {
        TRY_ASSIGN(const UniqueFd folder, store.openLayer(layer.number));
        TRY(worker::sendLayerFolder(process.channel(), folder.get()));
    }
    if (top.folder >= 0)
        TRY(worker::sendLayerFolder(process.channel(), top.folder));
    TRY_ASSIGN(Message message, process.receive(cancellation));
    if (message.kind() == static_cast<std::uint32_t>(worker::Kind::Failed))
        return fail(worker::readError(message));
    if (message.kind() != static_cast<std::uint32_t>(worker::Kind::LayersDone))
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    return message.end();
}

} // namespace escale
