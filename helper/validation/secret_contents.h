// Secrets that a caller passes as descriptors: read with patience, but not without end.
#pragma once

#include "engine/base/result.h"
#include "engine/base/unique_fd.h"

#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <sys/types.h>
#include <vector>

namespace escale {

struct NamedContent {
    std::string name; // for messages
    std::shared_ptr<const UniqueFd> content;
};

/// In their order. Not on the bus's thread: ends after `patience`, or at `largest` bytes of one and `most` of
/// all, whatever the other ends do. InvalidArgument, Timeout.
Result<std::vector<std::string>>
readSecretContents(uid_t owner, std::vector<NamedContent> contents, std::size_t largest,
                   std::size_t most = std::numeric_limits<std::size_t>::max(),
                   std::chrono::milliseconds patience = std::chrono::seconds(10));

} // namespace escale
