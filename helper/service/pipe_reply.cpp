#include "helper/service/pipe_reply.h"

#include <QDBusObjectPath>
#include <QDBusUnixFileDescriptor>

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace escale {

Result<Pipe> Pipe::make() {
    constexpr int kSize = 1 << 20;
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return failErrno("cannot make a pipe");
    (void)::fcntl(ends[1], F_SETPIPE_SZ, kSize); // a smaller one is only slower
    return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

void PipeReply::setJob(const Result<QString>& path) {
    if (path)
        m_job.set_value(*path);
    else
        refuse(path.error());
}

void PipeReply::send(const UniqueFd& pipe, const QVariantList& more, const QVariantList& first) {
    const QDBusObjectPath job(m_job.get_future().get());
    m_call->reply(QVariantList{QVariant::fromValue(job)} + first +
                  QVariantList{QVariant::fromValue(QDBusUnixFileDescriptor(pipe.get()))} + more);
    m_call.reset();
}

void PipeReply::refuse(const Error& error) {
    if (m_call)
        m_call->refuse(error);
    m_call.reset();
}

void startJobThatReplies(Jobs& jobs, const CallPointer& call, const Job::Description& description,
                         std::function<Result<QString>(PipeReply&, const Cancellation&)> work) {
    const auto reply = std::make_shared<PipeReply>(call);
    const auto job = jobs.start(
        description, [reply, work = std::move(work)](JobProgress&, const Cancellation& cancellation) {
            auto done = work(*reply, cancellation);
            if (!done)
                reply->refuse(done.error());
            return done;
        });
    reply->setJob(job.map([](const auto& started) { return started->path(); }));
}

} // namespace escale
