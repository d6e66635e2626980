#include "helper/service/build_session.h"

#include "engine/base/clock.h"
#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/log.h"
#include "engine/base/thread.h"
#include "engine/base/user_namespace.h"
#include "engine/build/source_text.h"
#include "engine/image/platform.h"
#include "helper/worker/build_worker.h"

#include <array>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace escale {
namespace {

BuilderRequest requestOf(const BuildOrder& order) {
    BuilderRequest request;
    request.name = order.dockerfile;
    request.build.target = order.target;
    request.build.arguments = order.arguments;
    request.build.buildPlatform = Platform::ofThisMachine().toString();
    request.build.targetPlatform = order.platform;
    request.labels = order.labels;
    request.network = order.network;
    request.extraHosts = order.extraHosts;
    request.allowed = order.allowed;
    if (order.network == "host")
        request.allowed.insert("network.host");
    for (const auto& secret : order.secrets)
        request.secrets.insert(secret.id);
    for (const auto& agent : order.agents)
        request.agents.insert(agent.id);
    request.usesCache = order.usesCache;
    for (const auto& stage : order.stagesWithoutCache)
        request.stagesWithoutCache.insert(lowerCase(stage));
    return request;
}

std::string resultText(const BuilderResult& result) {
    return Json(Json::Object{{"image", result.image.digest},
                             {"names", Json::strings(result.image.names)},
                             {"size", result.image.size},
                             {"steps", result.steps},
                             {"cached", result.cached},
                             {"warnings", result.warnings}})
        .dump();
}

} // namespace

/// A build ends when its job is cancelled, and when one of its steps has failed.
class BuildSession::Ending {
public:
    static Result<std::unique_ptr<Ending>> follow(const Cancellation& job, Cancellation& build) {
        std::unique_ptr<Ending> ending(new Ending(build));
        TRY_ASSIGN(ending->m_thread, startThread([&job, &build] {
                       std::array<pollfd, 2> ready{{{job.fd(), POLLIN, 0}, {build.fd(), POLLIN, 0}}};
                       while (::poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR)
                           continue;
                       build.cancel();
                   }));
        return ending;
    }
    ~Ending() {
        m_build.cancel();
        if (m_thread.joinable())
            m_thread.join();
    }

private:
    explicit Ending(Cancellation& build)
        : m_build(build) {}
    Cancellation& m_build;
    std::thread m_thread;
};

struct BuildSession::Inside {
    Inside(BuildWork shared)
        : work(std::move(shared))
        , images(work) {}
    BuildWork work;
    BuildImages images;
    std::unique_ptr<BuildContext> context;
    std::optional<BuildSteps> steps; // from then on
};

Result<void> beginBuild(const BuildParts& parts, const BuildStart& start) {
    BuildRecord record;
    record.id = start.id;
    record.owner = start.owner;
    record.options = orderToJson(start.order).dump();
    record.startedAt = nowMilliseconds();
    TRY(parts.records.begin(record));
    TRY(openFile(parts.records.eventsOf(start.id), O_WRONLY | O_CREAT | O_EXCL, 0600));
    return {};
}

void tellEnd(const BuildParts& parts, const std::string& id, const Error& error) {
    BuildEvent ended;
    ended.kind = BuildEvent::Kind::Ended;
    ended.time = nowMilliseconds();
    ended.state =
        error.code == ErrorCode::Cancelled ? BuildEvent::State::Cancelled : BuildEvent::State::Failed;
    ended.error = error.message;
    ended.hint = error.hint;
    const std::string path = parts.records.eventsOf(id);
    const auto written = [&]() -> Result<void> {
        TRY_ASSIGN(const UniqueFd events, openFile(path, O_WRONLY | O_APPEND));
        return writeAll(events.get(), writeBuildEvent(ended), path);
    }();
    if (!written)
        logWarning(written.error().text());
}

BuildSession::BuildSession(const BuildParts& parts, BuildStart& start, JobProgress& progress,
                           const Cancellation& cancellation)
    : m_parts(parts)
    , m_start(start)
    , m_progress(progress)
    , m_jobCancellation(cancellation) {}

