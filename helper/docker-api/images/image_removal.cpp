#include "helper/docker-api/images/image_removal.h"

#include "engine/base/json.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

tl::unexpected<Error> conflict(const std::string& text) {
    return fail(ErrorCode::InUse, "conflict: unable to " + text);
}

/// A running one before others.
Result<std::optional<ImageUser>> userOf(const Bus& bus, const std::string& image) {
    TRY_ASSIGN(const auto containers, bus.ask<dbus::ContainerList>(Face::Containers, "List"));
    std::optional<ImageUser> user;
    for (const dbus::Container& container : containers) {
        const bool isRunning = container.pid != 0;
        if (container.imageDigest.toStdString() == image && (!user || (isRunning && !user->isRunning)))
            user = ImageUser{container.id.toStdString(), isRunning};
    }
    return user;
}

/// Whether one tag alone, or one digest alone, names it.
bool hasOneName(const KnownImage& image) {
    return image.names.size() == 1 || (image.tags().size() == 1 && image.digests().size() == 1);
}

} // namespace

Result<std::vector<ImageTagName>> namesToRemove(const FoundImage& found, const std::string& asWritten,
                                                bool force, const std::optional<ImageUser>& user) {
    const KnownImage& image = found.image;
    const std::string id = shortId(image.id);
    if (found.name && (image.names.size() > 1 || !user))
        return std::vector{*found.name};
    if (found.name && !force)
        return conflict("remove repository reference \"" + asWritten + "\" (must force) - container " +
                        shortId(user->id) + " is using its referenced image " + id);
    if (user)
        return conflict("delete " + id + " (cannot be forced) - image is being used by " +
                        (user->isRunning ? "running" : "stopped") + " container " + shortId(user->id));
    if (!found.name && !hasOneName(image) && !force)
        return conflict("delete " + id + " (must be forced) - image is referenced in multiple repositories");
    return image.names;
}

Result<void> removeImage(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("name");
    TRY_ASSIGN(const auto images, knownImages(bus));
    TRY_ASSIGN(const FoundImage found, findImage(images, name));
    TRY_ASSIGN(const auto user, userOf(bus, found.image.id));
    TRY_ASSIGN(const auto names, namesToRemove(found, name, exchange.query().flag("force"), user));
    KnownImage left = found.image;
    Json answer = Json::Array();
    for (const ImageTagName& gone : names) {
        const auto before = left.digests();
        auto removed = bus.ask<>(Face::Images, "Remove", toQString(gone.repository),
                                 toQString(gone.tag.empty() ? found.image.id : gone.tag), QVariantMap());
        if (!removed)
            return fail(aboutImage(std::move(removed).error(), name));
        left.names.erase(std::remove(left.names.begin(), left.names.end(), gone), left.names.end());
        if (!gone.tag.empty())
            answer.append(Json().set("Untagged", gone.familiar(left.id)));
        const auto after = left.digests();
        for (const std::string& digest : before) {
            if (std::find(after.begin(), after.end(), digest) == after.end())
                answer.append(Json().set("Untagged", digest));
        }
    }
    if (left.names.empty())
        answer.append(Json().set("Deleted", left.id));
    return exchange.reply(200, answer);
}

} // namespace escale::docker_api
