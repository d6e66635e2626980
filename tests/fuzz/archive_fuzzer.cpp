// An archive of images, as a person gives it to Load: which images it holds, their documents, their layers.
#include "engine/image/image_archive.h"
#include "engine/image/tar_index.h"
#include "tests/fuzz/promise.h"
#include "tests/fuzz/tar_mutator.h"

#include <algorithm>
#include <array>
#include <cstring>

using namespace escale;
using fuzz::require;

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size, std::size_t room,
                                               unsigned seed) {
    return seed % 3 == 0 ? fuzz::mutateTar(bytes, size, room, seed)
                         : fuzz::mutateDocumentInTar(bytes, size, room, seed);
}

namespace {

ReadAt inMemory(const std::uint8_t* bytes, std::size_t size) {
    return [bytes, size](std::uint64_t offset, std::span<std::uint8_t> out) -> Result<std::size_t> {
        if (offset >= size)
            return 0;
        const std::size_t count = std::min<std::size_t>(out.size(), size - offset);
        std::memcpy(out.data(), bytes + offset, count);
        return count;
    };
}

void checkLayer(const ImageArchive& archive, const LayerDescriptor& described) {
    const auto layer = archive.layer(described.digest);
    if (!layer)
        return;
    std::array<std::uint8_t, 1000> piece{};
    std::uint64_t read = 0;
    while (const auto size = layer->read(read, piece)) {
        if (*size == 0)
            break;
        read += *size;
        require(read <= layer->size, "a member ends where it ends");
    }
}

void checkImage(ImageArchive& archive, std::size_t image) {
    require(archive.names(image).size() <= ImageArchive::kMostNames, "names are bounded");
    for (const std::string& name : archive.names(image))
        require(name.size() <= ImageArchive::kLongestName, "a name is bounded");
    for (const char* platform : {"linux/amd64", "linux/arm/v7"}) {
        const auto documents = archive.documents(image, Platform::parse(platform).value());
        if (!documents)
            continue;
        require(documents->manifest.size() <= kLongestManifest, "a manifest is bounded");
        const auto manifest = parseManifest(documents->manifest, documents->manifestType);
        if (!manifest)
            continue;
        if (const auto* known = std::get_if<ImageManifest>(&*manifest)) {
            for (const LayerDescriptor& layer : known->layers)
                checkLayer(archive, layer);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto index = TarIndex::read(inMemory(bytes, size), size);
    if (!index)
        return 0;
    require((*index)->count() <= TarIndex::kMostMembers, "members are bounded");
    auto archive = ImageArchive::open(std::move(*index));
    if (!archive)
        return 0;
    require(archive->count() <= ImageArchive::kMostImages, "images are bounded");
    for (std::size_t image = 0; image < std::min<std::size_t>(archive->count(), 20); ++image)
        checkImage(*archive, image);
    return 0;
}
