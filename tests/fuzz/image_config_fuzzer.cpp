// An image's configuration: what containers are made of, its history, and what the window shows.
#include "engine/build/base_config.h"
#include "engine/image/image_config.h"
#include "engine/image/image_details.h"
#include "tests/fuzz/fuzz_target.h"

#include <algorithm>

using namespace escale;
using fuzz::require;

namespace {

// These go to the kernel as C strings.
void requireWhole(const std::vector<std::string>& texts, const char* what) {
    for (const auto& text : texts)
        require(text.find('\0') == std::string::npos, what);
}

void check(const ParsedImageConfig& config, std::size_t layers) {
    const ImageConfig& settings = config.settings;
    require(config.diffIds.size() == layers, "as many layers as the manifest has");
    require(settings.os == "linux" && !settings.architecture.empty(), "the platform is known");
    requireWhole(settings.entrypoint, "Entrypoint");
    requireWhole(settings.command, "Cmd");
    requireWhole(settings.environment, "Env");
    requireWhole({settings.user, settings.workingDir, settings.stopSignal}, "User, WorkingDir, StopSignal");
    for (const auto& variable : settings.environment)
        require(variable.find('=') != std::string::npos && variable.front() != '=', "Env is NAME=value");
    require(settings.created >= 0, "no time before 1970");
    require(settings.health.retries <= 1000, "Healthcheck.Retries is bounded");
}

// As the window gets it from the store: with the manifest that names it.
void checkDetails(std::string_view bytes, std::size_t layers) {
    const auto descriptor = [](const char* type, const Digest& digest) {
        return Json(
            Json::Object{{"mediaType", Json(type)}, {"digest", Json(digest.toString())}, {"size", Json(1)}});
    };
    Json manifest;
    manifest.set("schemaVersion", Json(2));
    manifest.set("config", descriptor("application/vnd.oci.image.config.v1+json", Digest::ofData(bytes)));
    Json list{Json::Array{}};
    for (std::size_t i = 0; i < layers; ++i)
        list.append(descriptor("application/vnd.oci.image.layer.v1.tar", Digest::ofData("")));
    manifest.set("layers", std::move(list));
    const auto details = imageDetails(manifest.dump(), bytes);
    require(details.has_value(), "what was pulled can be shown");
    require(details->blobs.size() == layers, "each layer has its size");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto json = Json::parse(text);
    const std::size_t layers =
        json ? std::min<std::size_t>(json->at("rootfs").at("diff_ids").items().size(), 500) : 1;
    const auto config = parseImageConfig(text, layers);
    if (config) {
        check(*config, layers);
        if (layers > 0)
            checkDetails(text, layers);
    }
    // As a build begins with it.
    if (const auto base = readBaseConfig(text)) {
        for (const auto& [name, value] : base->config.environment)
            require(!name.empty() && value.find('\0') == std::string::npos, "a base's Env can be given");
    }
    const auto history = imageHistory(text, layers);
    if (!history)
        return 0;
    for (const HistoryStep& step : *history)
        require(!step.layer || *step.layer < layers, "a step names a layer that is there");
    return 0;
}
