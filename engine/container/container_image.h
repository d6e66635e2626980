// A container as the image that `commit` makes of it.
#pragma once

#include "engine/container/container.h"
#include "engine/store/store.h"

namespace escale {

/// What the new image says: the image's settings with what the container was started with over them (Docker's
/// rules: an entrypoint of the container drops the image's command). Pure.
ImageConfig committedConfig(ImageConfig image, const ContainerOptions& options);

/// Puts "NAME=value" into an environment, in the place of a former value.
void setVariable(std::vector<std::string>& environment, const std::string& variable);
void setLabel(std::vector<std::pair<std::string, std::string>>& labels, const std::string& name,
              const std::string& value);

} // namespace escale
