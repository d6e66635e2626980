#include "helper/worker/source_worker.h"

#include "engine/base/file.h"
#include "helper/worker/protocol.h"

#include <fcntl.h>

namespace escale {
namespace {

using worker::Kind;
using worker::SourceAnswer;
using worker::SourceKind;

Result<UniqueFd> duplicate(int fd) {
    UniqueFd copy(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    return copy ? Result<UniqueFd>(std::move(copy)) : failErrno("cannot duplicate a descriptor");
}

/// Until SourceDone. `isAnswered`: whether the worker is ready for another call.
Result<SourceAnswer> readAnswer(WorkerProcess& process, const Cancellation& cancellation, bool& isAnswered,
                                const std::function<void(const ContextTotals&)>& progress = {}) {
    isAnswered = false;
    for (;;) {
        TRY_ASSIGN(Message message, process.receive(cancellation));
        switch (static_cast<Kind>(message.kind())) {
        case Kind::Failed:
            isAnswered = true;
            return fail(worker::readError(message));
        case Kind::SourceMoved: {
            TRY_ASSIGN(const ContextTotals totals, worker::readSourceMoved(message));
            if (progress)
                progress(totals);
            break;
        }
        case Kind::SourceDone: {
            TRY_ASSIGN(SourceAnswer answer, worker::readSourceDone(message));
            isAnswered = true;
            return answer;
        }
        default:
            return fail(ErrorCode::Untrusted,
                        "the worker sent an unexpected message " + worker::kindName(message.kind()));
        }
    }
}

} // namespace

SourceWorker::SourceWorker(std::string program, SourceKind kind, std::string boot, UniqueFd folder,
                           UniqueFd userNamespace)
    : m_program(std::move(program))
    , m_kind(kind)
    , m_boot(std::move(boot))
    , m_folder(std::move(folder))
    , m_userNamespace(std::move(userNamespace)) {}

Result<std::unique_ptr<SourceWorker>> SourceWorker::create(const std::string& program, SourceKind kind,
                                                           int folder, int userNamespace) {
    TRY_ASSIGN(UniqueFd ownFolder, duplicate(folder));
    UniqueFd ownNamespace;
    if (userNamespace >= 0) {
        TRY_ASSIGN(ownNamespace, duplicate(userNamespace));
    }
    TRY_ASSIGN(std::string boot, readFile("/proc/sys/kernel/random/boot_id", 128));
    return std::unique_ptr<SourceWorker>(
        new SourceWorker(program, kind, std::move(boot), std::move(ownFolder), std::move(ownNamespace)));
}

Result<std::unique_ptr<SourceWorker>> SourceWorker::forContext(const std::string& program, int folder,
                                                               int userNamespace) {
    return create(program, SourceKind::Context, folder, userNamespace);
}

Result<std::unique_ptr<SourceWorker>> SourceWorker::forRoot(const std::string& program, int root,
                                                            int userNamespace) {
    return create(program, SourceKind::Root, root, userNamespace);
}

Result<WorkerProcess> SourceWorker::start(SourceKind kind, const std::string& text, std::size_t fetched,
                                          const CopyTarget& target) const {
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(m_program, "source"));
    const int folder = kind == SourceKind::MakeFolder ? -1 : m_folder.get();
    TRY(worker::sendSource(process.channel(), kind, text, fetched,
                           {folder, m_userNamespace.get(), target.parent, target.upper}));
    return process;
}

Result<WorkerProcess*> SourceWorker::process() {
    if (!m_process) {
        TRY_ASSIGN(WorkerProcess process, start(m_kind, m_boot, 0, {}));
        m_process.emplace(std::move(process));
    }
    return &*m_process;
}

Result<ContextTotals> SourceWorker::receive(int socket,
                                            const std::function<void(const ContextTotals&)>& progress,
                                            const Cancellation& cancellation) {
    const std::lock_guard lock(m_mutex);
    TRY_ASSIGN(WorkerProcess * worker, process());
    MessageWriter message(static_cast<std::uint32_t>(Kind::SourceReceive));
    TRY(worker->channel().send(message.fd(socket)));
    bool isAnswered = false;
    auto answer = readAnswer(*worker, cancellation, isAnswered, progress);
    if (!isAnswered)
        m_process.reset();
    if (!answer)
        return fail(std::move(answer).error());
    return answer->totals;
}

Result<std::string> SourceWorker::digest(const CopyRequest& request, const Cancellation& cancellation) {
    const std::lock_guard lock(m_mutex);
    for (bool isNew = !m_process;; isNew = true) {
        bool isAnswered = false;
        auto answer = askDigest(request, cancellation, isAnswered);
        if (answer)
            return std::move(answer->text);
        if (isAnswered)
            return fail(std::move(answer).error());
        // Its process ends with the thread that has started it, which may have been another one.
        m_process.reset();
        if (isNew || cancellation.isCancelled())
            return fail(std::move(answer).error());
    }
}

Result<SourceAnswer> SourceWorker::askDigest(const CopyRequest& request, const Cancellation& cancellation,
                                             bool& isAnswered) {
    TRY_ASSIGN(WorkerProcess * worker, process());
    TRY(worker::sendCopyRequest(worker->channel(), static_cast<std::uint32_t>(Kind::SourceDigest), request));
    return readAnswer(*worker, cancellation, isAnswered);
}

Result<std::uint64_t> SourceWorker::copy(const CopyRequest& request, const CopyTarget& target,
                                         const std::vector<FetchedSource>& fetched,
                                         const Cancellation& cancellation) {
    const SourceKind kind = m_kind == SourceKind::Context ? SourceKind::CopyContext : SourceKind::CopyRoot;
    TRY_ASSIGN(WorkerProcess process, start(kind, m_boot, fetched.size(), target));
    for (const FetchedSource& file : fetched)
        TRY(worker::sendFetched(process.channel(), file.name, file.content));
    TRY(worker::sendCopyRequest(process.channel(), static_cast<std::uint32_t>(Kind::SourceCopy), request));
    bool isAnswered = false;
    TRY_ASSIGN(const SourceAnswer answer, readAnswer(process, cancellation, isAnswered));
    return answer.bytes;
}

Result<bool> SourceWorker::makeFolder(const FolderRequest& request, const CopyTarget& target,
                                      const Cancellation& cancellation) {
    TRY_ASSIGN(WorkerProcess process, start(SourceKind::MakeFolder, {}, 0, target));
    CopyRequest copy; // of nothing
    copy.target = request.path;
    copy.owner = request.owner;
    copy.latestTime = request.latestTime;
    TRY(worker::sendCopyRequest(process.channel(), static_cast<std::uint32_t>(Kind::SourceCopy), copy));
    bool isAnswered = false;
    TRY_ASSIGN(const SourceAnswer answer, readAnswer(process, cancellation, isAnswered));
    return answer.bytes != 0;
}

} // namespace escale
