// The caller's images and which one is meant by what a client wrote. Pure.
#pragma once

#include "engine/base/result.h"
#include "helper/dbus/types.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escale::docker_api {

struct ImageTagName {
    std::string repository; // "docker.io/library/debian"
    std::string tag;        // empty: it is kept by its digest

    /// "debian:12", as Docker shows it; without a tag "debian@sha256:…".
    [[nodiscard]] std::string familiar(const std::string& digest) const;
    bool operator==(const ImageTagName&) const = default;
};

/// One image, whatever it is called.
struct KnownImage {
    dbus::Image facts; // repository and tag: of one of its names
    std::string id;    // "sha256:…", of the manifest
    std::vector<ImageTagName> names;
    dbus::TextMap labels{}; // as image_labels.h fills them in

    /// "debian:12"
    [[nodiscard]] std::vector<std::string> tags() const;
    /// "debian@sha256:…", each repository once; those that Escale made up for images without a name are left
    /// out.
    [[nodiscard]] std::vector<std::string> digests() const;
};

/// In the order of the list.
std::vector<KnownImage> groupedByImage(const dbus::ImageList& list);

struct FoundImage {
    KnownImage image;
    std::optional<ImageTagName> name; // that was meant; nothing: it was written as an id
};

/// A name ("debian", "debian:12", "debian@sha256:…"), an id ("sha256:…" or its hexadecimal digits) or the
/// beginning of one; in this order, as dockerd looks. NotFound: "No such image: …"; InvalidArgument when
/// several begin like this.
Result<FoundImage> findImage(const std::vector<KnownImage>& images, const std::string& text);

/// Whether `text` is "debian", with neither tag nor digest.
bool isNameOnly(const std::string& text);
/// "0123456789ab" of "sha256:0123456789abcdef…".
std::string shortId(std::string_view digest);

} // namespace escale::docker_api
