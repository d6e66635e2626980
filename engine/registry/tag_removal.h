// Taking a tag away (distribution-spec 1.1, "Deleting tags" and "Deleting manifests"). Registries differ:
// some remove a tag, some manifests only, many nothing at all.
#pragma once

#include "engine/registry/exchange.h"

#include <functional>
#include <string>
#include <vector>

namespace escale {

/// `exchange` makes one for a request; `allTags` lists the repository's. Errors as RegistryClient::deleteTag.
Result<void> removeTag(const std::function<Exchange()>& exchange, const std::string& registry,
                       const std::string& repository, const std::string& tag,
                       const std::function<Result<std::vector<std::string>>()>& allTags);

} // namespace escale
