// One build, on its job's thread: everything that its builder, a worker that may do nothing itself, has done
// for it. What it keeps and where: engine/build/cache.
#pragma once

#include "engine/build/builder.h"
#include "helper/service/build_context.h"
#include "helper/service/build_images.h"
#include "helper/service/build_steps.h"
#include "helper/service/build_work.h"

#include <atomic>
#include <memory>

namespace escale {

/// What a caller has passed for a build.
struct BuildStart {
    std::string id;
    uid_t owner = 0;
    BuildOrder order;
    UniqueFd dockerfile; // to be read to its end
    UniqueFd context;    // the stream of the build's files
    std::atomic<bool> hasRun = false;
};

/// Writes the record and makes the file of events; fails when there is no room.
Result<void> beginBuild(const BuildParts& parts, const BuildStart& start);
/// Of a build that ended without its builder's last word: in its file of events.
void tellEnd(const BuildParts& parts, const std::string& id, const Error& error);

class BuildSession : public BuildOperations {
public:
    BuildSession(const BuildParts& parts, BuildStart& start, JobProgress& progress,
                 const Cancellation& cancellation);
    ~BuildSession() override;

    /// After beginBuild(). Answers with the job's result. The record says how it ended, whatever comes.
    Result<std::string> run();

    Result<ResolvedImage> resolveImage(const std::string& reference, const std::string& platform) override;
    Result<std::optional<StepResult>> find(RootId parent, const std::string& key) override;
    Result<std::string> digest(const CopyRequest& request) override;
    Result<StepResult> copy(RootId parent, const CopyRequest& request, const std::string& key,
                            const std::string& text) override;
    Result<StepResult> makeFolder(RootId parent, const FolderRequest& request, const std::string& key,
                                  const std::string& text) override;
    Result<RunOutcome> run(RootId parent, const RunRequest& request, int output, const std::string& key,
                           const std::string& text) override;
    Result<CommittedImage> commit(const BuiltImage& image) override;
    void cancel() override;

private:
    class Ending; // the build's own cancellation, which the job's leads to
    struct Inside;
    Result<void> open();
    Result<BuilderResult> build();
    void recordEnd(const Result<BuilderResult>& result);

    const BuildParts& m_parts;
    BuildStart& m_start;
    BuildProgress m_progress;
    const Cancellation& m_jobCancellation;
    Cancellation m_cancellation;
    std::unique_ptr<Ending> m_ending;
    BuildRoots m_roots;
    std::unique_ptr<BuildCache::Use> m_use;
    UniqueFd m_userNamespace;
    std::unique_ptr<Inside> m_inside; // refers to all of the above
};

} // namespace escale
