// The files of an archive of images that is a Docker archive and an OCI archive at once, as Docker has
// written it since version 25 (`docker save`): image-spec image-layout.md, with manifest.json beside it.
// Pure.
#pragma once

#include "engine/base/digest.h"
#include "engine/image/reference.h"

#include <cstdint>
#include <string>
#include <vector>

namespace escale {

struct SavedImage {
    Digest manifest;
    std::uint64_t manifestSize = 0;
    std::string mediaType; // of the manifest
    Digest config;
    std::vector<Digest> layers;   // blobs, base first
    std::vector<Reference> names; // with tags
};

/// "blobs/sha256/<hex>".
std::string archivedBlob(const Digest& digest);
/// index.json: one manifest a name, or one without a name.
std::string archiveIndex(const std::vector<SavedImage>& images);
/// manifest.json, Docker's own.
std::string archiveManifest(const std::vector<SavedImage>& images);
/// oci-layout.
std::string archiveLayout();

/// A tar header (POSIX ustar) for a file of this size, of root's, of the year 1970: the same images give the
/// same archive. The path has at most 100 bytes.
std::string archiveHeader(const std::string& path, std::uint64_t size);
/// What follows content of this size, up to the next header.
std::string archivePadding(std::uint64_t size);

} // namespace escale
