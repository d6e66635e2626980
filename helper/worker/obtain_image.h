// An image comes into the store: the helper's side, the same wherever it comes from. A worker that has seen
// the source (escale-worker fetch, escale-worker archive) gives its documents and sends its layers, a fresh
// one describes the documents, one a layer unpacks it; none is trusted, every word from them is checked here.
// Blocking: call it on a job's thread.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/image/platform.h"
#include "helper/worker/layer_claims.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

#include <cstdint>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

class Store;

enum class LayerPhase : std::uint8_t { Waiting, Downloading, Present, Done };

struct LayerProgress {
    std::string digest; // of the blob
    LayerPhase phase = LayerPhase::Waiting;
    std::uint64_t received = 0; // bytes of the blob; it is unpacked while it arrives
    std::uint64_t total = 0;
};

using LayersProgress = std::function<void(const std::vector<LayerProgress>&)>;

/// Who gets the image, and under which name.
struct ObtainRequest {
    uid_t owner = 0;
    std::string repository; // "docker.io/library/debian"
    std::string tag;        // may be empty: by digest
    Platform platform;
    LayerSource
        source{}; // what others bring from there at the same time comes once; empty: not from a registry
};

/// Reads Document messages and the Resolved that ends them.
Result<worker::Documents> receiveDocuments(WorkerProcess& source, const Cancellation& cancellation);

/// All or nothing: the image of these documents is in the store under the owner's name, or the store is as
/// before. Answers with the manifest's digest. Missing layers are asked of `source` (WantLayer).
Result<Digest> obtainImage(Store& store, const std::string& workerProgram, WorkerProcess& source,
                           const worker::Documents& documents, const ObtainRequest& request,
                           const LayersProgress& progress, const Cancellation& cancellation);

} // namespace escale
