#include "helper/docker-api/images/image_details.h"

#include "engine/base/file.h"
#include "engine/image/image_config.h"
#include "engine/image/image_details.h"
#include "engine/image/manifest.h"
#include "helper/docker-api/api/answers.h"
#include "helper/docker-api/api/times.h"
#include "helper/docker-api/bus/bus.h"
#include "helper/docker-api/http/exchange.h"
#include "helper/docker-api/images/image_handlers.h"

namespace escale::docker_api {
namespace {

struct Documents {
    KnownImage image;
    std::string manifest, config;
};

Result<Documents> openDocuments(const Exchange& exchange, const Bus& bus) {
    const std::string name = exchange.parameter("name");
    TRY_ASSIGN(const auto images, knownImages(bus));
    TRY_ASSIGN(FoundImage found, findImage(images, name));
    auto opened = bus.ask<QString, QDBusUnixFileDescriptor, QDBusUnixFileDescriptor>(
        Face::Images, "OpenDocuments", toQString(found.image.id));
    if (!opened)
        return fail(aboutImage(std::move(opened).error(), name));
    TRY_ASSIGN(std::string manifest, readFd(std::get<1>(*opened).fileDescriptor(), kLongestManifest));
    TRY_ASSIGN(std::string config, readFd(std::get<2>(*opened).fileDescriptor(), kLongestImageConfig));
    return Documents{std::move(found.image), std::move(manifest), std::move(config)};
}

/// What Docker leaves out when it is not said.
void setIfThere(Json& json, const char* key, const Json& value) {
    if (!value.isNull())
        json.set(key, value);
}

Json containerConfig(const ImageConfig& settings, const Json& config) {
    Json ports = Json::Object();
    for (const std::string& port : settings.exposedPorts)
        ports.set(port, Json::Object());
    Json json;
    json.set("Hostname", "").set("Domainname", "").set("User", settings.user);
    for (const char* stream : {"AttachStdin", "AttachStdout", "AttachStderr"})
        json.set(stream, false);
    if (!settings.exposedPorts.empty())
        json.set("ExposedPorts", ports);
    json.set("Tty", false).set("OpenStdin", false).set("StdinOnce", false);
    json.set("Env", settings.environment.empty() ? Json() : Json::strings(settings.environment));
    json.set("Cmd", settings.command.empty() ? Json() : Json::strings(settings.command));
    setIfThere(json, "Healthcheck", config.at("Healthcheck"));
    setIfThere(json, "ArgsEscaped", config.at("ArgsEscaped"));
    json.set("Image", config.at("Image").toString()).set("Volumes", config.at("Volumes"));
    json.set("WorkingDir", settings.workingDir);
    json.set("Entrypoint", settings.entrypoint.empty() ? Json() : Json::strings(settings.entrypoint));
    json.set("OnBuild", config.at("OnBuild")).set("Labels", config.at("Labels"));
    for (const char* key : {"StopSignal", "StopTimeout", "Shell"})
        setIfThere(json, key, config.at(key));
    return json;
}

} // namespace

Result<Json> imageInspection(const KnownImage& image, std::string_view manifest, std::string_view config) {
    TRY_ASSIGN(const ImageDetails details, imageDetails(manifest, config));
    TRY_ASSIGN(const Json json, Json::parse(config));
    Json answer;
    answer.set("Id", image.id)
        .set("RepoTags", Json::strings(image.tags()))
        .set("RepoDigests", Json::strings(image.digests()))
        .set("Parent", "")
        .set("Comment", details.history.empty() ? "" : details.history.back().comment)
        .set("Created", details.settings.created == 0 ? timeText(0) : json.at("created").toString())
        .set("DockerVersion", json.at("docker_version").toString())
        .set("Author", details.author)
        .set("Config", containerConfig(details.settings, json.at("config")))
        .set("Architecture", details.settings.architecture);
    if (!details.settings.variant.empty())
        answer.set("Variant", details.settings.variant);
    answer.set("Os", details.settings.os)
        .set("Size", std::uint64_t(image.facts.size))
        .set("VirtualSize", std::uint64_t(image.facts.size))
        .set("GraphDriver", Json().set("Data", Json()).set("Name", "overlayfs"))
        .set("RootFS", Json().set("Type", "layers").set("Layers", json.at("rootfs").at("diff_ids")))
        .set("Metadata", Json().set("LastTagTime", timeText(image.facts.pulledAt)));
    return answer;
}

Result<Json> imageHistoryLines(const KnownImage& image, std::string_view manifest, std::string_view config) {
    TRY_ASSIGN(const ImageDetails details, imageDetails(manifest, config));
    TRY_ASSIGN(const Json json, Json::parse(config));
    const auto& written = json.at("history").items(); // a step each
    Json lines = Json::Array();
    for (std::size_t i = details.history.size(); i-- > 0;) {
        const HistoryStep& step = details.history[i];
        const bool isNewest = i + 1 == details.history.size();
        const auto layer = static_cast<qsizetype>(step.layer.value_or(SIZE_MAX));
        const bool hasLayer = step.layer && layer < image.facts.layers.size();
        lines.append(
            Json()
                .set("Id", isNewest ? image.id : std::string("<missing>"))
                .set("Created", std::int64_t(step.created / 1000))
                .set("CreatedBy", written.at(i).at("created_by").toString())
                .set("Tags", isNewest && !image.tags().empty() ? Json::strings(image.tags()) : Json())
                .set("Size", std::uint64_t(hasLayer ? image.facts.layers.at(layer).size : 0))
                .set("Comment", step.comment));
    }
    return lines;
}

Result<void> inspectImage(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Documents documents, openDocuments(exchange, bus));
    TRY_ASSIGN(const Json answer, imageInspection(documents.image, documents.manifest, documents.config));
    return exchange.reply(200, answer);
}

Result<void> imageHistory(Exchange& exchange, const Bus& bus) {
    TRY_ASSIGN(const Documents documents, openDocuments(exchange, bus));
    TRY_ASSIGN(const Json answer, imageHistoryLines(documents.image, documents.manifest, documents.config));
    return exchange.reply(200, answer);
}

} // namespace escale::docker_api
