// Compose files → a project: read, interpolated, included, extended, merged, made canonical, checked. As the
// files' owner: it reads what the files name and nothing else, and tells what it has read. Thread: any;
// blocking by `read`. Order and rules: compose-spec 03 to 15, behaviour of compose-go's loader.
#pragma once

#include "engine/stack/compose/interpolate.h"
#include "engine/stack/compose/project.h"

#include <functional>

namespace escale::compose {

/// The text of a file. NotFound when there is none.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;
/// At most 4 MiB, regular files and pipes, with the process's rights.
Result<std::string> readFile(const std::string& path);

struct LoadRequest {
    std::vector<std::string> files;                 // absolute; several: merged in this order
    std::string projectDirectory;                   // empty: the first file's
    std::string projectName;                        // empty: COMPOSE_PROJECT_NAME, "name:", the folder's name
    std::map<std::string, std::string> environment; // the person's
    std::vector<std::string> environmentFiles;      // empty: .env of the project directory, if there is one
    std::set<std::string> profiles;                 // beside COMPOSE_PROFILES; "*": all
    std::set<std::string> services; // those that somebody has asked for: enabled whatever their profiles
    ReadFile read = readFile;       // an editor gives what is not saved yet
};

struct SourceFile {
    std::string path; // absolute
    std::string text;
};

struct Loaded {
    Project project;               // as far as it goes; to be used when !hasErrors(problems)
    Problems problems;             // in the order of files and lines
    std::vector<SourceFile> files; // all that were read: Compose files, includes, environment and label files
    Variables variables;           // all that could be used
    std::set<std::string> used;    // those that were
};

/// Never fails: an editor shows a file that is being written.
Loaded loadProject(const LoadRequest& request);

/// compose.yaml, compose.yml, docker-compose.yaml, docker-compose.yml and their .override, upwards from a
/// folder, as docker compose looks. NotFound.
Result<std::vector<std::string>> findComposeFiles(const std::string& folder);

} // namespace escale::compose
