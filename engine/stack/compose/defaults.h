// What a file leaves unsaid, written into the canonical tree, as compose-go's normalisation does.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

/// The default network, names of networks, volumes, secrets and configs, the Dockerfile, dependencies that
/// links and shared namespaces imply. Places of what is made up have line 0; an implied dependency has that
/// of what implies it.
void completeProject(Node& root, const std::string& projectName);

/// The service of "service:NAME"; empty: it is none.
std::string serviceIn(std::string_view text);

} // namespace escale::compose
