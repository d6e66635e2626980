// The media types of images (image-spec media-types.md; Docker's image manifest, schema 2).
#pragma once

namespace escale {

inline constexpr auto kOciIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr auto kOciManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr auto kOciConfig = "application/vnd.oci.image.config.v1+json";
/// Of a layer; "+gzip" or "+zstd" behind it when it is compressed.
inline constexpr auto kOciLayer = "application/vnd.oci.image.layer.v1.tar";
inline constexpr auto kDockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr auto kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr auto kDockerConfig = "application/vnd.docker.container.image.v1+json";
/// Of a layer; ".gzip" or ".zstd" behind it when it is compressed.
inline constexpr auto kDockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

} // namespace escale
