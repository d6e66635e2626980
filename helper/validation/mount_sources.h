// What Create and Run get as descriptors: the sources of bind mounts, and secrets.
#pragma once

#include "engine/container/containers.h"

#include <QVariantMap>

#include <memory>

namespace escale {

/// Looked at and copied on the bus's thread.
struct PassedSources {
    std::vector<UniqueFd> binds;
    struct PassedSecret {
        Secret secret; // without its content
        UniqueFd content;
    };
    std::vector<PassedSecret> secrets;
};

/// The options "bind-sources" and "secrets". There must be as many sources as `options` has mounts of type
/// bind. InvalidArgument.
Result<std::shared_ptr<PassedSources>> passedSources(const QVariantMap& map, const ContainerOptions& options);

/// Reads the secrets: not on the bus's thread. Ends after ten seconds, or at 1 MiB each, whatever the other
/// ends do. InvalidArgument, Timeout.
Result<MountSources> readSources(uid_t owner, PassedSources& passed);

} // namespace escale
