// What a scalar of a file is, and whether it can be taken for what a property wants: after interpolation a
// number or boolean may stand there as a text.
#pragma once

#include "engine/stack/compose/schema.h"

#include <optional>
#include <string>

namespace escale::compose {

/// true and false, in quotes or not, and YAML 1.1's other words for them, which compose-go takes as well.
std::optional<bool> booleanIn(const Node& node);
std::optional<std::int64_t> integerIn(const Node& node);
std::optional<double> numberIn(const Node& node);

/// Whether a value may stand where `types` are wanted.
bool fits(const Node& node, std::uint16_t types);
/// What it is, in words: "a text", "a list" …
std::string kindInWords(const Node& node);
/// What is wanted, in words: "a text or a list".
std::string typesInWords(std::uint16_t types);

} // namespace escale::compose
