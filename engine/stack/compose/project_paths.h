// Relative paths of a model made absolute: each is relative to the folder of the model that says it.
#pragma once

#include "engine/stack/compose/interpolate.h"

namespace escale::compose {

/// Without ".", ".." and double slashes, as far as the text tells.
std::string cleanPath(std::string_view path);
/// `folder` is absolute; "~" is `home` (left alone when that is empty).
std::string absolutePath(std::string_view path, const std::string& folder, const std::string& home);
/// HOME of the environment; empty when there is none.
std::string homeOf(const Variables& variables);
/// Whether a build context, or a file to include, is an address and no path.
bool isAddress(std::string_view text);

/// Contexts, sources of binds, environment, label, secret and config files, those that extends names, … of a
/// canonical tree.
void resolvePaths(Node& root, const std::string& folder, const std::string& home);

} // namespace escale::compose