// The receiver of the context ends by the cancellation, which must be before it is waited for.
BuildSession::~BuildSession() {
    m_cancellation.cancel();
}

Result<std::string> BuildSession::run() {
    m_start.hasRun = true;
    auto opened = open();
    if (!opened)
        tellEnd(m_parts, m_start.id, opened.error()); // the builder tells of the rest
    auto result = opened ? build() : Result<BuilderResult>(fail(std::move(opened).error()));
    if (m_use) {
        // Also of one that has failed: what it has done until then need not be done again.
        if (const auto written = m_use->write(); !written)
            logWarning("the cache lacks what a build has made: " + written.error().text());
    }
    if (!result && m_jobCancellation.isCancelled())
        result = fail(ErrorCode::Cancelled, "the build was cancelled");
    m_cancellation.cancel();
    m_inside.reset();
    recordEnd(result);
    if (!result)
        return fail(std::move(result).error());
    return resultText(*result);
}

Result<void> BuildSession::open() {
    TRY_ASSIGN(m_ending, Ending::follow(m_jobCancellation, m_cancellation));
    TRY_ASSIGN(auto secrets, readLentSecrets(m_start.owner, m_start.order.secrets));
    TRY_ASSIGN(const std::uint32_t idBase, m_parts.store.idRangeOf(m_start.owner));
    TRY_ASSIGN(m_userNamespace, makeUserNamespace(idBase));
    TRY_ASSIGN(m_use, m_parts.cache.begin(m_start.owner));
    m_inside = std::make_unique<Inside>(BuildWork{m_parts, m_start.order, m_start.id, m_start.owner, idBase,
                                                  m_userNamespace.get(), m_cancellation, m_roots, *m_use,
                                                  m_progress, std::move(secrets)});
    TRY_ASSIGN(m_inside->context, BuildContext::open(m_inside->work, std::move(m_start.context)));
    m_inside->steps.emplace(m_inside->work, *m_inside->context);
    return {};
}

Result<BuilderResult> BuildSession::build() {
    TRY_ASSIGN(const UniqueFd events,
               openFile(m_parts.records.eventsOf(m_start.id), O_WRONLY | O_APPEND | O_NOFOLLOW));
    return BuildConversation(*this, m_jobCancellation)
        .run(m_parts.workerProgram, requestOf(m_start.order), {m_start.dockerfile.get(), events.get()});
}

void BuildSession::recordEnd(const Result<BuilderResult>& result) {
    BuildRecord record;
    record.id = m_start.id;
    record.owner = m_start.owner;
    record.endedAt = nowMilliseconds();
    if (result) {
        record.state = "done";
        record.image = result->image.digest;
        record.size = result->image.size;
        record.steps = result->steps;
        record.cached = result->cached;
    } else {
        record.state = result.error().code == ErrorCode::Cancelled ? "cancelled" : "failed";
        record.error = result.error().message;
    }
    if (const auto ended = m_parts.records.end(record); !ended)
        logError("a build's record: " + ended.error().text());
}

Result<ResolvedImage> BuildSession::resolveImage(const std::string& reference, const std::string& platform) {
    return m_inside->images.resolve(reference, platform);
}

Result<std::optional<StepResult>> BuildSession::find(RootId parent, const std::string& key) {
    return m_inside->steps->find(parent, key);
}

Result<std::string> BuildSession::digest(const CopyRequest& request) {
    return m_inside->steps->digest(request);
}

Result<StepResult> BuildSession::copy(RootId parent, const CopyRequest& request, const std::string& key,
                                      const std::string& text) {
    return m_inside->steps->copy(parent, request, key, text);
}

Result<StepResult> BuildSession::makeFolder(RootId parent, const FolderRequest& request,
                                            const std::string& key, const std::string& text) {
    return m_inside->steps->makeFolder(parent, request, key, text);
}

Result<RunOutcome> BuildSession::run(RootId parent, const RunRequest& request, int output,
                                     const std::string& key, const std::string& text) {
    return m_inside->steps->run(parent, request, output, key, text);
}

Result<CommittedImage> BuildSession::commit(const BuiltImage& image) {
    return m_inside->images.commit(image);
}

void BuildSession::cancel() {
    m_cancellation.cancel();
}

} // namespace escale
