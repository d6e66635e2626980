// Variables in Compose files: 12-interpolation.md. $NAME, ${NAME}, ${NAME:-default}, ${NAME-default},
// ${NAME:?error}, ${NAME?error},
// ${NAME:+other}, ${NAME+other}, nested in each other; $$ is a dollar sign.
#pragma once

#include "engine/base/result.h"
#include "engine/stack/compose/problem.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace escale::compose {

/// Where a variable's value comes from.
struct Variable {
    std::string value;
    enum class Source : std::uint8_t { Environment, File } source = Source::Environment;
    Place place; // of the line in an environment file
    bool operator==(const Variable&) const = default;
};
using Variables = std::map<std::string, Variable, std::less<>>;

struct Interpolated {
    std::string text;
    std::set<std::string> used; // names
    std::set<std::string>
        unset; // of them, those that had no value and no default: compose warns of each once
};
/// InvalidArgument: bad syntax (with what would be right), or ${NAME:?message}'s message. Linear time;
/// nesting at most 30.
Result<Interpolated> interpolateText(std::string_view text, const Variables& variables);

/// All values (no keys) of a tree, `raw` kept. Each variable without a value: one warning.
void interpolate(Node& node, const Variables& variables, std::set<std::string>& used, Problems& problems);

/// The names that a text refers to, for completion and colours: (position in bytes, length of all of it,
/// name).
struct VariableSpan {
    std::size_t position = 0, length = 0;
    std::string name;
};
std::vector<VariableSpan> variableSpans(std::string_view text);

} // namespace escale::compose
