// The demo image that comes with Escale, for samples that need no network.
#pragma once

#include "gui/client/engine_client.h"

namespace escale::gui {

/// "docker.io/escale/demo:1"
QString demoImage();
/// Whether that reference means it.
bool isDemoImage(const std::string& image);
/// Loads it, when the engine has none of its name. NotFound: this machine has no archive of it.
void provideDemoImage(EngineClient& client, QObject* guard, Answer<> answer);

} // namespace escale::gui
