#include "helper/worker/image_layers.h"

#include "helper/worker/layers_protocol.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

namespace escale {

Result<void> readImageLayers(Store& store, const std::string& workerProgram, const Image& image,
                             UniqueFd output, const Cancellation& cancellation) {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(workerProgram, "layers"));
    TRY(worker::sendLayers(process.channel(), image.layers.size(), output.get()));
    output.reset(); // the worker's is the last: its end is the stream's
    for (const Layer& layer : image.layers) {
        TRY_ASSIGN(const UniqueFd folder, store.openLayer(layer.number));
        TRY(worker::sendLayerFolder(process.channel(), folder.get()));
    }
    TRY_ASSIGN(Message message, process.receive(cancellation));
    if (message.kind() == static_cast<std::uint32_t>(worker::Kind::Failed))
        return fail(worker::readError(message));
    if (message.kind() != static_cast<std::uint32_t>(worker::Kind::LayersDone))
        return fail(ErrorCode::Untrusted,
                    "the worker sent an unexpected message " + worker::kindName(message.kind()));
    return message.end();
}

} // namespace escale
