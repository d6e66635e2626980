// What is wrong with a text that is no YAML, in a person's words: the mistakes that people make in Compose
// files, told from what a parser stumbles over and from what stands there.
#pragma once

#include "engine/stack/compose/problem.h"
#include "engine/stack/compose/text_places.h"

#include <string>
#include <string_view>

namespace escale::compose {

/// Where a parser has stopped. Positions in bytes; npos: none.
struct YamlStop {
    std::string_view reason; // in yaml-cpp's words
    std::size_t position = 0;
    std::size_t quote = std::string_view::npos;   // where the last quoted text begins
    std::size_t bracket = std::string_view::npos; // the innermost [ or { that is open
};

Problem explainYamlStop(const YamlStop& stop, std::string_view text, const TextPlaces& places);

} // namespace escale::compose
