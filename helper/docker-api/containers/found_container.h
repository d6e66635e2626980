// A container as a request names it, and the errors about it in dockerd's words.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <QVariantMap>

#include <string>

namespace escale::docker_api {

class Bus;

struct FoundContainer {
    dbus::Container container;
    QVariantMap options; // as Containers.Run has them
    [[nodiscard]] std::string id() const { return container.id.toStdString(); }
    /// It has processes: "running" or "paused".
    [[nodiscard]] bool isAlive() const;
};
/// By its id, its beginning, or its name. NotFound: "No such container: NAME".
Result<FoundContainer> findContainer(const Bus& bus, const std::string& name);

/// "Conflict. The container name "/web" is already in use by container "ID". …": clients look for these
/// words.
Error nameConflict(const Bus& bus, const std::string& name);

} // namespace escale::docker_api
