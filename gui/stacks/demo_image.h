// The demo image that comes with Escale, for samples that need no network.
#pragma once

#include "engine/stack/stack.h"
#include "gui/client/engine_client.h"

namespace escale::gui {

/// Whether a service of the stack is made of it.
bool needsDemoImage(const Stack& stack);

/// Loads it, when the engine has none of its name. NotFound: this machine has no archive of it.
void provideDemoImage(EngineClient& client, QObject* guard, Answer<> answer);

} // namespace escale::gui
