// Rows of words in aligned columns, two spaces apart.
#pragma once

#include <string>
#include <vector>

namespace escale {

using Table = std::vector<std::vector<std::string>>;

std::string aligned(const Table& table);

} // namespace escale
