// Builds one stage, instruction by instruction, on the thread that calls it. Part of buildImage().
#pragma once

#include "engine/build/build_run.h"
#include "engine/build/step_key.h"

namespace escale {

class StageBuilder {
public:
    StageBuilder(BuildRun& run, const PlannedStage& planned)
        : m_run(run)
        , m_planned(planned) {}
    /// Once. The error names the line and the instruction; Cancelled: another stage has failed, or the build
    /// is to end.
    Result<BuiltStage> build();

private:
    /// What a step's end tells.
    struct StepEnd {
        bool isCached = false;
        int exitCode = 0;
        StepResult result;
    };
    struct Source {
        SourceFolder folder;
        std::string chain;
    };
    struct Mounts {
        std::vector<StepMount> present;
        std::vector<KeyedMount> declared;
        std::string agentSocket; // the first one's
    };

    Result<void> begin();
    Result<void> takeBase();
    Result<void> takeImage();
    Result<void> inheritArguments();
    Result<void> runTriggers(const std::vector<std::string>& triggers);
    StepLabel announceTrigger(std::size_t number, const std::string& text);
    Result<void> step(const BuildInstruction& instruction, const StepLabel& label);
    /// Tells of its beginning and end; `work` does it.
    Result<void> tellStep(const StepLabel& label, const std::function<Result<void>(StepEnd& end)>& work);
    void warnOfUnset(const StepLabel& label);
    /// Before a step begins: for the stages that it takes files from.
    Result<void> waitForSources(const BuildInstruction& instruction);
    Result<Source> source(const std::string& from);

    Result<void> perform(const BuildInstruction& instruction, const StepLabel& label, StepEnd& end);
    Result<void> copy(const CopyInstruction& copy, const StepLabel& label, StepEnd& end);
    Result<void> makeFolder(const std::string& path, const StepLabel& label, StepEnd& end);
    Result<void> runProgram(const RunInstruction& run, const StepLabel& label, StepEnd& end);
    Result<StepResult> runOnce(const RunRequest& request, const std::string& key, const StepLabel& label,
                               StepEnd& end);
    Result<Mounts> mountsOf(const RunInstruction& run);
    Result<void> addMount(RunMount mount, Mounts& mounts);
    Result<std::string> mountedContent(const RunMount& mount, const Source& from);
    Result<void> checkAllowed(const RunRequest& request) const;
    Result<void> keep(const std::string& key, const std::function<Result<StepResult>()>& make, StepEnd& end);
    void addHistory(const BuildInstruction& instruction, const StepEnd& end);

    [[nodiscard]] bool usesCache() const;
    [[nodiscard]] StepPlace place() const;
    [[nodiscard]] std::vector<std::string> environmentOfKey() const;
    [[nodiscard]] std::vector<std::string> argumentsOfHistory() const;
    [[nodiscard]] bool isDeclared(const std::string& argument) const;

    BuildRun& m_run;
    const PlannedStage& m_planned;
    BuiltStage m_built;
    std::optional<StageState> m_state;
    std::set<std::string> m_warned;
};

} // namespace escale
