// POST /images/{name}/push: of one tag, or of all of a repository's.
#include "engine/image/reference.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/registry_auth.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"
#include "helper/docker-api/images/registry_way.h"
#include "helper/docker-api/images/transfer_progress.h"

namespace escale::docker_api {
namespace {

struct PushedTag {
    KnownImage image;
    std::string tag;
};

Error pushError(Error error) {
    if (error.code == ErrorCode::AuthenticationNeeded)
        error.message = "unauthorized: authentication required: " + error.message;
    else if (error.code == ErrorCode::PermissionDenied)
        error.message = "denied: requested access to the resource is denied: " + error.message;
    return error;
}

Result<std::vector<PushedTag>> wantedTags(const Bus& bus, const Reference& repository,
                                          const std::string& tag) {
    TRY_ASSIGN(const auto images, knownImages(bus));
    std::vector<PushedTag> wanted;
    for (const KnownImage& image : images) {
        for (const ImageTagName& name : image.names) {
            if (name.repository == repository.name() && !name.tag.empty() && (tag.empty() || name.tag == tag))
                wanted.push_back({image, name.tag});
        }
    }
    if (!wanted.empty())
        return wanted;
    Reference name = repository;
    name.tag.clear();
    return fail(ErrorCode::NotFound, "An image does not exist locally with the tag: " + name.familiar() +
                                         (tag.empty() ? "" : ":" + tag));
}

Result<void> push(Exchange& exchange, const Bus& bus, const Reference& repository, const PushedTag& pushed,
                  const QVariantMap& account) {
    QVariantMap options = account;
    options.insert(QStringLiteral("target"), toQString(repository.name() + ":" + pushed.tag));
    TRY_ASSIGN(const auto job,
               bus.ask<QDBusObjectPath>(Face::Images, "Push", toQString(pushed.image.id), options));
    std::vector<std::string> ids;
    for (const dbus::ImageLayer& layer : pushed.image.facts.layers)
        ids.push_back(layer.diffId.toStdString());
    TransferProgress progress(TransferProgress::Kind::Push, std::move(ids));
    auto result = bus.finish(job, exchange, [&](const dbus::JobStatus& status) -> Result<void> {
        const auto lines = progress.take(status.steps);
        for (const Json& line : lines)
            TRY(exchange.writeLine(line));
        return {};
    });
    if (!result)
        return fail(pushError(std::move(result).error()));
    TRY_ASSIGN(const Json done, Json::parse(result->toStdString()));
    const std::string digest = done.at("digest").toString();
    const std::int64_t size = done.at("size").toInteger();
    TRY(exchange.writeLine(
        Json().set("status", pushed.tag + ": digest: " + digest + " size: " + std::to_string(size))));
    return exchange.writeLine(
        Json()
            .set("progressDetail", Json::Object())
            .set("aux", Json().set("Tag", pushed.tag).set("Digest", digest).set("Size", size)));
}

Result<void> pushAll(Exchange& exchange, const Bus& bus, const Reference& repository, const std::string& tag,
                     const QVariantMap& account) {
    TRY_ASSIGN(const auto wanted, wantedTags(bus, repository, tag));
    for (const PushedTag& each : wanted)
        TRY(push(exchange, bus, repository, each, account));
    return {};
}

} // namespace

Result<void> pushImage(Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("name");
    TRY_ASSIGN(auto account, readRegistryAuth(exchange.request().header("x-registry-auth")));
    if (exchange.hasBody()) { // where clients before the header had it
        TRY_ASSIGN(const Json body, exchange.readJson());
        if (!account) {
            TRY_ASSIGN(account, credentialsOf(body));
        }
    }
    const auto repository = Reference::parse(name);
    if (!repository)
        return fail(ErrorCode::InvalidArgument, "invalid reference format: " + repository.error().message);
    if (repository->digest)
        return fail(ErrorCode::InvalidArgument, "cannot push a digest reference");
    // A tag in the name counts when there is none beside it.
    std::string tag = exchange.query().text("tag");
    if (tag.empty() && !isNameOnly(name))
        tag = repository->tag;
    QVariantMap options;
    addAccount(options, account);
    addProxy(options);
    TRY(exchange.beginStream(200, "application/json"));
    TRY(exchange.writeLine(
        Json().set("status", "The push refers to repository [" + repository->name() + "]")));
    if (const auto pushed = pushAll(exchange, bus, *repository, tag, options); !pushed)
        TRY(exchange.writeLine(errorLine(messageOf(pushed.error()))));
    return exchange.endStream();
}

} // namespace escale::docker_api
