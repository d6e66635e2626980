// A build's file of events (Builds.OpenEvents), read as it grows: whoever waits for the build looks into it
// now and then, which needs no watch of the kernel's.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/build/build_events.h"

#include <string>
#include <vector>

namespace escale::docker_api {

class BuildEventsFile {
public:
    explicit BuildEventsFile(UniqueFd file)
        : m_file(std::move(file)) {}
    /// Some of what has come since the last time; none: that was all, for now.
    Result<std::vector<BuildEvent>> read();

private:
    UniqueFd m_file;
    off_t m_position = 0;
    std::string m_line; // one that has no end yet
};

} // namespace escale::docker_api
