#include "helper/service/build_mounts.h"

#include "engine/base/file.h"
#include "engine/base/identifier.h"
#include "engine/base/user_namespace.h"
#include "helper/worker/files_worker.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace escale {
namespace {

using Kind = RunMount::Kind;

constexpr std::uint32_t kSecretMode = 0400;
constexpr std::uint32_t kSocketMode = 0600;
constexpr std::uint32_t kCacheMode = 0755;

FolderUse useOf(RunMount::Sharing sharing) {
    switch (sharing) {
    case RunMount::Sharing::Shared:
        return FolderUse::Shared;
    case RunMount::Sharing::Locked:
        return FolderUse::Locked;
    case RunMount::Sharing::Private:
        break;
    }
    return FolderUse::Alone;
}

} // namespace

Result<std::optional<ContainerRoot>> openBuildRoot(const BuildWork& work, const BuildRoot& root) {
    if (root.layers.empty())
        return std::optional<ContainerRoot>();
    TRY_ASSIGN(ContainerRoot opened, work.parts.containers.openStepRoot(work.owner, root.toStepRoot()));
    return std::optional<ContainerRoot>(std::move(opened));
}

BuildMounts::~BuildMounts() {
    for (const auto& [id, folder] : m_folders)
        m_work.parts.cache.measure(folder);
}

Result<void> BuildMounts::prepare(const RunRequest& request, StepContainer& step) {
    // Each once, and all steps in the same order: two that lock the same ones would wait for each other.
    std::map<std::string, const StepMount*> caches;
    for (const StepMount& mount : request.mounts) {
        if (mount.mount.kind == Kind::Cache)
            caches.emplace(mount.mount.id, &mount);
    }
    for (const auto& [id, mount] : caches)
        TRY(take(*mount));
    for (const StepMount& mount : request.mounts)
        TRY(add(mount, step));
    for (const InlineFile& file : request.files) {
        StepContainerMount script;
        script.kind = StepContainerMount::Kind::File;
        script.target = "/dev/pipes/" + file.name;
        script.content = file.content;
        script.mode = file.mode;
        step.mounts.push_back(std::move(script));
    }
    return {};
}

Result<void> BuildMounts::add(const StepMount& mount, StepContainer& step) {
    switch (mount.mount.kind) {
    case Kind::Bind: {
        TRY_ASSIGN(auto bound, bind(mount, step.isPrivileged));
        step.mounts.push_back(std::move(bound));
        return {};
    }
    case Kind::Cache: {
        TRY_ASSIGN(auto kept, cache(mount));
        step.mounts.push_back(std::move(kept));
        return {};
    }
    case Kind::Tmpfs: {
        StepContainerMount memory;
        memory.kind = StepContainerMount::Kind::Tmpfs;
        memory.target = mount.mount.target;
        memory.size = mount.mount.size;
        step.mounts.push_back(std::move(memory));
        return {};
    }
    case Kind::Secret:
        return secret(mount, step);
    case Kind::Ssh: {
        TRY_ASSIGN(auto socket, agent(mount));
        step.mounts.push_back(std::move(socket));
        return {};
    }
    }
    return fail(ErrorCode::Internal, "a mount of an unknown kind");
}

Result<UniqueFd> BuildMounts::openSource(const StepMount& mount) {
    const std::string& path = mount.mount.source;
    if (mount.from.isContext)
        return m_context.openPath(path);
    TRY_ASSIGN(const BuildRoot root, m_work.roots.find(mount.from.root));
    TRY_ASSIGN(auto opened, openBuildRoot(m_work, root));
    if (!opened)
        return fail(ErrorCode::NotFound, "there is nothing in \"scratch\" to be mounted");
    const int directory = m_roots.emplace_back(std::move(*opened)).directory();
    return openInRoot(directory, path.empty() ? "/" : path, O_PATH);
}

Result<StepContainerMount> BuildMounts::bind(const StepMount& mount, bool isPrivileged) {
    StepContainerMount bound;
    bound.target = mount.mount.target;
    auto source = openSource(mount);
    if (!source)
        return fail(std::move(source).error().prefixed("cannot mount \"" + mount.mount.source + "\" at " +
                                                       mount.mount.target));
    bound.source = *std::move(source);
    bound.readOnly = mount.mount.readOnly;
    // What is written there must change neither the context nor a layer; who may mount can make writable what
    // was mounted for reading.
    bound.kind = bound.readOnly && !isPrivileged ? StepContainerMount::Kind::Folder
                                                 : StepContainerMount::Kind::Scratch;
    return bound;
}

Result<StepContainerMount> BuildMounts::cache(const StepMount& mount) {
    StepContainerMount kept;
    kept.kind = StepContainerMount::Kind::Folder;
    kept.target = mount.mount.target;
    TRY_ASSIGN(kept.source, openFile(m_folders.at(mount.mount.id).path(), O_PATH | O_DIRECTORY | O_NOFOLLOW));
    return kept;
}

