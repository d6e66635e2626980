// The helper's command line.
#pragma once

#include "engine/base/result.h"

#include <string>
#include <vector>

namespace escale {

struct HelperOptions {
    std::string stateFolder = "/var/lib/escale";
    std::string runFolder = "/run/escale";
    std::string cgroupParent = "/escale";
    std::string bridge = "escale0";
    std::string table = "escale";
    std::string layers =
        "auto";            // the form of those that are pulled: "image", "folder", or what the machine can
    std::string pools;     // that networks' subnets are chosen from; empty: the engine's own
    int idleSeconds = 120; // 0: never quits by itself
    bool purge = false;
    bool help = false;
    bool version = false;
};

/// `arguments` without the program's name. InvalidArgument names what is wrong.
Result<HelperOptions> parseHelperOptions(const std::vector<std::string>& arguments);
const char* helperUsage();

} // namespace escale
