// A Dockerfile's instructions as typed values, sorted into stages: what the build graph is made of. Variables
// are not replaced yet, where docker/dockerfile:1 replaces them while it builds. Pure.
#pragma once

#include "engine/base/result.h"
#include "engine/build/dockerfile.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace escale {

/// "name=value" of ENV and LABEL.
struct NameValue {
    std::string name;
    std::string value;
};

/// ARG: a value that the builder may give; without a default it may be unset.
struct ArgDefinition {
    std::string name;
    std::optional<std::string> value;
};

/// Of RUN, CMD, ENTRYPOINT and a health check.
struct CommandLine {
    bool isShell = true;            // one text for the shell; else words, run as they are
    std::vector<std::string> words; // one in the shell form; empty: CMD []
};

/// RUN --mount
struct RunMount {
    enum class Kind : std::uint8_t { Bind, Cache, Tmpfs, Secret, Ssh };
    enum class Sharing : std::uint8_t { Shared, Private, Locked };
    Kind kind = Kind::Bind;
    std::string from;   // a stage, an image or a named context; empty: the build context, or nothing
    std::string source; // in it; of a secret: its id
    std::string target;
    std::string id; // of a cache, a secret, an agent
    bool readOnly = true;
    Sharing sharing = Sharing::Shared;
    bool isRequired = false;
    std::uint64_t size = 0;                 // of a tmpfs, bytes; 0: no limit
    std::optional<std::string> environment; // a secret as this variable
    std::optional<std::uint32_t> mode, user, group;
};
/// After variables were replaced. InvalidArgument names the key.
Result<RunMount> parseRunMount(const std::string& text);

struct RunInstruction {
    CommandLine command;
    std::vector<HereDocument> documents;
    std::vector<std::string> mounts; // texts of --mount
    std::string network = "default"; // "none", "host"
    bool isInsecure = false;         // --security=insecure
};

/// COPY and ADD.
struct CopyInstruction {
    bool isAdd = false; // archives are unpacked, and sources may be addresses
    std::vector<std::string> sources;
    std::vector<HereDocument> documents; // files whose content stands in the Dockerfile
    std::string target;
    std::string from;  // --from: stage, number, image or named context
    std::string owner; // --chown
    std::string mode;  // --chmod, octal or symbolic
    bool isLink = false;
    bool keepsParents = false;
    std::vector<std::string> excludes;
    std::string checksum;           // ADD
    std::optional<bool> keepGitDir; // ADD
    std::optional<bool> unpack;     // ADD
};

struct HealthInstruction {
    bool isNone = false;
    CommandLine command;
    std::string interval, timeout, startPeriod, startInterval; // Go's durations; empty: the default
    std::uint32_t retries = 0;                                 // 0: the default
};

struct EnvInstruction {
    std::vector<NameValue> values;
};
struct LabelInstruction {
    std::vector<NameValue> values;
};
struct ArgInstruction {
    std::vector<ArgDefinition> values;
};
struct CmdInstruction {
    CommandLine command;
};
struct EntrypointInstruction {
    CommandLine command;
};
struct ShellInstruction {
    std::vector<std::string> words;
};
struct ExposeInstruction {
    std::vector<std::string> ports;
};
struct VolumeInstruction {
    std::vector<std::string> paths;
};
struct UserInstruction {
    std::string user;
};
struct WorkdirInstruction {
    std::string path;
};
struct StopSignalInstruction {
    std::string signal;
};
struct MaintainerInstruction {
    std::string name;
};
struct OnBuildInstruction {
    std::string text; // the instruction that runs in a build on top of this image
};

using BuildInstruction =
    std::variant<ArgInstruction, CmdInstruction, CopyInstruction, EntrypointInstruction, EnvInstruction,
                 ExposeInstruction, HealthInstruction, LabelInstruction, MaintainerInstruction,
                 OnBuildInstruction, RunInstruction, ShellInstruction, StopSignalInstruction, UserInstruction,
                 VolumeInstruction, WorkdirInstruction>;

struct BuildStep {
    BuildInstruction instruction;
    std::size_t source = 0; // index in Dockerfile::instructions
};

/// What FROM begins.
struct BuildStage {
    std::string name;     // lower case; empty: it has none
    std::string base;     // an image, "scratch", or a stage before this one
    std::string platform; // of --platform; empty: the build's
    std::size_t source = 0;
    std::vector<BuildStep> steps;
};

struct BuildFile {
    std::vector<ArgDefinition> arguments; // before the first FROM
    std::vector<BuildStage> stages;
    std::vector<SourceProblem> problems; // the file's, and those of instructions that do not fit

    /// By name, or by its number; nothing when there is none before `below`.
    [[nodiscard]] std::optional<std::size_t> findStage(std::string_view name, std::size_t below) const;
};

/// An instruction with a problem is left out of its stage.
BuildFile readBuildFile(const Dockerfile& file);

/// One instruction, as ONBUILD keeps it in an image: InvalidArgument when it is none.
Result<BuildInstruction> parseInstruction(const std::string& text);

} // namespace escale
