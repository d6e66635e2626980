// Secrets that a caller passes as descriptors: read with patience, but not without end.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct NamedContent {
    std::string name; // for messages
    std::shared_ptr<const UniqueFd> content;
};

/// In their order. Not on the bus's thread: ends after ten seconds, or at `largest` bytes each, whatever the
/// other ends do. InvalidArgument, Timeout.
Result<std::vector<std::string>> readSecretContents(uid_t owner, std::vector<NamedContent> contents,
                                                    std::size_t largest);

} // namespace escale
