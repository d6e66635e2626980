// A stage while it is built: each instruction gets its variables replaced, and changes what the image will
// say. The rules are those of docker/dockerfile:1. Pure.
#pragma once

#include "engine/build/expand.h"
#include "engine/build/instructions.h"

#include <map>
#include <set>

namespace escale {

/// What an image's configuration says (image-spec config.md, and Docker's own members), as a Dockerfile sets
/// it.
struct StageConfig {
    std::vector<NameValue> environment; // in their order
    std::string user;
    std::string workingDirectory;                       // absolute; empty: "/"
    std::optional<std::vector<std::string>> entrypoint; // not set: the image has none
    std::optional<std::vector<std::string>> command;
    std::vector<std::string> shell;     // empty: "/bin/sh", "-c"
    std::set<std::string> exposedPorts; // "80/tcp"
    std::set<std::string> volumes;
    std::map<std::string, std::string> labels;
    std::string stopSignal;
    std::optional<HealthInstruction> health; // its command as words: "CMD", "CMD-SHELL" or "NONE" first
    std::vector<std::string> onBuild;
    std::string author;
};

class StageState {
public:
    /// `globals`: BuildGraph::arguments; `given`: --build-arg.
    StageState(StageConfig base, const std::map<std::string, std::string>& globals,
               const std::map<std::string, std::string>& given, char escape);

    /// The instruction with its variables replaced, as it is to be done. InvalidArgument.
    Result<BuildInstruction> apply(BuildInstruction instruction);

    [[nodiscard]] const StageConfig& config() const { return m_config; }
    /// What RUN's process sees, "NAME=value": ENV and ARG, the later one of a name.
    [[nodiscard]] std::vector<std::string> runEnvironment() const;
    /// Arguments that were declared, with values: they are part of what RUN did.
    [[nodiscard]] std::vector<NameValue> arguments() const;
    /// The words that run a command line: the shell's before it, in the shell form.
    [[nodiscard]] std::vector<std::string> wordsOf(const CommandLine& command) const;
    /// Variables that were used and are not set, so far: for a warning.
    [[nodiscard]] const std::set<std::string>& unset() const { return m_unset; }

private:
    Result<std::string> expand(const std::string& text);
    Result<std::vector<std::string>> expandWords(const std::string& text);
    Result<void> expandAll(std::vector<std::string>& texts);
    Result<void> expandPairs(std::vector<NameValue>& pairs);
    void setVariable(const std::string& name, const std::string& value);

    Result<void> applyTo(ArgInstruction& arg);
    Result<void> applyTo(CmdInstruction& cmd);
    Result<void> applyTo(CopyInstruction& copy);
    Result<void> applyTo(EntrypointInstruction& entrypoint);
    Result<void> applyTo(EnvInstruction& env);
    Result<void> applyTo(ExposeInstruction& expose);
    Result<void> applyTo(HealthInstruction& health);
    Result<void> applyTo(LabelInstruction& label);
    Result<void> applyTo(MaintainerInstruction& maintainer);
    Result<void> applyTo(OnBuildInstruction& onBuild);
    Result<void> applyTo(RunInstruction& run);
    Result<void> applyTo(ShellInstruction& shell);
    Result<void> applyTo(StopSignalInstruction& stopSignal);
    Result<void> applyTo(UserInstruction& user);
    Result<void> applyTo(VolumeInstruction& volume);
    Result<void> applyTo(WorkdirInstruction& workdir);

    StageConfig m_config;
    const std::map<std::string, std::string>& m_globals;
    const std::map<std::string, std::string>& m_given;
    ExpandRules m_rules;
    std::vector<NameValue> m_variables; // ENV and ARG, one of a name
    std::vector<NameValue> m_arguments;
    std::set<std::string> m_unset;
    bool m_hasCommand = false; // CMD was set in this stage
};

} // namespace escale
