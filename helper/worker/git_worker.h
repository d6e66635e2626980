// A git repository, for ADD and as a build's context: the helper's side of an escale-worker git, which runs
// the machine's git as an unprivileged user in namespaces of its own.
//
//   helper                     escale-worker git (root)      its child (first of a pid namespace,
//   unprivileged)
//     |-- Git (folder) ----------->|-- fork ------------------->|== git ls-remote, fetch, checkout ==> server
//     |<-- GitProgress* --------------------------------------- |  what git says
//     |<-- GitDone -------------------------------------------- |  ends
//
// In place of any answer: Failed, as in protocol.h. Nothing of the machine's or a user's configuration of git
// counts; no hook and nothing else of a repository is executed; only https, http and git are spoken, whatever
// a submodule wants.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/base/message_channel.h"
#include "engine/registry/proxy.h"

#include <functional>
#include <string>
#include <sys/types.h>

namespace escale {

struct GitRequest {
    std::string address;         // as engine/build/git_address.h has it
    std::string commit;          // that must be the outcome, an id or its first digits; empty: any
    bool keepsGitFolder = false; // where the address says nothing else
    uid_t user = 0;              // whose the files become: on the host, not root
    ProxySettings proxy;         // none set: the environment's
};

struct GitCommit {
    std::string id;     // of the commit: what decides what the files are
    std::string folder; // of the repository that is meant; empty: all of it
    bool keepsGitFolder = false;
    bool operator==(const GitCommit&) const = default;
};

struct GitCheckout {
    GitCommit commit;
    UniqueFd content; // the folder that is meant
};

/// What git says while it fetches: "Receiving objects:  42% (…)".
using GitProgress = std::function<void(const std::string& text)>;

// Blocking; the worker dies with the thread. InvalidArgument (the address), NotFound (repository, branch,
// folder), AuthenticationNeeded, Unreachable, RemoteFailure, Untrusted (another commit), Unsupported (ssh; no
// git on this machine), Cancelled. Errors name the address without its password.

/// Asks the server which commit is meant; nothing is fetched. For a commit's full id it is not asked at all.
Result<GitCommit> findGitCommit(const std::string& workerProgram, const GitRequest& request,
                                const Cancellation& cancellation);

/// Fetches one commit and checks it out, with its submodules. `folder`: empty, the user's, below which the
/// content is afterwards; borrowed.
Result<GitCheckout> checkOutGit(const std::string& workerProgram, const GitRequest& request, int folder,
                                const GitProgress& progress, const Cancellation& cancellation);

namespace worker {

struct GitOrder {
    GitRequest request;
    UniqueFd folder; // none: only find the commit
};
Result<void> sendGit(const MessageChannel& channel, const GitRequest& request, int folder);
Result<GitOrder> readGit(Message& message);
Result<void> sendGitDone(const MessageChannel& channel, const GitCommit& commit);
Result<GitCommit> readGitDone(Message& message);

/// Where the files are in the folder.
constexpr auto kGitFiles = "files";

} // namespace worker
} // namespace escale
