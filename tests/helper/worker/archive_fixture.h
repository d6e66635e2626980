// Archives of images in tests, as the tools write them: docker archives of both forms, OCI layouts.
#pragma once

#include "engine/base/file.h"
#include "engine/image/archive_member.h"
#include "tests/helper/worker/image_fixture.h"

#include <QProcess>

#include <cstring>
#include <memory>
#include <sys/mman.h>

namespace escale::test {

struct SavedImage {
    TestImage image;
    std::vector<std::string> names;
};

inline std::string hexOf(const std::string& bytes) {
    return std::string(Digest::ofData(bytes).hex());
}
inline std::string blobName(const std::string& bytes) {
    return "blobs/sha256/" + hexOf(bytes);
}

/// `docker save` before 25, and podman: <id>/layer.tar.
inline TarBuilder oldDockerArchive(const std::vector<SavedImage>& images) {
    TarBuilder tar;
    Json manifest{Json::Array{}};
    for (const SavedImage& saved : images) {
        std::vector<std::string> layers;
        for (const TestLayer& layer : saved.image.layers) {
            const std::string folder = hexOf(saved.image.config.dump() + layer.tar);
            tar.folder(folder).file(folder + "/VERSION", "1.0").file(folder + "/layer.tar", layer.tar);
            layers.push_back(folder + "/layer.tar");
        }
        const std::string config = saved.image.config.dump();
        tar.file(hexOf(config) + ".json", config);
        manifest.append(Json(Json::Object{{"Config", Json(hexOf(config) + ".json")},
                                          {"RepoTags", Json::strings(saved.names)},
                                          {"Layers", Json::strings(layers)}}));
    }
    return tar.file("manifest.json", manifest.dump());
}

/// An OCI layout: its files and their content.
inline std::vector<std::pair<std::string, std::string>> ociLayout(const std::vector<SavedImage>& images) {
    std::vector<std::pair<std::string, std::string>> files{
        {"oci-layout", R"({"imageLayoutVersion":"1.0.0"})"}};
    std::map<std::string, std::string> blobs;
    Json entries{Json::Array{}};
    for (const SavedImage& saved : images) {
        for (const TestLayer& layer : saved.image.layers)
            blobs.emplace(blobName(layer.blob), layer.blob);
        blobs.emplace(blobName(saved.image.config.dump()), saved.image.config.dump());
        blobs.emplace(blobName(saved.image.manifest.dump()), saved.image.manifest.dump());
        Json entry = descriptor(kManifestType, saved.image.manifest.dump());
        if (saved.names.empty())
            entries.append(entry);
        for (const std::string& name : saved.names) {
            entry.set("annotations", Json(Json::Object{{"org.opencontainers.image.ref.name", Json(name)}}));
            entries.append(entry);
        }
    }
    files.insert(files.end(), blobs.begin(), blobs.end());
    files.emplace_back("index.json",
                       Json(Json::Object{{"schemaVersion", Json(2)}, {"manifests", entries}}).dump());
    return files;
}

inline std::string tarOf(const std::vector<std::pair<std::string, std::string>>& files) {
    TarBuilder tar;
    for (const auto& [name, content] : files)
        tar.file(name, content);
    return tar.finish();
}

inline ReadAt inMemory(std::string content) {
    return [bytes = std::make_shared<const std::string>(std::move(content))](
               std::uint64_t offset, std::span<std::uint8_t> out) -> Result<std::size_t> {
        const std::size_t start = std::min<std::uint64_t>(offset, bytes->size());
        const std::size_t size = std::min(out.size(), bytes->size() - start);
        std::memcpy(out.data(), bytes->data() + start, size);
        return size;
    };
}

/// A file that is open at its end, as who wrote it has it.
inline UniqueFd memory(const std::string& content) {
    UniqueFd fd(::memfd_create("archive", MFD_CLOEXEC));
    (void)writeAll(fd.get(), content, "memory");
    return fd;
}

/// What a program ("gzip", "xz" …) makes of its input.
inline std::string filtered(const char* program, const std::string& input) {
    QProcess process;
    process.start(QLatin1String(program), {QStringLiteral("-c")});
    process.write(input.data(), static_cast<qint64>(input.size()));
    process.closeWriteChannel();
    return process.waitForFinished(60'000) ? process.readAllStandardOutput().toStdString() : std::string();
}

} // namespace escale::test
