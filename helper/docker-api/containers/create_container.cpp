#include "helper/docker-api/containers/create_container.h"

#include "engine/image/reference.h"
#include "helper/dbus/container_options_map.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/containers/bind_sources.h"
#include "helper/docker-api/containers/create_request.h"
#include "helper/docker-api/containers/found_container.h"
#include "helper/docker-api/containers/host_ports.h"
#include "helper/docker-api/containers/image_facts.h"
#include "helper/docker-api/http/exchange.h"

#include <algorithm>

namespace escale::docker_api {
namespace {

// "demo:latest", as dockerd says it.
Error imageIsMissing(const std::string& image) {
    const auto reference = Reference::parse(image);
    return noSuchImage(reference ? reference->familiar() : image);
}

bool hasVariable(const Texts& environment, const std::string& name) {
    return std::any_of(environment.begin(), environment.end(),
                       [&name](const std::string& variable) { return variable.starts_with(name + "="); });
}

bool publishes(const Texts& publish, const std::string& port) {
    return std::any_of(publish.begin(), publish.end(), [&port](const std::string& text) {
        return text == port || text.ends_with(":" + port);
    });
}

Result<void> checkPlatform(const std::string& platform, const CreateRequest& request,
                           const ImageFacts& image) {
    if (platform.empty() || fitsPlatform(platform, image.platform))
        return {};
    return fail(ErrorCode::NotFound, "image with reference " + request.options.image +
                                         " was found but does not match the specified platform: wanted " +
                                         platform + ", actual: " + image.platform);
}

// What can be said only by who knows the image.
Result<void> takeFromImage(const ImageFacts& image, CreateRequest& request) {
    for (const std::string& name : request.withoutVariables) {
        if (hasVariable(image.environment, name))
            return fail(ErrorCode::Unsupported,
                        "the image sets the variable " + name + ", which cannot be taken away here",
                        "Set it to an empty text: " + name + "=");
    }
    if (request.keepsImageCommand)
        request.options.command = image.command;
    if (!request.publishesAll)
        return {};
    Texts ports = request.exposedPorts;
    for (const std::string& port : image.exposedPorts)
        ports.push_back(port.find('/') == std::string::npos ? port + "/tcp" : port);
    for (const std::string& port : ports) {
        if (!publishes(request.options.publish, port))
            request.options.publish.push_back(port);
    }
    return {};
}

Result<void> lookAtImage(const Bus& bus, const std::string& platform, CreateRequest& request) {
    const std::string written = request.options.image;
    TRY_ASSIGN(request.options.image, engineImageName(bus, written));
    const bool mustLook = !platform.empty() || request.publishesAll || request.keepsImageCommand ||
                          !request.withoutVariables.empty();
    if (!mustLook)
        return {};
    const auto image = imageFacts(bus, request.options.image);
    if (!image && image.error().code == ErrorCode::NotFound)
        return fail(imageIsMissing(written));
    TRY(image);
    TRY(checkPlatform(platform, request, *image));
    return takeFromImage(*image, request);
}

Result<void> choosePorts(CreateRequest& request) {
    for (const HostPortRange& range : request.portRanges) {
        TRY_ASSIGN(const std::uint16_t port, freePort(range));
        request.options.publish.push_back(publishText(range.address, std::to_string(port), range.inside));
    }
    return {};
}

Error creationError(const Bus& bus, const ContainerOptions& options, Error error) {
    if (error.code == ErrorCode::AlreadyExists && !options.name.empty() && findContainer(bus, options.name))
        return nameConflict(bus, options.name);
    constexpr std::string_view kNoNetwork = "there is no network \"";
    if (error.message.starts_with(kNoNetwork))
        error.message =
            "network " +
            error.message.substr(kNoNetwork.size(), error.message.rfind('"') - kNoNetwork.size()) +
            " not found";
    if (error.code != ErrorCode::NotFound)
        return error;
    if (const auto image = imageFacts(bus, options.image);
        !image && image.error().code == ErrorCode::NotFound)
        return imageIsMissing(options.image);
    // A network or a container that it names: no 404, at which the docker command pulls the image.
    error.code = ErrorCode::InvalidArgument;
    return error;
}

Json created(const QString& id, const Texts& warnings) {
    return Json().set("Id", id.toStdString()).set("Warnings", Json::strings(warnings));
}

} // namespace

Result<void> createContainer(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Json body, exchange.readJson());
    TRY_ASSIGN(CreateRequest request, readCreateRequest(body, exchange.request().version));
    request.options.name = exchange.query().text("name");
    request.options.name.erase(0, request.options.name.starts_with('/') ? 1 : 0);
    TRY(lookAtImage(bus, exchange.query().text("platform"), request));
    TRY(choosePorts(request));
    TRY_ASSIGN(const auto sources, openBindSources(request.mounts, boundPath(exchange.client())));
    for (const MountSpec& mount : request.mounts)
        request.options.mounts.push_back(mountText(mount));
    QVariantMap options = optionsToBus(request.options);
    if (!sources.isEmpty())
        options.insert(QStringLiteral("bind-sources"), QVariant::fromValue(sources));
    auto id = bus.ask<QString>(Face::Containers, "Create", toQString(request.options.image),
                               toStringList(request.options.command), options);
    if (!id)
        return fail(creationError(bus, request.options, std::move(id).error()));
    return exchange.reply(201, created(*id, request.warnings));
}

} // namespace escale::docker_api
