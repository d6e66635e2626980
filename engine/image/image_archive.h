// Images in an archive, as `docker save`, `podman save`, skopeo and buildx write them: an OCI image layout
// (image-spec image-layout.md: index.json, blobs/sha256/…) or a docker archive (manifest.json, old form with
// <id>/layer.tar or new one); one that is both is read as OCI, whose manifests keep their digests. For a
// docker archive a manifest is made: Docker's schema 2, the same one each time.
//
// Read from bytes that no one vouches for, in a worker without privileges. To fuzz: TarIndex::read() over
// memory, ImageArchive::open(), then documents() of every image and layer() of every layer in its manifest.
#pragma once

#include "engine/image/archive_member.h"
#include "engine/image/manifest.h"

#include <map>
#include <memory>

namespace escale {

class Json;

/// The bytes of an image's documents, as a registry would send them.
struct ImageDocuments {
    std::string manifest;
    std::string manifestType;
    std::string config;
};

class ImageArchive {
public:
    static constexpr std::size_t kMostImages = 1000;
    static constexpr std::size_t kMostNames = 200; // of one image
    static constexpr std::size_t kLongestName = 512;

    /// Reads what images there are. Untrusted: malformed or over a limit; Unsupported: an archive of
    /// something else, or one of a Docker before 1.10.
    static Result<ImageArchive> open(std::unique_ptr<ArchiveMembers> members);
    ImageArchive(ImageArchive&&) = default;
    ImageArchive& operator=(ImageArchive&&) = default;

    [[nodiscard]] std::size_t count() const { return m_images.size(); }
    /// References as the archive has them, not parsed ("docker.io/library/debian:12"); none when it names no
    /// image but, at most, a tag.
    [[nodiscard]] const std::vector<std::string>& names(std::size_t image) const;
    /// A tag without a repository: what skopeo and buildah write for `oci-archive:file:tag`; may be empty.
    [[nodiscard]] const std::string& tag(std::size_t image) const;

    /// Of the image that fits the platform, when there are several. Reads layers that are compressed in a
    /// docker archive, for their digests. Untrusted, or Unsupported when there is none for the platform.
    Result<ImageDocuments> documents(std::size_t image, const Platform& platform);
    /// The blob of a layer of an image whose documents were asked for. From any thread, while no documents
    /// are asked for.
    [[nodiscard]] Result<ArchiveMember> layer(const Digest& blob) const;

private:
    /// It has either entries or an item.
    struct Listed {
        std::vector<Descriptor> entries;       // of the OCI index: manifests, or indexes of them
        std::optional<std::size_t> dockerItem; // in m_dockerItems
        std::vector<std::string> names;
        std::string tag;
    };
    struct DockerItem {
        std::string config;
        std::vector<std::string> layers;
    };
    struct Candidates; // manifests for one platform each (image_archive.cpp)

    ImageArchive() = default;
    Result<void> listLayout(const std::string& index);
    Result<void> listDocker(const std::string& manifest);
    Result<void> addEntry(const Json& json, std::map<std::string, std::size_t>& byName);
    [[nodiscard]] Result<std::string> readBlob(const Descriptor& descriptor, std::size_t limit) const;
    Result<void> collect(const Descriptor& descriptor, int depth, Candidates& candidates) const;
    [[nodiscard]] Result<std::optional<Platform>> platformOf(const std::string& manifest,
                                                             const std::string& type) const;
    Result<ImageDocuments> layoutDocuments(const Listed& image, const Platform& platform) const;
    Result<ImageDocuments> dockerDocuments(const DockerItem& item);
    Result<LayerDescriptor> dockerLayer(const std::string& path, const Digest& diffId);

    std::unique_ptr<ArchiveMembers> m_members;
    std::vector<Listed> m_images;
    std::vector<DockerItem> m_dockerItems;
    std::map<Digest, std::string> m_dockerLayers; // paths in the archive
};

} // namespace escale
