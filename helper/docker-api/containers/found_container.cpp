#include "helper/docker-api/containers/found_container.h"

#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"

namespace escale::docker_api {

bool FoundContainer::isAlive() const {
    return container.state == QLatin1String("running") || container.state == QLatin1String("paused");
}

Result<FoundContainer> findContainer(const Bus& bus, const std::string& name) {
    auto found = bus.ask<dbus::Container, QVariantMap>(Face::Containers, "Inspect", toQString(name));
    if (!found)
        return fail(aboutContainer(std::move(found).error(), name));
    auto& [container, options] = *found;
    return FoundContainer{std::move(container), std::move(options)};
}

Error nameConflict(const Bus& bus, const std::string& name) {
    const auto other = findContainer(bus, name);
    return {ErrorCode::AlreadyExists,
            "Conflict. The container name \"/" + name + "\" is already in use by container \"" +
                (other ? other->id() : "?") +
                "\". You have to remove (or rename) that container to be able to reuse that name.",
            {},
            {}};
}

} // namespace escale::docker_api
