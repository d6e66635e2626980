#include "helper/worker/git_worker.h"

#include "engine/base/file.h"
#include "engine/build/git_address.h"
#include "engine/build/web_address.h"
#include "helper/worker/protocol.h"
#include "helper/worker/worker_process.h"

#include <algorithm>
#include <fcntl.h>

namespace escale {
namespace worker {
namespace {

constexpr std::size_t kLongestText = 16 * 1024;

} // namespace

Result<void> sendGit(const MessageChannel& channel, const GitRequest& request, int folder) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::Git));
    message.text(request.address).text(request.commit).number(request.keepsGitFolder ? 1 : 0);
    message.number(request.user).text(request.proxy.http).text(request.proxy.https);
    message.text(request.proxy.noProxy).number(folder >= 0 ? 1 : 0);
    if (folder >= 0)
        message.fd(folder);
    return channel.send(message);
}

Result<GitOrder> readGit(Message& message) {
    GitOrder order;
    TRY_ASSIGN(order.request.address, message.text(kLongestText));
    TRY_ASSIGN(order.request.commit, message.text(kLongestText));
    TRY_ASSIGN(const std::uint64_t keeps, message.number());
    order.request.keepsGitFolder = keeps != 0;
    TRY_ASSIGN(const std::uint64_t user, message.number());
    order.request.user = static_cast<uid_t>(user);
    TRY_ASSIGN(order.request.proxy.http, message.text(kLongestText));
    TRY_ASSIGN(order.request.proxy.https, message.text(kLongestText));
    TRY_ASSIGN(order.request.proxy.noProxy, message.text(kLongestText));
    TRY_ASSIGN(const std::uint64_t hasFolder, message.number());
    if (hasFolder != 0) {
        TRY_ASSIGN(order.folder, message.fd());
    }
    TRY(message.end());
    return order;
}

Result<void> sendGitDone(const MessageChannel& channel, const GitCommit& commit) {
    MessageWriter message(static_cast<std::uint32_t>(Kind::GitDone));
    return channel.send(message.text(commit.id).text(commit.folder).number(commit.keepsGitFolder ? 1 : 0));
}

Result<GitCommit> readGitDone(Message& message) {
    GitCommit commit;
    TRY_ASSIGN(commit.id, message.text(kLongestText));
    TRY_ASSIGN(commit.folder, message.text(kLongestText));
    TRY_ASSIGN(const std::uint64_t keeps, message.number());
    commit.keepsGitFolder = keeps != 0;
    TRY(message.end());
    if (!isCommitId(commit.id))
        return fail(ErrorCode::Untrusted, "malformed message: no commit's id");
    return commit;
}

} // namespace worker

namespace {

using worker::Kind;

constexpr std::size_t kLongestProgress = 256;

std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; },
        ' ');
    return text;
}

Result<GitCommit> run(const std::string& program, const GitRequest& request, int folder,
                      const GitProgress& progress, const Cancellation& cancellation) {
    TRY(cancellation.check());
    TRY_ASSIGN(WorkerProcess process, WorkerProcess::start(program, "git"));
    TRY(worker::sendGit(process.channel(), request, folder));
    for (;;) {
        TRY_ASSIGN(Message message, process.receive(cancellation));
        switch (static_cast<Kind>(message.kind())) {
        case Kind::Failed:
            return fail(worker::readError(message));
        case Kind::GitProgress: {
            TRY_ASSIGN(std::string text, message.text(kLongestProgress));
            TRY(message.end());
            if (progress)
                progress(printable(std::move(text)));
            break;
        }
        case Kind::GitDone:
            return worker::readGitDone(message);
        default:
            return fail(ErrorCode::Untrusted,
                        "the worker sent an unexpected message " + worker::kindName(message.kind()));
        }
    }
}

/// Neither a link of the repository's nor anything else leads out of what was checked out.
Result<UniqueFd> openContent(const GitCommit& commit, int folder) {
    const std::string files = worker::kGitFiles;
    auto content = openBeneath(folder, commit.folder.empty() ? files : files + "/" + commit.folder,
                               O_RDONLY | O_DIRECTORY);
    if (!content)
        return fail(ErrorCode::NotFound, "the repository has no folder \"" + commit.folder + "\"",
                    "Look at what the branch or tag holds; a link is not followed.");
    return content;
}

template <class T>
Result<T> named(Result<T> outcome, const char* what, const GitRequest& request,
                const Cancellation& cancellation) {
    // A worker that was ended by the cancellation must not hide it behind an error of its own.
    if (!outcome && cancellation.isCancelled())
        return fail(ErrorCode::Cancelled, "fetching the git repository was cancelled");
    if (!outcome)
        return fail(std::move(outcome).error().prefixed(what + withoutUserInfo(request.address)));
    return outcome;
}

} // namespace

Result<GitCommit> findGitCommit(const std::string& workerProgram, const GitRequest& request,
                                const Cancellation& cancellation) {
    return named(run(workerProgram, request, -1, {}, cancellation), "cannot ask the git repository ", request,
                 cancellation);
}

Result<GitCheckout> checkOutGit(const std::string& workerProgram, const GitRequest& request, int folder,
                                const GitProgress& progress, const Cancellation& cancellation) {
    const auto checkOut = [&]() -> Result<GitCheckout> {
        GitCheckout done;
        TRY_ASSIGN(done.commit, run(workerProgram, request, folder, progress, cancellation));
        TRY_ASSIGN(done.content, openContent(done.commit, folder));
        return done;
    };
    return named(checkOut(), "cannot fetch the git repository ", request, cancellation);
}

} // namespace escale
