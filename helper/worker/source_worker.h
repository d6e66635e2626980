// Where a build takes files from: the helper's side of an escale-worker source, whose root is a folder (a
// context that the store keeps, or the root of a step or an image) and which tells what is in it and copies
// from it. It has its owner's ids and no network, and reads nothing but that folder and what a copy goes on
// top of. Answers one call at a time; calls of several threads wait for each other. Blocking; the process
// dies with the thread that has started it.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/digest.h"
#include "engine/build/build_operations.h"
#include "engine/build/context_receiver.h"
#include "helper/worker/source_protocol.h"
#include "helper/worker/worker_process.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace escale {

/// What a copy is made on, borrowed.
struct CopyTarget {
    int parent = -1; // the parent's root to read in, of the owner's ids; -1: scratch
    int upper = -1;  // an empty folder of the owner's ids: becomes overlay's upper folder on top of it
};

/// A remote file that ADD copies: downloaded, or a folder that git has checked out.
struct FetchedSource {
    std::string name;
    int content = -1; // a file's, or a folder's (O_DIRECTORY); borrowed
};

class SourceWorker {
public:
    /// `folder` of the store, of the owner's ids: "files/" holds what was sent, "index" what it is. Empty
    /// before the first use.
    static Result<std::unique_ptr<SourceWorker>> forContext(const std::string& program, int folder,
                                                            int userNamespace);
    /// A root to read in.
    static Result<std::unique_ptr<SourceWorker>> forRoot(const std::string& program, int root,
                                                         int userNamespace);

    /// Makes the context what the other end of `socket` has (engine/build/context_sender.h). Before the
    /// first of the following. When it fails, what has come is kept for the next time.
    Result<ContextTotals> receive(int socket, const std::function<void(const ContextTotals&)>& progress,
                                  const Cancellation& cancellation);
    /// As BuildOperations::digest() has it, without addresses.
    Result<std::string> digest(const CopyRequest& request, const Cancellation& cancellation);
    /// NotFound (a path that is not there, wildcards may match nothing; a user that the parent does not
    /// know), InvalidArgument (a file where a folder is to be). Files of a context are linked, not copied,
    /// where nothing of them changes. Answers with the bytes of files.
    Result<std::uint64_t> copy(const CopyRequest& request, const CopyTarget& target,
                               const std::vector<FetchedSource>& fetched, const Cancellation& cancellation);
    /// Makes the folder in `target`, as far as the parent lacks it. False: it was there. NotFound: a user
    /// that the parent does not know.
    Result<bool> makeFolder(const FolderRequest& request, const CopyTarget& target,
                            const Cancellation& cancellation);

private:
    SourceWorker(std::string program, worker::SourceKind kind, std::string boot, UniqueFd folder,
                 UniqueFd userNamespace);
    static Result<std::unique_ptr<SourceWorker>> create(const std::string& program, worker::SourceKind kind,
                                                        int folder, int userNamespace);
    Result<WorkerProcess> start(worker::SourceKind kind, const std::string& text, std::size_t fetched,
                                const CopyTarget& target) const;
    /// The process that stays, started with the first call.
    Result<WorkerProcess*> process();
    Result<worker::SourceAnswer> askDigest(const CopyRequest& request, const Cancellation& cancellation,
                                           bool& isAnswered);
    std::string m_program;
    worker::SourceKind m_kind;
    std::string m_boot; // of the machine
    UniqueFd m_folder, m_userNamespace;
    std::mutex m_mutex; // of the process that stays
    std::optional<WorkerProcess> m_process;
};

} // namespace escale
