// What a project is called: 04-version-and-name.md.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

/// [a-z0-9][a-z0-9_-]*
bool isProjectName(std::string_view name);
/// Of a folder's name: lower case, without what no name can hold; may be empty.
std::string projectNameOf(std::string_view folder);

/// The request's, COMPOSE_PROJECT_NAME, the last file's "name", or that of the folder. An impossible one is
/// told, and what would be possible is taken.
std::string chooseProjectName(Loading& loading, const std::vector<std::string>& files,
                              const std::string& directory, const Variables& variables);

} // namespace escale::compose
