// What services get from environment and label files, and from the project's variables.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

/// Names without a value in `environment` and build arguments get that of the variable, and its place: of one
/// model, with its variables. Variables that secrets and configs name count as used.
void resolveNames(Loading& loading, Node& model, const Variables& variables);

/// env_file below `environment`, label_file below `labels`; of the services that are enabled. Later files win
/// over earlier ones, what stands in the service over all of them. Each value's place is that of its line.
void resolveFiles(Loading& loading, Node& root, const std::set<std::string>& enabled,
                  const Variables& variables);

} // namespace escale::compose
