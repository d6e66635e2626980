// `include`: 14-include.md. Each is a model of its own; what it defines is taken over.
#pragma once

#include "engine/stack/compose/model.h"

namespace escale::compose {

/// Of one canonical document of a file of `model`; the key is removed.
void includeInto(Loading& loading, const ModelRequest& model, const std::string& file, Node& document);

} // namespace escale::compose
