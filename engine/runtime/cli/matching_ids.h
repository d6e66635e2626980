// `kill` and `delete` of several containers: with --regex the operand is an extended regular expression
// (regex(7)) that is looked for in each id.
#pragma once

#include "engine/base/result.h"
#include "engine/runtime/cli/arguments.h"

#include <functional>
#include <string>

namespace escale {

/// Calls `act` for the container named by `operand`, or with --regex for each that it matches. One that is
/// refused does not spare the others: the first error is returned, the others are its causes.
Result<void> forEachMatch(const Arguments& arguments, const std::string& operand,
                          const std::function<Result<void>(const std::string& id)>& act);

} // namespace escale
