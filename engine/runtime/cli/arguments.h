// escale-runtime's command line: global options, a command, its options, its operands.
#pragma once

#include "engine/base/result.h"

#include <map>
#include <string>
#include <vector>

namespace escale {

struct Arguments {
    std::string root = "/run/escale/runtime";
    std::string log; // also append errors to this file
    bool jsonErrors = false;
    bool version = false;
    std::string command;
    std::map<std::string, std::string> options; // "--bundle" → value; flags → "true"
    std::vector<std::string> operands;

    [[nodiscard]] std::string option(const std::string& name, const std::string& fallback = {}) const;
    /// The only operand, the container's id.
    [[nodiscard]] Result<std::string> id() const;
};

/// Both "--name value" and "--name=value". InvalidArgument for what it does not know. What was read before
/// the mistake is in `arguments`, so that the error can be told in the form asked for.
Result<void> parseArguments(const std::vector<std::string>& words, Arguments& arguments);

} // namespace escale