Result<void> BuildMounts::take(const StepMount& mount) {
    TRY_ASSIGN(CacheFolder taken, m_work.use.takeFolder(CacheKind::Mount, mount.mount.id,
                                                        useOf(mount.mount.sharing), m_work.cancellation));
    CacheFolder& folder = m_folders.emplace(mount.mount.id, std::move(taken)).first->second;
    if (!folder.isNew())
        return {};
    const std::string path = folder.path();
    TRY(fill(mount, path));
    if (mount.mount.user.value_or(0) >= kIdRangeSize || mount.mount.group.value_or(0) >= kIdRangeSize)
        return fail(ErrorCode::InvalidArgument, "a cache belongs to an id below 65536");
    const uid_t user = m_work.idBase + mount.mount.user.value_or(0);
    const gid_t group = m_work.idBase + mount.mount.group.value_or(0);
    TRY_ASSIGN(const UniqueFd opened, openFile(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (::fchown(opened.get(), user, group) != 0 ||
        ::fchmod(opened.get(), mount.mount.mode.value_or(kCacheMode) & 07777U) != 0)
        return failErrno("cannot hand " + path + " to its owner");
    return folder.made();
}

/// What a new cache begins with.
Result<void> BuildMounts::fill(const StepMount& mount, const std::string& folder) {
    if (mount.isEmpty)
        return {};
    TRY_ASSIGN(const UniqueFd source, openSource(mount));
    TRY_ASSIGN(const UniqueFd from, openFileAt(source.get(), ".", O_RDONLY | O_DIRECTORY));
    TRY_ASSIGN(const UniqueFd to, openFile(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    if (::fchown(to.get(), m_work.idBase, m_work.idBase) != 0)
        return failErrno("cannot hand " + folder + " to its owner");
    TRY(FilesWorker(m_work.parts.workerProgram)
            .copyTree({to.get(), m_work.userNamespace}, from.get(), m_work.cancellation));
    return {};
}

/// The builder sets SSH_AUTH_SOCK.
Result<StepContainerMount> BuildMounts::agent(const StepMount& mount) {
    const auto& lent = m_work.order.agents;
    const auto found =
        std::find_if(lent.begin(), lent.end(), [&](const auto& each) { return each.id == mount.mount.id; });
    if (found == lent.end())
        return fail(ErrorCode::NotFound, "the build was lent no ssh agent " + mount.mount.id);
    if (mount.mount.user.value_or(0) >= kIdRangeSize || mount.mount.group.value_or(0) >= kIdRangeSize)
        return fail(ErrorCode::InvalidArgument, "an ssh agent's socket belongs to an id below 65536");
    TRY(makeDirectories(m_work.parts.agentsFolder, 0700));
    auto agent =
        AgentWorker::start(m_work.parts.workerProgram,
                           {.agent = found->descriptor->get(),
                            .caller = m_work.owner,
                            .path = m_work.parts.agentsFolder + '/' + randomId().substr(0, 16),
                            .user = m_work.idBase + mount.mount.user.value_or(0),
                            .group = m_work.idBase + mount.mount.group.value_or(0),
                            .mode = static_cast<mode_t>(mount.mount.mode.value_or(kSocketMode) & 0777U)},
                           m_work.cancellation);
    if (!agent)
        return fail(std::move(agent).error().prefixed("cannot lend the ssh agent " + mount.mount.id));
    StepContainerMount socket;
    socket.kind = StepContainerMount::Kind::Socket;
    socket.target = mount.mount.target;
    socket.source = UniqueFd(::fcntl(m_agents.emplace_back(*std::move(agent)).socket(), F_DUPFD_CLOEXEC, 0));
    if (!socket.source)
        return failErrno("cannot duplicate a descriptor");
    return socket;
}

Result<void> BuildMounts::secret(const StepMount& mount, StepContainer& step) {
    const auto found = m_work.secrets.find(mount.mount.id);
    if (found == m_work.secrets.end())
        return fail(ErrorCode::NotFound, "the build was lent no secret " + mount.mount.id);
    if (mount.mount.environment) {
        if (found->second.find('\0') != std::string::npos)
            return fail(ErrorCode::InvalidArgument, "the secret " + mount.mount.id + " is no text",
                        "Mount it as a file.");
        step.environment.push_back(*mount.mount.environment + "=" + found->second);
    }
    if (mount.mount.target.empty() || mount.mount.target == "/")
        return {};
    StepContainerMount file;
    file.kind = StepContainerMount::Kind::File;
    file.target = mount.mount.target;
    file.content = found->second;
    file.mode = mount.mount.mode.value_or(kSecretMode);
    file.user = mount.mount.user.value_or(0);
    file.group = mount.mount.group.value_or(0);
    step.mounts.push_back(std::move(file));
    return {};
}

} // namespace escale
