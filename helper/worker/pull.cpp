#include "helper/worker/pull.h"

#include "engine/image/reference.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

namespace escale {
namespace {

using worker::Documents;

Result<Documents> resolve(WorkerProcess& fetch, const PullRequest& request, const Reference& reference,
                          const Platform& platform, const Cancellation& cancellation) {
    // Read anew for each pull: a mirror that is added counts at once. The file is root's own.
    TRY_ASSIGN(const RegistrySettings machine, RegistrySettings::ofMachine());
    TRY_ASSIGN(const RegistryAccess access, machine.accessTo(reference.registry));
    TRY(worker::sendFetch(fetch.channel(), {.reference = reference.toString(),
                                            .platform = platform.toString(),
                                            .credentials = request.credentials,
                                            .access = access.overlaidWith(request.access)}));
    return receiveDocuments(fetch, cancellation);
}

/// What was asked for by digest is the manifest, or the index that led to it.
Result<void> checkDigest(const Reference& reference, const Documents& documents) {
    if (!reference.digest)
        return {};
    const Digest actual = Digest::ofData(documents.index.empty() ? documents.manifest : documents.index);
    if (actual != *reference.digest)
        return fail(ErrorCode::Untrusted, "the registry sent content with digest " + actual.toString() +
                                              " for " + reference.toString());
    return {};
}

Result<Pulled> pull(Store& store, const std::string& program, const PullRequest& request,
                    const LayersProgress& progress, const Cancellation& cancellation) {
    TRY_ASSIGN(const Reference reference, Reference::parse(request.reference));
    TRY_ASSIGN(const Platform platform, Platform::parseOrThisMachine(request.platform));
    TRY(cancellation.check());
    TRY_ASSIGN(WorkerProcess fetch, WorkerProcess::start(program, "fetch"));
    TRY_ASSIGN(const Documents documents, resolve(fetch, request, reference, platform, cancellation));
    TRY(checkDigest(reference, documents));
    TRY_ASSIGN(
        const Digest digest,
        obtainImage(
            store, program, fetch, documents,
            {request.owner, reference.name(), reference.tag, platform, {reference.registry, request.access}},
            progress, cancellation));
    return Pulled{digest.toString(), reference.toString()};
}

} // namespace

Result<Pulled> pullImage(Store& store, const std::string& workerProgram, const PullRequest& request,
                         const LayersProgress& progress, const Cancellation& cancellation) {
    auto pulled = pull(store, workerProgram, request, progress, cancellation);
    // A worker that was ended by the cancellation must not hide it behind an error of its own.
    if (!pulled && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "the pull of " + request.reference + " was cancelled");
    if (!pulled)
        return fail(std::move(pulled).error().prefixed("cannot pull " + request.reference));
    return pulled;
}

} // namespace escale
