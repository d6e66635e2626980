#include "engine/stack/compose/problem.h"

#include <algorithm>

namespace escale::compose {

bool hasErrors(const Problems& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.severity == Problem::Severity::Error; });
}

} // namespace escale::compose
