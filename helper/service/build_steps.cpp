#include "helper/service/build_steps.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "helper/service/build_mounts.h"
#include "helper/service/failed_step.h"
#include "helper/worker/upper_layer.h"

#include <fcntl.h>

namespace escale {
namespace {

// What took longer is not done again when the machine goes down before the build's end.
constexpr std::chrono::seconds kWorthKeeping{1};

/// What a digest is remembered under: all that decides which files are meant.
std::string selectionOf(const CopyRequest& request) {
    Json json;
    json.set("patterns", Json::strings(request.patterns)).set("excludes", Json::strings(request.excludes));
    json.set("parents", request.keepsParents).set("unpacks", request.unpacks);
    json.set("target", request.target).set("owner", request.owner).set("mode", request.mode);
    return Digest::ofData(json.dump()).toString();
}

} // namespace

struct BuildSteps::Making {
    BuildRoot base;
    StepFolder folder;
    RootId parent;
    std::string key, text;
    std::optional<std::int64_t> latestTime;
    std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

Result<std::optional<StepResult>> BuildSteps::find(RootId parent, const std::string& key) {
    TRY(m_work.cancellation.check());
    TRY_ASSIGN(const auto found, m_work.use.find(key));
    if (!found)
        return std::optional<StepResult>();
    TRY_ASSIGN(const BuildRoot base, m_work.roots.find(parent));
    return std::optional(resultOf(parent, base, *found));
}

StepResult BuildSteps::resultOf(RootId parent, const BuildRoot& base, const CachedStep& made) {
    if (!made.layer)
        return {parent, {}, 0};
    return {m_work.roots.add(base.with(RootLayer::ofStep(*made.layer, made.madeAt))),
            made.layer->diffId.toString(), made.size};
}

Result<void> BuildSteps::withSource(const SourceFolder& from,
                                    const std::function<Result<void>(SourceWorker&)>& use) {
    if (from.isContext) {
        TRY_ASSIGN(SourceWorker * worker, m_context.ready());
        return use(*worker);
    }
    TRY_ASSIGN(const BuildRoot root, m_work.roots.find(from.root));
    TRY_ASSIGN(const auto opened, openBuildRoot(m_work, root));
    if (!opened)
        return fail(ErrorCode::NotFound, "there is nothing in \"scratch\" to be copied");
    TRY_ASSIGN(const auto worker,
               SourceWorker::forRoot(m_work.parts.workerProgram, opened->directory(), m_work.userNamespace));
    return use(*worker);
}

/// One that reads nothing but what it works on top of: the context need not have come for it.
Result<std::unique_ptr<SourceWorker>> BuildSteps::workerWithoutSource(const CopyTarget& target) const {
    return SourceWorker::forRoot(m_work.parts.workerProgram,
                                 target.parent >= 0 ? target.parent : target.upper, m_work.userNamespace);
}

Result<std::string> BuildSteps::digest(const CopyRequest& request) {
    if (request.addresses.empty())
        return localDigest(request);
    TRY_ASSIGN(const std::string fetched, m_downloads.digest(request));
    if (request.patterns.empty())
        return fetched;
    TRY_ASSIGN(const std::string local, localDigest(request));
    return Digest::ofData(local + fetched).toString();
}

Result<std::string> BuildSteps::localDigest(const CopyRequest& request) {
    // A root does not change: what was found in it once holds.
    std::string source;
    const std::string selection = selectionOf(request);
    if (!request.from.isContext) {
        TRY_ASSIGN(const BuildRoot root, m_work.roots.find(request.from.root));
        source = root.chain();
        TRY_ASSIGN(const auto known, m_work.use.digest(source, selection));
        if (known)
            return *known;
    }
    std::string digest;
    TRY(withSource(request.from, [&](SourceWorker& worker) -> Result<void> {
        TRY_ASSIGN(digest, worker.digest(request, m_work.cancellation));
        return {};
    }));
    if (!request.from.isContext)
        TRY(m_work.use.addDigest(source, selection, digest));
    return digest;
}

Result<StepResult> BuildSteps::copy(RootId parent, const CopyRequest& request, const std::string& key,
                                    const std::string& text) {
    const auto step = m_work.progress.begin(text);
    TRY_ASSIGN(BuildRoot base, m_work.roots.find(parent));
    TRY_ASSIGN(StepFolder folder, StepFolder::make(m_work));
    const Making making{std::move(base), std::move(folder), parent, key, text, request.latestTime};
    {
        TRY_ASSIGN(const auto below, openBuildRoot(m_work, making.base));
        TRY_ASSIGN(const UniqueFd upper, making.folder.makeOwned("upper"));
        const CopyTarget target{below ? below->directory() : -1, upper.get()};
        TRY_ASSIGN(const FetchedAddresses fetched, m_downloads.fetch(request));
        CopyRequest copied = request;
        copied.keepsGitFolder = fetched.keepsGitFolder;
        const auto copyWith = [&](SourceWorker& worker) -> Result<void> {
            TRY(worker.copy(copied, target, fetched.sources, m_work.cancellation));
            return {};
        };
        if (!request.patterns.empty()) {
            TRY(withSource(request.from, copyWith));
        } else {
            TRY_ASSIGN(const auto worker, workerWithoutSource(target));
            TRY(copyWith(*worker));
        }
    }
    return keep(making);
}

Result<StepResult> BuildSteps::makeFolder(RootId parent, const FolderRequest& request, const std::string& key,
                                          const std::string& text) {
    const auto step = m_work.progress.begin(text);
    TRY_ASSIGN(BuildRoot base, m_work.roots.find(parent));
    TRY_ASSIGN(StepFolder folder, StepFolder::make(m_work));
    const Making making{std::move(base), std::move(folder), parent, key, text, request.latestTime};
    {
        TRY_ASSIGN(const auto below, openBuildRoot(m_work, making.base));
        TRY_ASSIGN(const UniqueFd upper, making.folder.makeOwned("upper"));
        const CopyTarget target{below ? below->directory() : -1, upper.get()};
        TRY_ASSIGN(const auto worker, workerWithoutSource(target));
        TRY(worker->makeFolder(request, target, m_work.cancellation));
    }
    return keep(making);
}

Result<CachedStep> BuildSteps::layerOf(const Making& making) {
    CachedStep made;
    made.madeAt = making.latestTime ? *making.latestTime * 1000 : nowMilliseconds();
    TRY_ASSIGN(const auto changed, listDirectory(making.folder.upper()));
    if (changed.empty())
        return made;
    TRY_ASSIGN(const UniqueFd upper, openFile(making.folder.upper(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    TRY_ASSIGN(UpperLayer staged, stageUpper(m_work.parts.store, m_work.parts.workerProgram,
                                             {{upper.get(), m_work.userNamespace},
                                              {},
                                              {},
                                              {.latestTime = making.latestTime, .keepsMountPlaces = true}},
                                             m_work.cancellation));
    if (staged.entries == 0)
        return made;
    made.size = staged.layer.size;
    TRY_ASSIGN(made.layer, m_work.use.commitLayer(std::move(staged.layer)));
    return made;
}

Result<StepResult> BuildSteps::keep(const Making& making) {
    TRY_ASSIGN(const CachedStep made, layerOf(making));
    m_work.use.add({making.key, making.text.substr(0, 4096), made});
    if (std::chrono::steady_clock::now() - making.begun > kWorthKeeping)
        TRY(m_work.use.write());
    return resultOf(making.parent, making.base, made);
}

/// The builder has looked at this, too; but it reads what a stranger may have written.
Result<void> BuildSteps::checkAllowed(const RunRequest& request) const {
    const auto& allowed = m_work.order.allowed;
    const bool isKnown =
        request.network == "default" || request.network == "none" || request.network == "host";
    if (!isKnown ||
        (request.network == "host" && m_work.order.network != "host" && !allowed.contains("network.host")))
        return fail(ErrorCode::PermissionDenied, "this build may not use the network " + request.network);
    if (request.isInsecure && !allowed.contains("security.insecure"))
        return fail(ErrorCode::PermissionDenied, "this build may not run a step without its sandbox");
    return {};
}

Result<int> BuildSteps::runIn(const Making& making, const RunRequest& request, int output) {
    const BuildOrder& order = m_work.order;
    BuildMounts mounts(m_work, m_context);
    StepContainer step;
    step.owner = m_work.owner;
    step.root = making.base.toStepRoot();
    step.folder = making.folder.path();
    step.words = request.words;
    step.environment = request.environment;
    step.workingDirectory = request.workingDirectory;
    step.user = request.user;
    step.network = request.network;
    step.isPrivileged = request.isInsecure;
    step.extraHosts = order.extraHosts;
    step.memory = order.memory;
    step.cpus = order.cpus;
    step.shmSize = order.shmSize;
    step.output = output;
    TRY(mounts.prepare(request, step));
    return m_work.parts.containers.runStep(step, m_work.cancellation);
}

Result<RunOutcome> BuildSteps::run(RootId parent, const RunRequest& request, int output,
                                   const std::string& key, const std::string& text) {
    TRY(checkAllowed(request));
    const auto step = m_work.progress.begin(text);
    TRY_ASSIGN(BuildRoot base, m_work.roots.find(parent));
    TRY_ASSIGN(StepFolder folder, StepFolder::make(m_work));
    const Making making{std::move(base), std::move(folder), parent, key, text, request.latestTime};
    auto code = runIn(making, request, output);
    TRY(m_work.cancellation.check()); // whatever it is that it has ended with
    if (!code || *code != 0)
        keepFailedStep(m_work, making.base, request, making.folder.upper());
    if (!code)
        return fail(std::move(code).error());
    if (*code != 0)
        return RunOutcome{*code, {parent, {}, 0}};
    TRY_ASSIGN(StepResult result, keep(making));
    return RunOutcome{0, std::move(result)};
}

} // namespace escale
