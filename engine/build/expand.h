// Variables, quotes and escapes in a Dockerfile's words, as docker/dockerfile:1 replaces them:
//   $name ${name} ${name:-word} ${name-word} ${name:+word} ${name+word} ${name:?word} ${name?word}
//   ${name#pattern} ${name##pattern} ${name%pattern} ${name%%pattern} ${name/pattern/word}
//   ${name//pattern/word}
// docs.docker.com/reference/dockerfile (Environment replacement). Pure.
#pragma once

#include "engine/base/result.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace escale {

/// A variable's value; nothing when it is not set.
using VariableLookup = std::function<std::optional<std::string>(const std::string& name)>;

struct ExpandRules {
    char escape = '\\';
    bool keepsQuotes = false;  // quotes stay where they are
    bool keepsEscapes = false; // so do escapes
    bool keepsUnset = false;   // "$name" of a variable that is not set stays as it is
    bool readsQuotes = true;   // false: quotes are letters, as in a here-document
};

struct Expanded {
    std::string text;
    std::vector<std::string> words; // the same, split where spaces are that no quotes hold together
    std::set<std::string> used;     // variables that were set
    std::set<std::string> unset;    // and those that were not
};

/// InvalidArgument: a quote or brace without its end, an unknown modifier, ${name:?…} of what is not set.
Result<Expanded> expandVariables(std::string_view text, const VariableLookup& lookup,
                                 const ExpandRules& rules = {});

} // namespace escale
