// One build while it runs: what the threads that build its stages share. Part of buildImage().
//
//   thread 1   stage 0 ──────────────┐
//   thread 2   stage 1 ── COPY --from=0 waits ── …     stages are taken by their numbers, and a stage needs
//   thread 3   stage 2 ── …                            only those before it: the first one never waits
#pragma once

#include "engine/build/builder.h"
#include "engine/build/step_requests.h"

#include <condition_variable>
#include <memory>
#include <mutex>

namespace escale {

/// A file system, and the chain of its layers (step_key.h).
struct BuiltRoot {
    RootId root = 0;
    std::string chain;
};

/// What stages that begin with this one take over.
struct BuiltStage {
    BuiltRoot root;
    StageConfig config;
    std::vector<ArgDefinition> arguments; // declared so far
    std::string os, architecture, variant;
    std::vector<HistoryLine> history;
};

/// A step as events name it.
struct StepLabel {
    std::string id; // "1.2"
    std::string text;
    int line = 0;
};

struct KeyedResult {
    StepResult result;
    bool isCached = false;
};

/// Thread-safe, but for run().
class BuildRun {
public:
    BuildRun(const BuilderRequest& request, BuildOperations& operations, const BuildEventSink& events)
        : m_request(request)
        , m_operations(operations)
        , m_events(events) {}
    /// Once.
    Result<BuilderResult> run();

    [[nodiscard]] const BuilderRequest& request() const { return m_request; }
    [[nodiscard]] BuildOperations& operations() const { return m_operations; }
    [[nodiscard]] const Dockerfile& dockerfile() const { return m_dockerfile; }
    [[nodiscard]] const BuildFile& file() const { return m_file; }
    [[nodiscard]] const BuildGraph& graph() const { return m_graph; }
    /// SOURCE_DATE_EPOCH, seconds since 1970.
    [[nodiscard]] std::optional<std::int64_t> latestTime() const { return m_latestTime; }
    /// Of what is made, Unix milliseconds; 0: whoever makes it knows.
    [[nodiscard]] std::int64_t created() const;
    /// "os/architecture", of the image.
    [[nodiscard]] const std::string& targetPlatform() const;

    void tell(BuildEvent event);
    /// Cancelled once a step has failed.
    Result<void> checkGoingOn();
    /// Waits for a stage, or builds it when nobody knew that it is needed (a trigger of a base image does).
    Result<BuiltStage> stage(std::size_t index);
    Result<ResolvedImage> image(const std::string& reference, const std::string& platform);
    /// What a step makes: made once for each key, and not at all when the cache has it.
    Result<KeyedResult> resultOf(RootId parent, const std::string& key, bool usesCache,
                                 const std::function<Result<StepResult>()>& make);

private:
    struct StageSlot {
        bool isTaken = false;
        std::optional<Result<BuiltStage>> outcome;
    };
    struct Image {
        std::mutex mutex;
        std::optional<ResolvedImage> resolved;
    };
    struct KeyedStep {
        std::mutex mutex;
        std::optional<StepResult> result;
    };

    Result<CommittedImage> build();
    Result<void> plan();
    Result<void> readLatestTime();
    void announce(const PlannedStage& planned);
    void warnOfWhatIsIgnored();
    Result<void> buildStages();
    void takeStages();
    void buildStage(const PlannedStage& planned);
    void stop(const Error& error);
    Result<CommittedImage> commit(const BuiltStage& stage);
    void tellEnd(const Result<CommittedImage>& image);

    const BuilderRequest& m_request;
    BuildOperations& m_operations;
    const BuildEventSink& m_events;
    Dockerfile m_dockerfile;
    BuildFile m_file;
    BuildGraph m_graph; // its stages by their numbers
    std::optional<std::int64_t> m_latestTime;

    std::mutex m_eventMutex;
    std::mutex m_mutex; // all that follows
    std::condition_variable m_stageEnded;
    std::vector<StageSlot> m_stages; // as BuildFile::stages
    std::size_t m_next = 0;          // of the graph's stages
    std::optional<Error> m_failure;  // the first
    std::map<std::string, std::shared_ptr<Image>> m_images;
    std::map<std::string, std::shared_ptr<KeyedStep>> m_keyed;
    BuilderResult m_result;
};

/// An instruction as it is written, on one line.
std::string textOf(const Instruction& instruction);

} // namespace escale
