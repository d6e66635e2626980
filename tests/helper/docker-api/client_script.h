// Tests that a client's own language tells best: a script in python/ or node/ with a case a behaviour, each
// of which is a row here.
#pragma once

#include "tests/helper/docker-api/docker_machine.h"

namespace escale::test {

/// Adds a row for each case of the script, whose name is the only group of `pattern`.
void addCasesOf(const std::string& script, const char* pattern);

/// The folder of this file and its scripts.
std::string scriptFolder();

/// Fails with all that the script printed, if it failed.
#define VERIFY_PASSED(ran)                                                                                   \
    do {                                                                                                     \
        if (const Ran& passed_ = (ran); passed_.code != 0)                                                   \
            QFAIL((passed_.output + passed_.errors).c_str());                                                \
    } while (false)

} // namespace escale::test
