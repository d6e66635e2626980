// Answers that no honest registry gives to a request for a small document, for the tests of the client and of
// whole pulls. Each must end in an error with a sentence, within bounds of time and memory.
#pragma once

#include "tests/registry/hostile_registry.h"

#include <functional>
#include <string>
#include <vector>

namespace escale::test {

struct HostileAnswer {
    const char* name;
    HostileRegistry::Answer answer;
};

/// `host`: where the registry that gives them is reached.
std::vector<HostileAnswer> hostileAnswers(const std::string& host);

} // namespace escale::test
