// Which service needs which: all of them are there and enabled, and none needs itself in the end.
#pragma once

#include "engine/stack/compose/loading.h"

namespace escale::compose {

void checkDependencies(Loading& loading, const Project& project);

} // namespace escale::compose
