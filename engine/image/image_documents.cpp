#include "engine/image/image_documents.h"

#include "engine/base/json.h"
#include "engine/image/media_types.h"

#include <array>
#include <ctime>

namespace escale {
namespace {

std::string rfc3339(std::int64_t milliseconds) {
    const std::time_t seconds = milliseconds / 1000;
    std::tm fields{};
    ::gmtime_r(&seconds, &fields);
    std::array<char, 40> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &fields);
    std::string fraction = std::to_string(1000 + milliseconds % 1000);
    fraction.front() = '.';
    return std::string(text.data(), length) + fraction + "Z";
}

void addText(Json::Object& object, const char* key, const std::string& text) {
    if (!text.empty())
        object.emplace_back(key, text);
}

void addTexts(Json::Object& object, const char* key, const std::vector<std::string>& texts) {
    if (!texts.empty())
        object.emplace_back(key, Json::strings(texts));
}

// Docker's extension, in nanoseconds.
Json healthOf(const HealthConfig& health) {
    Json::Object object{{"Test", Json::strings(health.command)}};
    const auto add = [&object](const char* key, std::uint64_t value) {
        if (value != 0)
            object.emplace_back(key, value);
    };
    add("Interval", health.interval * 1'000'000);
    add("Timeout", health.timeout * 1'000'000);
    add("StartPeriod", health.startPeriod * 1'000'000);
    add("StartInterval", health.startInterval * 1'000'000);
    add("Retries", health.retries);
    return object;
}

Json::Object runSettings(const ImageConfig& settings) {
    Json::Object config;
    addText(config, "User", settings.user);
    Json::Object ports;
    for (const auto& port : settings.exposedPorts)
        ports.emplace_back(port, Json::Object());
    if (!ports.empty())
        config.emplace_back("ExposedPorts", std::move(ports));
    Json::Object volumes;
    for (const auto& path : settings.volumes)
        volumes.emplace_back(path, Json::Object());
    if (!volumes.empty())
        config.emplace_back("Volumes", std::move(volumes));
    addTexts(config, "Env", settings.environment);
    addTexts(config, "Entrypoint", settings.entrypoint);
    addTexts(config, "Cmd", settings.command);
    addText(config, "WorkingDir", settings.workingDir);
    Json::Object labels;
    for (const auto& [name, value] : settings.labels)
        labels.emplace_back(name, value);
    if (!labels.empty())
        config.emplace_back("Labels", std::move(labels));
    addText(config, "StopSignal", settings.stopSignal);
    if (!settings.health.command.empty())
        config.emplace_back("Healthcheck", healthOf(settings.health));
    return config;
}

Json::Object historyLine(const HistoryRecord& record) {
    Json::Object line;
    if (record.created != 0)
        line.emplace_back("created", rfc3339(record.created));
    addText(line, "created_by", record.createdBy);
    addText(line, "author", record.author);
    addText(line, "comment", record.comment);
    if (record.isEmpty)
        line.emplace_back("empty_layer", true);
    return line;
}

std::string document(const ImageConfig& settings, const std::vector<ImageLayer>& layers,
                     const std::string& author, Json::Object config, Json::Array history) {
    Json::Object document{{"created", rfc3339(settings.created)}};
    addText(document, "author", author);
    document.emplace_back("architecture", settings.architecture);
    addText(document, "variant", settings.variant);
    document.emplace_back("os", settings.os);
    document.emplace_back("config", std::move(config));
    Json::Array diffIds;
    for (const ImageLayer& layer : layers)
        diffIds.emplace_back(layer.diffId.toString());
    document.emplace_back("rootfs", Json::Object{{"type", "layers"}, {"diff_ids", std::move(diffIds)}});
    document.emplace_back("history", std::move(history));
    return Json(std::move(document)).dump();
}

} // namespace

std::string writeImageConfig(const ImageConfig& settings, const std::vector<ImageLayer>& layers,
                             const LayerHistory& last) {
    Json::Array history; // one a layer, as the specification wants it
    for (std::size_t i = 1; i < layers.size(); ++i)
        history.emplace_back(Json::Object{{"created_by", "a layer of the image below"}});
    if (!layers.empty())
        history.emplace_back(
            historyLine({settings.created, last.createdBy, last.author, last.comment, false}));
    return document(settings, layers, last.author, runSettings(settings), std::move(history));
}

Result<std::string> writeBuiltConfig(const ImageConfig& settings, const std::vector<ImageLayer>& layers,
                                     const BuiltDocument& built) {
    Json::Array history;
    std::size_t made = 0;
    for (const HistoryRecord& record : built.history) {
        made += record.isEmpty ? 0 : 1;
        history.emplace_back(historyLine(record));
    }
    if (made != layers.size())
        return fail(ErrorCode::InvalidArgument, "the history tells of " + std::to_string(made) +
                                                    " layers, the image has " +
                                                    std::to_string(layers.size()));
    Json::Object config = runSettings(settings);
    addTexts(config, "OnBuild", built.onBuild);
    addTexts(config, "Shell", built.shell);
    return document(settings, layers, built.author, std::move(config), std::move(history));
}

std::string writeManifest(const std::string& config, const std::vector<ImageLayer>& layers) {
    Json::Array described;
    for (const ImageLayer& layer : layers)
        described.emplace_back(Json::Object{{"mediaType", layer.mediaType},
                                            {"digest", layer.blobDigest.toString()},
                                            {"size", layer.blobSize}});
    return Json(Json::Object{{"schemaVersion", 2},
                             {"mediaType", kOciManifest},
                             {"config", Json::Object{{"mediaType", kOciConfig},
                                                     {"digest", Digest::ofData(config).toString()},
                                                     {"size", std::uint64_t(config.size())}}},
                             {"layers", std::move(described)}})
        .dump();
}

Result<std::string> withNewLayers(std::string_view manifest,
                                  const std::map<std::size_t, Descriptor>& layers) {
    auto document = Json::parse(manifest);
    if (!document)
        return fail(ErrorCode::Untrusted, "the image's manifest is malformed: " + document.error().message);
    Json::Array all = document->at("layers").items();
    for (const auto& [position, layer] : layers) {
        if (position >= all.size())
            return fail(ErrorCode::Untrusted,
                        "the image's manifest has no layer " + std::to_string(position));
        all[position] = Json::Object{
            {"mediaType", layer.mediaType}, {"digest", layer.digest.toString()}, {"size", layer.size}};
    }
    document->set("layers", std::move(all));
    return document->dump();
}

} // namespace escale
