// The helper's side of an escale-worker build: starts it, and does for it what it asks for.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/build/builder.h"
#include "helper/worker/build_protocol.h"
#include "helper/worker/worker_process.h"

namespace escale {

/// Borrowed.
struct BuildFiles {
    int dockerfile = -1; // read to its end, 1 MiB at most
    int events = -1;     // open for appending: build_events.h
};

class RequestThreads;

class BuildConversation {
public:
    /// `operations` are called on threads that live as long as run() does, each request on one of its own;
    /// after cancel(), as after `cancellation`, they are to answer soon.
    BuildConversation(BuildOperations& operations, const Cancellation& cancellation)
        : m_operations(operations)
        , m_cancellation(cancellation) {}

    /// Once; blocks until the build has ended and no request is under way. `program`: escale-worker;
    /// `request`: its text is not used, the file is read. As buildImage(); SystemFailure too when the worker
    /// was killed, Untrusted when it asks for what no builder asks for: then the last event is written here.
    Result<BuilderResult> run(const std::string& program, const BuilderRequest& request,
                              const BuildFiles& files);

private:
    Result<BuilderResult> listen(WorkerProcess& process, RequestThreads& threads);
    Result<std::optional<BuilderResult>> take(Message& message, const MessageChannel& channel,
                                              RequestThreads& threads);
    void serve(const worker::BuildParcel& parcel, const MessageChannel& channel);
    Result<std::string> answer(const worker::BuildParcel& parcel);

    BuildOperations& m_operations;
    const Cancellation& m_cancellation;
    worker::ParcelReader m_reader;
    bool m_hasEnded = false; // and the builder's last event says how
};

} // namespace escale
