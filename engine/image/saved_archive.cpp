#include "engine/image/saved_archive.h"

#include "engine/base/json.h"
#include "engine/image/media_types.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <set>

namespace escale {
namespace {

constexpr std::size_t kBlock = 512;

void octal(char* field, int digits, std::uint64_t value) {
    std::snprintf(field, static_cast<std::size_t>(digits) + 1, "%0*llo", digits,
                  static_cast<unsigned long long>(value));
}

/// 11 octal digits; above 8 GiB as a number of base 256, which every reader of today knows.
void writeSize(char* field, std::uint64_t size) {
    if (size < std::uint64_t{1} << 33) {
        octal(field, 11, size);
        return;
    }
    for (int i = 11; i > 0; --i, size >>= 8)
        field[i] = static_cast<char>(size & 0xff);
    field[0] = '\x80';
}

Json describe(const SavedImage& image, const Reference* name) {
    Json::Object descriptor{
        {"mediaType", image.mediaType}, {"digest", image.manifest.toString()}, {"size", image.manifestSize}};
    if (name != nullptr)
        descriptor.emplace_back("annotations",
                                Json::Object{{"io.containerd.image.name", name->toString()},
                                             {"org.opencontainers.image.ref.name", name->tag}});
    return descriptor;
}

} // namespace

std::string archivedBlob(const Digest& digest) {
    return "blobs/sha256/" + std::string(digest.hex());
}

std::string archiveIndex(const std::vector<SavedImage>& images) {
    Json::Array manifests;
    for (const SavedImage& image : images) {
        for (const Reference& name : image.names)
            manifests.push_back(describe(image, &name));
        if (image.names.empty())
            manifests.push_back(describe(image, nullptr));
    }
    return Json(Json::Object{
                    {"schemaVersion", 2}, {"mediaType", kOciIndex}, {"manifests", std::move(manifests)}})
        .dump();
}

std::string archiveManifest(const std::vector<SavedImage>& images) {
    Json::Array list;
    for (const SavedImage& image : images) {
        std::vector<std::string> tags;
        for (const Reference& name : image.names)
            tags.push_back(name.familiar());
        std::vector<std::string> layers;
        for (const Digest& layer : image.layers)
            layers.push_back(archivedBlob(layer));
        list.push_back(Json::Object{{"Config", archivedBlob(image.config)},
                                    {"RepoTags", tags.empty() ? Json() : Json::strings(tags)},
                                    {"Layers", Json::strings(layers)}});
    }
    return Json(std::move(list)).dump();
}

std::string archiveLayout() {
    return Json(Json::Object{{"imageLayoutVersion", "1.0.0"}}).dump();
}

std::string archiveHeader(const std::string& path, std::uint64_t size) {
    std::string header(kBlock, '\0');
    char* field = header.data();
    std::memcpy(field, path.data(), std::min<std::size_t>(path.size(), 100));
    octal(field + 100, 7, 0644);
    octal(field + 108, 7, 0);
    octal(field + 116, 7, 0);
    writeSize(field + 124, size);
    octal(field + 136, 11, 0);
    std::memset(field + 148, ' ', 8); // the sum is made as if it were spaces
    field[156] = '0';
    std::memcpy(field + 257, "ustar\00000", 8);
    unsigned sum = 0;
    for (const char byte : header)
        sum += static_cast<unsigned char>(byte);
    octal(field + 148, 6, sum);
    return header;
}

std::string archivePadding(std::uint64_t size) {
    return std::string((kBlock - size % kBlock) % kBlock, '\0');
}

} // namespace escale
