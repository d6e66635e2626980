// Runs git for one repository: finds the commit, fetches it alone, checks it out.
//
//   /tmp, which is the folder that the helper passed, in a mount namespace of its own
//     files/        what was checked out; with its .git, when that is kept
//     repository/   git's own, gone afterwards when it is not
#include "engine/base/file.h"
#include "engine/base/mount.h"
#include "engine/build/git_address.h"
#include "helper/worker/git_program.h"
#include "helper/worker/git_worker.h"
#include "helper/worker/jobs.h"
#include "helper/worker/protocol.h"
#include "helper/worker/sandbox.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <linux/mount.h>
#include <map>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace escale::worker {
namespace {

using Clock = std::chrono::steady_clock;

/// Existing everywhere, and nothing that git needs.
const std::string kFolder = "/tmp";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// A branch, tag or commit, as the server has it.
struct FoundRef {
    std::string name;   // "refs/heads/main", "HEAD"; empty: a commit that was named by its id
    std::string object; // what the name means: a commit, or an annotated tag
    std::string commit; // empty: not known yet
};

class GitJob {
public:
    GitJob(const MessageChannel& channel, const GitOrder& order, GitAddress address)
        : m_channel(channel)
        , m_order(order)
        , m_address(std::move(address))
        , m_keeps(m_address.keepsGitFolder.value_or(order.request.keepsGitFolder) && m_address.folder.empty())
        , m_folders(order.folder ? foldersFor(m_keeps) : GitFolders{})
        , m_git(m_address, m_folders, proxyOf(order), [this](const std::string& text) { tell(text); }) {}
    Result<void> run();

private:
    static GitFolders foldersFor(bool keeps) {
        const std::string files = kFolder + "/" + kGitFiles;
        return {keeps ? files + "/.git" : kFolder + "/repository", files};
    }
    static ProxySettings proxyOf(const GitOrder& order) {
        return order.request.proxy.isSet() ? order.request.proxy : ProxySettings::ofEnvironment();
    }
    void tell(const std::string& text);
    Result<FoundRef> find() const;
    Result<void> checkCommit(const std::string& id) const;
    Result<std::string> checkOut(const FoundRef& found) const;
    Result<void> begin(const FoundRef& found) const;
    Result<void> fetch(const FoundRef& found) const;
    Result<void> takeSubmodules() const;
    Result<void> finish(const FoundRef& found) const;

