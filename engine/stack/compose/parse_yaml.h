// YAML 1.2 → Node, with anchors, aliases and merge keys (10-fragments.md) replaced.
#pragma once

#include "engine/stack/compose/problem.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace escale::compose {

struct YamlLimits {
    std::size_t bytes = 4U << 20;
    std::size_t nodes = 200'000; // after aliases are replaced: a YAML bomb ends here
    unsigned depth = 100;
};

/// Nullopt when the text is no YAML at all; problems say why and where. Several documents in one file are
/// merged by the loader: each is an item of the answer. A key that is there twice is an error, as compose-go
/// has it. `file` goes into the places.
std::optional<std::vector<Node>> parseYaml(std::string_view text, std::uint32_t file, Problems& problems,
                                           const YamlLimits& limits = {});

} // namespace escale::compose
