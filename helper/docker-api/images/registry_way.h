// How this process reaches a registry itself, as the user: for what needs no engine (search, tags,
// /distribution).
#pragma once

#include "engine/registry/client.h"

#include <QVariantMap>

namespace escale::docker_api {

/// With the machine's settings (/etc/escale/registries.json) and the environment's proxy; tried once or
/// twice, since a client waits for the answer.
Result<RegistryOptions> registryOptions(const std::string& registry, std::optional<Credentials> account);

/// The environment's proxy, for Images.Pull and Images.Push, whose own environment is the machine's.
void addProxy(QVariantMap& options);

} // namespace escale::docker_api
