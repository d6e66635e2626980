// Builds the image of a Dockerfile: reads it, plans the stages, gives each instruction its key, and has done
// what no earlier build has done; stages that do not need each other at the same time. It touches no file and
// starts no process: BuildOperations does. What it says of its work goes to `events`.
//
// A step's key is a digest of what decides what it makes: the instruction with its variables replaced, its
// parent's layers, the content of what it copies or mounts. Two steps with one key make the same.
#pragma once

#include "engine/build/build_events.h"
#include "engine/build/build_graph.h"
#include "engine/build/build_operations.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace escale {

struct BuilderRequest {
    std::string text; // of the Dockerfile
    std::string name = "Dockerfile";
    BuildRequest build;
    std::map<std::string, std::string> labels; // added to the image
    std::string network = "default";           // of RUN where the instruction says nothing
    std::vector<std::string> extraHosts;       // "name:address", that RUN knows
    std::set<std::string> allowed;             // "network.host", "security.insecure"
    std::set<std::string> secrets, agents;     // ids of those that were lent
    bool usesCache = true;
    std::set<std::string> stagesWithoutCache; // their names or numbers, lower case
};

struct BuilderResult {
    CommittedImage image;
    unsigned steps = 0, cached = 0, warnings = 0;
};

/// From any thread, one line at a time.
using BuildEventSink = std::function<void(const BuildEvent&)>;

/// Blocks; up to one thread a stage. InvalidArgument: the Dockerfile (with its line). The first step that
/// fails ends the build: SystemFailure with its text and exit code; the others are cancelled.
Result<BuilderResult> buildImage(const BuilderRequest& request, BuildOperations& operations,
                                 const BuildEventSink& events);

} // namespace escale
