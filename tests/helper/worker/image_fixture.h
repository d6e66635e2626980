// Images made of layers in tests: their blobs, configuration and manifest as bytes, to be pushed to a real
// registry or served by a lying one.
#pragma once

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/image/platform.h"
#include "tests/image/layer_builder.h"
#include "tests/support/docker_registry.h"
#include "tests/support/scripted_http_server.h"

#include <string>
#include <vector>

namespace escale::test {

inline const std::string kManifestType = "application/vnd.oci.image.manifest.v1+json";
inline const std::string kIndexType = "application/vnd.oci.image.index.v1+json";
inline const std::string kConfigType = "application/vnd.oci.image.config.v1+json";
inline const std::string kLayerType = "application/vnd.oci.image.layer.v1.tar";

struct TestLayer {
    std::string tar;
    std::string blob;
    std::string mediaType;
};

inline TestLayer gzipLayer(const std::string& tar) {
    return {tar, gzip(tar), kLayerType + "+gzip"};
}
inline TestLayer zstdLayer(const std::string& tar) {
    return {tar, zstd(tar), kLayerType + "+zstd"};
}

inline Json descriptor(const std::string& type, const std::string& bytes) {
    return Json(Json::Object{{"mediaType", Json(type)},
                             {"digest", Json(Digest::ofData(bytes).toString())},
                             {"size", Json(std::uint64_t{bytes.size()})}});
}

struct TestImage {
    std::vector<TestLayer> layers;
    Json config;
    Json manifest;

    explicit TestImage(std::vector<TestLayer> of,
                       const std::string& architecture = Platform::ofThisMachine().architecture)
        : layers(std::move(of)) {
        std::vector<std::string> diffIds;
        Json blobs{Json::Array{}};
        for (const TestLayer& layer : layers) {
            diffIds.push_back(Digest::ofData(layer.tar).toString());
            blobs.append(descriptor(layer.mediaType, layer.blob));
        }
        config.set("architecture", Json(architecture));
        config.set("os", Json("linux"));
        config.set("config", Json(Json::Object{
                                 {"Cmd", Json::strings({"/bin/sh", "-c", "echo hi"})},
                                 {"Env", Json::strings({"PATH=/bin", "LONG=" + std::string(60'000, 'x')})},
                                 {"Labels", Json(Json::Object{{"a", Json("b")}})},
                                 {"StopSignal", Json("SIGINT")}}));
        config.set("rootfs",
                   Json(Json::Object{{"type", Json("layers")}, {"diff_ids", Json::strings(diffIds)}}));
        manifest.set("schemaVersion", Json(2));
        manifest.set("mediaType", Json(kManifestType));
        manifest.set("config", descriptor(kConfigType, config.dump()));
        manifest.set("layers", std::move(blobs));
    }

    Result<Digest> push(DockerRegistry& registry, const std::string& repository,
                        const std::string& tag) const {
        for (const TestLayer& layer : layers) {
            TRY(registry.pushBlob(repository, layer.blob));
        }
        TRY(registry.pushBlob(repository, config.dump()));
        return registry.pushManifest(repository, tag, kManifestType, manifest.dump());
    }
    void serve(ScriptedHttpServer& server, const std::string& repository, const std::string& tag) const {
        for (const TestLayer& layer : layers)
            server.addBlob(repository, layer.blob);
        server.addBlob(repository, config.dump());
        server.addManifest(repository, tag, kManifestType, manifest.dump());
    }
};

} // namespace escale::test
