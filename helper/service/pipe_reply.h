// A job that answers its call itself, as soon as it knows what it will send: with its own path and the read
// end of a pipe that a worker fills.
#pragma once

#include "engine/base/unique_fd.h"
#include "helper/jobs/jobs.h"
#include "helper/service/call.h"

#include <QVariantList>

#include <future>

namespace escale {

struct Pipe {
    UniqueFd reading, writing;
    /// With room for a mebibyte, where the system gives it.
    static Result<Pipe> make();
};

/// Used by the D-Bus thread until the job has been started, by the job's thread then. The call is let go with
/// the answer: it counts among those that wait.
class PipeReply {
public:
    explicit PipeReply(CallPointer call)
        : m_call(std::move(call)) {}
    /// The job's path, or why it could not be started.
    void setJob(const Result<QString>& path);
    /// Answers (job, first…, pipe, more…); waits for setJob().
    void send(const UniqueFd& pipe, const QVariantList& more = {}, const QVariantList& first = {});
    /// Once something has been sent it does nothing.
    void refuse(const Error& error);

private:
    CallPointer m_call;
    std::promise<QString> m_job;
};

/// Starts a job that answers the call by its PipeReply; the call is refused when it fails before.
void startJobThatReplies(Jobs& jobs, const CallPointer& call, const Job::Description& description,
                         std::function<Result<QString>(PipeReply& reply, const Cancellation&)> work);

} // namespace escale
