// What the parts of one build share, and what a build needs of the helper.
#pragma once

#include "engine/base/cancellation.h"
#include "engine/build/cache/build_cache.h"
#include "engine/build/cache/build_records.h"
#include "engine/container/containers.h"
#include "helper/service/build_progress.h"
#include "helper/service/build_roots.h"
#include "helper/service/image_news.h"
#include "helper/validation/build_options.h"

#include <map>
#include <string>

namespace escale {

struct BuildParts { // all outlive the builds
    Store& store;
    Containers& containers;
    BuildCache& cache;
    BuildRecords& records;
    ImageNews& news;
    std::string workerProgram;
    std::string agentsFolder; // absolute, root's alone: sockets of agents that are lent
};

/// Of one build; borrowed by its parts, from all threads.
struct BuildWork {
    const BuildParts& parts;
    const BuildOrder& order;
    const std::string& id;
    uid_t owner = 0;
    std::uint32_t idBase = 0; // host id of the owner's containers' root
    int userNamespace = -1;   // with the owner's ids
    const Cancellation& cancellation;
    BuildRoots& roots;
    BuildCache::Use& use;
    BuildProgress& progress;
    std::map<std::string, std::string> secrets; // contents by id: in memory, and nowhere else
};

} // namespace escale
