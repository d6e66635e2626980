// How a text is written in YAML: plain where it reads back as the same text, else as go-yaml writes it.
#pragma once

#include <string>
#include <string_view>

namespace escale::compose {

/// Plain, in single or in double quotes: in one line.
std::string yamlText(std::string_view text);
/// Whether yamlBlock() can hold it: several lines, and nothing in it that a block would lose.
bool fitsBlock(std::string_view text);
/// "|-" and the lines, each behind `indent` spaces; without a line break at the end.
std::string yamlBlock(std::string_view text, std::size_t indent);

} // namespace escale::compose
