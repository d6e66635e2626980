// .env and env_file: 05-services.md "Env_file format" (NAME=value, quotes, escapes, multi-line values in
// quotes, comments, "export ", interpolation in unquoted and double-quoted values), and format "raw"
// (docker's --env-file).
#pragma once

#include "engine/stack/compose/interpolate.h"

namespace escale::compose {

struct EnvironmentLine {
    std::string name;
    std::optional<std::string> value; // none: NAME alone, the value that it has in the environment
    Place place;
};
/// In their order. Later lines see earlier ones when they are interpolated, over `variables`' (those win, as
/// in a shell that compose runs in). Problems name the line.
/// `earlier`: of the files before this one, which its lines replace.
std::vector<EnvironmentLine> parseEnvironmentFile(std::string_view text, std::uint32_t file,
                                                  const Variables& variables, bool raw, Problems& problems,
                                                  const Variables& earlier = {});

} // namespace escale::compose
