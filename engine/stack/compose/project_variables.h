// The variables of a project: those of the person's environment, and those of .env files.
#pragma once

#include "engine/stack/compose/model.h"

namespace escale::compose {

/// Of environment files, for names that `variables` lacks; later files before earlier ones. `mayLack`: a file
/// that is not there is none.
void readVariables(Loading& loading, const std::vector<ModelRequest::File>& files, bool mayLack,
                   Variables& variables);

/// All that the request leads to: COMPOSE_ENV_FILES, COMPOSE_DISABLE_ENV_FILE, .env of the folder.
/// `environmentFiles`: those that are read.
Variables projectVariables(Loading& loading, const std::string& directory,
                           std::vector<std::string>& environmentFiles);

} // namespace escale::compose
