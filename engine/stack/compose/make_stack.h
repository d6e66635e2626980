// A project → what the engine is asked for. What the engine cannot do is a problem at its place: "not
// supported: X, because Y".
#pragma once

#include "engine/stack/compose/load_project.h"

namespace escale::compose {

/// What has to be opened or made by the files' owner for the descriptors that a Stack counts, in their order.
/// Each is named once.
struct StackSource {
    enum class Kind : std::uint8_t {
        Bind,       // path; made as a folder when missing and `create`
        File,       // path: of a secret or config, read to its end
        Content,    // text: of an inline config or one from the environment
        Dockerfile, // path, or text when it is dockerfile_inline
        Context,    // path of a folder to send from
        Secret,     // of a build: path or text
        Agent,      // of a build: socket's path, "": SSH_AUTH_SOCK
    };
    Kind kind = Kind::Bind;
    std::string path;
    std::string text;
    bool create = false;
    Place place;            // where it was asked for
    std::string dockerfile; // of Context: the Dockerfile's name (for its .dockerignore)
};

/// How a service's image is built, in Builds.Build's words.
struct BuildRequest {
    std::string service;
    std::string dockerfile; // its name
    std::string context;    // folder
    std::string target, network, platform;
    std::vector<std::string> tags, noCacheFilter, extraHosts, allow;
    std::map<std::string, std::string> arguments, labels;
    bool noCache = false, pull = false;
    std::uint64_t shmSize = 0;
    std::vector<std::pair<std::string, std::uint32_t>> secrets, agents; // id, which source
};

struct MadeStack {
    Stack stack; // contents' digests are filled in by who reads the sources
    std::vector<StackSource> sources;
    std::vector<BuildRequest> builds; // of services with StackService::build
    Problems problems;
};

/// Of the enabled services. `variables` (Loaded::variables): for names without a value, and secrets and
/// configs of the environment. `read`: of profiles of security_opt's seccomp, whose text is an option;
/// nothing else is read.
MadeStack makeStack(const Project& project, const Variables& variables = {}, const ReadFile& read = readFile);

} // namespace escale::compose