    const MessageChannel& m_channel;
    const GitOrder& m_order;
    const GitAddress m_address;
    const bool m_keeps;
    const GitFolders m_folders;
    const GitProgram m_git;
    Clock::time_point m_told{};
};

void GitJob::tell(const std::string& text) {
    const auto now = Clock::now();
    if (now - m_told < std::chrono::milliseconds(100) || text.empty())
        return;
    m_told = now;
    MessageWriter message(static_cast<std::uint32_t>(Kind::GitProgress));
    (void)m_channel.send(message.text(text)); // the helper may have gone: the next answer tells
}

/// "<id>\t<name>" a line, as ls-remote has it.
std::map<std::string, std::string> refsOf(const std::string& listing) {
    std::map<std::string, std::string> refs;
    std::size_t begin = 0;
    while (begin < listing.size()) {
        const std::size_t end = std::min(listing.find('\n', begin), listing.size());
        const std::string line = listing.substr(begin, end - begin);
        const std::size_t tab = line.find('\t');
        if (tab != std::string::npos && isCommitId(line.substr(0, tab)))
            refs[line.substr(tab + 1)] = line.substr(0, tab);
        begin = end + 1;
    }
    return refs;
}

bool hasPrefix(const std::string& text, const std::string& prefix) {
    return text.compare(0, prefix.size(), prefix) == 0;
}

Result<FoundRef> GitJob::find() const {
    if (isCommitId(m_address.ref))
        return FoundRef{{}, lower(m_address.ref), lower(m_address.ref)};
    const std::string ref = m_address.ref.empty() ? "HEAD" : m_address.ref;
    TRY_ASSIGN(const std::string listing,
               m_git.expect({"ls-remote", "--quiet", "--", m_address.remote, ref, ref + "^{}"}));
    const auto refs = refsOf(listing);
    // What is named in full, a branch before a tag: as git checkout has it.
    for (const std::string& name :
         {ref, hasPrefix(ref, "refs/") ? ref : "refs/" + ref, "refs/heads/" + ref, "refs/tags/" + ref}) {
        const auto found = refs.find(name);
        if (found == refs.end())
            continue;
        const auto peeled = refs.find(name + "^{}");
        return FoundRef{name, found->second, peeled == refs.end() ? found->second : peeled->second};
    }
    return fail(ErrorCode::NotFound,
                m_address.ref.empty() ? "it has no commit yet"
                                      : "it has no branch or tag \"" + m_address.ref + "\"",
                "Name one that it has, or a commit by its full id (40 digits).");
}

Result<void> GitJob::checkCommit(const std::string& id) const {
    for (const std::string& wanted : {m_address.commit, lower(m_order.request.commit)}) {
        if (!hasPrefix(id, wanted))
            return fail(ErrorCode::Untrusted,
                        (m_address.ref.empty() ? "its default branch" : "\"" + m_address.ref + "\"") +
                            " is the commit " + id + ", not " + wanted,
                        "Either the branch or tag has moved on, or the repository is not what was meant. "
                        "Naming the commit itself in place of the branch gets just that one.");
    }
    return {};
}

Result<void> GitJob::begin(const FoundRef& found) const {
    const std::string format = found.object.size() == 64 ? "sha256" : "sha1";
    return m_git.expect({"init", "--quiet", "--template=", "--object-format=" + format})
        .map([](const std::string&) {});
}

/// One commit; with its history where the server cannot do less.
Result<void> GitJob::fetch(const FoundRef& found) const {
    const std::vector<std::string> everything{"+refs/heads/*:refs/remotes/origin/*",
                                              "+refs/tags/*:refs/tags/*"};
    struct Way {
        std::vector<std::string> options;
        std::vector<std::string> wanted;
    };
    const std::vector<Way> ways{
        {{"--depth=1", "--no-tags"}, {found.object}}, {{"--no-tags"}, {found.object}}, {{}, everything}};
    Result<GitProgram::Outcome> outcome;
    for (const Way& way : ways) {
        std::vector<std::string> arguments{"fetch", "--progress", "--no-recurse-submodules",
                                           "--update-head-ok"};
        arguments.insert(arguments.end(), way.options.begin(), way.options.end());
        arguments.insert(arguments.end(), {"--", m_address.remote});
        arguments.insert(arguments.end(), way.wanted.begin(), way.wanted.end());
        outcome = m_git.run(std::move(arguments));
        if (!outcome || outcome->code == 0)
            break;
        const auto says = [&](std::string_view part) {
            return outcome->said.find(part) != std::string::npos;
        };
        if (!says("shallow") && !says("depth") && !says("not our ref") && !says("unadvertised object") &&
            !says("not allow request") && !says("Cannot obtain needed object"))
            break;
    }
    TRY(outcome);
    if (outcome->code != 0)
        return fail(m_git.errorOf(*outcome));
    return {};
}

Result<void> GitJob::takeSubmodules() const {
    struct stat info {};
    if (!m_address.takesSubmodules.value_or(true) ||
        ::lstat((m_folders.files + "/.gitmodules").c_str(), &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    auto taken =
        m_git.expect({"submodule", "--quiet", "update", "--init", "--recursive", "--depth=1", "--progress"});
    if (!taken)
        return fail(std::move(taken)
                        .error()
                        .prefixed("its submodules")
                        .withHint("Append ?submodules=false to the address to do without them."));
    return {};
}

/// What would differ from one fetch to the next, or holds nothing but git's.
Result<void> GitJob::finish(const FoundRef& found) const {
    if (!m_keeps)
        return removeTree(m_folders.repository);
    TRY(m_git.expect({"remote", "add", "origin", m_address.remote}));
    if (found.object != found.commit && hasPrefix(found.name, "refs/tags/"))
        TRY(m_git.expect({"update-ref", found.name, found.object}));
    return removeTree(m_folders.repository + "/FETCH_HEAD");
}

Result<std::string> GitJob::checkOut(const FoundRef& found) const {
    TRY(begin(found));
    TRY(fetch(found));
    auto commit = m_git.expect({"rev-parse", "--verify", "--quiet", found.object + "^{commit}"});
    if (!commit)
        return fail(ErrorCode::NotFound, "it has no commit " + found.object,
                    "Name one of a branch or tag that the server shows.");
    const std::string id = commit->substr(0, commit->find('\n'));
    if (!isCommitId(id))
        return fail(ErrorCode::RemoteFailure, "git does not say which commit it has fetched");
    TRY(checkCommit(id));
    TRY(m_git.expect({"checkout", "--quiet", "--force", "--detach", id}));
    TRY(takeSubmodules());
    TRY(finish({found.name, found.object, id}));
    return id;
}

Result<void> GitJob::run() {
    if (m_order.folder && ::mkdir(m_folders.files.c_str(), 0755) != 0)
        return failErrno("cannot make the folder to check out in");
    TRY_ASSIGN(const FoundRef found, find());
    // Before it is fetched; whether it is there at all is seen then.
    TRY(checkCommit(found.commit));
    std::string id = found.commit;
    if (m_order.folder) {
        TRY_ASSIGN(id, checkOut(found));
    }
    return sendGitDone(m_channel, {id, m_address.folder, m_keeps});
}

Result<GitAddress> addressOf(const GitRequest& request) {
    TRY_ASSIGN(GitAddress address, GitAddress::parse(request.address));
    if (address.scheme == "ssh")
        return fail(ErrorCode::Unsupported, "git over ssh is not supported",
                    "Use the repository's https address, for a private one with a user and a token "
                    "(https://user:token@host/…), or clone it in a RUN with --mount=type=ssh.");
    const bool isHex = request.commit.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!isHex || request.commit.size() > 64 || (!request.commit.empty() && request.commit.size() < 7))
        return fail(ErrorCode::InvalidArgument,
                    "the checksum of a git repository is a commit's id, not \"" + request.commit + "\"");
    return address;
}

/// In a mount namespace in which kFolder is the folder; anywhere else is as before.
Result<void> showFolder(int folder) {
    UniqueFd mount;
    if (folder >= 0) { // while its mount is in our namespace
        TRY_ASSIGN(mount, cloneMount(folder, ""));
        TRY(mapMount(mount.get(), -1, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, "the folder to check out in"));
    }
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return failErrno("cannot make a mount namespace");
    if (folder >= 0)
        TRY(attachMount(mount.get(), kFolder));
    if (::chdir(folder >= 0 ? kFolder.c_str() : "/") != 0)
        return failErrno("cannot enter the folder to check out in");
    return {};
}

/// The first process of the pid namespace: all others end with it.
Result<void> runFirst(const MessageChannel& channel, const GitOrder& order) {
    TRY(showFolder(order.folder ? order.folder.get() : -1));
    ::umask(022);
    TRY(confineGit(order.folder ? order.folder.get() : -1, order.request.user));
    TRY_ASSIGN(GitAddress address, addressOf(order.request));
    return GitJob(channel, order, std::move(address)).run();
}

} // namespace

Result<void> git(const MessageChannel& channel, const GitOrder& order) {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        return failErrno("cannot ask for the death signal");
    if (::unshare(CLONE_NEWPID) != 0)
        return failErrno("cannot make a pid namespace");
    const pid_t first = ::fork(); // no other thread runs
    if (first < 0)
        return failErrno("cannot start a process for git");
    if (first == 0) {
        const auto done = runFirst(channel, order);
        if (!done)
            (void)sendError(channel, done.error()); // the helper may have gone
        ::_exit(done ? 0 : 1);
    }
    int status = 0;
    while (::waitpid(first, &status, 0) < 0) {
        if (errno != EINTR)
            return failErrno("cannot wait for git");
    }
    if (WIFSIGNALED(status))
        return fail(ErrorCode::SystemFailure,
                    std::string("git was ended by the signal ") + ::strsignal(WTERMSIG(status)),
                    "Try again. When it happens again, the system's log may say why (too little memory?).");
    return {}; // what went wrong has been said
}

} // namespace escale::worker
