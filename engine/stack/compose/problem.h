// What is said of a Compose file, and where.
#pragma once

#include "engine/stack/compose/node.h"

#include <string>
#include <vector>

namespace escale::compose {

struct Problem {
    enum class Severity : std::uint8_t {
        Error,   // nothing can be brought up
        Warning, // it can, but something is not as the file says: "not supported: X, because Y"
        Note,    // it works, and there is something better
    };
    Severity severity = Severity::Error;
    Place place;
    std::string path; // "services.web.ports[0]"; may be empty
    std::string what; // one sentence without a full stop: what is wrong with what, and why
    std::string hint; // what to do; may be empty
};
using Problems = std::vector<Problem>;

bool hasErrors(const Problems& problems);

} // namespace escale::compose
