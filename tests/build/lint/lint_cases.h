// What each rule of the linter finds, and what it leaves in peace: a table, as the rules' documentation.
#pragma once

#include "engine/build/lint/lint.h"

#include <string>
#include <vector>

namespace escale::test {

struct LintCase {
    std::string rule;
    std::string source;
    std::string places;   // "2:5-2:9", more of them behind a space each; empty: the rule is silent
    std::string settings; // .hadolint.yaml
    LintContext context;
};
std::vector<LintCase> lintCases();

} // namespace escale::test
