// The steps of a build that make something: each on top of a root, its files into a folder of its own, and
// that into a layer of the store at once.
#pragma once

#include "helper/service/build_context.h"
#include "helper/service/build_downloads.h"
#include "helper/service/build_work.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace escale {

class BuildSteps {
public:
    BuildSteps(const BuildWork& work, BuildContext& context)
        : m_work(work)
        , m_context(context)
        , m_downloads(work) {}

    // As BuildOperations has them. Thread-safe.
    Result<std::optional<StepResult>> find(RootId parent, const std::string& key);
    Result<std::string> digest(const CopyRequest& request);
    Result<StepResult> copy(RootId parent, const CopyRequest& request, const std::string& key,
                            const std::string& text);
    Result<StepResult> makeFolder(RootId parent, const FolderRequest& request, const std::string& key,
                                  const std::string& text);
    Result<RunOutcome> run(RootId parent, const RunRequest& request, int output, const std::string& key,
                           const std::string& text);

private:
    struct Making; // a step under way
    Result<void> withSource(const SourceFolder& from, const std::function<Result<void>(SourceWorker&)>& use);
    Result<std::unique_ptr<SourceWorker>> workerWithoutSource(const CopyTarget& target) const;
    Result<std::string> localDigest(const CopyRequest& request);
    Result<StepResult> keep(const Making& making);
    Result<CachedStep> layerOf(const Making& making);
    StepResult resultOf(RootId parent, const BuildRoot& base, const CachedStep& made);
    Result<int> runIn(const Making& making, const RunRequest& request, int output);
    Result<void> checkAllowed(const RunRequest& request) const;

    const BuildWork& m_work;
    BuildContext& m_context;
    BuildDownloads m_downloads;
};

} // namespace escale
