// What a build gets of this person's files beside its context: for the Build pane and for stacks alike.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"
#include "engine/build/ignore_file.h"

#include <string>
#include <string_view>

namespace escale::gui {

/// A file of memory that nobody changes any more, to be read from its beginning. `what` for the message.
Result<UniqueFd> sealedFile(std::string_view content, const std::string& what);

/// What a context leaves out: "NAME.dockerignore" beside the Dockerfile NAME (a path) goes before the
/// folder's own .dockerignore; none: nothing. One that cannot be read, or has a wrong pattern, is an error
/// that names it: to send what somebody meant to keep at home would be worse.
Result<IgnoreFile> ignoredFiles(const std::string& dockerfile, const std::string& folder);

} // namespace escale::gui
