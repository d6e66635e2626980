// Which services a project consists of: 15-profiles.md.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

/// Fills in enabled, profiles and allProfiles.
void applyProfiles(Loading& loading, Project& project, const Variables& variables);

} // namespace escale::compose
