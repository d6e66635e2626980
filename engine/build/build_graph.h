// Which stages of a Dockerfile a target needs, and what each begins with and copies from: the order of a
// build. Pure.
#pragma once

#include "engine/build/instructions.h"

#include <map>
#include <set>

namespace escale {

/// What is asked for beside the file.
struct BuildRequest {
    std::string target;                           // a stage's name or number; empty: the last one
    std::map<std::string, std::string> arguments; // --build-arg
    std::string buildPlatform = "linux/amd64";    // of this machine: "os/architecture" or "…/variant"
    std::string targetPlatform;                   // empty: the same
};

struct PlannedStage {
    std::size_t stage = 0; // index in BuildFile::stages
    std::string base;      // an image or "scratch", variables replaced; empty: `baseStage` it is
    std::optional<std::size_t> baseStage;
    std::string platform;         // of its base image; empty: the target's
    std::set<std::size_t> stages; // that must be built before: its base, and what it copies or mounts from
    std::set<std::string> images; // that it copies or mounts from
};

struct BuildGraph {
    std::vector<PlannedStage> stages; // those that are needed, each behind those that it needs
    std::size_t target = 0;           // index in BuildFile::stages
    std::map<std::string, std::string>
        arguments; // before the first FROM, with the predefined ones of platforms
};

/// InvalidArgument: a file with problems, an unknown target or stage, a FROM that names nothing.
Result<BuildGraph> planBuild(const BuildFile& file, const BuildRequest& request, char escape = '\\');

/// Arguments that need no ARG: the proxies'.
bool isPredefinedArgument(std::string_view name);

} // namespace escale
